using AdminPortal.Data.Casework;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>What the queue's query string says. An unknown word is the whole queue: a shortened link still opens.</summary>
public sealed record QueueAddress(QueueFilter Filter, string? Authority, int Page)
{
    private static readonly (QueueFilter Filter, string Word)[] Known =
    [
        (QueueFilter.Mine, "mine"),
        (QueueFilter.Free, "free"),
        (QueueFilter.DueToday, "today"),
        (QueueFilter.Overdue, "overdue"),
        (QueueFilter.AwaitingCalendar, "awaiting"),
        (QueueFilter.Decided, "decided"),
    ];

    public static QueueAddress Of(string? filter, string? authority, int? page, IReadOnlyList<string> authorities) =>
        new(
            Known.FirstOrDefault(known => known.Word == filter).Filter,
            authority is not null && authorities.Contains(authority) ? authority : null,
            // Deep pages of open work do not exist; a huge number would only overflow the offset.
            Math.Clamp(page ?? 1, 1, 10_000)
        );

    public string Path
    {
        get
        {
            var query = new Dictionary<string, string?>
            {
                ["filter"] = Filter == QueueFilter.All ? null : Known.Single(known => known.Filter == Filter).Word,
                ["authority"] = Authority,
                ["page"] = Page == 1 ? null : $"{Page}",
            };
            return QueryHelpers.AddQueryString("/staff/reviews", query.Where(pair => pair.Value is not null));
        }
    }
}
