using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Leads;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Leads;

/// <summary>An officer looked into a lead and found nothing. Nothing reaches the driver.</summary>
public sealed record DismissLead(Guid LeadId, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.WorkLeads;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await LeadRows.OfAsync(scope, LeadId, ct) is not { } row)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var (lead, personKey) = row;
        if (lead.State == LeadState.Dismissed && lead.ClosedById == scope.Actor.Id && lead.Reason == Reason?.Trim())
        {
            // The second click is the same success.
            return new Unit();
        }
        var dismissed = lead.Dismiss(Reason, personKey, scope.Actor, scope.Now);
        if (dismissed is Outcome<Unit>.Done)
        {
            scope.Audit("Lead", lead.Id, lead.DriverId, new { lead.Kind, lead.State });
        }
        return dismissed;
    }
}

/// <summary>
/// An officer proposes a blacklist entry out of a lead: the same proposal with the same checks as without one, and it waits for
/// its second person like any other.
/// </summary>
/// <param name="Description">What happened; the driver will read it.</param>
public sealed record ProposeFromLead(Guid LeadId, BlacklistGround Ground, string? Description) : ICommand<Guid>
{
    public Permission Permission => Permission.WorkLeads;

    public async Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await LeadRows.OfAsync(scope, LeadId, ct) is not { } row)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var (lead, personKey) = row;
        if (lead.EntryId is { } made && lead.ClosedById == scope.Actor.Id)
        {
            return made;
        }
        if (lead.Check(personKey, scope.Actor) is { } refusal)
        {
            return refusal;
        }
        var proposed = await ProposeBlacklisting.ProposeAsync(
            scope,
            new ProposeBlacklisting(lead.DriverId, Ground, Description, lead.RoundId),
            lead.Id,
            ct
        );
        if (proposed is Outcome<Guid>.Done { Value: var entry })
        {
            _ = lead.Propose(entry, personKey, scope.Actor, scope.Now);
        }
        return proposed;
    }
}

internal static class LeadRows
{
    /// <summary>The leads an officer may see.</summary>
    public static IQueryable<Lead> Visible(PortalDb db, Actor actor) =>
        db.Leads.Where(l => actor.Authorities.Contains(l.Authority));

    /// <summary>A lead with the search key of its driver; null when there is none, or another authority's: the same answer for both.</summary>
    public static async Task<(Lead Lead, byte[] PersonKey)?> OfAsync(
        CommandScope scope,
        Guid leadId,
        CancellationToken ct
    )
    {
        var row = await Visible(scope.Db, scope.Actor)
            .Where(l => l.Id == leadId)
            .Join(scope.Db.Drivers, l => l.DriverId, d => d.Id, (l, d) => new { Lead = l, d.IdNumberKey })
            .SingleOrDefaultAsync(ct);
        return row is null ? null : (row.Lead, row.IdNumberKey);
    }
}
