using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Points;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Reviews;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Reviews;

/// <summary>
/// The officer's decision on a review, with a reason, on the version of the case they saw. Upheld: a passed exam counts and its
/// reduction is reserved; an exam that was cut short may be sat again; a study period counts again. The driver is told either
/// way (S1-38, N-n5).
/// </summary>
public sealed record DecideReview(Guid CaseId, int SeenVersion, bool Uphold, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.DecideReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        // The case is read last: whatever another decision changed before it, the case says so (decisions/004).
        if (await db.Reviews.SingleOrDefaultAsync(r => r.CaseId == CaseId, ct) is not { } review)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var round = await db.Rounds.SingleAsync(r => r.Id == review.RoundId, ct);
        var attempt = review.AttemptId is { } id ? await db.ExamAttempts.SingleAsync(a => a.Id == id, ct) : null;
        if (await Claims.FindAsync(scope, CaseId, ct) is not { } open)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (await Decisions.TakeAsync(scope, open, SeenVersion, Uphold, Reason, ct) is { } end)
        {
            return end;
        }
        var scheme = scope.SchemeOf(round);
        if (attempt is null)
        {
            await SettleStudyAsync(scope, review, round, scheme, ct);
        }
        else
        {
            await SettleExamAsync(scope, attempt, round, scheme, ct);
        }
        // Whose round ended by the blacklist was told so then.
        if (round.VoidReason is { } reason and not VoidReason.Blacklisted)
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.RoundVoid, reason.ToString());
        }
        scope.Audit(
            "Case",
            open.Id,
            open.DriverId,
            new
            {
                Uphold,
                round = round.State,
                seen = SeenVersion,
            }
        );
        return new Unit();
    }

    private async Task SettleExamAsync(
        CommandScope scope,
        ExamAttempt attempt,
        Round round,
        Scheme scheme,
        CancellationToken ct
    )
    {
        if (Review.Settle(Uphold, round, attempt, scheme, await scope.CalendarAsync(ct), scope.Now))
        {
            await Reductions.ReserveAsync(scope, round, scheme, ct);
        }
        var next = round.Running is { } running ? Studies.Moment(running) : "";
        if (!Uphold)
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.ReviewRejected, Reason!.Trim(), next);
        }
        else if (attempt.State == ExamState.Annulled)
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.ExamRestored, next);
        }
        else
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.ReviewUpheld);
        }
    }

    private async Task SettleStudyAsync(
        CommandScope scope,
        Review review,
        Round round,
        Scheme scheme,
        CancellationToken ct
    )
    {
        var stretches = await Studies.StretchesAsync(scope.Db, round.Id, ct);
        Review.SettleStudy(
            Uphold,
            round,
            review.CheckId!.Value,
            stretches,
            scheme,
            await scope.CalendarAsync(ct),
            scope.Now
        );
        var next = round.Running is { } running ? Studies.Moment(running) : "";
        if (Uphold)
        {
            scope.Tell(
                round.DriverId,
                scheme,
                MessageTemplate.StudyRestored,
                StudyCredit.Seconds(stretches, scheme) / 60,
                next
            );
        }
        else
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.StudyReviewRejected, Reason!.Trim(), next);
        }
    }
}
