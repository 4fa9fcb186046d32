using AdminPortal.Domain.Drivers;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Points;

/// <summary>What changed a driver's points besides new violations, as the domain reads it.</summary>
internal static class PointsEvents
{
    /// <param name="reductions">Those whose events are wanted.</param>
    public static async Task<IReadOnlyList<PointsEvent>> ReadAsync(
        PortalDb db,
        Guid driverId,
        IReadOnlyList<ReductionRow> reductions,
        CancellationToken ct
    )
    {
        var changes = await db
            .ReductionChanges.AsNoTracking()
            .Where(c => c.State == ReductionChangeState.Applied)
            .Where(c => db.Reductions.Any(r => r.Id == c.ReductionId && r.DriverId == driverId))
            .ToListAsync(ct);
        var penalties = await db
            .PenaltyChanges.AsNoTracking()
            .Where(c => c.DriverId == driverId && c.CycleStart != null)
            .ToListAsync(ct);
        return
        [
            .. reductions
                .Where(r => r.State is ReductionState.Applied or ReductionState.Revoked)
                .Select(r => new PointsEvent(
                    r.CycleStart,
                    r.SettledAt!.Value,
                    PointsEventKind.Reduced,
                    r.Points,
                    r.Surplus
                )),
            .. from change in changes
            join reduction in reductions on change.ReductionId equals reduction.Id
            select new PointsEvent(
                reduction.CycleStart,
                change.SettledAt!.Value,
                change.Kind == ReductionChangeKind.Revoke ? PointsEventKind.PutBack : PointsEventKind.Reduced,
                reduction.Points
            ),
            .. penalties.Select(c => new PointsEvent(
                c.CycleStart!.Value,
                c.AsOf,
                c.Lowered > 0 ? PointsEventKind.PenaltyLowered : PointsEventKind.PenaltyRaised,
                Math.Abs(c.Lowered),
                c.Surplus
            )),
        ];
    }
}
