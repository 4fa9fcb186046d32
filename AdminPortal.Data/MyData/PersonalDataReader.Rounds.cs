using AdminPortal.Data.Drivers;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.MyData;

// What the driver applied for, and how far it went.
internal sealed partial class PersonalDataReader
{
    private async Task<PersonalTable> ApplicationsAsync(CancellationToken ct)
    {
        var applications = await db
            .Applications.AsNoTracking()
            .Where(a => a.DriverId == driverId)
            .OrderByDescending(a => a.AppliedAt)
            .ThenBy(a => a.Id)
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Applications",
            "AppliedAt Scheme NoticeVersion Mobile IsApproved FailedGrounds",
            applications.Select(a =>
                new object?[]
                {
                    a.AppliedAt,
                    a.SchemeId,
                    a.NoticeVersion,
                    Show(Mask.Mobile, cipher.OpenMobile(a.Mobile)),
                    a.IsApproved,
                    a.Findings.Where(f => !f.Holds).Cast<object>().ToArray(),
                }
            )
        );
    }

    private async Task<PersonalTable> RoundsAsync(CancellationToken ct)
    {
        var rounds = await db
            .Rounds.AsNoTracking()
            .IgnoreAutoIncludes()
            .Where(r => r.DriverId == driverId)
            .OrderByDescending(r => r.OpenedAt)
            .ThenBy(r => r.Id)
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Rounds",
            "OpenedAt Scheme Authority CycleStart ResetOn State VoidReason AttemptsUsed StudiedSeconds",
            rounds.Select(r =>
                new object?[]
                {
                    r.OpenedAt,
                    r.SchemeId,
                    r.Authority,
                    r.CycleStart,
                    r.ResetOn,
                    r.State,
                    r.VoidReason,
                    r.AttemptsUsed,
                    r.StudiedSeconds,
                }
            )
        );
    }

    private async Task<PersonalTable> StepsAsync(CancellationToken ct)
    {
        var steps = await (
            from step in db.Set<RoundStep>()
            join round in db.Rounds.IgnoreAutoIncludes() on step.RoundId equals round.Id
            where round.DriverId == driverId
            orderby round.OpenedAt descending, step.Number descending
            select new { round.OpenedAt, Step = step }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Steps",
            "RoundOpenedAt At Act State Rule",
            steps.Select(s => new object?[] { s.OpenedAt, s.Step.At, s.Step.Act, s.Step.To, s.Step.Rule })
        );
    }

    private async Task<PersonalTable> DeadlinesAsync(CancellationToken ct)
    {
        var deadlines = await (
            from deadline in db.RoundDeadlines
            join round in db.Rounds.IgnoreAutoIncludes() on deadline.RoundId equals round.Id
            where round.DriverId == driverId
            orderby round.OpenedAt descending, deadline.Number descending
            select new { round.OpenedAt, Deadline = deadline }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Deadlines",
            "RoundOpenedAt Kind RunsFrom ExpiresAt ProvisionalDay ClosedAt Rule",
            deadlines.Select(d =>
                new object?[]
                {
                    d.OpenedAt,
                    d.Deadline.Kind,
                    d.Deadline.From,
                    d.Deadline.ExpiresAt,
                    d.Deadline.ProvisionalDay,
                    d.Deadline.ClosedAt,
                    d.Deadline.Rule,
                }
            )
        );
    }

    private async Task<PersonalTable> StudyAsync(CancellationToken ct)
    {
        var stretches = await (
            from stretch in db.StudyStretches
            join round in db.Rounds.IgnoreAutoIncludes() on stretch.RoundId equals round.Id
            where round.DriverId == driverId
            orderby stretch.StartedAt descending, stretch.Id
            select stretch
        )
            .AsNoTracking()
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Study",
            "StartedAt LastBeatAt Section Seconds VoidedBy",
            stretches.Select(s => new object?[] { s.StartedAt, s.LastBeatAt, s.SectionId, s.Seconds, s.VoidedBy })
        );
    }

    private async Task<PersonalTable> ReductionsAsync(CancellationToken ct)
    {
        var reductions = await db
            .Reductions.AsNoTracking()
            .Where(r => r.DriverId == driverId)
            .OrderByDescending(r => r.ReservedAt)
            .ThenBy(r => r.Id)
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Reductions",
            "CycleStart Slot Points Surplus State ReservedAt SettledAt Reason",
            reductions.Select(r =>
                new object?[]
                {
                    r.CycleStart,
                    r.Slot,
                    r.Points,
                    r.Surplus,
                    r.State,
                    r.ReservedAt,
                    r.SettledAt,
                    r.Reason,
                }
            )
        );
    }

    private async Task<PersonalTable> AttendancesAsync(CancellationToken ct)
    {
        var attendances = await db
            .Attendances.AsNoTracking()
            .Where(a => a.DriverId == driverId)
            .OrderByDescending(a => a.RecordedAt)
            .ThenBy(a => a.Id)
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Attendances",
            "Kind HeldOn Minutes Place State Points RecordedAt DecisionReason",
            attendances.Select(a =>
                new object?[] { a.Kind, a.HeldOn, a.Minutes, a.Place, a.State, a.Points, a.RecordedAt, a.DeclineReason }
            )
        );
    }
}
