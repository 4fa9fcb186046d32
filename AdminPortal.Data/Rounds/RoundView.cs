using AdminPortal.Data.Calendar;
using AdminPortal.Data.Points;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Rounds;

/// <summary>A deadline with the counting behind it.</summary>
/// <param name="ClosedAt">When it stopped running, or null while it runs.</param>
/// <param name="Lost">The time that outages took of it; its end is later by it.</param>
/// <param name="Days">Every day counted or skipped, those given for outages too; empty for periods in hours.</param>
public sealed record DeadlineView(
    DeadlineKind Kind,
    Period Period,
    Deadline Deadline,
    DateTimeOffset? ClosedAt,
    TimeSpan Lost,
    IReadOnlyList<CountedDay> Days
);

/// <summary>An exam attempt as both sides see it.</summary>
public sealed record AttemptView(
    Guid Id,
    int Number,
    ExamState State,
    int Right,
    int Wrong,
    int QuestionCount,
    DateTimeOffset OpenedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt
);

/// <summary>A face check in the timeline.</summary>
/// <param name="PhotoId">Null once the photo is erased.</param>
/// <param name="IsDiscounted">A failure that does not count, because an outage spoilt it.</param>
public sealed record FaceCheckView(
    Guid Id,
    Guid? PhotoId,
    FaceCheckPurpose Purpose,
    Guid? AttemptId,
    DateTimeOffset At,
    FaceOutcome? Outcome,
    decimal? Score,
    bool IsRepeat,
    bool IsDiscounted
);

/// <summary>An outage that something was given back for, as the driver reads it.</summary>
public sealed record OutageNote(Guid Id, ServicePart Part, DateTimeOffset From, DateTimeOffset To, string Reason);

/// <summary>A study stretch in the timeline.</summary>
public sealed record StretchView(
    string SectionId,
    DateTimeOffset StartedAt,
    int Seconds,
    bool Counts,
    string? VoidedBy,
    Guid? VoidedByCheck
);

/// <summary>A request of the driver that an officer decides: a review, or a photo with the identity card.</summary>
/// <param name="SubjectId">The attempt, the study period's face check, or the photo it is about.</param>
/// <param name="DueDays">The arithmetic behind the due date.</param>
public sealed record RequestView(
    Guid CaseId,
    CaseKind Kind,
    Guid SubjectId,
    string Reason,
    DateTimeOffset FiledAt,
    CaseState State,
    Deadline Due,
    Period Term,
    IReadOnlyList<CountedDay> DueDays,
    DateTimeOffset? DecidedAt,
    string? DecisionReason
);

/// <summary>The reduction of a round, if one was reserved.</summary>
public sealed record ReductionView(
    ReductionState State,
    int Points,
    DateTimeOffset ReservedAt,
    DateTimeOffset? SettledAt,
    string? Reason
);

