using System.Security.Cryptography;
using System.Text;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>A session as the cookie handler needs it.</summary>
public sealed record StoredSession(
    ActorKind Kind,
    Guid SubjectId,
    byte[] Ticket,
    DateTimeOffset StartedAt,
    DateTimeOffset ExpiresAt
);

/// <summary>Where a session was started.</summary>
/// <param name="Handle">Its name, which the ticket carries too.</param>
/// <param name="Address">Network address; null for drivers, of whom it is not kept.</param>
/// <param name="Browser">Browser and system in a few words; null for drivers.</param>
/// <param name="DeviceKey">Keyed digest of both; null for staff.</param>
public sealed record SessionOrigin(Guid Handle, string? Address, string? Browser, byte[]? DeviceKey = null)
{
    public const int AddressLimit = 45;
    public const int BrowserLimit = 60;
}

/// <summary>
/// Sessions in the database: a stolen cookie is worthless from the first request after sign-out, dismissal or expiry.
/// </summary>
public sealed class Sessions(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    /// <summary>However active a session is, it ends after this time.</summary>
    public static TimeSpan Longest(ActorKind kind) =>
        kind == ActorKind.Staff ? TimeSpan.FromHours(8) : TimeSpan.FromHours(4);

    /// <summary>Without a request or an act a session ends after this time.</summary>
    public static TimeSpan Idle(ActorKind kind) =>
        kind == ActorKind.Staff ? TimeSpan.FromMinutes(15) : TimeSpan.FromMinutes(30);

    /// <summary>How exactly is noted when a session was last used: not every click is a write.</summary>
    private static readonly TimeSpan Sight = TimeSpan.FromSeconds(30);

    public async Task<string> StartAsync(
        ActorKind kind,
        Guid subjectId,
        byte[] ticket,
        DateTimeOffset expiresAt,
        CancellationToken ct,
        SessionOrigin? origin = null
    )
    {
        var now = clock.GetUtcNow();
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Sessions.Add(
            new SessionRow
            {
                Id = Hash(key),
                Handle = origin?.Handle ?? Guid.NewGuid(),
                Kind = kind,
                SubjectId = subjectId,
                Ticket = ticket,
                StartedAt = now,
                LastSeenAt = now,
                ExpiresAt = expiresAt,
                FactorProvenAt = kind == ActorKind.Staff ? now : null,
                Address = origin?.Address,
                Browser = origin?.Browser,
                DeviceKey = origin?.DeviceKey,
            }
        );
        await db.SaveChangesAsync(ct);
        return key;
    }

    public async Task RenewAsync(string key, byte[] ticket, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var id = Hash(key);
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db
            .Sessions.Where(s => s.Id == id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(s => s.Ticket, ticket)
                        .SetProperty(s => s.ExpiresAt, expiresAt)
                        .SetProperty(s => s.LastSeenAt, now),
                ct
            );
    }

    /// <summary>
    /// The person did something in a circuit, which sends no request the cookie could be renewed by: the session lives on. What
    /// has ended stays ended.
    /// </summary>
    public async Task TouchAsync(Guid handle, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (before, until) = (now - Sight, now + Idle(ActorKind.Staff));
        await using var db = await databases.CreateDbContextAsync(ct);
        await db
            .Sessions.Where(s => s.Handle == handle && s.LastSeenAt < before && s.ExpiresAt > now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.LastSeenAt, now).SetProperty(s => s.ExpiresAt, until),
                ct
            );
    }

    /// <summary>Null when the session is unknown, over, or its member of staff is not active.</summary>
    public async Task<StoredSession?> FindAsync(string key, CancellationToken ct)
    {
        var id = Hash(key);
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db
            .Sessions.AsNoTracking()
            .Where(s => s.Id == id && s.ExpiresAt > now)
            .Where(s => s.Kind != ActorKind.Staff || db.Users.Any(u => u.Id == s.SubjectId && u.IsActive))
            .SingleOrDefaultAsync(ct);
        return found is null || now >= found.StartedAt + Longest(found.Kind)
            ? null
            : new StoredSession(found.Kind, found.SubjectId, found.Ticket, found.StartedAt, found.ExpiresAt);
    }

    public async Task EndAsync(string key, CancellationToken ct)
    {
        var id = Hash(key);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Sessions.Where(s => s.Id == id).ExecuteDeleteAsync(ct);
    }

    /// <summary>Removes what is over, and what was remembered of questions to authenticators that are too old by now.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (staff, driver) = (now - Longest(ActorKind.Staff), now - Longest(ActorKind.Driver));
        await db
            .Sessions.Where(s =>
                s.ExpiresAt <= now
                || (s.Kind == ActorKind.Staff && s.StartedAt <= staff)
                || (s.Kind == ActorKind.Driver && s.StartedAt <= driver)
            )
            .ExecuteDeleteAsync(ct);
        var answered = now - 2 * Passkeys.ChallengeLifetime;
        await db.SpentChallenges.Where(c => c.SpentAt < answered).ExecuteDeleteAsync(ct);
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));
}
