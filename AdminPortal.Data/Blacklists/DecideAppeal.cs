using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Points;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Blacklists;

/// <summary>
/// An officer's answer to an appeal (S1-40). Rejecting takes one person, and the driver is told why. Upholding takes two: this
/// act proposes it and gives the case back for another person to confirm.
/// </summary>
public sealed record DecideAppeal(Guid CaseId, int SeenVersion, bool Uphold, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.DecideReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await Claims.FindAsync(scope, CaseId, ct) is not { Kind: CaseKind.Appeal } open)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var act = Uphold ? CaseAct.ProposeUphold : CaseAct.Reject;
        if (await Decisions.TakeAsync(scope, open, SeenVersion, act, Reason, ct) is { } end)
        {
            return end;
        }
        if (!Uphold)
        {
            var scheme = await Decisions.SchemeOfAsync(scope, open, ct);
            scope.Tell(open.DriverId, scheme, MessageTemplate.AppealRejected, Reason!.Trim());
        }
        scope.Audit("Case", open.Id, open.DriverId, new { act, seen = SeenVersion });
        return new Unit();
    }
}

/// <summary>
/// Another person confirms that an appeal is upheld (S1-40): the entry is lifted, a reduction that was revoked for it is taken
/// off again, and the driver is told.
/// </summary>
public sealed record ConfirmAppeal(Guid CaseId, int SeenVersion, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.ConfirmBlacklisting;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (await db.Appeals.SingleOrDefaultAsync(a => a.CaseId == CaseId, ct) is not { } appeal)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var entry = appeal.EntryId is { } own ? await db.BlacklistEntries.SingleAsync(e => e.Id == own, ct) : null;
        var delivered = appeal.DeliveredId is { } id ? await db.DriverEntries.SingleAsync(e => e.Id == id, ct) : null;
        // The case is read last: whatever another decision changed before it, the case says so (decisions/004).
        if (await Claims.FindAsync(scope, CaseId, ct) is not { } open)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (await Decisions.TakeAsync(scope, open, SeenVersion, CaseAct.ConfirmUphold, Reason, ct) is { } end)
        {
            return end;
        }
        var why = Reason!.Trim();
        entry?.Lift(why, scope.Actor, scope.Now);
        if (delivered is not null)
        {
            (delivered.LiftedAt, delivered.LiftedById) = (scope.Now, scope.Actor.Id);
            (delivered.LiftedByName, delivered.LiftReason) = (scope.Actor.Name, why);
        }
        var restored = entry is not null && await ReductionChanges.RestoreAsync(scope, entry.Id, ct);
        var scheme = await Decisions.SchemeOfAsync(scope, open, ct);
        scope.Tell(open.DriverId, scheme, MessageTemplate.AppealUpheld);
        scope.Audit(
            "Case",
            open.Id,
            open.DriverId,
            new
            {
                entry = open.SubjectId,
                restored,
                seen = SeenVersion,
            }
        );
        return new Unit();
    }
}
