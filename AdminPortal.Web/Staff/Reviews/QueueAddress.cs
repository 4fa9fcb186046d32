using AdminPortal.Data.Casework;
using AdminPortal.Domain.Casework;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>What the queue's query string says. An unknown word is left out: a shortened link still opens.</summary>
public sealed record QueueAddress(QueueQuery Query)
{
    private const string Page = "/staff/reviews";

    private static readonly (QueueFilter Filter, string Word)[] Filters =
    [
        (QueueFilter.Mine, "mine"),
        (QueueFilter.Free, "free"),
        (QueueFilter.DueToday, "today"),
        (QueueFilter.DueTomorrow, "tomorrow"),
        (QueueFilter.Overdue, "overdue"),
        (QueueFilter.AwaitingCalendar, "awaiting"),
        (QueueFilter.Evidence, "evidence"),
        (QueueFilter.Escalated, "escalated"),
        (QueueFilter.Opinion, "opinion"),
        (QueueFilter.Decided, "decided"),
    ];

    /// <param name="authorities">Those of the officer: no other one is a word.</param>
    public static QueueAddress Of(
        string? filter,
        string? kind,
        string? authority,
        string? officer,
        string? number,
        string? page,
        IReadOnlyList<string> authorities
    ) =>
        new(
            new QueueQuery(
                Filters.FirstOrDefault(known => known.Word == filter).Filter,
                Enum.TryParse<CaseKind>(kind, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null,
                authority is not null && authorities.Contains(authority) ? authority : null,
                SearchWords.Of(officer, 40),
                Cleaned(number),
                // Deep pages of open work do not exist; a huge number would only overflow the offset.
                int.TryParse(page, out var asked)
                    ? Math.Clamp(asked, 1, 10_000)
                    : 1
            )
        );

    /// <summary>The number of a case or ticket as it is stored: without what people write around it; null when nothing is left.</summary>
    public static string? Cleaned(string? number)
    {
        var kept = string.Concat((number ?? "").Where(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            .ToUpperInvariant();
        return kept.Length is > 0 and <= 20 ? kept : null;
    }

    public string Path
    {
        get
        {
            var query = new Dictionary<string, string?>
            {
                ["filter"] =
                    Query.Filter == QueueFilter.All ? null : Filters.Single(known => known.Filter == Query.Filter).Word,
                ["kind"] = Query.Kind?.ToString().ToLowerInvariant(),
                ["authority"] = Query.Authority,
                ["officer"] = Query.Officer,
                ["number"] = Query.Text,
                ["page"] = Query.Page == 1 ? null : $"{Query.Page}",
            };
            return QueryHelpers.AddQueryString(Page, query.Where(pair => pair.Value is not null));
        }
    }

    /// <summary>The query string alone, as a saved view keeps it: always of the first page.</summary>
    public string Saved => (this with { Query = Query with { Page = 1 } }).Path[Page.Length..];

    /// <summary>The address of a saved view.</summary>
    public static string PathOf(string saved) => Page + saved;
}
