using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>
/// A member of staff signs in with badge, password and one-time code. A wrong try is a carried-out act (it counts towards
/// the lock), so it yields nobody instead of a refusal; which of the three was wrong is never said.
/// </summary>
public sealed record SignInStaff(string? Badge, string? Password, string? Code) : ICommand<Guid?>
{
    /// <summary>Wrong tries that lock an account.</summary>
    public const int Tries = 5;

    /// <summary>How long it stays locked.</summary>
    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(30);

    // Checked for unknown badges, so that they take as long as known ones.
    private static readonly string NobodysHash = PasswordRules.Hasher.HashPassword(
        new StaffUser(),
        "nobody knows this one"
    );

    public Permission Permission => Permission.SignIn;

    public async Task<Outcome<Guid?>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var badge = TypedText.HalfWidth(Badge).ToUpperInvariant();
        var staff = await scope.Db.Users.SingleOrDefaultAsync(s => s.NormalizedUserName == badge, ct);
        var verified = PasswordRules.Hasher.VerifyHashedPassword(
            staff ?? new StaffUser(),
            staff?.PasswordHash ?? NobodysHash,
            Password is { Length: <= PasswordRules.MaxLength } typed ? typed : ""
        );
        if (staff is null)
        {
            scope.Audit("Staff", "unknown", null, new { signedIn = false });
            return (Guid?)null;
        }
        if (staff.LockoutEnd > scope.Now)
        {
            scope.Audit("Staff", staff.Id, null, new { signedIn = false, locked = true });
            return new Refusal(RefusalCode.SignInFailed);
        }
        var step = staff.TotpSecret is { } secret
            ? Totp.Accept(
                scope.Cipher.DecryptBytes(StaffSecrets.Totp, secret),
                TypedText.HalfWidth(Code).Replace(" ", ""),
                staff.LastTotpStep,
                scope.Now
            )
            : null;
        var signedIn = verified != PasswordVerificationResult.Failed && step is not null && staff.MaySignIn;
        // The stamp makes two simultaneous tries see each other: the later one starts again on what the first one left.
        staff.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        if (signedIn)
        {
            staff.LastTotpStep = step!.Value;
            staff.AccessFailedCount = 0;
            staff.SignedInAt = scope.Now;
            if (verified == PasswordVerificationResult.SuccessRehashNeeded)
            {
                staff.PasswordHash = PasswordRules.Hasher.HashPassword(staff, Password!);
            }
        }
        else if (++staff.AccessFailedCount >= Tries)
        {
            staff.AccessFailedCount = 0;
            staff.LockoutEnd = scope.Now + Lock;
        }
        scope.Audit("Staff", staff.Id, null, new { signedIn });
        return signedIn ? staff.Id : (Guid?)null;
    }
}

internal static class StaffSecrets
{
    public const string Totp = "staff.totp";
    public const string Activation = "staff.activation";
}

/// <summary>What the portal shows of the signed-in member of staff.</summary>
public sealed record StaffProfile(Actor Actor, string DisplayName, string UnitName);

/// <summary>Reads the signed-in member of staff anew.</summary>
public sealed class StaffProfiles(IDbContextFactory<PortalDb> databases)
{
    /// <summary>Null when the account does not exist or is not active any more, or the session has ended.</summary>
    public async Task<StaffProfile?> ReadAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { Kind: ActorKind.Staff } actor)
        {
            return null;
        }
        var shown = await db
            .Users.Where(s => s.Id == who.Id)
            .Select(s => new { s.DisplayName, s.Unit })
            .SingleAsync(ct);
        return new StaffProfile(actor, shown.DisplayName, shown.Unit);
    }
}
