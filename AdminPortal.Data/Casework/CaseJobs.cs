using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Casework;

/// <summary>Gives cases back to the queue whose officer did nothing for the length of a lease. Idempotent.</summary>
public sealed record LapseClaims : ICommand<int>
{
    public Permission Permission => Permission.RunJobs;

    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var lapsed = await scope
            .Db.Cases.Where(c => c.DecidedAt == null && c.State == CaseState.Claimed && c.LeaseUntil <= scope.Now)
            .OrderBy(c => c.Id)
            .Take(100)
            .ToListAsync(ct);
        foreach (var open in lapsed)
        {
            open.Apply(CaseAct.Lapse, scope.Actor, null, null, scope.Now);
            scope.Audit(Claims.SubjectOf(open), open.Id, Claims.NotedDriverOf(open));
        }
        return lapsed.Count;
    }
}
