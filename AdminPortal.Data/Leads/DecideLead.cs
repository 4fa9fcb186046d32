using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Leads;

/// <summary>An officer looked into a lead and found nothing. Nothing reaches the driver.</summary>
public sealed record DismissLead(Guid CaseId, int SeenVersion, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.DecideReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await Claims.FindAsync(scope, CaseId, ct) is not { Kind: CaseKind.Lead } open)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (await Decisions.TakeAsync(scope, open, SeenVersion, uphold: false, Reason, ct) is { } end)
        {
            return end;
        }
        scope.Audit(Claims.SubjectOf(open), open.Id, open.DriverId, new { seen = SeenVersion });
        return new Unit();
    }
}

/// <summary>
/// An officer proposes a blacklist entry out of a lead: the same proposal with the same checks as without one, and it waits for
/// its second person like any other. The case of the lead ends with the proposal.
/// </summary>
/// <param name="Description">What happened; once it is confirmed the driver reads it.</param>
public sealed record ProposeFromLead(Guid CaseId, int SeenVersion, BlacklistGround Ground, string? Description)
    : ICommand<Unit>
{
    public Permission Permission => Permission.DecideReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await scope.Db.Leads.SingleOrDefaultAsync(l => l.CaseId == CaseId, ct) is not { } lead)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        // The case is read last: whatever another decision changed before it, the case says so (decisions/004).
        if (await Claims.FindAsync(scope, CaseId, ct) is not { } open)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (await Decisions.TakeAsync(scope, open, SeenVersion, uphold: true, Description, ct) is { } end)
        {
            return end;
        }
        // First: of two clicks at once the later one waits here, starts again and finds the decision instead of the proposal.
        await scope.Db.SaveChangesAsync(ct);
        var proposed = await ProposeBlacklisting.ProposeAsync(
            scope,
            new ProposeBlacklisting(lead.DriverId, Ground, Description, lead.RoundId),
            lead.Id,
            ct
        );
        if (proposed is not Outcome<Guid>.Done { Value: var entry })
        {
            // With it the decision is taken back: nothing of a refused act stays.
            return ((Outcome<Guid>.Refused)proposed).Refusal;
        }
        lead.LeadTo(entry);
        // The trail of the lead says how it ended, as that of a dismissed one does.
        scope.Audit(Claims.SubjectOf(open), open.Id, open.DriverId, new { seen = SeenVersion });
        return new Unit();
    }
}
