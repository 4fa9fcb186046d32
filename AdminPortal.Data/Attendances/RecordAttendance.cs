using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Attendances;

/// <summary>A driver as the officer who records an attendance sees them; masked.</summary>
/// <param name="Scheme">Null when the authority is not open for a scheme.</param>
/// <param name="Obstacles">The grounds that stand in the way of these routes.</param>
public sealed record AttendanceLookUp(
    Guid DriverId,
    string MaskedName,
    string MaskedIdNumber,
    string Authority,
    Scheme? Scheme,
    PointsCycle Cycle,
    int Points,
    int PointsReduced,
    IReadOnlyList<GroundFinding> Obstacles
);

/// <summary>
/// Looks up, by identity number, the driver who attended. Recorded, also when nobody is found (N-33); the act itself is the reason.
/// </summary>
public sealed record LookUpAttendant(string? IdNumber) : ICommand<AttendanceLookUp?>
{
    public Permission Permission => Permission.RecordAttendances;

    public async Task<Outcome<AttendanceLookUp?>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (!ResidentId.TryParse(IdNumber, out var id))
        {
            return new Refusal(RefusalCode.IdNumberInvalid, "idNumber");
        }
        if (
            await DriverSearch.FindAsync(scope, id, "attendance", ct) is not { } driver
            || await DriverRecords.LoadAsync(scope.Db, scope.Schemes, driver.Id, scope.Today, ct) is not { } file
        )
        {
            return (AttendanceLookUp?)null;
        }
        return new AttendanceLookUp(
            driver.Id,
            Mask.Name(scope.Cipher.OpenName(driver.Name)),
            Mask.IdNumber(scope.Cipher.OpenIdNumber(driver.IdNumber)),
            file.Record.Authority,
            file.Scheme,
            file.Cycle,
            file.Record.Points,
            file.Record.PointsReduced,
            file.Scheme is { } scheme
                ? [.. Attendance.Obstacles(Eligibility.Evaluate(scheme, file.Record, scope.Today))]
                : []
        );
    }
}

/// <summary>An officer records on-site study or public service of a driver (N-27). Nothing follows until another one confirms.</summary>
public sealed record RecordAttendance(Guid DriverId, AttendanceFacts Facts) : ICommand<Guid>
{
    public Permission Permission => Permission.RecordAttendances;

    public async Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var driver = await db
            .Drivers.AsNoTracking()
            .Include(d => d.Licence)
            .SingleOrDefaultAsync(d => d.Id == DriverId, ct);
        if (driver?.Licence is not { } licence || !scope.Actor.Authorities.Contains(licence.Authority))
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (
            await DriverRecords.LoadAsync(db, scope.Schemes, DriverId, scope.Today, ct)
            is not { Scheme: { } scheme } file
        )
        {
            return new Refusal(RefusalCode.SchemeUnknown);
        }
        if (
            await db.Attendances.AnyAsync(
                a =>
                    a.DriverId == DriverId
                    && a.Kind == Facts.Kind
                    && a.HeldOn == Facts.HeldOn
                    && a.State != AttendanceState.Declined,
                ct
            )
        )
        {
            return new Refusal(RefusalCode.AttendanceExists, "heldOn");
        }
        var recorded = Attendance.Record(
            Guid.CreateVersion7(scope.Now),
            DriverId,
            licence.Authority,
            scheme,
            Facts,
            Eligibility.Evaluate(scheme, file.Record, scope.Today),
            file.Cycle,
            driver.IdNumberKey,
            scope.Actor,
            scope.Today,
            scope.Now
        );
        if (recorded is not Outcome<Attendance>.Done { Value: var attendance })
        {
            return ((Outcome<Attendance>.Refused)recorded).Refusal;
        }
        db.Attendances.Add(attendance);
        scope.Audit(
            "Attendance",
            attendance.Id,
            DriverId,
            new
            {
                attendance.Kind,
                attendance.HeldOn,
                attendance.Minutes,
            }
        );
        return attendance.Id;
    }
}
