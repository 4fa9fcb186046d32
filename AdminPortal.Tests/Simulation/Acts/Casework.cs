using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Reviews;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Acts;

/// <summary>Reviews and what officers do with their cases.</summary>
internal static class Casework
{
    public static Reply FileReview(World w, RoundFile file, AttemptFile attempt, Guid id, string reason)
    {
        if (attempt.Review is { } earlier)
        {
            return earlier.Reason == reason.Trim() ? Reply.Done : RefusalCode.ReviewOnce;
        }
        var filed = Review.Open(id, file.Round, attempt.Exam, reason, file.Scheme, w.Calendar, w.Driver, w.Now);
        if (filed is Outcome<(Review Review, Case Case)>.Done { Value: var (review, opened) })
        {
            (attempt.Review, attempt.Case) = (review, opened);
            attempt.Due = Book.ReviewTerm(w.Now, w.Published);
        }
        return Reply.Of(filed);
    }

    public static Reply Do(World w, AttemptFile attempt, Actor officer, CaseAct act, string? note)
    {
        if (attempt.Case is not { } open || !officer.Authorities.Contains(open.Authority))
        {
            return RefusalCode.NotFound;
        }
        if (
            act == CaseAct.Claim
            && open.State == CaseState.Claimed
            && open.HolderId == officer.Id
            && !open.LeaseHasLapsed(w.Now)
        )
        {
            return Reply.Done;
        }
        return Reply.Of(open.Apply(act, officer, w.PersonKey, note, w.Now));
    }

    public static Reply Decide(
        World w,
        RoundFile file,
        AttemptFile attempt,
        Actor officer,
        bool uphold,
        int seenVersion,
        string reason
    )
    {
        if (attempt.Case is not { } open || !officer.Authorities.Contains(open.Authority))
        {
            return RefusalCode.NotFound;
        }
        var act = uphold ? CaseAct.Uphold : CaseAct.Reject;
        if (
            !open.IsOpen
            && open.DeciderId == officer.Id
            && open.Steps[^1].Act == act
            && open.Steps[^1].Note == reason.Trim()
        )
        {
            return Reply.Done;
        }
        if (open.IsOpen && open.Version != seenVersion && open.HolderId == officer.Id)
        {
            return RefusalCode.Stale;
        }
        if (open.Apply(act, officer, w.PersonKey, reason, w.Now) is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        if (Review.Settle(uphold, file.Round, attempt.Exam, file.Scheme, w.Calendar, w.Now))
        {
            Points.Reserve(w, file);
        }
        return Reply.Done;
    }
}
