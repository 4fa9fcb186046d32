using AdminPortal.Data.Commands;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Points;

/// <summary>Reserves the points of a round that counts, before anything is sent (S1-13, N-25).</summary>
internal static class Reductions
{
    /// <summary>
    /// Takes the lowest free slot of the cycle. Two rounds of one cycle that race for a slot are told apart by the unique
    /// index; the loser's act starts again. With no slot left the round cannot be reduced any more.
    /// </summary>
    public static async Task ReserveAsync(CommandScope scope, Round round, Scheme scheme, CancellationToken ct)
    {
        if (await FreeSlotAsync(scope.Db, round, scheme, ct) is not { } slot)
        {
            // Points of another route arrived meanwhile: the cap holds, and the driver is told.
            scope.Db.Reductions.Add(Row(round, scheme, null, ReductionState.Refused, scope.Now));
            round.RefuseReduction(scope.Now);
            scope.Tell(round.DriverId, scheme, Messages.MessageTemplate.ReductionRefused, $"{scheme.CapPerCycle.Rule}");
            return;
        }
        scope.Db.Reductions.Add(Row(round, scheme, slot, ReductionState.Waiting, scope.Now));
    }

    /// <summary>The lowest free slot of the round's cycle, or null when the cap is reached over all routes (N-25).</summary>
    public static async Task<int?> FreeSlotAsync(PortalDb db, Round round, Scheme scheme, CancellationToken ct)
    {
        var taken = await db
            .Reductions.Where(r => r.DriverId == round.DriverId && r.CycleStart == round.CycleStart && r.Slot != null)
            .Select(r => r.Slot!.Value)
            .ToListAsync(ct);
        var elsewhere = await db
            .Licences.Where(l => l.DriverId == round.DriverId)
            .Select(l => l.PointsReducedElsewhere)
            .SingleOrDefaultAsync(ct);
        var cap = scheme.CapPerCycle.Value;
        return taken.Count + elsewhere + scheme.PointsPerRound.Value > cap
            ? null
            : Enumerable.Range(1, cap).First(s => !taken.Contains(s));
    }

    private static ReductionRow Row(Round round, Scheme scheme, int? slot, ReductionState state, DateTimeOffset now) =>
        new()
        {
            RoundId = round.Id,
            DriverId = round.DriverId,
            CycleStart = round.CycleStart,
            Slot = slot,
            Points = scheme.PointsPerRound.Value,
            State = state,
            ReservedAt = now,
            NextAt = now,
            SettledAt = state == ReductionState.Refused ? now : null,
        };
}
