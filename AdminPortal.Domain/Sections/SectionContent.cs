using System.Text.RegularExpressions;
using AdminPortal.Domain.Questions;

namespace AdminPortal.Domain.Sections;

/// <summary>What a version of a study section says, as an editor writes it.</summary>
/// <param name="Order">Its place among the sections in use; of two with the same place the one with the smaller id comes first.</param>
/// <param name="Text">See <see cref="SectionText"/>.</param>
/// <param name="Minutes">How long reading takes, for the overview; it counts nothing.</param>
/// <param name="VideoId">An uploaded video, or null: most sections are text alone.</param>
public sealed partial record SectionContent(
    int Order,
    BilingualText Title,
    BilingualText Text,
    IReadOnlyList<string> Articles,
    int Minutes,
    Guid? VideoId
)
{
    public const int IdLimit = 40;
    public const int TitleLimit = 120;
    public const int TextLimit = 10_000;
    public const int ArticleLimit = 200;
    public const int MostArticles = 40;
    public const int LastOrder = 999;
    public const int MostMinutes = 60;

    /// <summary>Words that are addresses of their own beside the sections, here or at the editors' desk.</summary>
    private static readonly string[] Reserved = ["beat", "complete", "new", "resume", "video", "videos"];

    /// <summary>What is wrong with the id of a new section, or null.</summary>
    public static Refusal? IdDefect(string id) =>
        id.Length == 0 ? new Refusal(RefusalCode.FieldRequired, "id")
        : id.Length > IdLimit ? new Refusal(RefusalCode.FieldTooLong, "id", IdLimit)
        : !IdWord().IsMatch(id) || Reserved.Contains(id) ? new Refusal(RefusalCode.SectionIdInvalid, "id")
        : null;

    /// <summary>The same content without blanks around its texts.</summary>
    public SectionContent Tidy() =>
        this with
        {
            Title = new BilingualText(SectionText.Clean(Title.Zh), SectionText.Clean(Title.En)),
            Text = new BilingualText(SectionText.Tidy(Text.Zh), SectionText.Tidy(Text.En)),
            Articles = [.. Articles.Select(SectionText.Clean).Where(article => article.Length > 0)],
        };

    /// <summary>True when both say the same; a record's own comparison does not look into its lists.</summary>
    public bool Says(SectionContent other) =>
        this with { Articles = [] } == other with { Articles = [] } && Articles.SequenceEqual(other.Articles);

    /// <summary>Everything that is wrong, field by field; empty when drivers can be given it.</summary>
    public IReadOnlyList<Refusal> Defects()
    {
        var found = new List<Refusal>();
        if (Order is < 1 or > LastOrder)
        {
            found.Add(new Refusal(RefusalCode.SectionNumberInvalid, "order", LastOrder));
        }
        if (Minutes is < 1 or > MostMinutes)
        {
            found.Add(new Refusal(RefusalCode.SectionNumberInvalid, "minutes", MostMinutes));
        }
        Add(found, "title", Title.Zh, TitleLimit, required: true);
        Add(found, "titleEn", Title.En, TitleLimit, required: false);
        AddArticleDefects(found);
        Add(found, "text", Text.Zh, TextLimit, required: true);
        Add(found, "textEn", Text.En, TextLimit, required: false);
        if (Text.En.Length is > 0 and <= TextLimit && SectionText.FirstDifference(Text) is { } number)
        {
            found.Add(new Refusal(RefusalCode.SectionShapeDiffers, "textEn", number));
        }
        return found;
    }

    private void AddArticleDefects(List<Refusal> found)
    {
        if (Articles.Count == 0)
        {
            found.Add(new Refusal(RefusalCode.FieldRequired, "articles"));
        }
        if (Articles.Count > MostArticles || Articles.Any(article => article.Length > ArticleLimit))
        {
            found.Add(new Refusal(RefusalCode.SectionArticlesTooMany, "articles", MostArticles, ArticleLimit));
        }
    }

    private static void Add(List<Refusal> found, string field, string text, int limit, bool required)
    {
        if (required && text.Length == 0)
        {
            found.Add(new Refusal(RefusalCode.FieldRequired, field));
        }
        else if (text.Length > limit)
        {
            found.Add(new Refusal(RefusalCode.FieldTooLong, field, limit));
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex IdWord();
}
