using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Points;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Attendances;

/// <summary>An attendance as the officers see it.</summary>
/// <param name="Points">The driver's accumulated points now.</param>
/// <param name="PointsReduced">Those taken off in the cycle over all routes.</param>
/// <param name="Obstacles">The grounds that stand in the way now.</param>
/// <param name="MayCheck">Null when the viewer may confirm or decline; else why not.</param>
/// <param name="Reductions">Where each point stands at the points gateway.</param>
public sealed record AttendanceDesk(
    Attendance Attendance,
    string MaskedName,
    string MaskedIdNumber,
    Scheme Scheme,
    int Points,
    int PointsReduced,
    IReadOnlyList<GroundFinding> Obstacles,
    Refusal? MayCheck,
    IReadOnlyList<ReductionState> Reductions
);

/// <summary>Opens an attendance. Looking is an act: it is recorded before anything is shown (N-33).</summary>
public sealed record ViewAttendance(Guid AttendanceId) : ICommand<AttendanceDesk>
{
    public Permission Permission => Permission.RecordAttendances;

    public async Task<Outcome<AttendanceDesk>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var attendance = await db
            .Attendances.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == AttendanceId && scope.Actor.Authorities.Contains(a.Authority), ct);
        if (attendance is null)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var driver = await db.Drivers.AsNoTracking().SingleAsync(d => d.Id == attendance.DriverId, ct);
        var file = await DriverRecords.LoadAsync(db, scope.Schemes, driver.Id, scope.Today, ct);
        var scheme = scope.Schemes.Get(attendance.SchemeId, attendance.SchemeFrom);
        var reductions = await db
            .Reductions.Where(r => r.AttendanceId == AttendanceId)
            .OrderBy(r => r.Id)
            .Select(r => r.State)
            .ToListAsync(ct);
        scope.Audit("Attendance", attendance.Id, attendance.DriverId);
        return new AttendanceDesk(
            attendance,
            Mask.Name(scope.Cipher.OpenName(driver.Name)),
            Mask.IdNumber(scope.Cipher.OpenIdNumber(driver.IdNumber)),
            scheme,
            file?.Record.Points ?? 0,
            file?.Record.PointsReduced ?? 0,
            file is null ? [] : [.. Attendance.Obstacles(Eligibility.Evaluate(scheme, file.Record, scope.Today))],
            attendance.Check(driver.IdNumberKey, scope.Actor),
            reductions
        );
    }
}
