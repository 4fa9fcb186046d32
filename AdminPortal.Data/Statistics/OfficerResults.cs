using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Statistics;

/// <summary>Counts what officers decided, and how their second opinions met the decisions.</summary>
/// <param name="own">Leads about the one who asks: in none of their numbers.</param>
internal sealed class OfficerResults(PortalDb db, Actor actor, List<Guid> own)
{
    public async Task<IReadOnlyList<OfficerResult>> ReadAsync(
        StatisticsPeriod period,
        List<string> authorities,
        CancellationToken ct
    )
    {
        var (from, until) = (period.Start, period.End);
        // Who leads the work sees everybody's figures; who does not, their own.
        Guid? only = actor.May(Permission.AssignReviews) ? null : actor.Id;
        var cases = FigureQueries
            .Cases(db)
            .Where(c => c.DecidedAt >= from && c.DecidedAt < until && authorities.Contains(c.Authority))
            .Where(c => !own.Contains(c.Id));
        var decided = await cases
            .Where(c => only == null || c.DeciderId == only)
            .GroupBy(c => c.DeciderId!.Value)
            .Select(g => new
            {
                Officer = g.Key,
                Decided = g.Count(),
                InTime = g.Count(c => c.DueAt == null || c.DecidedAt < c.DueAt),
                Upheld = g.Count(c => c.State == CaseState.Upheld),
                Span = g.Average(c => PortalDb.MillisecondsBetween(c.OpenedAt, c.DecidedAt!.Value)),
            })
            .ToDictionaryAsync(g => g.Officer, ct);
        var advised = await db
            .CaseSteps.Where(s => s.Act == CaseAct.AdviseUphold || s.Act == CaseAct.AdviseReject)
            .Where(s => only == null || s.ById == only)
            .Join(
                cases,
                s => s.CaseId,
                c => c.Id,
                (s, c) =>
                    new { Officer = s.ById, Agrees = (s.Act == CaseAct.AdviseUphold) == (c.State == CaseState.Upheld) }
            )
            .GroupBy(a => a.Officer)
            .Select(g => new
            {
                Officer = g.Key,
                Advised = g.Count(),
                Agreed = g.Count(a => a.Agrees),
            })
            .ToDictionaryAsync(g => g.Officer, ct);
        var ids = decided.Keys.Union(advised.Keys).ToList();
        var badges = await db
            .Users.Where(u => ids.Contains(u.Id))
            .Select(u => new { u.Id, Badge = u.UserName ?? "" })
            .ToListAsync(ct);
        return
        [
            .. badges
                .OrderBy(officer => officer.Badge, StringComparer.Ordinal)
                .Select(officer =>
                {
                    var (work, advice) = (decided.GetValueOrDefault(officer.Id), advised.GetValueOrDefault(officer.Id));
                    return new OfficerResult(
                        officer.Badge,
                        work?.Decided ?? 0,
                        work?.InTime ?? 0,
                        work?.Upheld ?? 0,
                        work is null ? null : StatisticsReader.Hours(work.Span),
                        advice?.Advised ?? 0,
                        advice?.Agreed ?? 0
                    );
                }),
        ];
    }
}
