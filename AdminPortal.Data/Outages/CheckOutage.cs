using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Outages;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Outages;

/// <summary>
/// The second person confirms: from now on the job gives back what the outage took, round by round, each once, with a step in its
/// record and a message to its driver.
/// </summary>
public sealed record ConfirmOutage(Guid OutageId) : ICommand<Unit>
{
    public Permission Permission => Permission.ConfirmOutages;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await OutageRows.FindAsync(scope, OutageId, ct) is not { } outage)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (outage.State == OutageState.Confirmed && outage.CheckedById == scope.Actor.Id)
        {
            // The second click of the same confirmation is the same success.
            return new Unit();
        }
        var key = await OutageRows.PersonKeyAsync(scope.Db, outage, ct);
        var confirmed = outage.Confirm(key, scope.Actor, scope.Now);
        if (confirmed is Outcome<Unit>.Refused)
        {
            return confirmed;
        }
        scope.Audit("Outage", outage.Id, outage.DriverId, new { outage.State });
        return new Unit();
    }
}

/// <summary>The second person does not confirm, with a reason: nothing is given back.</summary>
public sealed record DeclineOutage(Guid OutageId, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.ConfirmOutages;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await OutageRows.FindAsync(scope, OutageId, ct) is not { } outage)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (
            outage.State == OutageState.Declined
            && outage.CheckedById == scope.Actor.Id
            && outage.DeclineReason == Reason?.Trim()
        )
        {
            return new Unit();
        }
        var key = await OutageRows.PersonKeyAsync(scope.Db, outage, ct);
        var declined = outage.Decline(Reason, key, scope.Actor, scope.Now);
        if (declined is Outcome<Unit>.Done)
        {
            scope.Audit("Outage", outage.Id, outage.DriverId, new { outage.State });
        }
        return declined;
    }
}

/// <summary>
/// Goes on with confirmed outages, a batch of rounds in each transaction. That a round was gone through stands in the same
/// transaction, so it may stop anywhere and two processes may run it at once.
/// </summary>
/// <param name="Batch">The most rounds in one transaction.</param>
public sealed record ApplyOutages(int Batch = 50) : ICommand<int>
{
    public Permission Permission => Permission.RunJobs;

    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var open = await db
            .Outages.Where(o => o.State == OutageState.Confirmed && o.CompletedAt == null)
            .OrderBy(o => o.CheckedAt)
            .ThenBy(o => o.Id)
            .ToListAsync(ct);
        foreach (var outage in open)
        {
            if (await OutageWork.ApplyAsync(scope, outage, Batch, ct) is > 0 and var rounds)
            {
                return rounds;
            }
            // Rounds with an exam under way are left; an outage that waits for them does not hold the next one up.
            var waits = await OutageWork
                .Candidates(db, outage)
                .AnyAsync(r => !db.OutageEffects.Any(e => e.OutageId == outage.Id && e.RoundId == r.Id), ct);
            if (!waits)
            {
                outage.Complete(scope.Now);
                scope.Audit("Outage", outage.Id, outage.DriverId, new { outage.CompletedAt });
                return 1;
            }
        }
        return 0;
    }
}

internal static class OutageRows
{
    /// <summary>The outages an officer may see: all of whose authorities are theirs.</summary>
    public static IQueryable<Outage> Visible(PortalDb db, Actor actor) =>
        db.Outages.Where(o => !o.Authorities.Any(a => !actor.Authorities.Contains(a.Authority)));

    /// <summary>Null when there is none, or another authority's: the same answer for both.</summary>
    public static Task<Outage?> FindAsync(CommandScope scope, Guid id, CancellationToken ct) =>
        Visible(scope.Db, scope.Actor).SingleOrDefaultAsync(o => o.Id == id, ct);

    /// <summary>Search key of the one driver's identity number; null when it is about all.</summary>
    public static async Task<byte[]?> PersonKeyAsync(PortalDb db, Outage outage, CancellationToken ct) =>
        await db
            .Drivers.Where(d => d.Id == outage.DriverId)
            .Select(d => (byte[]?)d.IdNumberKey)
            .SingleOrDefaultAsync(ct);
}
