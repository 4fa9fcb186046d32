using System.Text;
using AdminPortal.Domain.Questions;

namespace AdminPortal.Domain.Sections;

/// <summary>A paragraph of one language as it was typed: one text, or the items of a list.</summary>
public sealed record SectionBlock(bool IsList, IReadOnlyList<string> Lines);

/// <summary>
/// The text of a section as editors type it, and nothing but text: a blank line ends a paragraph, lines that begin with a hyphen and
/// a blank are a list. There is no mark-up that could become markup, so whatever stands in it is shown as it stands.
/// </summary>
public static class SectionText
{
    private const string Item = "- ";

    /// <summary>The paragraphs of a text, in one language.</summary>
    public static IReadOnlyList<SectionBlock> Read(string text)
    {
        var blocks = new List<SectionBlock>();
        List<string> lines = [];
        var isList = false;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Select(Clean))
        {
            var isItem = line == "-" || line.StartsWith(Item, StringComparison.Ordinal);
            if (line.Length == 0 || (lines.Count > 0 && isItem != isList))
            {
                End();
            }
            if (line.Length == 0)
            {
                continue;
            }
            isList = isItem;
            if (!isItem)
            {
                lines.Add(line);
            }
            else if (line[1..].Trim() is { Length: > 0 } item)
            {
                // A hyphen alone is an item that is still being typed.
                lines.Add(item);
            }
        }
        End();
        return blocks;

        void End()
        {
            if (lines.Count > 0)
            {
                blocks.Add(new SectionBlock(isList, isList ? lines : [Join(lines)]));
            }
            lines = [];
        }
    }

    /// <summary>The text that reads as these paragraphs.</summary>
    public static string Write(IEnumerable<SectionBlock> blocks) =>
        string.Join(
            "\n\n",
            blocks.Select(block => string.Join('\n', block.Lines.Select(line => block.IsList ? Item + line : line)))
        );

    /// <summary>The same text in its one form, so that two that read alike are alike.</summary>
    public static string Tidy(string text) => Write(Read(text));

    /// <summary>The paragraphs in both languages; where the other language is empty, Chinese stands alone.</summary>
    public static IReadOnlyList<StudyParagraph> Paragraphs(BilingualText text)
    {
        var (zh, en) = (Read(text.Zh), Read(text.En));
        return
        [
            .. zh.Select((block, i) => Both(block, i < en.Count && en[i].IsList == block.IsList ? en[i].Lines : [])),
        ];
    }

    /// <summary>The text in both languages that reads as these paragraphs.</summary>
    public static BilingualText Of(IReadOnlyList<StudyParagraph> paragraphs) =>
        new(Write(paragraphs.Select(p => Block(p, english: false))), Write(paragraphs.Select(p => Block(p, true))));

    /// <summary>The number of the first paragraph that has not the same form in both languages, or null.</summary>
    public static int? FirstDifference(BilingualText text)
    {
        var (zh, en) = (Read(text.Zh), Read(text.En));
        for (var i = 0; i < Math.Max(zh.Count, en.Count); i++)
        {
            if (
                i >= zh.Count
                || i >= en.Count
                || zh[i].IsList != en[i].IsList
                || zh[i].Lines.Count != en[i].Lines.Count
            )
            {
                return i + 1;
            }
        }
        return null;
    }

    /// <summary>One line without what nobody sees: control characters, and those that turn the direction of other text.</summary>
    public static string Clean(string line)
    {
        var clean = new StringBuilder(line.Length);
        foreach (var sign in line)
        {
            clean.Append(IsUnseen(sign) ? ' ' : sign);
        }
        return clean.ToString().Trim();
    }

    private static bool IsUnseen(char sign) =>
        char.IsControl(sign)
        || sign is '\u2028' or '\u2029' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static StudyParagraph Both(SectionBlock zh, IReadOnlyList<string> en)
    {
        string At(int i) => i < en.Count ? en[i] : "";
        return zh.IsList
            ? new StudyParagraph(null, null, [.. zh.Lines.Select((line, i) => new BilingualText(line, At(i)))])
            : new StudyParagraph(zh.Lines[0], At(0), null);
    }

    private static SectionBlock Block(StudyParagraph paragraph, bool english) =>
        paragraph.List is { } list
            ? new SectionBlock(true, [.. list.Select(item => english ? item.En : item.Zh)])
            : new SectionBlock(false, [(english ? paragraph.En : paragraph.Zh) ?? ""]);

    // A line that was broken by hand goes on as one; only words of letters have a blank between them.
    private static string Join(List<string> lines) =>
        lines.Aggregate((before, next) => IsHan(before[^1]) || IsHan(next[0]) ? before + next : $"{before} {next}");

    private static bool IsHan(char sign) => sign >= '\u2E80';
}
