using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Casework;

/// <summary>An officer a case can be passed to.</summary>
/// <param name="Held">How many cases they hold now.</param>
public sealed record Taker(Guid Id, string Badge, string DisplayName, int Held);

/// <summary>The holder passes the case to a colleague by name, with the reason.</summary>
public sealed record HandOverCase(Guid CaseId, Guid ToId, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.ClaimReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        await Takers.PassAsync(scope, CaseId, CaseAct.HandOver, ToId, Reason, ct) is { } refusal ? refusal : new Unit();
}

/// <summary>A supervisor gives the case to an officer by name, whoever holds it; an escalated one leaves the supervisors so.</summary>
public sealed record AssignCase(Guid CaseId, Guid ToId, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.AssignReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        await Takers.PassAsync(scope, CaseId, CaseAct.Assign, ToId, Reason, ct) is { } refusal ? refusal : new Unit();
}

/// <summary>Who a case can be passed to.</summary>
internal static class Takers
{
    public static async Task<Refusal?> PassAsync(
        CommandScope scope,
        Guid caseId,
        CaseAct act,
        Guid toId,
        string? reason,
        CancellationToken ct
    )
    {
        var to = await Actors.ReadAsync(scope.Db, new ActorRef(ActorKind.Staff, toId), ct);
        return to is null
            ? new Refusal(RefusalCode.FieldRequired, "to")
            : await Claims.ApplyAsync(scope, caseId, act, reason, ct, to);
    }

    /// <summary>Those who may take it, with the fewest cases in hand first; empty when the viewer may not pass it on.</summary>
    public static async Task<IReadOnlyList<Taker>> OfAsync(
        CommandScope scope,
        Case open,
        byte[] personKey,
        CancellationToken ct
    )
    {
        var acts = new[] { CaseAct.HandOver, CaseAct.Assign }
            .Where(act => open.Check(act, scope.Actor, personKey, scope.Now) is null)
            .ToList();
        if (acts.Count == 0)
        {
            return [];
        }
        var (db, now, authority) = (scope.Db, scope.Now, open.Authority);
        var officers = await db
            .Users.AsNoTracking()
            .Where(u => u.IsActive && u.Authorities.Any(a => a.Authority == authority))
            .Select(u => new
            {
                u.Id,
                u.UserName,
                u.DisplayName,
                u.PersonKey,
                Roles = u.Roles.Select(r => r.Role).ToList(),
                Held = db.Cases.Count(c => c.DecidedAt == null && c.HolderId == u.Id && c.LeaseUntil > now),
            })
            .ToListAsync(ct);
        return
        [
            .. officers
                .Where(u =>
                    acts.Any(act =>
                        open.CannotTake(
                            act,
                            new Actor(ActorKind.Staff, u.Id, u.UserName ?? "", u.Roles, [authority], u.PersonKey),
                            personKey
                        )
                            is null
                    )
                )
                .OrderBy(u => u.Held)
                .ThenBy(u => u.UserName, StringComparer.Ordinal)
                .Select(u => new Taker(u.Id, u.UserName ?? "", u.DisplayName, u.Held)),
        ];
    }
}
