using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Outages;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Outages;

/// <summary>A page of the list.</summary>
/// <param name="Waiting">How many wait for their confirmation.</param>
public sealed record OutagePage(IReadOnlyList<Outage> Lines, bool HasMore, int Waiting);

/// <summary>The officers' list of outages.</summary>
public sealed class OutagePages(IDbContextFactory<PortalDb> databases)
{
    public const int PageSize = 50;

    /// <summary>Those of the officer's authorities, those that wait first; null when the actor may not see them.</summary>
    /// <param name="state">Only those in this state, or null for all.</param>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<OutagePage?> ListAsync(ActorRef who, OutageState? state, int page, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.DeclareOutages))
        {
            return null;
        }
        var visible = OutageRows.Visible(db, actor).AsNoTracking();
        var waiting = await visible.CountAsync(o => o.State == OutageState.Declared, ct);
        var (lines, hasMore) = state is { } wanted
            ? await ListPages.ReadAsync(Newest(visible.Where(o => o.State == wanted)), page, PageSize, ct)
            : await ListPages.ReadAsync(
                Newest(visible.Where(o => o.State == OutageState.Declared)),
                waiting,
                Newest(visible.Where(o => o.State != OutageState.Declared)),
                page,
                PageSize,
                ct
            );
        return new OutagePage(lines, hasMore, waiting);
    }

    private static IQueryable<Outage> Newest(IQueryable<Outage> outages) =>
        outages.OrderByDescending(o => o.DeclaredAt).ThenByDescending(o => o.Id);
}

/// <summary>An outage as the officers see it.</summary>
/// <param name="MaskedName">Of the one driver it is about; null for all.</param>
/// <param name="Preview">What confirming would do now; null once it is answered.</param>
/// <param name="Given">What was given back so far; null before the confirmation.</param>
/// <param name="MayCheck">Null when the viewer may confirm or decline; else why not.</param>
public sealed record OutageDesk(
    Outage Outage,
    string? MaskedName,
    string? MaskedIdNumber,
    OutagePreview? Preview,
    OutagePreview? Given,
    Refusal? MayCheck
);

/// <summary>Opens an outage. Looking is an act: it is recorded before anything is shown (N-33).</summary>
public sealed record ViewOutage(Guid OutageId) : ICommand<OutageDesk>
{
    private const int MostLines = 100;

    public Permission Permission => Permission.DeclareOutages;

    public async Task<Outcome<OutageDesk>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var outage = await OutageRows
            .Visible(db, scope.Actor)
            .AsNoTracking()
            .SingleOrDefaultAsync(o => o.Id == OutageId, ct);
        if (outage is null)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var driver = await db.Drivers.AsNoTracking().SingleOrDefaultAsync(d => d.Id == outage.DriverId, ct);
        scope.Audit("Outage", outage.Id, outage.DriverId);
        return new OutageDesk(
            outage,
            driver is null ? null : Mask.Name(scope.Cipher.OpenName(driver.Name)),
            driver is null ? null : Mask.IdNumber(scope.Cipher.OpenIdNumber(driver.IdNumber)),
            outage.State == OutageState.Declared ? await OutagePreviews.OfAsync(scope, outage, ct) : null,
            outage.State == OutageState.Confirmed ? await GivenAsync(db, outage, ct) : null,
            outage.Check(driver?.IdNumberKey, scope.Actor)
        );
    }

    private static async Task<OutagePreview> GivenAsync(PortalDb db, Outage outage, CancellationToken ct)
    {
        var effects = db.OutageEffects.AsNoTracking().Where(e => e.OutageId == outage.Id);
        var sums = await effects
            .GroupBy(e => e.OutageId)
            .Select(g => new
            {
                Rounds = g.Count(),
                Hit = g.Count(e => e.IsHit),
                Voided = g.Sum(e => e.Voided),
                Discounted = g.Sum(e => e.Discounted),
                Seconds = g.Sum(e => e.SecondsRestored),
                Windows = g.Count(e => e.Window != null),
                Left = g.Count(e => e.Left != null),
            })
            .SingleOrDefaultAsync(ct);
        var waiting = outage.CompletedAt is null
            ? await OutageWork
                .Candidates(db, outage)
                .CountAsync(r => !db.OutageEffects.Any(e => e.OutageId == outage.Id && e.RoundId == r.Id), ct)
            : 0;
        var lines = await effects
            .Where(e => e.IsHit)
            .OrderBy(e => e.RoundId)
            .Take(MostLines)
            .Join(
                db.Rounds,
                e => e.RoundId,
                r => r.Id,
                (e, r) =>
                    new OutageLine(
                        r.Id,
                        r.Authority,
                        r.State,
                        new OutageSummary(
                            e.Voided,
                            e.Discounted,
                            e.SecondsRestored,
                            e.Act,
                            e.Window,
                            e.EndBefore,
                            e.EndAfter,
                            e.Left
                        )
                    )
            )
            .ToListAsync(ct);
        return new OutagePreview(
            new OutageTotals(
                sums?.Rounds ?? 0,
                sums?.Hit ?? 0,
                sums?.Voided ?? 0,
                sums?.Discounted ?? 0,
                (sums?.Seconds ?? 0) / 60,
                sums?.Windows ?? 0,
                sums?.Left ?? 0,
                waiting
            ),
            lines,
            false
        );
    }
}
