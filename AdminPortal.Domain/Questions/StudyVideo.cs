namespace AdminPortal.Domain.Questions;

/// <summary>
/// A short video that tells part of a section. Its files (video, poster, captions in both languages) carry its name and lie with
/// the web program; docs/study-content.md says which and how they are made.
/// </summary>
/// <param name="Name">Small letters, digits and hyphens: part of an address.</param>
/// <param name="Seconds">How long it runs.</param>
public sealed record StudyVideo(string Name, BilingualText Title, int Seconds);
