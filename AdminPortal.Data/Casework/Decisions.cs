using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
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
    )
    {
        var act = uphold ? CaseAct.Uphold : CaseAct.Reject;
        if (
            !open.IsOpen
            && open.DeciderId == scope.Actor.Id
            && open.Steps[^1].Act == act
            && open.Steps[^1].Note == reason?.Trim()
        )
        {
            // The second click of the same decision is the same success.
            return new Unit();
        }
        if (open.IsOpen && open.Version != seenVersion && open.HolderId == scope.Actor.Id)
        {
            var last = open.Steps[^1];
            return new Refusal(RefusalCode.Stale, null, last.ByName, last.At);
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
        return await AuthoritySchemes.LastAsync(db, scope.Schemes, open.Authority, scope.Today, ct)
            ?? throw new InvalidOperationException($"The authority {open.Authority} has never been open for a scheme.");
    }
}
