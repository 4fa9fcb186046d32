using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>The security administrator ends one session of a member of staff, or all of them.</summary>
/// <param name="Session">Its handle; null for all.</param>
public sealed record EndSessions(Guid StaffId, Guid? Session) : ICommand<int>
{
    public Permission Permission => Permission.ManageAccess;

    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (!await scope.Db.Users.AnyAsync(u => u.Id == StaffId, ct))
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var ended = await scope
            .Db.Sessions.Where(s => s.Kind == ActorKind.Staff && s.SubjectId == StaffId)
            .Where(s => Session == null || s.Handle == Session)
            .ExecuteDeleteAsync(ct);
        if (ended > 0)
        {
            scope.Audit("Staff", StaffId, null, new { sessionsEnded = ended });
        }
        return ended;
    }
}

/// <summary>A member of staff ends one session of their own, or every other one.</summary>
/// <param name="Session">Its handle.</param>
/// <param name="Others">True to end all but this one.</param>
public sealed record EndMySessions(Guid Session, bool Others) : ICommand<int>
{
    public Permission Permission => Permission.OwnAccount;

    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var me = scope.Actor.Id;
        var ended = await scope
            .Db.Sessions.Where(s => s.Kind == ActorKind.Staff && s.SubjectId == me)
            .Where(s => Others ? s.Handle != Session : s.Handle == Session)
            .ExecuteDeleteAsync(ct);
        if (ended > 0)
        {
            scope.Audit("Staff", me, null, new { sessionsEnded = ended });
        }
        return ended;
    }
}

/// <summary>A session in a list.</summary>
/// <param name="Handle">To end it by.</param>
public sealed record SessionLine(
    Guid Handle,
    Guid StaffId,
    string Badge,
    string DisplayName,
    string UnitName,
    DateTimeOffset StartedAt,
    DateTimeOffset LastSeenAt,
    string? Address,
    string? Browser
);

/// <summary>Sessions of staff: everybody's for the security administrator, one's own for everybody.</summary>
public sealed class SessionPages(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    /// <summary>The most a list shows: more people than that are never on at once in one installation.</summary>
    public const int Most = 500;

    /// <summary>Sessions that run, by badge, the last used first; null when the actor may not see them.</summary>
    /// <param name="text">Part of badge, name or unit; blank for all.</param>
    public async Task<IReadOnlyList<SessionLine>?> ListAsync(ActorRef who, string? text, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ManageAccess))
        {
            return null;
        }
        var people = db.Users.AsQueryable();
        if (!string.IsNullOrWhiteSpace(text))
        {
            var part = text.Trim();
            var badge = part.ToUpperInvariant();
            people = people.Where(u =>
                u.NormalizedUserName!.Contains(badge) || u.DisplayName.Contains(part) || u.Unit.Contains(part)
            );
        }
        return await Lines(db, people).ToListAsync(ct);
    }

    /// <summary>One's own sessions; null when the account is gone.</summary>
    public async Task<IReadOnlyList<SessionLine>?> OwnAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Actors.ReadAsync(db, who, ct) is { Kind: ActorKind.Staff } actor
            ? await Lines(db, db.Users.Where(u => u.Id == actor.Id)).ToListAsync(ct)
            : null;
    }

    private IQueryable<SessionLine> Lines(PortalDb db, IQueryable<StaffUser> people)
    {
        var now = clock.GetUtcNow();
        var longest = now - Sessions.Longest(ActorKind.Staff);
        return (
            from session in db.Sessions
            join person in people on session.SubjectId equals person.Id
            where session.Kind == ActorKind.Staff && session.ExpiresAt > now && session.StartedAt > longest
            orderby person.NormalizedUserName, session.LastSeenAt descending
            select new SessionLine(
                session.Handle,
                person.Id,
                person.UserName!,
                person.DisplayName,
                person.Unit,
                session.StartedAt,
                session.LastSeenAt,
                session.Address,
                session.Browser
            )
        ).Take(Most);
    }
}
