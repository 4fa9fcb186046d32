using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>
/// The security administrator gives somebody a role: at once, or as a proposal where it takes two persons (D-ROLE-GRANT).
/// </summary>
/// <param name="Reason">Required.</param>
public sealed record GrantRole(Guid StaffId, Role Role, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.GrantRoles;
    public bool NeedsFreshFactor => true;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var found = await StaffQueue.EnterAsync(scope, StaffId, ct);
        if (found is not Outcome<StaffUser>.Done { Value: var staff })
        {
            return ((Outcome<StaffUser>.Refused)found).Refusal;
        }
        if (staff.Roles.Any(r => r.Role == Role))
        {
            return new Unit();
        }
        if (await StaffRoles.FaultAsync(scope, staff, Role, ct) is { } fault)
        {
            return fault;
        }
        var id = Guid.CreateVersion7(scope.Now);
        var proposed = RoleGrant.Propose(id, StaffId, staff.PersonKey, Role, Reason, scope.Actor, scope.Now);
        if (proposed is not Outcome<RoleGrant>.Done { Value: var grant })
        {
            return ((Outcome<RoleGrant>.Refused)proposed).Refusal;
        }
        if (!Permissions.NeedsSecondPerson(Role))
        {
            await StaffRoles.AddAsync(scope, staff, Role, ct);
            scope.Audit("Staff", staff.Id, null, new { granted = Role, grant.Reason });
            return new Unit();
        }
        if (
            await scope.Db.RoleGrants.AnyAsync(
                g => g.StaffId == StaffId && g.Role == Role && g.State == RoleGrantState.Proposed,
                ct
            )
        )
        {
            return new Refusal(RefusalCode.GrantProposed);
        }
        scope.Db.RoleGrants.Add(grant);
        scope.Audit("Staff", staff.Id, null, new { proposed = Role, grant.Reason });
        return new Unit();
    }
}

/// <summary>The second person confirms a proposed grant, or declines it with a reason.</summary>
public sealed record DecideGrant(Guid GrantId, bool Confirm, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.GrantRoles;

    // By declining nobody gains a right.
    public bool NeedsFreshFactor => Confirm;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var staffId = await db
            .RoleGrants.Where(g => g.Id == GrantId)
            .Select(g => (Guid?)g.StaffId)
            .SingleOrDefaultAsync(ct);
        if (staffId is not { } id)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var found = await StaffQueue.EnterAsync(scope, id, ct);
        if (found is not Outcome<StaffUser>.Done { Value: var staff })
        {
            return ((Outcome<StaffUser>.Refused)found).Refusal;
        }
        // Read last: whatever another answer changed before, the grant says so (decisions/004).
        var grant = await db.RoleGrants.SingleAsync(g => g.Id == GrantId, ct);
        if (
            grant.CheckedById == scope.Actor.Id
            && grant.State == (Confirm ? RoleGrantState.Confirmed : RoleGrantState.Declined)
        )
        {
            // The second click of the same answer is the same success.
            return new Unit();
        }
        var answered = Confirm
            ? grant.Confirm(staff.PersonKey, scope.Actor, scope.Now)
            : grant.Decline(Reason, staff.PersonKey, scope.Actor, scope.Now);
        if (answered is Outcome<Unit>.Refused)
        {
            return answered;
        }
        if (Confirm)
        {
            // What happened since the proposal counts: another role, another account of the same person.
            if (await StaffRoles.FaultAsync(scope, staff, grant.Role, ct) is { } fault)
            {
                return fault;
            }
            if (staff.Roles.All(r => r.Role != grant.Role))
            {
                await StaffRoles.AddAsync(scope, staff, grant.Role, ct);
            }
        }
        scope.Audit(
            "Staff",
            staff.Id,
            null,
            new
            {
                grant.Role,
                grant.State,
                grant.ProposedByName,
            }
        );
        return new Unit();
    }
}

/// <summary>The security administrator takes a role away: one person is enough, nobody gains a right by it. Works at the next act.</summary>
/// <param name="Reason">Required.</param>
public sealed record RevokeRole(Guid StaffId, Role Role, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.GrantRoles;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var found = await StaffQueue.EnterAsync(scope, StaffId, ct);
        if (found is not Outcome<StaffUser>.Done { Value: var staff })
        {
            return ((Outcome<StaffUser>.Refused)found).Refusal;
        }
        if (RoleGrant.TextFault(Reason) is { } fault)
        {
            return fault;
        }
        if (staff.Roles.SingleOrDefault(r => r.Role == Role) is not { } held)
        {
            return new Unit();
        }
        staff.Roles.Remove(held);
        if (staff.Roles.Count == 0)
        {
            await StaffQueue.ForgetRealmAsync(scope, StaffId, ct);
        }
        staff.Restamp();
        scope.Audit("Staff", staff.Id, null, new { revoked = Role, Reason });
        return new Unit();
    }
}

internal static class StaffRoles
{
    /// <summary>Why an account may not get a role now; null when it may. Two accounts of one person are one person.</summary>
    public static async Task<Refusal?> FaultAsync(CommandScope scope, StaffUser staff, Role role, CancellationToken ct)
    {
        if (!staff.IsActive)
        {
            return new Refusal(RefusalCode.AccountState);
        }
        var held = staff.Roles.Select(r => r.Role).ToList();
        if (staff.PersonKey is { } person)
        {
            held.AddRange(
                await scope
                    .Db.Users.Where(u => u.PersonKey == person && u.Id != staff.Id && u.IsActive)
                    .SelectMany(u => u.Roles.Select(r => r.Role))
                    .ToListAsync(ct)
            );
        }
        return Permissions.MayBeHeldTogether([.. held, role]) ? null : new Refusal(RefusalCode.RolesExclusive, "role");
    }

    public static async Task AddAsync(CommandScope scope, StaffUser staff, Role role, CancellationToken ct)
    {
        if (!await scope.Db.Set<StaffRealmRow>().AnyAsync(r => r.StaffId == staff.Id, ct))
        {
            scope.Db.Add(new StaffRealmRow { StaffId = staff.Id, Realm = Permissions.RealmOf(role) });
        }
        staff.Roles.Add(StaffRoleRow.Of(staff.Id, role));
        staff.Restamp();
    }
}
