using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Leads;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Leads;

/// <summary>What the desk shows of a lead, besides what it shows of every case.</summary>
/// <param name="Others">Cases of leads about other drivers with the same photo, by their round; those the officer may see.</param>
/// <param name="Entry">Where the blacklist entry stands that it led to.</param>
public sealed record LeadView(Lead Lead, IReadOnlyDictionary<Guid, Guid> Others, BlacklistState? Entry)
{
    internal static async Task<LeadView> ReadAsync(CommandScope scope, Guid caseId, CancellationToken ct)
    {
        var db = scope.Db;
        var lead = await db.Leads.AsNoTracking().SingleAsync(l => l.CaseId == caseId, ct);
        var rounds = lead.Evidence.Traces.Select(t => t.OtherRound).Where(r => r is not null).ToList();
        // One about the officer is none of them: to that officer it does not exist.
        var own = await Queue.OwnLeadsAsync(db, scope.Actor, ct);
        var others = await Visible(db, scope.Actor)
            .Where(l => !own.Contains(l.Id))
            .Where(l => l.Kind == LeadKind.RepeatedPhoto && l.CaseId != null && rounds.Contains(l.RoundId))
            .OrderBy(l => l.FoundAt)
            .Select(l => new { l.RoundId, l.CaseId })
            .ToListAsync(ct);
        var entry = await db
            .BlacklistEntries.Where(e => e.Id == lead.EntryId)
            .Select(e => (BlacklistState?)e.State)
            .SingleOrDefaultAsync(ct);
        return new LeadView(
            lead,
            others.DistinctBy(o => o.RoundId).ToDictionary(o => o.RoundId!.Value, o => o.CaseId!.Value),
            entry
        );
    }

    private static IQueryable<Lead> Visible(PortalDb db, Actor actor) =>
        db.Leads.Where(l => actor.Authorities.Contains(l.Authority));
}
