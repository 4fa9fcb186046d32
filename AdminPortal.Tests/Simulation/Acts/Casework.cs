using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Reviews;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Checks;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Acts;

/// <summary>What drivers ask of officers, and what officers do with their cases.</summary>
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
            attempt.Request = Request(w, file, opened, review, attempt, null);
        }
        return Reply.Of(filed);
    }

    /// <summary>The driver does without the review of the last exam.</summary>
    public static Reply Waive(World w, RoundFile file, AttemptFile attempt)
    {
        if (attempt.Exam.Number != file.Round.AttemptsUsed)
        {
            return RefusalCode.ReviewNotOpen;
        }
        var waived = file.Round.WaiveReview(file.Scheme, w.Calendar, w.Driver, w.Now);
        if (waived is Outcome<Unit>.Done)
        {
            attempt.WaivedAt = w.Now;
        }
        return Reply.Of(waived);
    }

    /// <summary>The review of a study period that a failed random check ended (N-n5).</summary>
    public static Reply FileStudyReview(World w, RoundFile file, FaceTry check, Guid id, string reason)
    {
        if (check is not { Purpose: FaceCheckPurpose.Study, ComparedAt: { } failedAt })
        {
            return RefusalCode.NotFound;
        }
        if (file.Requests.Find(r => r.Check == check) is { Review: { } earlier })
        {
            return earlier.Reason == reason.Trim() ? Reply.Done : RefusalCode.ReviewOnce;
        }
        if (!file.Stretches.Exists(s => s.VoidedByCheck == check.Id))
        {
            return RefusalCode.ReviewNotOpen;
        }
        var filed = Review.OpenStudy(
            id,
            file.Round,
            check.Id,
            failedAt,
            reason,
            file.Scheme,
            w.Calendar,
            w.Driver,
            w.Now
        );
        if (filed is Outcome<(Review Review, Case Case)>.Done { Value: var (review, opened) })
        {
            Request(w, file, opened, review, null, check);
            EndSession(w);
        }
        return Reply.Of(filed);
    }

    /// <summary>The photo with the identity card, once a verification of the round has failed for good (S1-27).</summary>
    public static Reply FileIdPhoto(World w, Guid id)
    {
        if (w.Current is not { } file)
        {
            return RefusalCode.NotFound;
        }
        var (round, scheme) = (file.Round, file.Scheme);
        if (
            scheme.IdPhotoPeriod is not { } period
            || round.State == RoundState.Studying && !Faces.VerificationFailed(file)
        )
        {
            return RefusalCode.IdPhotoNotOpen;
        }
        if (round.FileIdPhoto(scheme, w.Driver, w.Now) is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        var opened = Case.Open(
            id,
            CaseKind.IdPhoto,
            round.Authority,
            round.DriverId,
            id,
            period,
            w.Calendar,
            w.Driver,
            w.Now
        );
        Request(w, file, opened, null, null, null);
        w.Session?.End();
        return Reply.Done;
    }

    private static Request Request(
        World w,
        RoundFile file,
        Case opened,
        Review? review,
        AttemptFile? attempt,
        FaceTry? check
    )
    {
        var request = new Request
        {
            Case = opened,
            Review = review,
            Attempt = attempt,
            Check = check,
            Due = Book.ReviewTerm(w.Now, w.Published),
        };
        file.Requests.Add(request);
        return request;
    }

    private static void EndSession(World w)
    {
        if (w.Session is { IsOpen: true } session)
        {
            session.End();
        }
    }

    public static Reply Do(World w, Request? request, Actor officer, CaseAct act, string? note)
    {
        if (request?.Case is not { } open || !officer.Authorities.Contains(open.Authority))
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
        Request? request,
        Actor officer,
        bool uphold,
        int seenVersion,
        string reason
    )
    {
        if (request?.Case is not { } open || !officer.Authorities.Contains(open.Authority))
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
        Settle(w, file, request, uphold);
        return Reply.Done;
    }

    private static void Settle(World w, RoundFile file, Request request, bool uphold)
    {
        var isInCycle = w.Today < RoundChecks.Reset(w, file);
        if (request.Attempt is { } attempt)
        {
            attempt.IsTakenBack = uphold && attempt.Exam.State == ExamState.NotAccepted;
            if (Review.Settle(uphold, file.Round, attempt.Exam, file.Scheme, w.Calendar, w.Now))
            {
                Points.Reserve(w, file);
            }
            return;
        }
        if (isInCycle)
        {
            file.AnsweredAt = w.Now;
        }
        if (request.Check is not { } check)
        {
            file.Round.SettleIdPhoto(uphold, file.Scheme, w.Calendar, w.Now);
            file.IdAcceptedAt = uphold && isInCycle ? w.Now : file.IdAcceptedAt;
            return;
        }
        Review.SettleStudy(uphold, file.Round, check.Id, file.Stretches, file.Scheme, w.Calendar, w.Now);
        if (uphold && isInCycle)
        {
            foreach (var (stretch, _) in file.Voided.Where(v => v.Value.Check == check).ToList())
            {
                file.Voided.Remove(stretch);
            }
        }
    }
}
