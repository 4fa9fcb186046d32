using AdminPortal.Data.Commands;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Points;

/// <summary>Decides what happens to a reduction with the entry it rests on; the dispatcher carries it out.</summary>
internal static class ReductionChanges
{
    /// <summary>
    /// The entry is confirmed: the reduction of its round is revoked (N-31). One that is still on its way is revoked once it has
    /// arrived; one that was refused took nothing off.
    /// </summary>
    /// <returns>True when there is something to revoke.</returns>
    public static async Task<bool> RevokeAsync(CommandScope scope, Guid entryId, Guid roundId, CancellationToken ct)
    {
        var reduction = await scope.Db.Reductions.SingleOrDefaultAsync(r => r.RoundId == roundId, ct);
        if (reduction is null or { State: ReductionState.Refused or ReductionState.Revoked })
        {
            return false;
        }
        await AddAsync(scope, entryId, reduction.Id, ReductionChangeKind.Revoke, ct);
        return true;
    }

    /// <summary>
    /// The entry is lifted: the reduction that was revoked for it is taken off again (S1-40). A revocation that was never sent
    /// is dropped; one that may have been sent comes to its end first.
    /// </summary>
    /// <returns>True when the points are taken off again, or stay off.</returns>
    public static async Task<bool> RestoreAsync(CommandScope scope, Guid entryId, CancellationToken ct)
    {
        var revoked = await scope.Db.ReductionChanges.SingleOrDefaultAsync(
            c => c.EntryId == entryId && c.Kind == ReductionChangeKind.Revoke,
            ct
        );
        switch (revoked?.State)
        {
            case ReductionChangeState.Waiting:
                Drop(revoked, scope.Now);
                return true;
            case ReductionChangeState.Unknown:
            case ReductionChangeState.Applied:
                await AddAsync(scope, entryId, revoked.ReductionId, ReductionChangeKind.Retake, ct);
                return true;
            case ReductionChangeState.Refused:
            case ReductionChangeState.Dropped:
            case null:
                break;
        }
        return false;
    }

    public static void Drop(ReductionChangeRow change, DateTimeOffset now)
    {
        change.State = ReductionChangeState.Dropped;
        change.SettledAt = now;
        change.Version++;
    }

    private static async Task AddAsync(
        CommandScope scope,
        Guid entryId,
        Guid reductionId,
        ReductionChangeKind kind,
        CancellationToken ct
    )
    {
        var last = await scope
            .Db.ReductionChanges.Where(c => c.ReductionId == reductionId)
            .MaxAsync(c => (int?)c.Number, ct);
        scope.Db.ReductionChanges.Add(
            new ReductionChangeRow
            {
                Id = Guid.CreateVersion7(scope.Now),
                ReductionId = reductionId,
                Number = (last ?? 0) + 1,
                EntryId = entryId,
                Kind = kind,
                DecidedAt = scope.Now,
                NextAt = scope.Now,
            }
        );
    }
}
