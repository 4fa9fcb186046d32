using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Leads;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Leads;

/// <summary>
/// Opens the cases of leads that are older than leads are cases. Idempotent: a case has the id of its lead. Once all have one there
/// is nothing to read.
/// </summary>
public sealed record OpenLeadCases : ICommand<int>
{
    private const int Batch = 200;

    public Permission Permission => Permission.RunJobs;

    /// <returns>How many were opened.</returns>
    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var leads = await Waiting(scope.Db).Take(Batch).ToListAsync(ct);
        foreach (var lead in leads)
        {
            await LeadCases.OpenAsync(scope, lead, ct);
            scope.Audit("Lead", lead.Id, lead.DriverId, new { lead.Kind });
        }
        return leads.Count;
    }

    private static IQueryable<Lead> Waiting(PortalDb db) =>
        db.Leads.Where(l => l.CaseId == null).OrderBy(l => l.FoundAt).ThenBy(l => l.Id);
}

/// <summary>Leads as cases of the officers' queue.</summary>
internal static class LeadCases
{
    /// <summary>Opens the case of a lead; the driver is told nothing.</summary>
    public static async Task OpenAsync(CommandScope scope, Lead lead, CancellationToken ct)
    {
        var scheme = await SchemeAsync(scope, lead.Authority, ct);
        scope.Db.Cases.Add(lead.Open(scheme, await scope.CalendarAsync(ct), scope.Now));
    }

    /// <summary>
    /// The scheme whose target and ready-made reasons a lead has: its authority's, else the newest one. Who signs in on a shared
    /// device need not be of an authority that ever was open.
    /// </summary>
    public static async Task<Scheme> SchemeAsync(CommandScope scope, string authority, CancellationToken ct) =>
        await AuthoritySchemes.LastAsync(scope.Db, scope.Schemes, authority, scope.Today, ct)
        ?? scope.Schemes.All.MaxBy(s => s.EffectiveFrom)!;
}
