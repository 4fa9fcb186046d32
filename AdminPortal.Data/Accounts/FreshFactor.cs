using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>
/// A member of staff proves the second factor anew with a one-time code, before a rare and dangerous act (D-STEP-UP). A code works
/// once, here as at sign-in, and a wrong one counts towards the lock; the one that locks ends this session, too.
/// </summary>
/// <param name="Session">The session it is proven in.</param>
public sealed record ConfirmFactor(Guid Session, string? Code) : ICommand<bool>
{
    public Permission Permission => Permission.OwnAccount;

    public async Task<Outcome<bool>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await FreshFactors.FindAsync(scope, Session, ct) is not { } session)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var staff = await scope.Db.Users.SingleAsync(u => u.Id == scope.Actor.Id, ct);
        if (staff.LockoutEnd > scope.Now)
        {
            return new Refusal(RefusalCode.AccountLocked, "code");
        }
        var step = staff.TotpSecret is { } secret
            ? Totp.Accept(
                scope.Cipher.DecryptBytes(StaffSecrets.Totp, secret),
                TypedText.HalfWidth(Code).Replace(" ", ""),
                staff.LastTotpStep,
                scope.Now
            )
            : null;
        // Two tries at once see each other: the later one starts again on what the first one left.
        staff.Restamp();
        if (step is { } accepted)
        {
            (staff.LastTotpStep, staff.AccessFailedCount) = (accepted, 0);
            session.FactorProvenAt = scope.Now;
            scope.Audit("Staff", staff.Id, null, new { factorProven = true });
            return true;
        }
        var locks = ++staff.AccessFailedCount >= SignInStaff.Tries;
        if (locks)
        {
            (staff.AccessFailedCount, staff.LockoutEnd) = (0, scope.Now + SignInStaff.Lock);
            scope.Db.Sessions.Remove(session);
        }
        scope.Audit("Staff", staff.Id, null, new { factorProven = false, locks });
        return false;
    }
}

/// <summary>The same with a passkey.</summary>
/// <param name="Session">The session it is proven in.</param>
/// <param name="Challenge">The question that was answered.</param>
/// <param name="Proof">Null when the answer was not in order.</param>
public sealed record ConfirmFactorWithPasskey(Guid Session, Guid Challenge, PasskeyProof? Proof) : ICommand<bool>
{
    public Permission Permission => Permission.OwnAccount;

    public async Task<Outcome<bool>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await FreshFactors.FindAsync(scope, Session, ct) is not { } session)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var me = scope.Actor.Id;
        var answer = await PasskeyAnswers.TakeAsync(scope, Challenge, Proof, ct);
        if (answer.Passkey is not { } passkey || passkey.StaffId != me)
        {
            scope.Audit("Staff", me, null, answer.Facts("factorProven"));
            return false;
        }
        var staff = await scope.Db.Users.SingleAsync(u => u.Id == me, ct);
        answer.Use(scope.Now);
        staff.Restamp();
        session.FactorProvenAt = scope.Now;
        scope.Audit("Staff", me, null, new { factorProven = true, passkey = passkey.Id });
        return true;
    }
}

internal static class FreshFactors
{
    /// <summary>A session of the actor's own; null when it is none.</summary>
    public static async Task<SessionRow?> FindAsync(CommandScope scope, Guid session, CancellationToken ct) =>
        await scope.Db.Sessions.SingleOrDefaultAsync(
            s => s.Handle == session && s.Kind == ActorKind.Staff && s.SubjectId == scope.Actor.Id,
            ct
        );

    /// <summary>Whether the second factor was proven a moment ago in the session an act is asked in.</summary>
    public static async Task<bool> AreFreshAsync(PortalDb db, Guid session, DateTimeOffset now, CancellationToken ct) =>
        StepUp.IsFresh(
            await db.Sessions.Where(s => s.Handle == session).Select(s => s.FactorProvenAt).SingleOrDefaultAsync(ct),
            now
        );
}