/// <summary>A round with everything that happened to it: for the driver's page and for the officer's desk.</summary>
public sealed record RoundView(
    Guid Id,
    Guid DriverId,
    Scheme Scheme,
    RoundState State,
    VoidReason? VoidReason,
    DateTimeOffset OpenedAt,
    DateOnly ResetOn,
    int CreditedSeconds,
    bool IsSnapshotDue,
    int AttemptsUsed,
    IReadOnlyList<DeadlineView> Deadlines,
    IReadOnlyList<RoundStep> Steps,
    IReadOnlyList<StretchView> Stretches,
    IReadOnlyList<AttemptView> Attempts,
    IReadOnlyList<FaceCheckView> FaceChecks,
    IReadOnlyList<RequestView> Requests,
    ReductionView? Reduction,
    IReadOnlyList<OutageNote> Outages
)
{
    /// <summary>The request that an officer has to answer now, or null.</summary>
    public RequestView? Waiting => Requests.LastOrDefault(r => CaseTable.IsOpen(r.State));

    /// <summary>The review of an attempt or of a study period, or null.</summary>
    public RequestView? ReviewOf(Guid subjectId) =>
        Requests.LastOrDefault(r => r.Kind != CaseKind.IdPhoto && r.SubjectId == subjectId);

    public int RequiredSeconds => Scheme.StudyMinutes.Value * 60;

    /// <summary>The deadline that runs now, or null.</summary>
    public DeadlineView? Running => Deadlines.FirstOrDefault(d => d.ClosedAt is null);

    public bool IsOpen => !RoundTable.IsFinal(State);

    /// <summary>Reads a round; null when there is none with that id.</summary>
    internal static async Task<RoundView?> ReadAsync(
        PortalDb db,
        SchemeCatalogue schemes,
        Guid roundId,
        CancellationToken ct
    )
    {
        var round = await db.Rounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == roundId, ct);
        if (round is null)
        {
            return null;
        }
        var scheme = schemes.Get(round.SchemeId, round.SchemeFrom);
        var calendar = await CalendarStore.LoadAsync(db, ct);
        var stretches = await db
            .StudyStretches.AsNoTracking()
            .Where(s => s.RoundId == roundId && s.Seconds > 0)
            .OrderBy(s => s.StartedAt)
            .ToListAsync(ct);
        var attempts = await db
            .ExamAttempts.Where(a => a.RoundId == roundId)
            .OrderBy(a => a.OpenedAt)
            .Select(a => new AttemptView(
                a.Id,
                a.Number,
                a.State,
                a.Right,
                a.Wrong,
                a.QuestionCount,
                a.OpenedAt,
                a.StartedAt,
                a.FinishedAt
            ))
            .ToListAsync(ct);
        var checks = await db
            .FaceChecks.Where(c => c.RoundId == roundId)
            .OrderBy(c => c.At)
            .Select(c => new FaceCheckView(
                c.Id,
                c.PhotoId,
                c.Purpose,
                c.AttemptId,
                c.At,
                c.Outcome,
                c.Score,
                c.IsRepeat,
                c.OutageId != null
            ))
            .ToListAsync(ct);
        var reduction = await db
            .Reductions.Where(r => r.RoundId == roundId)
            .Select(r => new ReductionView(r.State, r.Points, r.ReservedAt, r.SettledAt, r.Reason))
            .SingleOrDefaultAsync(ct);
        var outages = await db
            .Outages.Where(o => db.OutageEffects.Any(e => e.OutageId == o.Id && e.RoundId == roundId))
            .OrderBy(o => o.From)
            .Select(o => new OutageNote(o.Id, o.Part, o.From, o.To, o.Reason))
            .ToListAsync(ct);
        return new RoundView(
            round.Id,
            round.DriverId,
            scheme,
            round.State,
            round.VoidReason,
            round.OpenedAt,
            round.ResetOn,
            StudyCredit.Seconds(stretches, scheme),
            round.SnapshotIsDue,
            round.AttemptsUsed,
            [.. round.Deadlines.OrderBy(d => d.Number).Select(d => DeadlineOf(d, scheme, calendar))],
            [.. round.Steps.OrderBy(s => s.Number)],
            [
                .. stretches.Select(s => new StretchView(
                    s.SectionId,
                    s.StartedAt,
                    s.Seconds,
                    StudyCredit.Counts(s, scheme),
                    s.VoidedBy,
                    s.VoidedByCheck
                )),
            ],
            attempts,
            checks,
            await RequestsAsync(db, roundId, calendar, ct),
            reduction,
            outages
        );
    }

    private static DeadlineView DeadlineOf(RoundDeadline deadline, Scheme scheme, WorkingCalendar calendar)
    {
        var period = OutageRule.PeriodOf(deadline.Kind, scheme);
        return new DeadlineView(
            deadline.Kind,
            period,
            deadline.Value,
            deadline.ClosedAt,
            deadline.Lost,
            // With the days that outages took of it: the counting shows them too.
            DeadlineArithmetic.Explain(deadline.Value, period.With(deadline.Lost), calendar)
        );
    }

    private static async Task<IReadOnlyList<RequestView>> RequestsAsync(
        PortalDb db,
        Guid roundId,
        WorkingCalendar calendar,
        CancellationToken ct
    )
    {
        var reviews = await db.Reviews.AsNoTracking().Where(r => r.RoundId == roundId).ToListAsync(ct);
        var cases = await db
            .Cases.AsNoTracking()
            .Where(c =>
                db.Reviews.Any(r => r.CaseId == c.Id && r.RoundId == roundId)
                || db.IdPhotoChecks.Any(i => i.CaseId == c.Id && i.RoundId == roundId)
            )
            .OrderBy(c => c.OpenedAt)
            .ToListAsync(ct);
        return
        [
            .. cases.Select(c => new RequestView(
                c.Id,
                c.Kind,
                c.SubjectId,
                reviews.FirstOrDefault(r => r.CaseId == c.Id)?.Reason ?? "",
                c.OpenedAt,
                c.State,
                c.Due,
                c.Term,
                DeadlineArithmetic.Explain(c.Due, c.Term, calendar),
                c.DecidedAt,
                c.Steps.SingleOrDefault(s => s.Act is CaseAct.Uphold or CaseAct.Reject)?.Note
            )),
        ];
    }
}
