using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdminPortal.Domain.Questions;

/// <summary>A paragraph of a study section: a text, or a list of texts.</summary>
public sealed record StudyParagraph(string? Zh, string? En, IReadOnlyList<BilingualText>? List);

/// <summary>A section (学习板块) of the study text (S0-09).</summary>
/// <param name="Video">The video of the section, or null: most are text alone.</param>
public sealed record StudySection(
    string Id,
    int Order,
    BilingualText Title,
    IReadOnlyList<StudyParagraph> Paragraphs,
    IReadOnlyList<string> Articles,
    int Minutes,
    StudyVideo? Video
);

/// <summary>The questions and the study text that ship with the product, written from the regulation.</summary>
public static class StarterContent
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>A question as the starter files hold it.</summary>
    public sealed record StarterQuestion(
        string Id,
        QuestionType Type,
        string Category,
        string Article,
        BilingualText Text,
        IReadOnlyList<BilingualText> Options,
        IReadOnlyList<int> Key,
        BilingualText Explanation,
        int Difficulty,
        StarterPicture? Picture = null
    );

    /// <summary>The picture of a starter question.</summary>
    /// <param name="File">One of the files drawn by eng/question-pictures.sh; it gets its name when it is put on the shelf.</param>
    public sealed record StarterPicture(string File, BilingualText Description);

    /// <summary>The bytes of a picture by its file name.</summary>
    public static byte[] Picture(string file)
    {
        using var stream =
            typeof(StarterContent).Assembly.GetManifestResourceStream($"Pictures/{file}")
            ?? throw new InvalidOperationException($"There is no picture {file}.");
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    /// <summary>All starter questions in the order of the files.</summary>
    public static IReadOnlyList<StarterQuestion> Questions { get; } =
    [.. Files("starter-bank").SelectMany(json => Read<QuestionFile>(json).Questions)];

    /// <summary>All study sections in reading order.</summary>
    public static IReadOnlyList<StudySection> Sections { get; } =
    [.. Files("study-text").SelectMany(json => Read<SectionFile>(json).Sections).OrderBy(section => section.Order)];

    private static IEnumerable<byte[]> Files(string kind)
    {
        var assembly = typeof(StarterContent).Assembly;
        foreach (
            var name in assembly.GetManifestResourceNames().Where(n => n.Contains($".Questions.Data.{kind}")).Order()
        )
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var buffer = new MemoryStream();
            stream.CopyTo(buffer);
            yield return buffer.ToArray();
        }
    }

    private static T Read<T>(byte[] json) =>
        JsonSerializer.Deserialize<T>(json, Json) ?? throw new JsonException("A starter file is empty.");

    private sealed record QuestionFile(IReadOnlyList<StarterQuestion> Questions);

    private sealed record SectionFile(IReadOnlyList<StudySection> Sections);
}
