using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Audit;

/// <summary>What an auditor looks for. Empty fields do not filter.</summary>
/// <param name="Before">Only entries before this number, for the next page.</param>
/// <param name="From">First civil date in China.</param>
/// <param name="To">Last civil date in China.</param>
public sealed record AuditSearch(
    string? ActorName,
    string? Act,
    string? SubjectId,
    Guid? DriverId,
    long? Before,
    DateOnly? From = null,
    DateOnly? To = null
);

/// <summary>One line of the trail.</summary>
public sealed record AuditLine(
    long Number,
    DateTimeOffset At,
    ActorKind ActorKind,
    string ActorName,
    string Act,
    string SubjectKind,
    string SubjectId,
    Guid? DriverId,
    string Details
);

/// <summary>A page of the trail, newest first.</summary>
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, long? Next);

/// <summary>Reads the trail. The search is itself an entry of it.</summary>
public sealed record SearchAudit(AuditSearch Search) : ICommand<AuditPage>
{
    public const int PageSize = 50;

    public Permission Permission => Permission.ViewAudit;

    public async Task<Outcome<AuditPage>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var lines = await Entries(scope.Db, Search).Take(PageSize + 1).ToListAsync(ct);
        scope.Audit("Audit", "search", Search.DriverId, Search);
        var more = lines.Count > PageSize;
        return new AuditPage([.. lines.Take(PageSize).Select(LineOf)], more ? lines[PageSize - 1].Number : null);
    }

    /// <summary>Everything a search finds, newest first: the page shows a cut of it, an export all of it.</summary>
    internal static IQueryable<AuditRow> Entries(PortalDb db, AuditSearch search)
    {
        var entries = db.AuditEntries.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search.ActorName))
        {
            var name = search.ActorName.Trim();
            entries = entries.Where(e => e.ActorName == name);
        }
        if (!string.IsNullOrWhiteSpace(search.Act))
        {
            var act = search.Act.Trim();
            entries = entries.Where(e => e.Act == act);
        }
        if (!string.IsNullOrWhiteSpace(search.SubjectId))
        {
            var subject = search.SubjectId.Trim();
            entries = entries.Where(e => e.SubjectId == subject);
        }
        if (search.DriverId is { } driver)
        {
            entries = entries.Where(e => e.DriverId == driver);
        }
        if (search.From is { } first)
        {
            var start = ChinaTime.StartOf(first);
            entries = entries.Where(e => e.At >= start);
        }
        if (search.To is { } last)
        {
            var end = ChinaTime.EndOf(last);
            entries = entries.Where(e => e.At < end);
        }
        if (search.Before is { } before)
        {
            entries = entries.Where(e => e.Number < before);
        }
        return entries.OrderByDescending(e => e.Number);
    }

    // A kind that cannot be read was tampered with: "audit verify" says so; here it is nobody's.
    internal static AuditLine LineOf(AuditRow e) =>
        new(
            e.Number,
            e.At,
            Enum.TryParse<ActorKind>(e.ActorKind, out var kind) ? kind : ActorKind.Anonymous,
            e.ActorName,
            e.Act,
            e.SubjectKind,
            e.SubjectId,
            e.DriverId,
            e.Details
        );
}
