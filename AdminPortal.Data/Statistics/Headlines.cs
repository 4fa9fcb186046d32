using AdminPortal.Data.Points;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Statistics;

/// <summary>The figures the service reports about itself, of all authorities since it began (S1-04).</summary>
/// <param name="At">When they were counted (UTC).</param>
/// <param name="Participations">人次: rounds that were begun; a driver counts once for each.</param>
/// <param name="StudyHours">Whole hours of study that count: neither voided nor shorter than the scheme's smallest stretch.</param>
/// <param name="Reductions">Rounds whose points are off.</param>
public sealed record HeadlineFigures(DateTimeOffset At, int Participations, int StudyHours, int Reductions);

/// <summary>Counts the headline figures, at most every ten minutes.</summary>
public sealed class Headlines
{
    private readonly CountedNowAndThen<HeadlineFigures> _figures;

    public Headlines(IDbContextFactory<PortalDb> databases, SchemeCatalogue schemes, TimeProvider clock) =>
        _figures = new CountedNowAndThen<HeadlineFigures>(
            clock,
            QuietHoursAdvice.Freshness,
            (now, ct) => CountAsync(databases, schemes, now, ct)
        );

    public Task<HeadlineFigures> ReadAsync(CancellationToken ct) => _figures.ReadAsync(ct);

    private static async Task<HeadlineFigures> CountAsync(
        IDbContextFactory<PortalDb> databases,
        SchemeCatalogue schemes,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var seconds = 0L;
        foreach (var scheme in schemes.All)
        {
            // What counts there counts here (StudyCredit, N-n1).
            var (id, version, least) = (scheme.Id, scheme.EffectiveFrom, scheme.SmallestStretchMinutes.Value * 60);
            seconds += await db
                .StudyStretches.Where(s => s.VoidedBy == null && s.Seconds >= least)
                .Where(s => db.Rounds.Any(r => r.Id == s.RoundId && r.SchemeId == id && r.SchemeFrom == version))
                .SumAsync(s => (long)s.Seconds, ct);
        }
        return new HeadlineFigures(
            now,
            await db.Rounds.CountAsync(ct),
            (int)(seconds / 3600),
            await db.Reductions.CountAsync(r => r.RoundId != null && r.State == ReductionState.Applied, ct)
        );
    }
}
