using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Questions;

/// <summary>What a version of a question says, as an editor writes it.</summary>
/// <param name="Key">Zero-based indices of the right options.</param>
public sealed partial record QuestionContent(
    QuestionType Type,
    string Category,
    string Article,
    BilingualText Text,
    IReadOnlyList<BilingualText> Options,
    IReadOnlyList<int> Key,
    BilingualText Explanation,
    int Difficulty
)
{
    public const int CategoryLimit = 40;
    public const int ArticleLimit = 200;
    public const int TextLimit = 500;
    public const int OptionLimit = 200;
    public const int ExplanationLimit = 1000;
    public const int MostOptions = 6;
    public const int Hardest = 3;

    /// <summary>What is shown with the text, or null.</summary>
    public QuestionPicture? Picture { get; init; }

    /// <summary>The name of the field of an option, in the order of the version.</summary>
    public static string OptionField(int index) => $"option{index}";

    /// <summary>The same content without blanks around its texts, and with the key in order.</summary>
    public QuestionContent Tidy() =>
        this with
        {
            Category = Category.Trim(),
            Article = Article.Trim(),
            Text = Tidy(Text),
            Options = [.. Options.Select(Tidy)],
            Key = [.. Key.Order()],
            Explanation = Tidy(Explanation),
            Picture = Picture?.Tidy(),
        };

    /// <summary>True when both say the same; a record's own comparison does not look into its lists.</summary>
    public bool Says(QuestionContent other) =>
        this with { Options = [], Key = [] } == other with { Options = [], Key = [] }
        && Options.SequenceEqual(other.Options)
        && Key.SequenceEqual(other.Key);

    /// <summary>Everything that is wrong, field by field; empty when the content can be put to a driver.</summary>
    public IReadOnlyList<Refusal> Defects()
    {
        var found = new List<Refusal>();
        Demand(found, "category", Category, CategoryLimit);
        if (found.Count == 0 && !CategoryWord().IsMatch(Category))
        {
            found.Add(new Refusal(RefusalCode.QuestionCategoryInvalid, "category"));
        }
        Demand(found, "article", Article, ArticleLimit);
        Demand(found, "text", Text.Zh, TextLimit);
        Limit(found, "textEn", Text.En, TextLimit);
        found.AddRange(Picture?.Defects() ?? []);
        AddOptionDefects(found);
        if (KeyDefect() is { } code)
        {
            found.Add(new Refusal(code, "key"));
        }
        Limit(found, "explanation", Explanation.Zh, ExplanationLimit);
        Limit(found, "explanationEn", Explanation.En, ExplanationLimit);
        if (Difficulty is < 1 or > Hardest)
        {
            found.Add(new Refusal(RefusalCode.QuestionDifficultyInvalid, "difficulty", Hardest));
        }
        return found;
    }

    private void AddOptionDefects(List<Refusal> found)
    {
        if (Options.Count is < 2 or > MostOptions)
        {
            found.Add(new Refusal(RefusalCode.QuestionOptionCount, OptionField(0), MostOptions));
            return;
        }
        for (var i = 0; i < Options.Count; i++)
        {
            Demand(found, OptionField(i), Options[i].Zh, OptionLimit);
            Limit(found, $"{OptionField(i)}En", Options[i].En, OptionLimit);
            if (Options[i].Zh.Length > 0 && Options.Take(i).Any(before => before.Zh == Options[i].Zh))
            {
                found.Add(new Refusal(RefusalCode.QuestionOptionsAlike, OptionField(i)));
            }
        }
    }

    private RefusalCode? KeyDefect()
    {
        if (Key.Any(index => index < 0 || index >= Options.Count) || Key.Distinct().Count() != Key.Count)
        {
            return RefusalCode.QuestionKeyUnknown;
        }
        return Type switch
        {
            QuestionType.TrueFalse => Options.Count == 2 && Key.Count == 1 ? null : RefusalCode.QuestionTrueFalseKey,
            QuestionType.Single => Key.Count == 1 ? null : RefusalCode.QuestionSingleKey,
            QuestionType.Multiple => Key.Count >= 2 ? null : RefusalCode.QuestionMultipleKey,
        };
    }

    private static void Demand(List<Refusal> found, string field, string text, int limit)
    {
        if (text.Length == 0)
        {
            found.Add(new Refusal(RefusalCode.FieldRequired, field));
        }
        Limit(found, field, text, limit);
    }

    private static void Limit(List<Refusal> found, string field, string text, int limit)
    {
        if (text.Length > limit)
        {
            found.Add(new Refusal(RefusalCode.FieldTooLong, field, limit));
        }
    }

    private static BilingualText Tidy(BilingualText text) => new(text.Zh.Trim(), text.En.Trim());

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex CategoryWord();
}
