using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>A credential an authenticator made, after the framework has checked what it signed.</summary>
/// <param name="StaffId">Whom the question was asked for.</param>
public sealed record NewPasskey(
    Guid StaffId,
    byte[] CredentialId,
    byte[] PublicKey,
    long SignCount,
    IReadOnlyList<string> Transports,
    bool IsBackupEligible,
    bool IsBackedUp
);

/// <summary>A member of staff adds a passkey of their own. Wants the second factor anew: it opens the account from then on.</summary>
/// <param name="Challenge">The question that was answered.</param>
/// <param name="Made">What the authenticator made; null when its answer was not in order.</param>
/// <param name="Name">Required.</param>
public sealed record AddPasskey(Guid Challenge, NewPasskey? Made, string? Name) : ICommand<Guid>
{
    public Permission Permission => Permission.OwnAccount;
    public bool NeedsFreshFactor => true;

    public async Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var me = scope.Actor.Id;
        // Whoever takes the access away meanwhile changes the stamp: the later one of the two starts again.
        var staff = await scope.Db.Users.SingleAsync(u => u.Id == me, ct);
        var own = await scope.Db.Passkeys.Where(p => p.StaffId == me).ToListAsync(ct);
        if (Made is { } again && own.Find(p => p.CredentialId.AsSpan().SequenceEqual(again.CredentialId)) is { } known)
        {
            // The second click of the same addition.
            return known.Id;
        }
        if (Passkeys.NameFault(Name) is { } fault)
        {
            return fault;
        }
        var name = Name!.Trim();
        // The database compares: on SQL Server its names differ by more than case.
        if (await scope.Db.Passkeys.AnyAsync(p => p.StaffId == me && p.Name == name, ct))
        {
            return new Refusal(RefusalCode.PasskeyNameTaken, "name");
        }
        if (own.Count >= Passkeys.MostPerPerson)
        {
            return new Refusal(RefusalCode.PasskeysFull, null, Passkeys.MostPerPerson);
        }
        if (
            Made is not { CredentialId.Length: > 0 and <= Passkeys.CredentialLimit } made
            || made.StaffId != me
            || !await PasskeyAnswers.SpendAsync(scope, Challenge, ct)
            // Another person's: an identifier made by chance cannot meet another one by chance.
            || await scope.Db.Passkeys.AnyAsync(p => p.CredentialId == made.CredentialId, ct)
        )
        {
            return new Refusal(RefusalCode.PasskeyNotAccepted);
        }
        if (!staff.MaySignIn)
        {
            return new Refusal(RefusalCode.AccountDisabled);
        }
        var passkey = new PasskeyRow
        {
            Id = Guid.CreateVersion7(scope.Now),
            StaffId = me,
            // Two at once take the same place; the later one starts again and finds it taken.
            Slot = Enumerable.Range(1, Passkeys.MostPerPerson).First(slot => own.All(p => p.Slot != slot)),
            CredentialId = made.CredentialId,
            PublicKey = made.PublicKey,
            SignCount = made.SignCount,
            Name = name,
            Transports = string.Join(',', made.Transports.Where(t => t.Length <= 20).Take(4)),
            IsBackupEligible = made.IsBackupEligible,
            IsBackedUp = made.IsBackedUp,
            CreatedAt = scope.Now,
        };
        staff.Restamp();
        scope.Db.Passkeys.Add(passkey);
        scope.Audit("Staff", me, null, new { passkey = passkey.Id, passkey.IsBackupEligible });
        return passkey.Id;
    }
}

/// <summary>A member of staff gives a passkey of their own another name.</summary>
public sealed record RenamePasskey(Guid Id, string? Name) : ICommand<Unit>
{
    public Permission Permission => Permission.OwnAccount;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var me = scope.Actor.Id;
        if (await scope.Db.Passkeys.SingleOrDefaultAsync(p => p.Id == Id && p.StaffId == me, ct) is not { } passkey)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (Passkeys.NameFault(Name) is { } fault)
        {
            return fault;
        }
        var name = Name!.Trim();
        if (passkey.Name == name)
        {
            return new Unit();
        }
        if (await scope.Db.Passkeys.AnyAsync(p => p.StaffId == me && p.Id != Id && p.Name == name, ct))
        {
            return new Refusal(RefusalCode.PasskeyNameTaken, "name");
        }
        passkey.Name = name;
        scope.Audit("Staff", me, null, new { passkey = Id, renamed = true });
        return new Unit();
    }
}

/// <summary>A member of staff removes a passkey of their own: from now on it opens nothing. Password and code stay.</summary>
public sealed record RemovePasskey(Guid Id) : ICommand<Unit>
{
    public Permission Permission => Permission.OwnAccount;
    public bool NeedsFreshFactor => true;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var me = scope.Actor.Id;
        var passkey = await scope.Db.Passkeys.SingleOrDefaultAsync(p => p.Id == Id, ct);
        if (passkey is null)
        {
            // Gone already: the second click is the same success.
            return new Unit();
        }
        if (passkey.StaffId != me)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        scope.Db.Passkeys.Remove(passkey);
        scope.Audit("Staff", me, null, new { passkey = Id, removed = true });
        return new Unit();
    }
}
