using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Feedback;

/// <summary>
/// The officer's answer to a feedback ticket, told to the driver in the officer's own words: resolved (已处理) with an answer, or
/// not taken up (不予受理) with the reason. Either way the ticket is closed and the driver may open another one.
/// </summary>
public sealed record AnswerFeedback(Guid CaseId, int SeenVersion, bool Resolve, string? Answer) : ICommand<Unit>
{
    public Permission Permission => Permission.DecideReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        // The case is read last: whatever another decision changed before it, the case says so (decisions/004).
        if (await scope.Db.FeedbackTickets.SingleOrDefaultAsync(f => f.CaseId == CaseId, ct) is not { } ticket)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (await Claims.FindAsync(scope, CaseId, ct) is not { } open)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (await Decisions.TakeAsync(scope, open, SeenVersion, Resolve, Answer, ct) is { } end)
        {
            return end;
        }
        ticket.OpenSlot = null;
        scope.Tell(
            open.DriverId,
            await Decisions.SchemeOfAsync(scope, open, ct),
            Resolve ? MessageTemplate.FeedbackAnswered : MessageTemplate.FeedbackClosed,
            ticket.Number,
            Answer!.Trim()
        );
        scope.Audit(
            "Case",
            open.Id,
            open.DriverId,
            new
            {
                Resolve,
                ticket.Number,
                seen = SeenVersion,
            }
        );
        return new Unit();
    }
}
