using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>What an authenticator showed, after the framework has checked its signature, the site and that its owner was verified.</summary>
/// <param name="SignCount">What it counts; compared here, because only here two at once see each other.</param>
public sealed record PasskeyProof(Guid StaffId, byte[] CredentialId, long SignCount, bool IsBackedUp);

/// <summary>
/// A member of staff signs in with a passkey: something they have, opened by something they are or know, so it counts as both
/// factors (D-PASSKEY). Like a wrong password, what is not accepted is a carried-out act that yields nobody, for whatever reason.
/// It does not count towards the lock: there is nothing to guess. Nor does the lock shut it out: else five wrong passwords of a
/// stranger would keep everybody from their work (lock-out as an attack), the security administrators who unlock included.
/// </summary>
/// <param name="Challenge">The question that was answered.</param>
/// <param name="Proof">Null when the answer was not in order.</param>
public sealed record SignInWithPasskey(Guid Challenge, PasskeyProof? Proof) : ICommand<Guid?>
{
    public Permission Permission => Permission.SignIn;

    public async Task<Outcome<Guid?>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var answer = await PasskeyAnswers.TakeAsync(scope, Challenge, Proof, ct);
        if (answer.Passkey is not { } passkey)
        {
            scope.Audit("Staff", answer.StaffId?.ToString() ?? "unknown", null, answer.Facts("signedIn"));
            return (Guid?)null;
        }
        var staff = await scope.Db.Users.SingleAsync(u => u.Id == passkey.StaffId, ct);
        if (!staff.MaySignIn)
        {
            scope.Audit(
                "Staff",
                staff.Id,
                null,
                new
                {
                    signedIn = false,
                    passkey = passkey.Id,
                    account = true,
                }
            );
            return (Guid?)null;
        }
        answer.Use(scope.Now);
        staff.SignedInAt = scope.Now;
        staff.Restamp();
        scope.Audit("Staff", staff.Id, null, new { signedIn = true, passkey = passkey.Id });
        return staff.Id;
    }
}

/// <summary>What became of an answer of an authenticator.</summary>
/// <param name="Passkey">The passkey whose answer counts; null when none does.</param>
/// <param name="StaffId">Whose it is, where that is known by a signature.</param>
/// <param name="Fault">Why it does not count, for the trail alone.</param>
internal sealed record PasskeyAnswer(PasskeyRow? Passkey, PasskeyProof? Proof, Guid? StaffId, string? Fault)
{
    /// <summary>Remembers the use. The stamp of the account makes two at once see each other.</summary>
    public void Use(DateTimeOffset now) =>
        (Passkey!.SignCount, Passkey.IsBackedUp, Passkey.UsedAt) = (Proof!.SignCount, Proof.IsBackedUp, now);

    public Dictionary<string, object?> Facts(string act) => new() { [act] = false, ["passkey"] = Fault };
}

internal static class PasskeyAnswers
{
    /// <summary>Looks whether an answer counts, and spends its question either way.</summary>
    public static async Task<PasskeyAnswer> TakeAsync(
        CommandScope scope,
        Guid challenge,
        PasskeyProof? proof,
        CancellationToken ct
    )
    {
        if (!await SpendAsync(scope, challenge, ct))
        {
            return new PasskeyAnswer(null, proof, proof?.StaffId, "replayed");
        }
        if (proof is null)
        {
            return new PasskeyAnswer(null, null, null, "notVerified");
        }
        // Read before the count: a use that comes in between changes the stamp, and this one starts again.
        await scope.Db.Users.Where(u => u.Id == proof.StaffId).LoadAsync(ct);
        var passkey = await scope.Db.Passkeys.SingleOrDefaultAsync(
            p => p.CredentialId == proof.CredentialId && p.StaffId == proof.StaffId,
            ct
        );
        return passkey is null ? new PasskeyAnswer(null, proof, proof.StaffId, "removed")
            : Passkeys.CountWentBack(passkey.SignCount, proof.SignCount)
                ? new PasskeyAnswer(null, proof, proof.StaffId, $"count {passkey.SignCount} > {proof.SignCount}")
            : new PasskeyAnswer(passkey, proof, proof.StaffId, null);
    }

    /// <summary>False when the question was answered before. Of two at once the key of the table takes one; the other starts again.</summary>
    public static async Task<bool> SpendAsync(CommandScope scope, Guid challenge, CancellationToken ct)
    {
        if (await scope.Db.SpentChallenges.AnyAsync(c => c.Id == challenge, ct))
        {
            return false;
        }
        scope.Db.SpentChallenges.Add(new SpentChallengeRow { Id = challenge, SpentAt = scope.Now });
        return true;
    }
}
