using System.Globalization;
using AdminPortal.Data.Questions;
using AdminPortal.Domain.Questions;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Staff.Questions;

/// <summary>What the query string of the question list says. An unknown word is no filter: a shortened link still opens.</summary>
public sealed record QuestionAddress(QuestionFilter Filter, int Page)
{
    private const string AnyOdd = "any";
    private const string AnyPicture = "any";

    private const int LongestSearch = 100;

    public QuestionSort Sort { get; init; }
    public bool Descending { get; init; }

    public static QuestionAddress Of(
        string? search,
        string? state,
        string? type,
        string? category,
        string? page,
        string? odd = null,
        string? sort = null,
        string? order = null,
        string? picture = null
    ) =>
        new(
            new QuestionFilter(
                SearchWords.Of(search, LongestSearch),
                Known<QuestionState>(state),
                Known<QuestionType>(type),
                SearchWords.Of(category, QuestionContent.CategoryLimit),
                OddOf(odd)
            )
            {
                Picture = PictureOf(picture),
            },
            int.TryParse(page, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 10_000) : 1
        )
        {
            Sort = Known<QuestionSort>(sort) ?? QuestionSort.Id,
            Descending = order == "desc",
        };

    /// <summary>The word of a filter by oddity; empty for none.</summary>
    public static string WordOf(OddFilter? odd) => odd is null ? "" : odd.Flag?.ToString().ToLowerInvariant() ?? AnyOdd;

    /// <summary>The word of a filter by picture; empty for none.</summary>
    public static string WordOf(PictureFilter? picture) => picture is null ? "" : picture.Name ?? AnyPicture;

    /// <summary>The questions that show a picture.</summary>
    public static QuestionAddress OfPicture(string name) => Of(null, null, null, null, null, picture: name);

    /// <summary>The list sorted by a column: the largest first, and turned round by the second press.</summary>
    public string SortedPath(QuestionSort sort) =>
        (this with { Page = 1, Sort = sort, Descending = Sort != sort || !Descending }).Path;

    public string Path => Add("/staff/questions", Page);

    /// <summary>Where the filtered list is fetched as a workbook.</summary>
    public string ExportPath => Add("/staff/questions/export.xlsx", 1);

    /// <summary>The same list, saying that it was not exported.</summary>
    public string ExportRefusedPath => Add("/staff/questions", 1, refused: true);

    private string Add(string path, int page, bool refused = false)
    {
        var query = new Dictionary<string, string?>
        {
            ["q"] = Filter.Search,
            ["state"] = Filter.State?.ToString().ToLowerInvariant(),
            ["type"] = Filter.Type?.ToString().ToLowerInvariant(),
            ["category"] = Filter.Category,
            ["page"] = page == 1 ? null : $"{page}",
            ["odd"] = Filter.Odd is null ? null : WordOf(Filter.Odd),
            ["picture"] = Filter.Picture is null ? null : WordOf(Filter.Picture),
            ["sort"] = Sort == QuestionSort.Id ? null : Sort.ToString().ToLowerInvariant(),
            ["order"] = Sort != QuestionSort.Id && Descending ? "desc" : null,
            ["export"] = refused ? "refused" : null,
        };
        return QueryHelpers.AddQueryString(path, query.Where(pair => pair.Value is not null));
    }

    private static OddFilter? OddOf(string? word) =>
        word == AnyOdd ? new OddFilter(null)
        : Known<ItemFlag>(word) is { } flag ? new OddFilter(flag)
        : null;

    private static PictureFilter? PictureOf(string? word) =>
        word == AnyPicture ? new PictureFilter(null)
        : word is not null && QuestionPicture.NumberOf(word) > 0 ? new PictureFilter(word)
        : null;

    private static T? Known<T>(string? word)
        where T : struct, Enum =>
        Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
