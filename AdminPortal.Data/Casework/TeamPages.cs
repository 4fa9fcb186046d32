using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Casework;

/// <summary>Open work of one authority and kind by when it is due.</summary>
/// <param name="DueTomorrow">Due on the next civil day: known, because due times are stored facts.</param>
/// <param name="Later">Due after that.</param>
/// <param name="Awaiting">The calendar of its year is not published.</param>
public sealed record TeamLoad(
    string Authority,
    CaseKind Kind,
    int Overdue,
    int DueToday,
    int DueTomorrow,
    int Later,
    int Awaiting
)
{
    public int Open => Overdue + DueToday + DueTomorrow + Later + Awaiting;
}

/// <summary>What one officer has in hand and has done.</summary>
/// <param name="Held">Cases held under a running lease.</param>
/// <param name="OldestSince">Since when the oldest of them is open; null with none.</param>
/// <param name="NextDueAt">When the first of them is due; null with none, or while its year is awaited.</param>
/// <param name="DecidedToday">Decided since midnight in China.</param>
/// <param name="DecidedWeek">Decided in the last seven days.</param>
public sealed record TeamMember(
    string Badge,
    string DisplayName,
    bool IsSupervisor,
    int Held,
    DateTimeOffset? OldestSince,
    DateTimeOffset? NextDueAt,
    int DecidedToday,
    int DecidedWeek
);

/// <summary>The team's work.</summary>
/// <param name="Ageing">Open cases by the civil day they were opened on: today, yesterday, …; the last one holds everything older.</param>
public sealed record TeamBoard(
    IReadOnlyList<TeamLoad> Load,
    IReadOnlyList<TeamMember> Members,
    IReadOnlyList<int> Ageing,
    DateOnly Tomorrow,
    DateTimeOffset Now
);

/// <summary>How the work of a supervisor's authorities lies: load, age, who holds what, what tomorrow brings.</summary>
public sealed class TeamPages(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    /// <summary>Null when the actor may not see the board.</summary>
    public async Task<TeamBoard?> ReadAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.AssignReviews))
        {
            return null;
        }
        var now = clock.GetUtcNow();
        var today = ChinaTime.DateOf(now);
        var listed = await Queue.ListedAsync(db, actor, ct);
        return new TeamBoard(
            await LoadAsync(listed, now, ct),
            await MembersAsync(db, listed, actor, now, ct),
            await AgeingAsync(listed, today, ct),
            today.AddDays(1),
            now
        );
    }

    private static async Task<IReadOnlyList<TeamLoad>> LoadAsync(
        IQueryable<Case> listed,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var endOfToday = ChinaTime.EndOf(ChinaTime.DateOf(now));
        var endOfTomorrow = ChinaTime.EndOf(ChinaTime.DateOf(now).AddDays(1));
        return await Queue
            .Open(listed)
            .GroupBy(c => new { c.Authority, c.Kind })
            .OrderBy(g => g.Key.Authority)
            .ThenBy(g => g.Key.Kind)
            .Select(g => new TeamLoad(
                g.Key.Authority,
                g.Key.Kind,
                g.Count(c => c.DueAt <= now),
                g.Count(c => c.DueAt > now && c.DueAt <= endOfToday),
                g.Count(c => c.DueAt > endOfToday && c.DueAt <= endOfTomorrow),
                g.Count(c => c.DueAt > endOfTomorrow),
                g.Count(c => c.AwaitingYear != null)
            ))
            .ToListAsync(ct);
    }

    private static async Task<IReadOnlyList<TeamMember>> MembersAsync(
        PortalDb db,
        IQueryable<Case> listed,
        Actor actor,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var startOfToday = ChinaTime.StartOf(ChinaTime.DateOf(now));
        var weekAgo = now.AddDays(-7);
        var members = await db
            .Users.AsNoTracking()
            .Where(u => u.IsActive && u.Authorities.Any(a => actor.Authorities.Contains(a.Authority)))
            .Select(u => new
            {
                u.Id,
                u.UserName,
                u.DisplayName,
                Roles = u.Roles.Select(r => r.Role).ToList(),
            })
            .ToListAsync(ct);
        // Two grouped reads for the whole team, not a query per officer.
        var held = await Queue
            .Open(listed)
            .Where(c => c.HolderId != null && c.LeaseUntil > now)
            .GroupBy(c => c.HolderId!.Value)
            .Select(g => new
            {
                Officer = g.Key,
                Count = g.Count(),
                Oldest = g.Min(c => c.OpenedAt),
                NextDue = g.Min(c => c.DueAt),
            })
            .ToDictionaryAsync(h => h.Officer, ct);
        var decided = await listed
            .Where(c => c.DecidedAt >= weekAgo && c.DeciderId != null)
            .GroupBy(c => c.DeciderId!.Value)
            .Select(g => new
            {
                Officer = g.Key,
                Today = g.Count(c => c.DecidedAt >= startOfToday),
                Week = g.Count(),
            })
            .ToDictionaryAsync(d => d.Officer, ct);
        return
        [
            .. members
                .Where(u => u.Roles.Any(role => Permissions.Allows(role, Permission.ClaimReviews)))
                .Select(u => new TeamMember(
                    u.UserName ?? "",
                    u.DisplayName,
                    u.Roles.Any(role => Permissions.Allows(role, Permission.AssignReviews)),
                    held.GetValueOrDefault(u.Id)?.Count ?? 0,
                    held.GetValueOrDefault(u.Id)?.Oldest,
                    held.GetValueOrDefault(u.Id)?.NextDue,
                    decided.GetValueOrDefault(u.Id)?.Today ?? 0,
                    decided.GetValueOrDefault(u.Id)?.Week ?? 0
                ))
                .OrderByDescending(m => m.Held)
                .ThenBy(m => m.Badge, StringComparer.Ordinal),
        ];
    }

    private static async Task<IReadOnlyList<int>> AgeingAsync(
        IQueryable<Case> listed,
        DateOnly today,
        CancellationToken ct
    )
    {
        var (day0, day1, day2, day3) = (Start(0), Start(1), Start(2), Start(3));
        var counts = await Queue
            .Open(listed)
            .GroupBy(c => 1)
            .Select(g => new
            {
                Today = g.Count(c => c.OpenedAt >= day0),
                One = g.Count(c => c.OpenedAt >= day1 && c.OpenedAt < day0),
                Two = g.Count(c => c.OpenedAt >= day2 && c.OpenedAt < day1),
                Three = g.Count(c => c.OpenedAt >= day3 && c.OpenedAt < day2),
                Older = g.Count(c => c.OpenedAt < day3),
            })
            .SingleOrDefaultAsync(ct);
        return counts is null ? [0, 0, 0, 0, 0] : [counts.Today, counts.One, counts.Two, counts.Three, counts.Older];

        DateTimeOffset Start(int daysAgo) => ChinaTime.StartOf(today.AddDays(-daysAgo));
    }
}
