using AdminPortal.Data.Commands;
using AdminPortal.Data.Points;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Attendances;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Attendances;

/// <summary>An attendance in the officers' list. No name: who it is shows after opening it, which is recorded.</summary>
public sealed record AttendanceLine(
    Guid Id,
    string Authority,
    AttendanceKind Kind,
    DateOnly HeldOn,
    int Minutes,
    AttendanceState State,
    int? Points,
    string RecordedByName,
    DateTimeOffset RecordedAt,
    string? CheckedByName,
    DateTimeOffset? CheckedAt
);

/// <summary>A page of the list.</summary>
/// <param name="Waiting">How many records wait for their confirmation.</param>
public sealed record AttendancePage(IReadOnlyList<AttendanceLine> Lines, bool HasMore, int Waiting);

/// <summary>An attendance as its driver sees it.</summary>
/// <param name="Reductions">Where each point stands at the points gateway.</param>
public sealed record AttendanceView(
    AttendanceKind Kind,
    DateOnly HeldOn,
    int Minutes,
    string Place,
    AttendanceState State,
    int? Points,
    string? DeclineReason,
    IReadOnlyList<ReductionState> Reductions
);

/// <summary>The officers' list of attendances.</summary>
public sealed class AttendancePages(IDbContextFactory<PortalDb> databases)
{
    public const int PageSize = 50;

    /// <summary>Those of the officer's authorities, those that wait first; null when the actor may not see them.</summary>
    /// <param name="state">Only those in this state, or null for all.</param>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<AttendancePage?> ListAsync(ActorRef who, AttendanceState? state, int page, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.RecordAttendances))
        {
            return null;
        }
        var visible = db.Attendances.AsNoTracking().Where(a => actor.Authorities.Contains(a.Authority));
        var waiting = await visible.CountAsync(a => a.State == AttendanceState.Recorded, ct);
        var (lines, hasMore) = state is { } wanted
            ? await ListPages.ReadAsync(Lines(visible.Where(a => a.State == wanted)), page, PageSize, ct)
            : await ListPages.ReadAsync(
                Lines(visible.Where(a => a.State == AttendanceState.Recorded)),
                waiting,
                Lines(visible.Where(a => a.State != AttendanceState.Recorded)),
                page,
                PageSize,
                ct
            );
        return new AttendancePage(lines, hasMore, waiting);
    }

    private static IQueryable<AttendanceLine> Lines(IQueryable<Attendance> attendances) =>
        attendances
            .OrderByDescending(a => a.RecordedAt)
            .ThenByDescending(a => a.Id)
            .Select(a => new AttendanceLine(
                a.Id,
                a.Authority,
                a.Kind,
                a.HeldOn,
                a.Minutes,
                a.State,
                a.Points,
                a.RecordedByName,
                a.RecordedAt,
                a.CheckedByName,
                a.CheckedAt
            ));

    /// <summary>The whole list in its order: the page shows a cut of it, an export all of it.</summary>
    internal static IQueryable<Attendance> List(PortalDb db, Actor actor, AttendanceState? state) =>
        db
            .Attendances.AsNoTracking()
            .Where(a => actor.Authorities.Contains(a.Authority))
            .Where(a => state == null || a.State == state)
            .OrderBy(a => a.State != AttendanceState.Recorded)
            .ThenByDescending(a => a.RecordedAt)
            .ThenByDescending(a => a.Id);

    /// <summary>The driver's own attendances of the last cycles, newest first.</summary>
    internal static async Task<IReadOnlyList<AttendanceView>> OfDriverAsync(
        PortalDb db,
        Guid driverId,
        CancellationToken ct
    )
    {
        var rows = await db
            .Attendances.AsNoTracking()
            .Where(a => a.DriverId == driverId)
            .OrderByDescending(a => a.HeldOn)
            .ThenByDescending(a => a.RecordedAt)
            .Take(12)
            .ToListAsync(ct);
        var ids = rows.Select(a => a.Id).ToList();
        var reductions = await db
            .Reductions.Where(r => r.AttendanceId != null && ids.Contains(r.AttendanceId.Value))
            .Select(r => new { r.AttendanceId, r.State })
            .ToListAsync(ct);
        return
        [
            .. rows.Select(a => new AttendanceView(
                a.Kind,
                a.HeldOn,
                a.Minutes,
                a.Place,
                a.State,
                a.Points,
                a.DeclineReason,
                [.. reductions.Where(r => r.AttendanceId == a.Id).Select(r => r.State)]
            )),
        ];
    }
}
