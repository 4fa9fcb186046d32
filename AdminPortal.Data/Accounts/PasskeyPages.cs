using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>A passkey in its owner's list.</summary>
public sealed record PasskeyLine(
    Guid Id,
    string Name,
    bool IsBackedUp,
    DateTimeOffset CreatedAt,
    DateTimeOffset? UsedAt
);

/// <summary>A passkey as the framework checks signatures with it.</summary>
public sealed record PasskeyKey(
    byte[] CredentialId,
    byte[] PublicKey,
    DateTimeOffset CreatedAt,
    string Transports,
    bool IsBackupEligible,
    bool IsBackedUp
);

/// <summary>What the pages of passkeys read, and what an answer of an authenticator is checked against.</summary>
public sealed class PasskeyPages(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    /// <summary>One's own passkeys, the oldest first; null when the account is gone.</summary>
    public async Task<IReadOnlyList<PasskeyLine>?> OwnAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Actors.ReadAsync(db, who, ct) is { Kind: ActorKind.Staff } actor
            ? await db
                .Passkeys.Where(p => p.StaffId == actor.Id)
                .OrderBy(p => p.CreatedAt)
                .Select(p => new PasskeyLine(p.Id, p.Name, p.IsBackedUp, p.CreatedAt, p.UsedAt))
                .ToListAsync(ct)
            : null;
    }

    /// <summary>Whether the second factor was proven a moment ago in this session (D-STEP-UP).</summary>
    public async Task<bool> IsFreshAsync(Guid session, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await FreshFactors.AreFreshAsync(db, session, clock.GetUtcNow(), ct);
    }

    /// <summary>The keys of one person.</summary>
    public async Task<IReadOnlyList<PasskeyKey>> KeysAsync(Guid staffId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Keys(db.Passkeys.Where(p => p.StaffId == staffId)).ToListAsync(ct);
    }

    /// <summary>The key of one person with this identifier; null when there is none.</summary>
    public async Task<PasskeyKey?> KeyAsync(Guid staffId, byte[] credentialId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Keys(db.Passkeys.Where(p => p.StaffId == staffId && p.CredentialId == credentialId))
            .SingleOrDefaultAsync(ct);
    }

    private static IQueryable<PasskeyKey> Keys(IQueryable<PasskeyRow> passkeys) =>
        passkeys.Select(p => new PasskeyKey(
            p.CredentialId,
            p.PublicKey,
            p.CreatedAt,
            p.Transports,
            p.IsBackupEligible,
            p.IsBackedUp
        ));
}
