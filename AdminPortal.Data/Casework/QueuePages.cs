using AdminPortal.Data.Calendar;
using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Casework;

/// <summary>Which open cases an officer wants to see.</summary>
public enum QueueFilter
{
    All,
    Mine,
    Free,
    DueToday,
    Overdue,
    AwaitingCalendar,

    /// <summary>Decided in the last 30 days.</summary>
    Decided,
}

/// <summary>Counts over the open cases of the officer's authorities; each equals the length of the list behind it.</summary>
public sealed record QueueCounts(int Open, int Mine, int Free, int DueToday, int Overdue, int AwaitingCalendar);

/// <summary>One line of the queue. No personal data: that is shown on the desk, where looking at it is recorded.</summary>
/// <param name="AwaitsSecond">One officer would uphold it; another person has to confirm (S1-40).</param>
public sealed record QueueLine(
    Guid CaseId,
    CaseKind Kind,
    string Authority,
    DateTimeOffset OpenedAt,
    DateTimeOffset? DueAt,
    DateOnly? DueOn,
    int? AwaitingYear,
    DateOnly? ProvisionalOn,
    CaseState State,
    string? HolderName,
    DateTimeOffset? LeaseUntil,
    DateTimeOffset? DecidedAt,
    bool AwaitsSecond
);

/// <summary>A page of the queue.</summary>
/// <param name="HasMore">True when further lines follow.</param>
/// <param name="MissingYear">The coming year, when its working calendar should have been published by now; else null.</param>
public sealed record QueuePage(
    QueueCounts Counts,
    IReadOnlyList<QueueLine> Lines,
    bool HasMore,
    DateTimeOffset Now,
    int? MissingYear
);

/// <summary>The officers' queue. Lists and counts share one definition per filter, so they cannot disagree.</summary>
public sealed class QueuePages(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>Null when the actor may not see reviews.</summary>
    /// <param name="authority">Only cases of this authority, or null for all the officer may see.</param>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<QueuePage?> ReadAsync(
        ActorRef who,
        QueueFilter filter,
        string? authority,
        int page,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ViewReviews))
        {
            return null;
        }
        var now = clock.GetUtcNow();
        var visible = Queue.Visible(db, actor).AsNoTracking().IgnoreAutoIncludes();
        if (authority is { Length: > 0 })
        {
            visible = visible.Where(c => c.Authority == authority);
        }
        var lines = await Ordered(Select(visible, filter, actor, now), filter)
            .Skip((Math.Max(page, 1) - 1) * PageSize)
            .Take(PageSize + 1)
            .Select(c => new QueueLine(
                c.Id,
                c.Kind,
                c.Authority,
                c.OpenedAt,
                c.DueAt,
                c.DueOn,
                c.AwaitingYear,
                c.ProvisionalOn,
                c.State,
                c.HolderName,
                c.LeaseUntil,
                c.DecidedAt,
                c.DecidedAt == null && c.ProposedById != null
            ))
            .ToListAsync(ct);
        return new QueuePage(
            await CountAsync(visible, actor, now, ct),
            [.. lines.Take(PageSize)],
            lines.Count > PageSize,
            now,
            CaseWarnings.MissingYear(await CalendarStore.LoadAsync(db, ct), ChinaTime.DateOf(now))
        );
    }

    private static async Task<QueueCounts> CountAsync(
        IQueryable<Case> visible,
        Actor actor,
        DateTimeOffset now,
        CancellationToken ct
    ) =>
        new(
            await Select(visible, QueueFilter.All, actor, now).CountAsync(ct),
            await Select(visible, QueueFilter.Mine, actor, now).CountAsync(ct),
            await Select(visible, QueueFilter.Free, actor, now).CountAsync(ct),
            await Select(visible, QueueFilter.DueToday, actor, now).CountAsync(ct),
            await Select(visible, QueueFilter.Overdue, actor, now).CountAsync(ct),
            await Select(visible, QueueFilter.AwaitingCalendar, actor, now).CountAsync(ct)
        );

    /// <summary>The one definition of each filter. A date that is awaited is never due today and never overdue.</summary>
    private static IQueryable<Case> Select(
        IQueryable<Case> visible,
        QueueFilter filter,
        Actor actor,
        DateTimeOffset now
    )
    {
        var open = Queue.Open(visible);
        var endOfToday = ChinaTime.EndOf(ChinaTime.DateOf(now));
        var monthAgo = now.AddDays(-30);
        return filter switch
        {
            QueueFilter.All => open,
            QueueFilter.Mine => open.Where(c =>
                c.State == CaseState.Claimed && c.HolderId == actor.Id && c.LeaseUntil > now
            ),
            QueueFilter.Free => open.Where(c => c.State == CaseState.Waiting || c.LeaseUntil <= now),
            QueueFilter.DueToday => open.Where(c => c.DueAt > now && c.DueAt <= endOfToday),
            QueueFilter.Overdue => open.Where(c => c.DueAt <= now),
            QueueFilter.AwaitingCalendar => open.Where(c => c.AwaitingYear != null),
            QueueFilter.Decided => visible.Where(c => c.DecidedAt >= monthAgo),
        };
    }

    private static IQueryable<Case> Ordered(IQueryable<Case> cases, QueueFilter filter) =>
        filter == QueueFilter.Decided ? cases.OrderByDescending(c => c.DecidedAt) : Queue.InOrder(cases);
}
