using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Reviews;

/// <summary>
/// A driver asks for a review of an invalid exam result, with a reason, inside the filing window, once (S1-37). The due time
/// is stamped here and the driver is told it (S1-38).
/// </summary>
public sealed record FileReview(Guid AttemptId, string? Reason) : ICommand<Guid>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        var attempt = await db.ExamAttempts.SingleOrDefaultAsync(a => a.Id == AttemptId && a.DriverId == driverId, ct);
        if (attempt is null)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        // Read before the earlier review is looked for: what another click changes in between shows as a conflict.
        var round = await db.Rounds.SingleAsync(r => r.Id == attempt.RoundId, ct);
        var earlier = await db.Reviews.SingleOrDefaultAsync(r => r.AttemptId == AttemptId, ct);
        if (earlier is not null)
        {
            // The same words again are the second click of the same form; other words are a second review.
            return earlier.Reason == Reason?.Trim() ? earlier.CaseId : new Refusal(RefusalCode.ReviewOnce);
        }
        var scheme = scope.SchemeOf(round);
        var filed = Review.Open(
            Guid.CreateVersion7(scope.Now),
            round,
            attempt,
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
        db.Cases.Add(opened);
        db.Reviews.Add(review);
        scope.Tell(
            driverId,
            scheme,
            MessageTemplate.ReviewReceived,
            opened.DueAt is { } due ? due : opened.ProvisionalOn!.Value
        );
        scope.Audit(
            "Case",
            opened.Id,
            driverId,
            new
            {
                attempt = AttemptId,
                due = opened.DueOn,
                opened.AwaitingYear,
            }
        );
        return opened.Id;
    }
}
