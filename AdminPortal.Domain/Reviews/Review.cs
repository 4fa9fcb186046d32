using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Reviews;

/// <summary>A driver's request to have an invalid exam result reviewed: what it adds to its case.</summary>
public sealed class Review
{
    private Review() { }

    /// <summary>The case on the officers' queue; same id.</summary>
    public Guid CaseId { get; private init; }

    /// <summary>The exam record. At most one review each (S1-37), held by a unique index too.</summary>
    public Guid AttemptId { get; private init; }
    public Guid RoundId { get; private init; }

    /// <summary>The driver's reason, 1 to 1,000 characters.</summary>
    public string Reason { get; private init; } = "";
    public DateTimeOffset FiledAt { get; private init; }

    /// <summary>The shortest reason an officer can work with, in characters.</summary>
    public const int ShortestReason = 5;

    /// <summary>
    /// Opens the review and its case, and stamps the due time: the only place that does (S1-38). Refuses outside the filing
    /// window and a second time.
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
        var text = reason?.Trim() ?? "";
        if (text.Length < ShortestReason)
        {
            return new Refusal(RefusalCode.ReasonRequired, "reason", ShortestReason);
        }
        if (text.Length > Case.TextLimit)
        {
            return new Refusal(RefusalCode.FieldTooLong, "reason", Case.TextLimit);
        }
        if (attempt.RoundId != round.Id || attempt.State != ExamState.Invalid || scheme.ReviewPeriod is not { } period)
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
        var due = Deadline.Stamp(period, now, calendar);
        var opened = Case.Open(id, CaseKind.ExamReview, round.Authority, round.DriverId, attempt.Id, due, actor, now);
        var review = new Review
        {
            CaseId = id,
            AttemptId = attempt.Id,
            RoundId = round.Id,
            Reason = text,
            FiledAt = now,
        };
        return (review, opened);
    }

    /// <summary>What a decision does to the round and the attempt.</summary>
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
        attempt.Reinstate(now);
        return round.UpholdReview(now);
    }
}
