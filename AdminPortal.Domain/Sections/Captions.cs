using System.Globalization;

namespace AdminPortal.Domain.Sections;

/// <summary>One caption of a video: what is to be read, from when to when.</summary>
public sealed record Caption(TimeSpan From, TimeSpan To, string Text);

/// <summary>
/// Reads caption files (WebVTT) for the words under a video. Only what ours hold: times and plain text. Blocks without readable
/// times, such as the heading and notes, are passed over, as browsers do.
/// </summary>
public static class Captions
{
    private const string Arrow = "-->";

    private static readonly string[] Times = [@"mm\:ss\.fff", @"hh\:mm\:ss\.fff"];

    public static IReadOnlyList<Caption> Read(string file) =>
        [.. file.ReplaceLineEndings("\n").Split("\n\n").Select(Cue).OfType<Caption>()];

    /// <summary>Whether every line that looks like the times of a caption was read as one: none may disappear unnoticed.</summary>
    public static bool AreAllOf(IReadOnlyList<Caption> captions, string file) =>
        file.ReplaceLineEndings("\n").Split('\n').Count(line => line.Contains(Arrow, StringComparison.Ordinal))
        == captions.Count;

    private static Caption? Cue(string block)
    {
        var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var timing = Array.FindIndex(lines, line => line.Contains(Arrow, StringComparison.Ordinal));
        if (timing < 0)
        {
            return null;
        }
        // After the second time a cue may say where on the picture it stands.
        return
            lines[timing].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var from, Arrow, var to, ..]
            && TryTime(from, out var start)
            && TryTime(to, out var end)
            ? new Caption(start, end, string.Join(' ', lines[(timing + 1)..]))
            : null;
    }

    private static bool TryTime(string text, out TimeSpan time) =>
        TimeSpan.TryParseExact(text, Times, CultureInfo.InvariantCulture, out time);
}
