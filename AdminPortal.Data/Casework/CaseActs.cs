using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Casework;

/// <summary>The open cases an officer may see, in the order they must be worked: unknown due dates first, then by due time.</summary>
internal static class Queue
{
    public static IQueryable<Case> Visible(PortalDb db, Actor actor) =>
        db.Cases.Where(c => actor.Authorities.Contains(c.Authority));

    /// <summary>
    /// What lists show and numbers count: what the officer may see, without leads about the officer. Read before the cases are asked:
    /// hardly anybody has one, and then the condition costs nothing.
    /// </summary>
    public static async Task<IQueryable<Case>> ListedAsync(PortalDb db, Actor actor, CancellationToken ct)
    {
        var cases = Visible(db, actor).AsNoTracking().IgnoreAutoIncludes();
        return await OwnLeadsAsync(db, actor, ct) is { Count: > 0 } own ? cases.Where(c => !own.Contains(c.Id)) : cases;
    }

    public static IQueryable<Case> Open(IQueryable<Case> cases) => cases.Where(c => c.DecidedAt == null);

    /// <summary>What is due at the same time: a lead after what somebody waits for.</summary>
    public static IOrderedQueryable<Case> InOrder(IQueryable<Case> cases) =>
        cases.OrderBy(c => c.DueAt != null).ThenBy(c => c.DueAt).ThenBy(c => c.Kind == CaseKind.Lead).ThenBy(c => c.Id);

    /// <summary>Leads about the officer: to that officer they do not exist (D-LEAD).</summary>
    public static Task<List<Guid>> OwnLeadsAsync(PortalDb db, Actor actor, CancellationToken ct)
    {
        var key = actor.PersonKey ?? [];
        var own =
            from driver in db.Drivers
            join lead in db.Cases on driver.Id equals lead.DriverId
            where driver.IdNumberKey == key && lead.Kind == CaseKind.Lead
            select lead.Id;
        return own.ToListAsync(ct);
    }
}

/// <summary>Takes the next case: the one that is due first among those nobody holds. One officer gets each.</summary>
public sealed record ClaimNextCase : ICommand<Guid>
{
    public Permission Permission => Permission.ClaimReviews;

    public async Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, actor) = (scope.Db, scope.Actor);
        var held = await Queue
            .InOrder(Queue.Open(Queue.Visible(db, actor)))
            .Where(c => c.State == CaseState.Claimed && c.HolderId == actor.Id && c.LeaseUntil > scope.Now)
            .Select(c => (Guid?)c.Id)
            .FirstOrDefaultAsync(ct);
        if (held is { } mine)
        {
            // Pressing the key twice, or coming back after lunch, must not pile up cases.
            return mine;
        }
        if (await NextFreeCase.LockAsync(db, actor, scope.Now, ct) is not { } id)
        {
            return new Refusal(RefusalCode.QueueEmpty);
        }
        var next = await db.Cases.SingleAsync(c => c.Id == id, ct);
        return await Claims.ClaimAsync(scope, next, ct) is { } refusal ? refusal : next.Id;
    }
}

/// <summary>Takes one chosen case.</summary>
public sealed record ClaimCase(Guid CaseId) : ICommand<Unit>
{
    public Permission Permission => Permission.ClaimReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await Claims.FindAsync(scope, CaseId, ct) is not { } open)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (open.State == CaseState.Claimed && open.HolderId == scope.Actor.Id && !open.LeaseHasLapsed(scope.Now))
        {
            return new Unit();
        }
        return await Claims.ClaimAsync(scope, open, ct) is { } refusal ? refusal : new Unit();
    }
}

/// <summary>The holder goes on working: the lease begins anew.</summary>
public sealed record RenewClaim(Guid CaseId) : ICommand<DateTimeOffset>
{
    public Permission Permission => Permission.ClaimReviews;

    public async Task<Outcome<DateTimeOffset>> RunAsync(CommandScope scope, CancellationToken ct) =>
        await Claims.ApplyAsync(scope, CaseId, CaseAct.Renew, null, ct) is { } refusal
            ? refusal
            : scope.Now + Case.Lease;
}

/// <summary>The holder gives the case back to the queue.</summary>
public sealed record ReleaseCase(Guid CaseId) : ICommand<Unit>
{
    public Permission Permission => Permission.ClaimReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        await Claims.ApplyAsync(scope, CaseId, CaseAct.Release, null, ct) is { } refusal ? refusal : new Unit();
}

/// <summary>A supervisor frees a case that another officer holds.</summary>
public sealed record FreeCase(Guid CaseId, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.FreeReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        await Claims.ApplyAsync(scope, CaseId, CaseAct.Free, Reason, ct) is { } refusal ? refusal : new Unit();
}

/// <summary>The holder leaves a note on the case.</summary>
public sealed record AddNote(Guid CaseId, string? Text) : ICommand<Unit>
{
    public Permission Permission => Permission.ClaimReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        await Claims.ApplyAsync(scope, CaseId, CaseAct.Note, Text, ct) is { } refusal ? refusal : new Unit();
}

internal static class Claims
{
    /// <summary>A case the actor may see, or null: the same answer as for one that does not exist.</summary>
    public static async Task<Case?> FindAsync(CommandScope scope, Guid caseId, CancellationToken ct)
    {
        var open = await Queue.Visible(scope.Db, scope.Actor).SingleOrDefaultAsync(c => c.Id == caseId, ct);
        return open is { Kind: CaseKind.Lead } && scope.Actor.IsPerson(await PersonKeyAsync(scope, open, ct))
            ? null
            : open;
    }

    /// <summary>
    /// What the trail says an act on a case is about. Its driver reads the trail: of a lead they learn that somebody looked, and
    /// not that there is a case.
    /// </summary>
    public static string SubjectOf(Case open) => CaseTable.TellsDriver(open.Kind) ? "Case" : "Lead";

    /// <summary>
    /// Whose trail an act stands in that is no look at the driver. Of a lead every line there reads as a look, so such an act is in none
    /// (N-33).
    /// </summary>
    public static Guid? NotedDriverOf(Case open) => CaseTable.TellsDriver(open.Kind) ? open.DriverId : null;

    public static async Task<byte[]> PersonKeyAsync(CommandScope scope, Case open, CancellationToken ct) =>
        await scope.Db.Drivers.Where(d => d.Id == open.DriverId).Select(d => d.IdNumberKey).SingleAsync(ct);

    public static async Task<Refusal?> ClaimAsync(CommandScope scope, Case open, CancellationToken ct)
    {
        var personKey = await PersonKeyAsync(scope, open, ct);
        if (open.Apply(CaseAct.Claim, scope.Actor, personKey, null, scope.Now) is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        scope.Audit(SubjectOf(open), open.Id, open.DriverId);
        return null;
    }

    public static async Task<Refusal?> ApplyAsync(
        CommandScope scope,
        Guid caseId,
        CaseAct act,
        string? note,
        CancellationToken ct,
        Actor? to = null
    )
    {
        if (await FindAsync(scope, caseId, ct) is not { } open)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var personKey = await PersonKeyAsync(scope, open, ct);
        if (open.Apply(act, scope.Actor, personKey, note, scope.Now, to) is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        var driver = act == CaseAct.Renew ? NotedDriverOf(open) : open.DriverId;
        scope.Audit(SubjectOf(open), open.Id, driver, to is null ? null : new { to = to.Id });
        return null;
    }
}
