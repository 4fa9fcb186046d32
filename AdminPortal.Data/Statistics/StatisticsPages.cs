using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Statistics;

/// <summary>The officers' figures.</summary>
public sealed class StatisticsPages(IDbContextFactory<PortalDb> databases, SchemeCatalogue schemes, TimeProvider clock)
{
    /// <summary>The figures of the officer's own authorities; null when the actor may not see figures.</summary>
    public async Task<StatisticsReport?> ReadAsync(ActorRef who, StatisticsQuestion question, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Actors.ReadAsync(db, who, ct) is { } actor && actor.May(Permission.ViewStatistics)
            ? await new StatisticsReader(db, schemes, actor).ReadAsync(question, clock.GetUtcNow(), ct)
            : null;
    }

    /// <summary>The list behind a number of them; null when the actor may not see figures.</summary>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<FigureList?> ListAsync(
        ActorRef who,
        StatisticsQuestion question,
        Figure figure,
        string? part,
        int page,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Actors.ReadAsync(db, who, ct) is { } actor && actor.May(Permission.ViewStatistics)
            ? await new StatisticsReader(db, schemes, actor).ListAsync(question, figure, part, page, ct)
            : null;
    }
}
