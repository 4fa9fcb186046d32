using System.Globalization;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;

namespace AdminPortal.Web.Staff.Sections;

/// <summary>The form of a section as it is typed: one text per field, under the names the rules use for their refusals.</summary>
public sealed class SectionFields
{
    private readonly Dictionary<string, string> _typed = [];

    /// <summary>What stands in a field; empty when nothing does.</summary>
    public string this[string field]
    {
        get => _typed.GetValueOrDefault(field, "");
        set => _typed[field] = value;
    }

    /// <summary>The form for a version, or for a new section.</summary>
    /// <param name="nextOrder">The place a new section is offered: behind those in use.</param>
    public static SectionFields Of(SectionContent? content, int nextOrder)
    {
        var fields = new SectionFields
        {
            ["order"] = (content?.Order ?? nextOrder).ToString(CultureInfo.InvariantCulture),
            ["minutes"] = (content?.Minutes ?? 5).ToString(CultureInfo.InvariantCulture),
        };
        if (content is not null)
        {
            (fields["title"], fields["titleEn"]) = (content.Title.Zh, content.Title.En);
            (fields["text"], fields["textEn"]) = (content.Text.Zh, content.Text.En);
            fields["articles"] = string.Join('\n', content.Articles);
            fields["video"] = content.VideoId?.ToString("N") ?? "";
        }
        return fields;
    }

    /// <summary>The same texts, apart from these.</summary>
    public SectionFields Copy()
    {
        var copy = new SectionFields();
        copy.Restore(_typed);
        return copy;
    }

    /// <summary>Takes up what was typed before and never sent.</summary>
    public void Restore(IReadOnlyDictionary<string, string> typed)
    {
        foreach (var (field, text) in typed)
        {
            this[field] = text;
        }
    }

    /// <summary>The text in both languages as it is typed, for the preview.</summary>
    public BilingualText Text => new(this["text"], this["textEn"]);

    /// <summary>What was typed, as content.</summary>
    public SectionContent Content() =>
        new SectionContent(
            Number("order"),
            new BilingualText(this["title"], this["titleEn"]),
            Text,
            this["articles"].ReplaceLineEndings("\n").Split('\n'),
            Number("minutes"),
            Guid.TryParse(this["video"], out var video) ? video : null
        ).Tidy();

    private int Number(string field) =>
        int.TryParse(this[field].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
