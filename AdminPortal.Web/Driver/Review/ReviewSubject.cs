using AdminPortal.Data.Rounds;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;

namespace AdminPortal.Web.Driver.Review;

/// <summary>What a driver may have reviewed: an exam, or a study period that ended with a failed face check.</summary>
/// <param name="Attempt">The exam, or null.</param>
/// <param name="Check">The failed check of the study period, or null.</param>
public sealed record ReviewSubject(Guid Id, AttemptView? Attempt, FaceCheckView? Check)
{
    /// <summary>Null when the round has no such exam or study period.</summary>
    public static ReviewSubject? Find(RoundView? round, Guid id)
    {
        var attempt = round?.Attempts.FirstOrDefault(a => a.Id == id);
        var check = round?.FaceChecks.FirstOrDefault(c => c.Id == id && c.Purpose == FaceCheckPurpose.Study);
        return
            attempt is null && (check is null || round!.Stretches.All(s => s.VoidedByCheck != id)) && ReviewIsMissing()
            ? null
            : new ReviewSubject(id, attempt, check);

        // An upheld review has given the stretches back; what was decided stays to be read.
        bool ReviewIsMissing() => round?.ReviewOf(id) is null;
    }

    /// <summary>The study period whose review may be filed now, or null.</summary>
    public static ReviewSubject? OpenStudy(RoundView round, DateTimeOffset now) =>
        round.State == RoundState.Studying
        && round.Stretches.LastOrDefault(s => s.VoidedByCheck is not null)?.VoidedByCheck is { } id
        && Find(round, id) is { } subject
        && subject.MayFile(round, now)
            ? subject
            : null;

    /// <summary>Until when the review may be filed; null when it cannot be.</summary>
    public Deadline? Filing(RoundView round) =>
        Attempt is not null
            ? round.State == RoundState.Invalid && Attempt == round.Attempts[^1]
                ? round.Running?.Deadline
                : null
            : Check is { } check && round.Scheme.Reviewable.Value.Contains(Reviewable.Study)
                // Hours need no calendar.
                ? AdminPortal.Domain.Reviews.Review.StudyFiling(check.At, round.Scheme, WorkingCalendar.Shipped)
                : null;

    public bool MayFile(RoundView round, DateTimeOffset now) =>
        round.ReviewOf(Id) is null
        && Filing(round) is { } filing
        && !filing.HasPassed(now)
        && (Attempt is not null || round.State == RoundState.Studying);

    /// <summary>The end of the key of a text: what the review is about.</summary>
    public string Kind =>
        Attempt is null ? "Study"
        : Attempt.State is ExamState.NotAccepted or ExamState.Annulled ? "NotAccepted"
        : "Exam";
}
