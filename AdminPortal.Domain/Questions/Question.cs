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

/// <summary>What drawing needs to know of a published version.</summary>
public sealed record BankEntry(Guid VersionId, QuestionType Type, string Category, int OptionCount);
