using System.Security.Cryptography;
using System.Text;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>A session as the cookie handler needs it.</summary>
public sealed record StoredSession(ActorKind Kind, Guid SubjectId, byte[] Ticket, DateTimeOffset StartedAt);

/// <summary>
/// Sessions in the database: a stolen cookie is worthless from the first request after sign-out, dismissal or expiry.
/// </summary>
public sealed class Sessions(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    /// <summary>However active a session is, it ends after this time.</summary>
    public static TimeSpan Longest(ActorKind kind) =>
        kind == ActorKind.Staff ? TimeSpan.FromHours(8) : TimeSpan.FromHours(4);

    public async Task<string> StartAsync(
        ActorKind kind,
        Guid subjectId,
        byte[] ticket,
        DateTimeOffset expiresAt,
        CancellationToken ct
    )
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Sessions.Add(
            new SessionRow
            {
                Id = Hash(key),
                Kind = kind,
                SubjectId = subjectId,
                Ticket = ticket,
                StartedAt = clock.GetUtcNow(),
                ExpiresAt = expiresAt,
            }
        );
        await db.SaveChangesAsync(ct);
        return key;
    }

    public async Task RenewAsync(string key, byte[] ticket, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var id = Hash(key);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db
            .Sessions.Where(s => s.Id == id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Ticket, ticket).SetProperty(s => s.ExpiresAt, expiresAt),
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
            : new StoredSession(found.Kind, found.SubjectId, found.Ticket, found.StartedAt);
    }

    public async Task EndAsync(string key, CancellationToken ct)
    {
        var id = Hash(key);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Sessions.Where(s => s.Id == id).ExecuteDeleteAsync(ct);
    }

    /// <summary>Removes what is over.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Sessions.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(ct);
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));
}
