using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Points;

/// <summary>A change of a reduction that this process may send or ask about now.</summary>
/// <param name="IsDropped">There was nothing to change; go on with the next one.</param>
/// <param name="TakenKey">The key under which the points were taken off last.</param>
internal sealed record ReductionChangeOrder(
    Guid Id,
    ReductionChangeKind Kind,
    bool IsDropped,
    bool WasSent,
    string TakenKey,
    byte[] IdNumber,
    string Authority,
    int Points,
    DateOnly CycleStart
);

/// <summary>
/// Takes one open change under a short lease and marks it as possibly sent, before anything is sent, as
/// <see cref="TakeReduction"/> does. Changes of one reduction go in their order, after the reduction itself.
/// </summary>
internal sealed record TakeReductionChange : ICommand<ReductionChangeOrder?>
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    public Permission Permission => Permission.RunJobs;

    /// <summary>The ledger row is the record; its settlement is audited.</summary>
    public bool IsAudited => false;

    public async Task<Outcome<ReductionChangeOrder?>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var id = await db
            .ReductionChanges.Where(c => c.SettledAt == null && c.NextAt <= scope.Now)
            .Where(c =>
                !db.ReductionChanges.Any(e =>
                    e.ReductionId == c.ReductionId && e.SettledAt == null && e.Number < c.Number
                )
            )
            .Where(c => db.Reductions.Any(r => r.Id == c.ReductionId && r.SettledAt != null))
            .OrderBy(c => c.NextAt)
            .Select(c => (Guid?)c.Id)
            .FirstOrDefaultAsync(ct);
        if (id is null)
        {
            return (ReductionChangeOrder?)null;
        }
        var reductionId = await db.ReductionChanges.Where(c => c.Id == id).Select(c => c.ReductionId).SingleAsync(ct);
        var reduction = await db.Reductions.SingleAsync(r => r.Id == reductionId, ct);
        // Read last: what another process did to it meanwhile shows as a stale version (decisions/004).
        var change = await db.ReductionChanges.SingleAsync(c => c.Id == id, ct);
        if (change.SettledAt is not null)
        {
            return (ReductionChangeOrder?)null;
        }
        var wasSent = change.State == ReductionChangeState.Unknown;
        var driver = await db
            .Drivers.Where(d => d.Id == reduction.DriverId)
            .Select(d => new { d.IdNumber, d.Licence!.Authority })
            .SingleAsync(ct);
        var fits = change.Kind switch
        {
            ReductionChangeKind.Revoke => reduction.State == ReductionState.Applied,
            ReductionChangeKind.Retake => reduction.State == ReductionState.Revoked
                && await TakeSlotAsync(scope, reduction, change, ct),
        };
        if (fits)
        {
            change.State = ReductionChangeState.Unknown;
            change.Attempts++;
            change.NextAt = scope.Now + Lease + TimeSpan.FromSeconds(Math.Min(3600, Math.Pow(2, change.Attempts)));
            change.Version++;
        }
        else if (change.SettledAt is null)
        {
            ReductionChanges.Drop(change, scope.Now);
            scope.Audit("Reduction", reductionId, reduction.DriverId, new { change.Kind, change.State });
        }
        return new ReductionChangeOrder(
            change.Id,
            change.Kind,
            !fits,
            wasSent,
            await TakenKeyAsync(db, reductionId, ct),
            driver.IdNumber,
            driver.Authority,
            reduction.Points,
            reduction.CycleStart
        );
    }

    /// <summary>
    /// Points that are taken off again need a slot of the cycle as any others do (N-25), reserved before anything is sent. With
    /// none left the cap holds, and the driver is told.
    /// </summary>
    private static async Task<bool> TakeSlotAsync(
        CommandScope scope,
        ReductionRow reduction,
        ReductionChangeRow change,
        CancellationToken ct
    )
    {
        if (reduction.Slot is not null)
        {
            return true;
        }
        var round = await scope.Db.Rounds.SingleAsync(r => r.Id == reduction.RoundId, ct);
        var scheme = scope.SchemeOf(round);
        if (await Reductions.FreeSlotAsync(scope, round, scheme, ct) is { } slot)
        {
            reduction.Slot = slot;
            reduction.Version++;
            return true;
        }
        change.State = ReductionChangeState.Refused;
        change.Reason = scheme.CapPerCycle.Rule;
        change.SettledAt = scope.Now;
        change.Version++;
        scope.Tell(reduction.DriverId, scheme, MessageTemplate.ReductionNotRestored, scheme.CapPerCycle.Rule);
        scope.Audit("Reduction", reduction.Id, reduction.DriverId, new { change.Kind, change.State });
        return false;
    }

    private static async Task<string> TakenKeyAsync(PortalDb db, Guid reductionId, CancellationToken ct)
    {
        var again = await db
            .ReductionChanges.Where(c =>
                c.ReductionId == reductionId
                && c.Kind == ReductionChangeKind.Retake
                && c.State == ReductionChangeState.Applied
            )
            .OrderByDescending(c => c.Number)
            .Select(c => (Guid?)c.Id)
            .FirstOrDefaultAsync(ct);
        return (again ?? reductionId).ToString("N");
    }
}

/// <summary>Settles a change of a reduction by the gateway's answer, and tells the driver (N-31, S1-40).</summary>
internal sealed record SettleReductionChange(Guid ChangeId, bool IsApplied, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.RunJobs;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var reductionId = await db
            .ReductionChanges.Where(c => c.Id == ChangeId)
            .Select(c => c.ReductionId)
            .SingleAsync(ct);
        var reduction = await db.Reductions.SingleAsync(r => r.Id == reductionId, ct);
        var change = await db.ReductionChanges.SingleAsync(c => c.Id == ChangeId, ct);
        if (change.SettledAt is not null)
        {
            // Another process was told the same.
            return new Unit();
        }
        var scheme = await Reductions.SchemeOfAsync(scope, reduction, ct);
        change.SettledAt = scope.Now;
        change.State = IsApplied ? ReductionChangeState.Applied : ReductionChangeState.Refused;
        change.Reason = IsApplied ? null : Reason;
        change.Version++;
        switch (change.Kind, IsApplied)
        {
            case (ReductionChangeKind.Revoke, true):
                reduction.State = ReductionState.Revoked;
                reduction.Slot = null;
                reduction.Version++;
                scope.Tell(reduction.DriverId, scheme, MessageTemplate.ReductionRevoked, reduction.Points);
                break;
            case (ReductionChangeKind.Revoke, false):
                // The points stay off; the officers see it at the entry, and nothing changed for the driver.
                break;
            case (ReductionChangeKind.Retake, true):
                reduction.State = ReductionState.Applied;
                reduction.Version++;
                scope.Tell(reduction.DriverId, scheme, MessageTemplate.ReductionRestored, reduction.Points);
                break;
            case (ReductionChangeKind.Retake, false):
                reduction.Slot = null;
                reduction.Version++;
                scope.Tell(reduction.DriverId, scheme, MessageTemplate.ReductionNotRestored, Reason ?? "");
                break;
        }
        scope.Audit(
            "Reduction",
            reductionId,
            reduction.DriverId,
            new
            {
                change.Kind,
                change.State,
                reduction.Points,
            }
        );
        return new Unit();
    }
}
