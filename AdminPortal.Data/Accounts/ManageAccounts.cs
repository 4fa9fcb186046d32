using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>The system administrator changes name, unit and authorities of an account.</summary>
/// <param name="Version">The stamp of the account that was shown.</param>
public sealed record ChangeAccount(Guid StaffId, string? Version, AccountFacts Facts) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageAccounts;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var found = await StaffQueue.EnterAsync(scope, StaffId, ct);
        if (found is not Outcome<StaffUser>.Done { Value: var staff })
        {
            return ((Outcome<StaffUser>.Refused)found).Refusal;
        }
        if (Facts.Fault() is { } fault)
        {
            return fault;
        }
        var before = staff.Authorities.Select(a => a.Authority).Order(StringComparer.Ordinal).ToList();
        var after = Facts.Authorities.Distinct().Order(StringComparer.Ordinal).ToList();
        var (name, unit) = (Facts.DisplayName?.Trim(), Facts.UnitName?.Trim() ?? "");
        if (before.SequenceEqual(after) && staff.DisplayName == name && staff.Unit == unit)
        {
            return new Unit();
        }
        if (staff.ConcurrencyStamp != Version)
        {
            return new Refusal(RefusalCode.Stale);
        }
        Facts.WriteTo(staff);
        staff.Restamp();
        scope.Audit(
            "Staff",
            staff.Id,
            null,
            new
            {
                staff.Unit,
                from = before,
                to = after,
            }
        );
        return new Unit();
    }
}

/// <summary>
/// The system administrator closes an account, which ends its sessions at once, or opens a closed one again. Roles stay: what
/// the security administrator gave is the security administrator's to take.
/// </summary>
/// <param name="Reason">Required to close.</param>
public sealed record CloseAccount(Guid StaffId, bool Close, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageAccounts;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var found = await StaffQueue.EnterAsync(scope, StaffId, ct);
        if (found is not Outcome<StaffUser>.Done { Value: var staff })
        {
            return ((Outcome<StaffUser>.Refused)found).Refusal;
        }
        if (Close && RoleGrant.TextFault(Reason) is { } fault)
        {
            return fault;
        }
        if (staff.IsActive != Close)
        {
            // Already so: the second click is the same success.
            return new Unit();
        }
        staff.IsActive = !Close;
        staff.ClosedAt = Close ? scope.Now : null;
        staff.ClosedReason = Close ? Reason!.Trim() : null;
        if (Close)
        {
            await StaffQueue.EndSessionsAsync(scope, StaffId, ct);
        }
        else
        {
            staff.OpenedAt = scope.Now;
        }
        staff.Restamp();
        scope.Audit("Staff", staff.Id, null, new { closed = Close, staff.ClosedReason });
        return new Unit();
    }
}

/// <summary>
/// The system administrator starts the access of an account anew: for an activation code that ran out, or a forgotten password.
/// Password, authenticator, passkeys and sessions go, and so do the roles: whoever holds the new code has no rights until the security
/// administrator gives them again (D-SECOND-FACTOR).
/// </summary>
public sealed record RenewActivation(Guid StaffId) : ICommand<string>
{
    public Permission Permission => Permission.ManageAccounts;
    public bool NeedsFreshFactor => true;

    public async Task<Outcome<string>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var found = await StaffQueue.EnterAsync(scope, StaffId, ct);
        if (found is not Outcome<StaffUser>.Done { Value: var staff })
        {
            return ((Outcome<StaffUser>.Refused)found).Refusal;
        }
        if (!staff.IsActive || staff.DormantSince is not null)
        {
            return new Refusal(RefusalCode.AccountState);
        }
        (staff.PasswordHash, staff.TotpSecret) = (null, null);
        (staff.AccessFailedCount, staff.LockoutEnd) = (0, null);
        var roles = staff.Roles.Select(r => r.Role).ToList();
        staff.Roles.Clear();
        await StaffQueue.ForgetRealmAsync(scope, StaffId, ct);
        var passkeys = await StaffQueue.RemovePasskeysAsync(scope, StaffId, ct);
        await StaffQueue.EndSessionsAsync(scope, StaffId, ct);
        var code = Activations.Issue(scope, staff);
        staff.Restamp();
        scope.Audit(
            "Staff",
            staff.Id,
            null,
            new
            {
                accessRenewed = true,
                rolesTaken = roles,
                passkeysRemoved = passkeys,
            }
        );
        return code;
    }
}

/// <summary>What every act on somebody else's account begins with.</summary>
internal static class StaffQueue
{
    /// <summary>
    /// The account, for this act alone until it ends: two acts on one account wait for each other. Refused for one's own.
    /// </summary>
    public static async Task<Outcome<StaffUser>> EnterAsync(CommandScope scope, Guid staffId, CancellationToken ct)
    {
        var db = scope.Db;
        await db
            .Users.Where(u => u.Id == staffId)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.PrefersEnglish, u => u.PrefersEnglish), ct);
        var staff = await db
            .Users.Include(u => u.Roles)
            .Include(u => u.Authorities)
            .AsSplitQuery()
            .SingleOrDefaultAsync(u => u.Id == staffId, ct);
        return staff is null ? new Refusal(RefusalCode.NotFound)
            : StaffAccounts.MayChange(scope.Actor, staff.Id, staff.PersonKey) is { } own ? own
            : staff;
    }

    /// <summary>Every browser the person is signed in with is out at the next request or act.</summary>
    public static async Task EndSessionsAsync(CommandScope scope, Guid staffId, CancellationToken ct) =>
        await scope.Db.Sessions.Where(s => s.Kind == ActorKind.Staff && s.SubjectId == staffId).ExecuteDeleteAsync(ct);

    /// <summary>Whatever the person holds opens nothing any more.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> RemovePasskeysAsync(CommandScope scope, Guid staffId, CancellationToken ct) =>
        await scope.Db.Passkeys.Where(p => p.StaffId == staffId).ExecuteDeleteAsync(ct);

    /// <summary>Without roles there is no realm, so that roles of another one may follow.</summary>
    public static async Task ForgetRealmAsync(CommandScope scope, Guid staffId, CancellationToken ct)
    {
        var realm = await scope.Db.Set<StaffRealmRow>().SingleOrDefaultAsync(r => r.StaffId == staffId, ct);
        if (realm is not null)
        {
            scope.Db.Remove(realm);
        }
    }
}
