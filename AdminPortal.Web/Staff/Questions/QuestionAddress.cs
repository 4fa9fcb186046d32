using System.Globalization;
using AdminPortal.Data.Questions;
using AdminPortal.Domain.Questions;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Staff.Questions;

/// <summary>What the query string of the question list says. An unknown word is no filter: a shortened link still opens.</summary>
public sealed record QuestionAddress(QuestionFilter Filter, int Page)
{
    private const int LongestSearch = 100;

    public static QuestionAddress Of(string? search, string? state, string? type, string? category, string? page) =>
        new(
            new QuestionFilter(
                search?.Trim() is { Length: > 0 and <= LongestSearch } words ? words : null,
                Known<QuestionState>(state),
                Known<QuestionType>(type),
                string.IsNullOrWhiteSpace(category) || category.Length > QuestionContent.CategoryLimit ? null : category
            ),
            int.TryParse(page, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 10_000) : 1
        );

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
            ["export"] = refused ? "refused" : null,
        };
        return QueryHelpers.AddQueryString(path, query.Where(pair => pair.Value is not null));
    }

    private static T? Known<T>(string? word)
        where T : struct, Enum =>
        Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
