namespace AdminPortal.Domain.Questions;

/// <summary>判断, 单选, 多选 (N-n3).</summary>
public enum QuestionType
{
    TrueFalse,
    Single,
    Multiple,
}

/// <summary>Where a version of a question stands. Only published versions are drawn.</summary>
public enum QuestionState
{
    Draft,
    InReview,
    Published,
    Retired,
}

/// <summary>A text in both languages of the product; Chinese is the authoritative one.</summary>
public sealed record BilingualText(string Zh, string En)
{
    public string In(bool english) => english && En.Length > 0 ? En : Zh;
}

/// <summary>
/// One immutable version of a question. The identity (<see cref="QuestionId"/>) stays over all versions; a paper stores
/// version ids, so a later correction never changes a past paper.
/// </summary>
public sealed class QuestionVersion
{
    public Guid Id { get; init; }

    /// <summary>Stable identity such as points-001.</summary>
    public string QuestionId { get; init; } = "";

    /// <summary>1, 2, 3 … within the question.</summary>
    public int Number { get; init; }
    public QuestionState State { get; init; }
    public QuestionType Type { get; init; }
    public string Category { get; init; } = "";

    /// <summary>The article the answer rests on.</summary>
    public string Article { get; init; } = "";
    public BilingualText Text { get; init; } = new("", "");
    public IReadOnlyList<BilingualText> Options { get; init; } = [];

    /// <summary>Zero-based indices of the right options, ascending. Never leaves the server before the round is over.</summary>
    public IReadOnlyList<int> Key { get; init; } = [];
    public BilingualText Explanation { get; init; } = new("", "");
    public int Difficulty { get; init; }

    /// <summary>True when exactly the right options are chosen.</summary>
    /// <param name="chosen">Zero-based indices in the version's own order.</param>
    public bool IsRight(IReadOnlyCollection<int> chosen) => chosen.Count == Key.Count && Key.All(chosen.Contains);

    /// <summary>What is wrong with a version, or null. Checked on import and before publishing.</summary>
    public string? Defect()
    {
        if (QuestionId.Length == 0 || Category.Length == 0 || Article.Length == 0 || Text.Zh.Length == 0)
        {
            return "id, category, article and text are required";
        }
        if (
            Options.Count < 2
            || Options.Count > 6
            || Options.Select(option => option.Zh).Distinct().Count() != Options.Count
        )
        {
            return "two to six different options are required";
        }
        if (Key.Any(index => index < 0 || index >= Options.Count) || Key.Distinct().Count() != Key.Count)
        {
            return "the key names an option that does not exist";
        }
        return Type switch
        {
            QuestionType.TrueFalse => Options.Count == 2 && Key.Count == 1
                ? null
                : "true/false has two options, one right",
            QuestionType.Single => Key.Count == 1 ? null : "single choice has one right option",
            QuestionType.Multiple => Key.Count >= 2 ? null : "multiple choice has at least two right options",
        };
    }
}

/// <summary>What drawing needs to know of a published version.</summary>
public sealed record BankEntry(Guid VersionId, QuestionType Type, string Category, int OptionCount);
