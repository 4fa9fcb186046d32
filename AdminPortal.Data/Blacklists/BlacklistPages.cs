using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Blacklists;

/// <summary>One line of the officers' list. No personal data: that is shown with the entry, where looking at it is recorded.</summary>
public sealed record BlacklistLine(
    Guid Id,
    string Authority,
    BlacklistGround Ground,
    BlacklistState State,
    string ProposedByName,
    DateTimeOffset ProposedAt,
    string? CheckedByName,
    DateTimeOffset? CheckedAt,
    DateOnly? OutOfSchemeUntil,
    DateOnly? OffOnlineUntil
);

/// <summary>A page of the list.</summary>
/// <param name="Proposed">How many entries wait for their confirmation.</param>
public sealed record BlacklistPage(IReadOnlyList<BlacklistLine> Lines, bool HasMore, int Proposed, DateOnly Today);

/// <summary>What both sides read of the blacklist.</summary>
public sealed class BlacklistPages(IDbContextFactory<PortalDb> databases, SchemeCatalogue schemes, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>The driver's own entries: those in force, and those that were appealed or lifted.</summary>
    public async Task<IReadOnlyList<EntryView>> OfDriverAsync(Guid driverId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await DriverEntries.ReadAsync(db, schemes, driverId, ChinaTime.DateOf(clock.GetUtcNow()), ct);
    }

    /// <summary>Within which the police of an authority aim to answer an appeal: a target of the house, not law (D-APPEAL).</summary>
    public async Task<Period> AppealTargetAsync(string authority, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return (
            await Decisions.SchemeOfAsync(db, schemes, authority, ChinaTime.DateOf(clock.GetUtcNow()), ct)
        ).AppealTarget;
    }

    /// <summary>The entries of the officer's authorities, those that wait first; null when the actor may not see them.</summary>
    /// <param name="state">Only entries in this state, or null for all.</param>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<BlacklistPage?> ListAsync(ActorRef who, BlacklistState? state, int page, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ProposeBlacklisting))
        {
            return null;
        }
        var visible = db.BlacklistEntries.AsNoTracking().Where(e => actor.Authorities.Contains(e.Authority));
        var proposed = await visible.CountAsync(e => e.State == BlacklistState.Proposed, ct);
        var (lines, hasMore) = state is { } wanted
            ? await ListPages.ReadAsync(Lines(visible.Where(e => e.State == wanted)), page, PageSize, ct)
            : await ListPages.ReadAsync(
                Lines(visible.Where(e => e.State == BlacklistState.Proposed)),
                proposed,
                Lines(visible.Where(e => e.State != BlacklistState.Proposed)),
                page,
                PageSize,
                ct
            );
        return new BlacklistPage(lines, hasMore, proposed, ChinaTime.DateOf(clock.GetUtcNow()));
    }

    private static IQueryable<BlacklistLine> Lines(IQueryable<BlacklistEntry> entries) =>
        entries
            .OrderByDescending(e => e.ProposedAt)
            .ThenByDescending(e => e.Id)
            .Select(e => new BlacklistLine(
                e.Id,
                e.Authority,
                e.Ground,
                e.State,
                e.ProposedByName,
                e.ProposedAt,
                e.CheckedByName,
                e.CheckedAt,
                e.OutOfSchemeUntil,
                e.OffOnlineUntil
            ));

    /// <summary>The whole list in its order: the page shows a cut of it, an export all of it.</summary>
    internal static IQueryable<BlacklistEntry> List(PortalDb db, Actor actor, BlacklistState? state) =>
        db
            .BlacklistEntries.AsNoTracking()
            .Where(e => actor.Authorities.Contains(e.Authority))
            .Where(e => state == null || e.State == state)
            .OrderBy(e => e.State != BlacklistState.Proposed)
            .ThenByDescending(e => e.ProposedAt)
            .ThenByDescending(e => e.Id);
}
