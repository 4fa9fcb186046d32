using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Leads;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Leads;

/// <summary>
/// Looks at what was stored since the last time for signs of one kind and writes down what it finds: leads with their cases, and nothing else. In
/// batches along an index; each batch is taken by whoever moves the mark, so two jobs at once do not do the same work.
/// </summary>
public sealed record FindLeads(LeadKind Kind) : ICommand<int>
{
    private const int Batch = 200;

    /// <summary>How long an act may still be under way that will be stored with an earlier instant, or a photo be compared.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    public Permission Permission => Permission.RunJobs;

    /// <returns>How many things were looked at; 0 when there is nothing new, or somebody else looks at it.</returns>
    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var after = await db.Set<LeadMarkRow>().Where(m => m.Kind == Kind).Select(m => m.ReachedAt).SingleAsync(ct);
        var until = scope.Now - Delay(Kind);
        var instants = await LeadSources
            .Instants(db, Kind)
            .Where(at => at > after && at <= until)
            .OrderBy(at => at)
            .Take(Batch)
            .ToListAsync(ct);
        if (instants.Count == 0)
        {
            return 0;
        }
        var slice = new LeadSlice(after, instants[^1]);
        var moved = await db.Set<LeadMarkRow>()
            .Where(m => m.Kind == Kind && m.ReachedAt == after)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ReachedAt, slice.To), ct);
        if (moved == 0)
        {
            return 0;
        }
        await KeepAsync(scope, await LeadSources.FindAsync(scope, Kind, slice, ct), ct);
        return instants.Count;
    }

    private async Task KeepAsync(CommandScope scope, IReadOnlyList<LeadFinding> found, CancellationToken ct)
    {
        if (found.Count == 0)
        {
            return;
        }
        var (subjects, drivers) = (found.Select(f => f.SubjectId).ToList(), found.Select(f => f.DriverId).ToList());
        var known = await scope
            .Db.Leads.Where(l => l.Kind == Kind && subjects.Contains(l.SubjectId))
            .Select(l => l.SubjectId)
            .ToListAsync(ct);
        // Where a proposal would be made: with the authority of the licence as it is now.
        var authorities = await scope
            .Db.Licences.Where(l => drivers.Contains(l.DriverId))
            .Select(l => new { l.DriverId, l.Authority })
            .ToDictionaryAsync(l => l.DriverId, l => l.Authority, ct);
        foreach (var finding in found.Where(f => !known.Contains(f.SubjectId)).DistinctBy(f => f.SubjectId))
        {
            var lead = Lead.Find(
                Guid.CreateVersion7(scope.Now),
                Kind,
                finding.SubjectId,
                finding.DriverId,
                authorities[finding.DriverId],
                finding.RoundId,
                finding.Evidence,
                scope.Now
            );
            scope.Db.Leads.Add(lead);
            await LeadCases.OpenAsync(scope, lead, ct);
            scope.Audit("Lead", lead.Id, lead.DriverId, new { lead.Kind });
        }
    }

    // A stretch grows while its driver is signed in: only what can grow no more is measured.
    private static TimeSpan Delay(LeadKind kind) =>
        kind switch
        {
            LeadKind.AnswerTime => Settled,
            LeadKind.RepeatedPhoto => Settled,
            LeadKind.Heartbeat => Sessions.Longest(ActorKind.Driver) + Settled,
            LeadKind.SharedDevice => Settled,
        };
}
