using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Points;

/// <summary>Reserves points of a cycle, before anything is sent (S1-13, N-25, N-27).</summary>
internal static class Reductions
{
    /// <summary>
    /// Takes the lowest free slot of the cycle for a round that counts. Two acts of one cycle that race for a slot are told apart
    /// by the unique index; the loser's act starts again. With no slot left the round cannot be reduced any more.
    /// </summary>
    public static async Task ReserveAsync(CommandScope scope, Round round, Scheme scheme, CancellationToken ct)
    {
        if (await FreeSlotAsync(scope, round, scheme, ct) is not { } slot)
        {
            // Points of another route arrived meanwhile: the cap holds, and the driver is told.
            scope.Db.Reductions.Add(Row(round, scheme, null, ReductionState.Refused, scope.Now));
            round.RefuseReduction(scope.Now);
            scope.Tell(round.DriverId, scheme, Messages.MessageTemplate.ReductionRefused, $"{scheme.CapPerCycle.Rule}");
            return;
        }
        scope.Db.Reductions.Add(Row(round, scheme, slot, ReductionState.Waiting, scope.Now));
    }

    /// <summary>Takes as many slots as an attendance takes points off; each is an order of its own at the gateway.</summary>
    /// <param name="points">No more than the cap leaves.</param>
    public static async Task ReserveAsync(
        CommandScope scope,
        Attendance attendance,
        DateOnly cycleStart,
        Scheme scheme,
        int points,
        CancellationToken ct
    )
    {
        var taken = await SlotsAsync(scope.Db, attendance.DriverId, cycleStart, ct);
        var free = Enumerable.Range(1, scheme.CapPerCycle.Value).Where(s => !taken.Contains(s));
        foreach (var slot in free.Take(points).ToList())
        {
            scope.Db.Reductions.Add(
                new ReductionRow
                {
                    Id = Guid.CreateVersion7(scope.Now),
                    AttendanceId = attendance.Id,
                    DriverId = attendance.DriverId,
                    CycleStart = cycleStart,
                    Slot = slot,
                    Points = 1,
                    State = ReductionState.Waiting,
                    ReservedAt = scope.Now,
                    NextAt = scope.Now,
                }
            );
        }
    }

    /// <summary>The lowest free slot of the round's cycle, or null when the cap is reached over all routes (N-25).</summary>
    public static async Task<int?> FreeSlotAsync(CommandScope scope, Round round, Scheme scheme, CancellationToken ct)
    {
        var taken = await SlotsAsync(scope.Db, round.DriverId, round.CycleStart, ct);
        var file = await DriverRecords.LoadAsync(scope.Db, scope.Schemes, round.DriverId, scope.Today, ct);
        // What was taken off elsewhere counts in the cycle it was delivered for.
        var elsewhere = file?.Cycle.Start == round.CycleStart ? file.Account.ReducedElsewhere : 0;
        var cap = scheme.CapPerCycle.Value;
        return taken.Count + elsewhere + scheme.PointsPerRound.Value > cap
            ? null
            : Enumerable.Range(1, cap).First(s => !taken.Contains(s));
    }

    /// <summary>The scheme whose channels and words the messages about a reduction follow.</summary>
    public static async Task<Scheme> SchemeOfAsync(CommandScope scope, ReductionRow reduction, CancellationToken ct)
    {
        if (reduction.RoundId is { } round)
        {
            return scope.SchemeOf(await scope.Db.Rounds.SingleAsync(r => r.Id == round, ct));
        }
        var attendance = await scope.Db.Attendances.SingleAsync(a => a.Id == reduction.AttendanceId, ct);
        return scope.Schemes.Get(attendance.SchemeId, attendance.SchemeFrom);
    }

    private static async Task<List<int>> SlotsAsync(
        PortalDb db,
        Guid driverId,
        DateOnly cycleStart,
        CancellationToken ct
    ) =>
        await db
            .Reductions.Where(r => r.DriverId == driverId && r.CycleStart == cycleStart && r.Slot != null)
            .Select(r => r.Slot!.Value)
            .ToListAsync(ct);

    private static ReductionRow Row(Round round, Scheme scheme, int? slot, ReductionState state, DateTimeOffset now) =>
        new()
        {
            Id = round.Id,
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
