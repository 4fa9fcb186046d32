using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>The security administrator unlocks an account: after wrong tries, or one that became dormant (D-DORMANT).</summary>
public sealed record UnlockAccount(Guid StaffId) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageAccess;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var found = await StaffQueue.EnterAsync(scope, StaffId, ct);
        if (found is not Outcome<StaffUser>.Done { Value: var staff })
        {
            return ((Outcome<StaffUser>.Refused)found).Refusal;
        }
        if (!staff.IsActive)
        {
            return new Refusal(RefusalCode.AccountState);
        }
        var dormant = staff.DormantSince is not null;
        if (!dormant && staff.AccessFailedCount == 0 && !(staff.LockoutEnd > scope.Now))
        {
            return new Unit();
        }
        (staff.AccessFailedCount, staff.LockoutEnd) = (0, null);
        if (dormant)
        {
            (staff.DormantSince, staff.OpenedAt) = (null, scope.Now);
        }
        staff.Restamp();
        scope.Audit("Staff", staff.Id, null, new { unlocked = true, dormant });
        return new Unit();
    }
}

/// <summary>
/// The security administrator has the authenticator of an account enrolled anew, for a lost phone. The code is shown once; with
/// it and with the password, which stays, the person enrols. Passkeys go and sessions end at once.
/// </summary>
public sealed record ResetSecondFactor(Guid StaffId) : ICommand<string>
{
    public Permission Permission => Permission.ManageAccess;
    public bool NeedsFreshFactor => true;

    public async Task<Outcome<string>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var found = await StaffQueue.EnterAsync(scope, StaffId, ct);
        if (found is not Outcome<StaffUser>.Done { Value: var staff })
        {
            return ((Outcome<StaffUser>.Refused)found).Refusal;
        }
        if (!staff.IsActive || staff.DormantSince is not null || staff.PasswordHash is null)
        {
            return new Refusal(RefusalCode.AccountState);
        }
        staff.TotpSecret = null;
        var passkeys = await StaffQueue.RemovePasskeysAsync(scope, StaffId, ct);
        await StaffQueue.EndSessionsAsync(scope, StaffId, ct);
        var code = Activations.Issue(scope, staff);
        staff.Restamp();
        scope.Audit("Staff", staff.Id, null, new { secondFactorReset = true, passkeysRemoved = passkeys });
        return code;
    }
}

/// <summary>Locks accounts that nobody has used for long; the security administrator opens them again (D-DORMANT).</summary>
public sealed record LockDormantAccounts : ICommand<int>
{
    private const int Batch = 100;

    public Permission Permission => Permission.RunJobs;

    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var before = StaffAccounts.DormantBefore(scope.Now);
        var dormant = await scope
            .Db.Users.Where(u => u.IsActive && u.DormantSince == null && u.OpenedAt < before)
            .Where(u => u.SignedInAt == null || u.SignedInAt < before)
            .OrderBy(u => u.Id)
            .Take(Batch)
            .ToListAsync(ct);
        foreach (var staff in dormant)
        {
            staff.DormantSince = scope.Now;
            // Somebody who signs in at this very moment wins: one of the two starts again.
            staff.Restamp();
            scope.Audit("Staff", staff.Id, null, new { dormant = true, staff.SignedInAt });
        }
        return dormant.Count;
    }
}
