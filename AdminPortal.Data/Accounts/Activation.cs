using System.Security.Cryptography;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>The first step of an activation: the code is right, here is the secret for the authenticator.</summary>
/// <param name="Secret">Base32.</param>
/// <param name="KeepsPassword">True when only the authenticator is enrolled anew: the password is asked for, not set.</param>
public sealed record Enrolment(string Badge, string Secret, bool KeepsPassword);

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
        return new Enrolment(staff.UserName!, Totp.ToBase32(secret), staff.PasswordHash is not null);
    }
}

/// <summary>
/// Completes an activation: password, and a code that proves the authenticator was enrolled. Where there is a password already,
/// it has to be known: who handed out the code cannot enter with it alone (D-SECOND-FACTOR).
/// </summary>
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
        if (staff.PasswordHash is { } hash)
        {
            var typed = Password is { Length: <= PasswordRules.MaxLength } ? Password : "";
            if (PasswordRules.Hasher.VerifyHashedPassword(staff, hash, typed) == PasswordVerificationResult.Failed)
            {
                Activations.CountWrong(scope, staff);
                return (Guid?)null;
            }
        }
        else if (PasswordRules.Check(Password, staff.UserName!) is { } weak)
        {
            return weak;
        }
        else if (Password != Repeat)
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
        staff.PasswordHash ??= PasswordRules.Hasher.HashPassword(staff, Password!);
        staff.LastTotpStep = step;
        staff.ActivationKey = null;
        staff.ActivationExpiresAt = null;
        staff.AccessFailedCount = 0;
        staff.SignedInAt = scope.Now;
        staff.Restamp();
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
        if (
            staff is not { IsActive: true, DormantSince: null, ActivationKey: { } expected }
            || staff.LockoutEnd > scope.Now
        )
        {
            scope.Audit("Staff", "unknown", null, new { activated = false });
            return null;
        }
        if (scope.Now < staff.ActivationExpiresAt && CryptographicOperations.FixedTimeEquals(key, expected))
        {
            return staff;
        }
        CountWrong(scope, staff);
        return null;
    }

    /// <summary>One more wrong try: it counts towards the lock.</summary>
    public static void CountWrong(CommandScope scope, StaffUser staff)
    {
        staff.Restamp();
        if (++staff.AccessFailedCount >= SignInStaff.Tries)
        {
            staff.AccessFailedCount = 0;
            staff.LockoutEnd = scope.Now + SignInStaff.Lock;
        }
        scope.Audit("Staff", staff.Id, null, new { activated = false });
    }

    /// <summary>A new one-time code for an account; only its key is stored.</summary>
    public static string Issue(CommandScope scope, StaffUser staff)
    {
        var code = Totp.ToBase32(RandomNumberGenerator.GetBytes(10));
        staff.ActivationKey = scope.Cipher.SearchKey(StaffSecrets.Activation, staff.NormalizedUserName + "/" + code);
        staff.ActivationExpiresAt = scope.Now + StaffAccounts.ActivationLifetime;
        return code;
    }
}
