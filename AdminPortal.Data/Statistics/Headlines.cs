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
        var queries = new FigureQueries(db, schemes);
        return new HeadlineFigures(
            now,
            (int)await SumAsync(Figure.Participations),
            (int)(await SumAsync(Figure.StudySeconds) / 3600),
            (int)await SumAsync(Figure.Reductions, nameof(ReductionRoute.Online))
        );

        // The officers' figures by their own definitions, of all authorities.
        Task<long> SumAsync(Figure figure, string part = "") =>
            queries.Of(figure)!.Where(h => h.Part == part).SumAsync(h => h.Amount, ct);
    }
}
