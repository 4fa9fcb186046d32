using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Reviews;

/// <summary>
/// A driver asks for a review of a study period that was not accepted, with a reason, inside 24 hours, once (N-n5). The study
/// window stands still until the decision.
/// </summary>
/// <param name="CheckId">The last failed face check of the period.</param>
public sealed record FileStudyReview(Guid CheckId, string? Reason) : ICommand<Guid>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        var check = await db.FaceChecks.SingleOrDefaultAsync(c => c.Id == CheckId && c.DriverId == driverId, ct);
        if (check is not { Purpose: FaceCheckPurpose.Study, ComparedAt: { } failedAt })
        {
            return new Refusal(RefusalCode.NotFound);
        }
        // Read before the earlier review is looked for: what another click changes in between shows as a conflict.
        var round = await db.Rounds.SingleAsync(r => r.Id == check.RoundId, ct);
        var earlier = await db.Reviews.SingleOrDefaultAsync(r => r.CheckId == CheckId, ct);
        if (earlier is not null)
        {
            return earlier.Reason == Reason?.Trim() ? earlier.CaseId : new Refusal(RefusalCode.ReviewOnce);
        }
        if (!await db.StudyStretches.AnyAsync(s => s.RoundId == round.Id && s.VoidedByCheck == CheckId, ct))
        {
            return new Refusal(RefusalCode.ReviewNotOpen);
        }
        var scheme = scope.SchemeOf(round);
        var filed = Review.OpenStudy(
            Guid.CreateVersion7(scope.Now),
            round,
            CheckId,
            failedAt,
            Reason,
            scheme,
            await scope.CalendarAsync(ct),
            scope.Actor,
            scope.Now
        );
        if (filed is not Outcome<(Review Review, Case Case)>.Done { Value: var (review, opened) })
        {
            return ((Outcome<(Review, Case)>.Refused)filed).Refusal;
        }
        if (await db.StudySessions.SingleOrDefaultAsync(s => s.DriverId == driverId, ct) is { IsOpen: true } session)
        {
            session.End();
        }
        db.Cases.Add(opened);
        db.Reviews.Add(review);
        scope.Tell(
            driverId,
            scheme,
            MessageTemplate.ReviewReceived,
            opened.DueAt is { } due ? due : opened.ProvisionalOn!.Value
        );
        scope.Audit("Case", opened.Id, driverId, new { check = CheckId, due = opened.DueOn });
        return opened.Id;
    }
}

/// <summary>The driver does without the review of an exam and goes to the resit at once (D-WAIVE).</summary>
public sealed record WaiveReview(Guid AttemptId) : ICommand<Unit>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        var attempt = await db.ExamAttempts.SingleOrDefaultAsync(a => a.Id == AttemptId && a.DriverId == driverId, ct);
        if (attempt is null)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var round = await db.Rounds.SingleAsync(r => r.Id == attempt.RoundId, ct);
        if (attempt.Number != round.AttemptsUsed)
        {
            return new Refusal(RefusalCode.ReviewNotOpen);
        }
        var scheme = scope.SchemeOf(round);
        if (
            round.WaiveReview(scheme, await scope.CalendarAsync(ct), scope.Actor, scope.Now)
            is Outcome<Unit>.Refused refused
        )
        {
            return refused;
        }
        if (round.VoidReason is { } reason)
        {
            scope.Tell(driverId, scheme, MessageTemplate.RoundVoid, reason.ToString());
        }
        else
        {
            scope.Tell(
                driverId,
                scheme,
                MessageTemplate.ExamFailed,
                Studies.Moment(round.Running!),
                scheme.Attempts - round.AttemptsUsed
            );
        }
        scope.Audit("Round", round.Id, driverId, new { waived = AttemptId });
        return new Unit();
    }
}
