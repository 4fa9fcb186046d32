using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Points;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Drivers;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Attendances;

/// <summary>
/// The second person confirms: points are reserved within the cap of all routes (N-25, N-27) and go to the points gateway, and the
/// driver is told.
/// </summary>
public sealed record ConfirmAttendance(Guid AttendanceId) : ICommand<Unit>
{
    public Permission Permission => Permission.ConfirmAttendances;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (await AttendanceDrivers.OfAsync(scope, AttendanceId, ct) is not { } driver)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        // Two confirmations for one driver wait for each other; a round that is reduced at the same moment meets the slot's index.
        await DriverQueue.EnterAsync(db, driver.Id, ct);
        if (await DriverRecords.LoadAsync(db, scope.Schemes, driver.Id, scope.Today, ct) is not { } file)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        // Read last: whatever another confirmation changed before it, the record says so (decisions/004).
        var attendance = await db.Attendances.SingleAsync(a => a.Id == AttendanceId, ct);
        if (attendance.State == AttendanceState.Confirmed && attendance.CheckedById == scope.Actor.Id)
        {
            // The second click of the same confirmation is the same success.
            return new Unit();
        }
        var scheme = scope.Schemes.Get(attendance.SchemeId, attendance.SchemeFrom);
        // What a reduction on its way will take off cannot be taken off again.
        var record = file.Record with
        {
            Points = Math.Max(0, file.Record.Points - file.Pending),
        };
        var confirmed = attendance.Confirm(
            scheme,
            Eligibility.Evaluate(scheme, record, scope.Today),
            record.Points,
            scheme.CapPerCycle.Value - record.PointsReduced,
            file.Cycle,
            driver.PersonKey,
            scope.Actor,
            scope.Now
        );
        if (confirmed is not Outcome<int>.Done { Value: var points })
        {
            return ((Outcome<int>.Refused)confirmed).Refusal;
        }
        await Reductions.ReserveAsync(scope, attendance, file.Cycle.Start, scheme, points, ct);
        scope.Tell(
            driver.Id,
            scheme,
            MessageTemplate.AttendanceConfirmed,
            attendance.Kind.ToString(),
            attendance.HeldOn,
            points
        );
        scope.Audit("Attendance", attendance.Id, driver.Id, new { attendance.State, points });
        return new Unit();
    }
}

/// <summary>The second person does not confirm, with a reason the driver reads.</summary>
public sealed record DeclineAttendance(Guid AttendanceId, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.ConfirmAttendances;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await AttendanceDrivers.OfAsync(scope, AttendanceId, ct) is not { } driver)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var attendance = await scope.Db.Attendances.SingleAsync(a => a.Id == AttendanceId, ct);
        if (
            attendance.State == AttendanceState.Declined
            && attendance.CheckedById == scope.Actor.Id
            && attendance.DeclineReason == Reason?.Trim()
        )
        {
            return new Unit();
        }
        var declined = attendance.Decline(Reason, driver.PersonKey, scope.Actor, scope.Now);
        if (declined is Outcome<Unit>.Done)
        {
            scope.Tell(
                driver.Id,
                scope.Schemes.Get(attendance.SchemeId, attendance.SchemeFrom),
                MessageTemplate.AttendanceDeclined,
                attendance.Kind.ToString(),
                attendance.HeldOn,
                attendance.DeclineReason!
            );
            scope.Audit("Attendance", attendance.Id, driver.Id, new { attendance.State });
        }
        return declined;
    }
}

/// <param name="PersonKey">Search key of the identity number: nobody acts in their own case.</param>
internal sealed record AttendanceDriver(Guid Id, byte[] PersonKey);

internal static class AttendanceDrivers
{
    /// <summary>Whose attendance it is; null when there is none, or another authority's: the same answer for both.</summary>
    public static async Task<AttendanceDriver?> OfAsync(CommandScope scope, Guid attendanceId, CancellationToken ct) =>
        await scope
            .Db.Attendances.Where(a => a.Id == attendanceId && scope.Actor.Authorities.Contains(a.Authority))
            .Join(scope.Db.Drivers, a => a.DriverId, d => d.Id, (a, d) => new AttendanceDriver(d.Id, d.IdNumberKey))
            .SingleOrDefaultAsync(ct);
}
