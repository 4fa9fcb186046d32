namespace AdminPortal.Domain.Questions;

/// <summary>
/// A short video that tells part of a section. Its files (video, poster, captions in both languages) carry its name;
/// docs/study-content.md says which and where they are kept.
/// </summary>
/// <param name="Name">Small letters, digits and hyphens: part of an address.</param>
/// <param name="Seconds">How long it runs.</param>
public sealed record StudyVideo(string Name, BilingualText Title, int Seconds);
