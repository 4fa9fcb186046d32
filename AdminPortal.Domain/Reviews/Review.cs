using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Reviews;

/// <summary>
/// A driver's request to have an exam result or a study period reviewed: what it adds to its case. It is about an attempt or
/// about the face check that ended a study period, never about both.
/// </summary>
public sealed class Review
{
    private Review() { }

    /// <summary>The case on the officers' queue; same id.</summary>
    public Guid CaseId { get; private init; }

    /// <summary>The exam record. At most one review each (S1-37), held by a unique index too.</summary>
    public Guid? AttemptId { get; private init; }

    /// <summary>The face check that ended the study period. At most one review each (N-n5), held by a unique index too.</summary>
    public Guid? CheckId { get; private init; }
    public Guid RoundId { get; private init; }

    /// <summary>The driver's reason, 1 to 1,000 characters.</summary>
    public string Reason { get; private init; } = "";
    public DateTimeOffset FiledAt { get; private init; }

    /// <summary>The shortest reason an officer can work with, in characters.</summary>
    public const int ShortestReason = 5;

    /// <summary>
    /// Opens the review of an exam and its case, and stamps the due time: the only place that does (S1-38). Refuses outside the
    /// filing window and a second time.
    /// </summary>
    public static Outcome<(Review Review, Case Case)> Open(
        Guid id,
        Round round,
        ExamAttempt attempt,
        string? reason,
        Scheme scheme,
        WorkingCalendar calendar,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (ReasonFault(reason) is { } fault)
        {
            return fault;
        }
        if (
            attempt.RoundId != round.Id
            || !IsReviewable(attempt.State, scheme)
            || scheme.ReviewPeriod is not { } period
        )
        {
            return new Refusal(RefusalCode.ReviewNotOpen);
        }
        if (attempt.Number != round.AttemptsUsed)
        {
            // An earlier attempt had its review, or let its time pass; the filing window that runs now is another one's.
            return new Refusal(RefusalCode.ReviewOnce);
        }
        if (round.FileReview(actor, now) is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        var opened = Case.Open(
            id,
            CaseKind.ExamReview,
            round.Authority,
            round.DriverId,
            attempt.Id,
            period,
            calendar,
            actor,
            now
        );
        return (
            new Review
            {
                CaseId = id,
                AttemptId = attempt.Id,
                RoundId = round.Id,
                Reason = reason!.Trim(),
                FiledAt = now,
            },
            opened
        );
    }

    /// <summary>Opens the review of a study period that was not accepted, inside 24 hours of the check that ended it (N-n5).</summary>
    /// <param name="checkId">The last failed face check of the period.</param>
    /// <param name="failedAt">When it failed.</param>
    public static Outcome<(Review Review, Case Case)> OpenStudy(
        Guid id,
        Round round,
        Guid checkId,
        DateTimeOffset failedAt,
        string? reason,
        Scheme scheme,
        WorkingCalendar calendar,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (ReasonFault(reason) is { } fault)
        {
            return fault;
        }
        if (StudyFiling(failedAt, scheme, calendar) is not { } filing || scheme.ReviewPeriod is not { } period)
        {
            return new Refusal(RefusalCode.ReviewNotOpen);
        }
        if (filing.HasPassed(now))
        {
            return new Refusal(RefusalCode.WindowClosed);
        }
        if (round.FileStudyReview(actor, now) is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        var opened = Case.Open(
            id,
            CaseKind.StudyReview,
            round.Authority,
            round.DriverId,
            checkId,
            period,
            calendar,
            actor,
            now
        );
        return (
            new Review
            {
                CaseId = id,
                CheckId = checkId,
                RoundId = round.Id,
                Reason = reason!.Trim(),
                FiledAt = now,
            },
            opened
        );
    }

    /// <summary>Until when a study period that ended at an instant may be reviewed; null where the scheme has no such review.</summary>
    public static Deadline? StudyFiling(DateTimeOffset failedAt, Scheme scheme, WorkingCalendar calendar) =>
        scheme.Reviewable.Value.Contains(Reviewable.Study) && scheme.ReviewFilingWindow is { } window
            ? Deadline.Stamp(window, failedAt, calendar)
            : null;

    /// <summary>What a decision on an exam does to the round and the attempt.</summary>
    /// <returns>True when a reduction follows.</returns>
    public static bool Settle(
        bool upheld,
        Round round,
        ExamAttempt attempt,
        Scheme scheme,
        WorkingCalendar calendar,
        DateTimeOffset now
    )
    {
        if (!upheld)
        {
            round.RejectReview(scheme, calendar, now);
            return false;
        }
        if (attempt.State == ExamState.NotAccepted)
        {
            attempt.Annul(now);
            round.RestoreAttempt(scheme, calendar, now);
            return false;
        }
        attempt.Reinstate(now);
        return round.UpholdReview(now);
    }

    /// <summary>What a decision on a study period does: upheld, the time that the check took counts again.</summary>
    public static void SettleStudy(
        bool upheld,
        Round round,
        Guid checkId,
        IEnumerable<StudyStretch> stretches,
        Scheme scheme,
        WorkingCalendar calendar,
        DateTimeOffset now
    )
    {
        if (!round.SettleStudyReview(upheld, scheme, calendar, now) || !upheld)
        {
            return;
        }
        foreach (var stretch in stretches.Where(s => s.VoidedByCheck == checkId))
        {
            (stretch.VoidedBy, stretch.VoidedByCheck, stretch.Confirmed) = (null, null, true);
        }
    }

    private static bool IsReviewable(ExamState state, Scheme scheme) =>
        state == ExamState.Invalid && scheme.Reviewable.Value.Contains(Reviewable.PassedExam)
        || state == ExamState.NotAccepted && scheme.Reviewable.Value.Contains(Reviewable.Exam);

    private static Refusal? ReasonFault(string? reason)
    {
        var text = reason?.Trim() ?? "";
        return text.Length < ShortestReason ? new Refusal(RefusalCode.ReasonRequired, "reason", ShortestReason)
            : text.Length > Case.TextLimit ? new Refusal(RefusalCode.FieldTooLong, "reason", Case.TextLimit)
            : null;
    }
}
