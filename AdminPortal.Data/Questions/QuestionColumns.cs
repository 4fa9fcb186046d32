using AdminPortal.Domain.Questions;

namespace AdminPortal.Data.Questions;

/// <summary>
/// The columns of a workbook of questions: one per field of the form, with the same names. The headings are in both languages at
/// once, so that a file can be taken over whoever exported it.
/// </summary>
public static class QuestionColumns
{
    /// <summary>Field and heading, in the order of the sheet.</summary>
    public static IReadOnlyList<(string Field, string Heading)> All { get; } =
    [
        ("id", "编号 Id"),
        ("type", "题型 Type"),
        ("category", "分类 Category"),
        ("article", "法条 Article"),
        ("text", "题干 Text"),
        ("textEn", "题干英文 Text (English)"),
        .. Enumerable
            .Range(0, QuestionContent.MostOptions)
            .Select(i => (QuestionContent.OptionField(i), $"选项{Letter(i)} Option {Letter(i)}")),
        .. Enumerable
            .Range(0, QuestionContent.MostOptions)
            .Select(i => ($"{QuestionContent.OptionField(i)}En", $"选项{Letter(i)}英文 Option {Letter(i)} (English)")),
        ("key", "答案 Answer"),
        ("explanation", "解析 Explanation"),
        ("explanationEn", "解析英文 Explanation (English)"),
        ("difficulty", "难度 Difficulty"),
        (QuestionPicture.NameField, "题图 Picture"),
        (QuestionPicture.DescriptionField, "题图说明 Picture description"),
        (QuestionPicture.EnglishField, "题图说明英文 Picture description (English)"),
    ];

    /// <summary>Columns that files from before there were pictures do not have.</summary>
    public static bool MayBeMissing(string field) =>
        field is QuestionPicture.NameField or QuestionPicture.DescriptionField or QuestionPicture.EnglishField;

    public static string Heading(string field) => All.First(column => column.Field == field).Heading;

    /// <summary>A, B, C … for an option.</summary>
    public static char Letter(int option) => (char)('A' + option);
}
