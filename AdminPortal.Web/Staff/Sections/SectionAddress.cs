using System.Globalization;
using AdminPortal.Data.Sections;
using AdminPortal.Domain.Questions;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Staff.Sections;

/// <summary>What the query string of the section list says. An unknown word is no filter: a shortened link still opens.</summary>
public sealed record SectionAddress(SectionFilter Filter, int Page)
{
    public const string Base = "/staff/study";
    public const string Videos = $"{Base}/videos";

    private const int LongestSearch = 100;

    public static SectionAddress Of(string? search, string? state, string? page) =>
        new(
            new SectionFilter(
                SearchWords.Of(search, LongestSearch),
                Enum.TryParse<QuestionState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known)
                    ? known
                    : null
            ),
            PageOf(page)
        );

    public string Path =>
        QueryHelpers.AddQueryString(
            Base,
            new Dictionary<string, string?>
            {
                ["q"] = Filter.Search,
                ["state"] = Filter.State?.ToString().ToLowerInvariant(),
                ["page"] = Page == 1 ? null : $"{Page}",
            }.Where(pair => pair.Value is not null)
        );

    /// <summary>The number of a page as an address tells it.</summary>
    public static int PageOf(string? word) =>
        int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 10_000) : 1;
}
