using System.Globalization;
using AdminPortal.Domain.Questions;

namespace AdminPortal.Web.Staff.Questions;

/// <summary>The form of a question as it is typed: one text per field, under the names the rules use for their refusals.</summary>
public sealed class QuestionFields
{
    private readonly Dictionary<string, string> _typed = [];

    /// <summary>What stands in a field; empty when nothing does.</summary>
    public string this[string field]
    {
        get => _typed.GetValueOrDefault(field, "");
        set => _typed[field] = value;
    }

    public QuestionType Type
    {
        get =>
            Enum.TryParse<QuestionType>(this["type"], out var type) && Enum.IsDefined(type)
                ? type
                : QuestionType.Single;
        set => this["type"] = value.ToString();
    }

    /// <summary>How many options the form shows.</summary>
    public int OptionCount => Type == QuestionType.TrueFalse ? 2 : QuestionContent.MostOptions;

    /// <summary>The name of the box that says an option is right.</summary>
    public static string RightField(int option) => $"right{option}";

    public bool IsRight(int option) => this[RightField(option)] == "1";

    /// <summary>The form for a version, or for a new question.</summary>
    public static QuestionFields Of(QuestionContent? content)
    {
        var fields = new QuestionFields { Type = content?.Type ?? QuestionType.Single };
        fields["difficulty"] = (content?.Difficulty ?? 1).ToString(CultureInfo.InvariantCulture);
        if (content is null)
        {
            return fields;
        }
        fields["category"] = content.Category;
        fields["article"] = content.Article;
        (fields["text"], fields["textEn"]) = (content.Text.Zh, content.Text.En);
        fields[QuestionPicture.NameField] = content.Picture?.Name ?? "";
        fields[QuestionPicture.DescriptionField] = content.Picture?.Description.Zh ?? "";
        fields[QuestionPicture.EnglishField] = content.Picture?.Description.En ?? "";
        (fields["explanation"], fields["explanationEn"]) = (content.Explanation.Zh, content.Explanation.En);
        for (var i = 0; i < content.Options.Count; i++)
        {
            var field = QuestionContent.OptionField(i);
            (fields[field], fields[$"{field}En"]) = (content.Options[i].Zh, content.Options[i].En);
            fields[RightField(i)] = content.Key.Contains(i) ? "1" : "";
        }
        return fields;
    }

    /// <summary>The same texts, apart from these.</summary>
    public QuestionFields Copy()
    {
        var copy = new QuestionFields();
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

    /// <summary>What was typed, as content. Fields left empty after the last option are no options.</summary>
    public QuestionContent Content()
    {
        var options = Enumerable
            .Range(0, OptionCount)
            .Select(QuestionContent.OptionField)
            .Select(field => new BilingualText(this[field], this[$"{field}En"]))
            .Reverse()
            .SkipWhile(option => option.Zh.Trim().Length == 0 && option.En.Trim().Length == 0)
            .Reverse()
            .ToList();
        return new QuestionContent(
            Type,
            this["category"],
            this["article"],
            new BilingualText(this["text"], this["textEn"]),
            options,
            [.. Enumerable.Range(0, OptionCount).Where(IsRight)],
            new BilingualText(this["explanation"], this["explanationEn"]),
            int.TryParse(this["difficulty"], NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : 0
        )
        {
            Picture = QuestionPicture.Of(
                this[QuestionPicture.NameField],
                this[QuestionPicture.DescriptionField],
                this[QuestionPicture.EnglishField]
            ),
        }.Tidy();
    }
}
