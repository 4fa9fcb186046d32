using System.Security.Cryptography;
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
        var signedIn = verified != PasswordVerificationResult.Failed && step is not null && staff.IsActive;
        // The stamp makes two simultaneous tries see each other: the later one starts again on what the first one left.
        staff.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        if (signedIn)
        {
            staff.LastTotpStep = step!.Value;
            staff.AccessFailedCount = 0;
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

/// <summary>
/// An operator creates an account without a password. The activation code is shown once; with it the person sets a password
/// and enrols an authenticator.
/// </summary>
public sealed record CreateStaff(
    string? Badge,
    IReadOnlyList<Role> Roles,
    string? DisplayName,
    string? UnitName,
    IReadOnlyList<string> Authorities,
    string? IdNumber = null
) : ICommand<string>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    public Permission Permission => Permission.CreateStaff;

    public async Task<Outcome<string>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var badge = TypedText.HalfWidth(Badge);
        if (badge.Length is < 3 or > 20 || !badge.All(char.IsAsciiLetterOrDigit))
        {
            return new Refusal(RefusalCode.FieldRequired, "badge");
        }
        if (Roles.Count == 0)
        {
            return new Refusal(RefusalCode.RoleUnknown, "role");
        }
        if (!Permissions.MayBeHeldTogether(Roles))
        {
            return new Refusal(RefusalCode.RolesExclusive, "role");
        }
        ResidentId? person = null;
        if (!string.IsNullOrEmpty(IdNumber) && !ResidentId.TryParse(IdNumber, out person))
        {
            return new Refusal(RefusalCode.IdNumberInvalid, "idNumber");
        }
        var normalized = badge.ToUpperInvariant();
        if (await scope.Db.Users.AnyAsync(s => s.NormalizedUserName == normalized, ct))
        {
            return new Refusal(RefusalCode.BadgeTaken, "badge", badge);
        }
        var code = Totp.ToBase32(RandomNumberGenerator.GetBytes(10));
        var staff = new StaffUser
        {
            Id = Guid.CreateVersion7(scope.Now),
            UserName = badge,
            NormalizedUserName = normalized,
            DisplayName = DisplayName?.Trim() is { Length: > 0 } name ? name : badge,
            Unit = UnitName?.Trim() ?? "",
            IsActive = true,
            LockoutEnabled = true,
            TwoFactorEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            PersonKey = person is null ? null : Drivers.PersonalFields.IdNumberKey(scope.Cipher, person),
            ActivationKey = scope.Cipher.SearchKey(StaffSecrets.Activation, normalized + "/" + code),
            ActivationExpiresAt = scope.Now + Lifetime,
        };
        staff.Roles.AddRange(Roles.Distinct().Select(role => new StaffRoleRow { StaffId = staff.Id, Role = role }));
        staff.Authorities.AddRange(
            Authorities.Distinct().Select(a => new StaffAuthorityRow { StaffId = staff.Id, Authority = a })
        );
        scope.Db.Users.Add(staff);
        scope.Audit(
            "Staff",
            staff.Id,
            null,
            new
            {
                badge,
                Roles,
                Authorities,
            }
        );
        return code;
    }
}

/// <summary>The first step of an activation: the code is right, here is the secret for the authenticator.</summary>
/// <param name="Secret">Base32.</param>
public sealed record Enrolment(string Badge, string Secret);

/// <summary>Checks an activation code and hands out the authenticator secret. Null when badge or code is wrong.</summary>
public sealed record BeginActivation(string? Badge, string? ActivationCode) : ICommand<Enrolment?>
{
    public Permission Permission => Permission.SignIn;

    public async Task<Outcome<Enrolment?>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await Activations.FindAsync(scope, Badge, ActivationCode, ct) is not { } staff)
        {
            return (Enrolment?)null;
        }
        var secret = staff.TotpSecret is { } stored
            ? scope.Cipher.DecryptBytes(StaffSecrets.Totp, stored)
            : Totp.NewSecret();
        staff.TotpSecret ??= scope.Cipher.EncryptBytes(StaffSecrets.Totp, secret);
        scope.Audit("Staff", staff.Id, null);
        return new Enrolment(staff.UserName!, Totp.ToBase32(secret));
    }
}

