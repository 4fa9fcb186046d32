using AdminPortal.Data.Commands;
using AdminPortal.Data.Leads;
using AdminPortal.Domain;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Casework;

/// <summary>What every decision on a case shares, whatever it is about.</summary>
internal static class Decisions
{
    /// <summary>
    /// Decides a case that was read last (decisions/004), on the version the officer saw.
    /// </summary>
    /// <returns>Null when the case is decided now and its effects are to follow; else how the act ends.</returns>
    public static async Task<Outcome<Unit>?> TakeAsync(
        CommandScope scope,
        Case open,
        int seenVersion,
        bool uphold,
        string? reason,
        CancellationToken ct
    ) => await TakeAsync(scope, open, seenVersion, uphold ? CaseAct.Uphold : CaseAct.Reject, reason, ct);

    /// <summary>The same for a decision in two steps: the act says which one.</summary>
    public static async Task<Outcome<Unit>?> TakeAsync(
        CommandScope scope,
        Case open,
        int seenVersion,
        CaseAct act,
        string? reason,
        CancellationToken ct
    )
    {
        var latest = open.Steps[^1];
        if (latest.Act == act && latest.ById == scope.Actor.Id && latest.Note == reason?.Trim())
        {
            // The second click of the same decision is the same success.
            return new Unit();
        }
        if (open.IsOpen && open.Version != seenVersion && open.HolderId == scope.Actor.Id)
        {
            return new Refusal(RefusalCode.Stale, null, latest.ByName, latest.At);
        }
        var personKey = await Claims.PersonKeyAsync(scope, open, ct);
        return open.Apply(act, scope.Actor, personKey, reason, scope.Now) as Outcome<Unit>.Refused;
    }

    /// <summary>The scheme whose channels and words a case's messages follow: its round's, else the one of its authority now.</summary>
    public static async Task<Scheme> SchemeOfAsync(CommandScope scope, Case open, CancellationToken ct)
    {
        var db = scope.Db;
        var round = await db.Rounds.SingleOrDefaultAsync(
            r =>
                db.Reviews.Any(v => v.CaseId == open.Id && v.RoundId == r.Id)
                || db.IdPhotoChecks.Any(i => i.CaseId == open.Id && i.RoundId == r.Id),
            ct
        );
        if (round is not null)
        {
            return scope.SchemeOf(round);
        }
        return open.Kind == CaseKind.Lead
            ? await LeadCases.SchemeAsync(scope, open.Authority, ct)
            : await SchemeOfAsync(scope, open.Authority, ct);
    }

    /// <summary>The scheme an authority is open for now, or was last.</summary>
    public static Task<Scheme> SchemeOfAsync(CommandScope scope, string authority, CancellationToken ct) =>
        SchemeOfAsync(scope.Db, scope.Schemes, authority, scope.Today, ct);

    /// <summary>The same outside an act.</summary>
    public static async Task<Scheme> SchemeOfAsync(
        PortalDb db,
        SchemeCatalogue schemes,
        string authority,
        DateOnly today,
        CancellationToken ct
    )
    {
        var ids = await db
            .Authorities.Where(a => a.Authority == authority && a.From <= today)
            .OrderByDescending(a => a.From)
            .Select(a => a.SchemeId)
            .ToListAsync(ct);
        return ids.Select(id => schemes.Find(id, today)).FirstOrDefault(s => s is not null)
            ?? throw new InvalidOperationException($"The authority {authority} has never been open for a scheme.");
    }
}