/// <summary>Completes an activation: password, and a code that proves the authenticator was enrolled.</summary>
public sealed record ActivateStaff(
    string? Badge,
    string? ActivationCode,
    string? Password,
    string? Repeat,
    string? Code
) : ICommand<Guid?>
{
    public Permission Permission => Permission.SignIn;

    public async Task<Outcome<Guid?>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await Activations.FindAsync(scope, Badge, ActivationCode, ct) is not { TotpSecret: { } stored } staff)
        {
            return (Guid?)null;
        }
        if (PasswordRules.Check(Password, staff.UserName!) is { } weak)
        {
            return weak;
        }
        if (Password != Repeat)
        {
            return new Refusal(RefusalCode.PasswordsDiffer, "repeat");
        }
        var secret = scope.Cipher.DecryptBytes(StaffSecrets.Totp, stored);
        if (
            Totp.Accept(secret, TypedText.HalfWidth(Code).Replace(" ", ""), staff.LastTotpStep, scope.Now)
            is not { } step
        )
        {
            return new Refusal(RefusalCode.CodeExpired, "code");
        }
        staff.PasswordHash = PasswordRules.Hasher.HashPassword(staff, Password!);
        staff.LastTotpStep = step;
        staff.ActivationKey = null;
        staff.ActivationExpiresAt = null;
        staff.AccessFailedCount = 0;
        staff.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        scope.Audit("Staff", staff.Id, null);
        return staff.Id;
    }
}

internal static class Activations
{
    /// <summary>The account whose activation code was typed; counts wrong tries towards the lock.</summary>
    public static async Task<StaffUser?> FindAsync(
        CommandScope scope,
        string? badge,
        string? code,
        CancellationToken ct
    )
    {
        var normalized = TypedText.HalfWidth(badge).ToUpperInvariant();
        var staff = await scope.Db.Users.SingleOrDefaultAsync(s => s.NormalizedUserName == normalized, ct);
        var typed = TypedText.HalfWidth(code).Replace("-", "").Replace(" ", "").ToUpperInvariant();
        var key = scope.Cipher.SearchKey(StaffSecrets.Activation, normalized + "/" + typed);
        if (staff is not { IsActive: true, ActivationKey: { } expected } || staff.LockoutEnd > scope.Now)
        {
            scope.Audit("Staff", "unknown", null, new { activated = false });
            return null;
        }
        if (scope.Now < staff.ActivationExpiresAt && CryptographicOperations.FixedTimeEquals(key, expected))
        {
            return staff;
        }
        staff.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        if (++staff.AccessFailedCount >= SignInStaff.Tries)
        {
            staff.AccessFailedCount = 0;
            staff.LockoutEnd = scope.Now + SignInStaff.Lock;
        }
        scope.Audit("Staff", staff.Id, null, new { activated = false });
        return null;
    }
}

/// <summary>What the portal shows of the signed-in member of staff.</summary>
public sealed record StaffProfile(Actor Actor, string DisplayName, string UnitName);

/// <summary>Reads the signed-in member of staff anew.</summary>
public sealed class StaffProfiles(IDbContextFactory<PortalDb> databases)
{
    /// <summary>Null when the account does not exist or is not active any more.</summary>
    public async Task<StaffProfile?> ReadAsync(Guid staffId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, new ActorRef(ActorKind.Staff, staffId), ct) is not { } actor)
        {
            return null;
        }
        var shown = await db
            .Users.Where(s => s.Id == staffId)
            .Select(s => new { s.DisplayName, s.Unit })
            .SingleAsync(ct);
        return new StaffProfile(actor, shown.DisplayName, shown.Unit);
    }
}
