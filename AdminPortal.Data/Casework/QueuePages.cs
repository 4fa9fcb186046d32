using AdminPortal.Data.Calendar;
using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Casework;

/// <summary>Which cases an officer wants to see.</summary>
public enum QueueFilter
{
    All,
    Mine,

    /// <summary>Free to take by this officer now.</summary>
    Free,
    DueToday,
    DueTomorrow,
    Overdue,
    AwaitingCalendar,

    /// <summary>The driver was asked for evidence and has not answered.</summary>
    Evidence,

    /// <summary>Put before the supervisors.</summary>
    Escalated,

    /// <summary>A colleague asks for a second opinion.</summary>
    Opinion,

    /// <summary>Decided in the last 30 days; with a number that is searched for, at any time.</summary>
    Decided,
}

/// <summary>What an officer asks the queue for.</summary>
/// <param name="Authority">Only cases of this authority, or null for all the officer may see.</param>
/// <param name="Officer">Only cases this badge holds, or held when they were decided.</param>
/// <param name="Text">The number of a case or of a feedback ticket. No person is looked up here: that needs a reason (N-33).</param>
/// <param name="Page">1, 2, 3 …</param>
public sealed record QueueQuery(
    QueueFilter Filter,
    CaseKind? Kind = null,
    string? Authority = null,
    string? Officer = null,
    string? Text = null,
    int Page = 1
);

/// <summary>
/// Counts over the cases of the officer's authorities within the same kind, authority, officer and number; each equals the
/// length of the list behind it.
/// </summary>
/// <param name="Decided">Only counted when a number is searched for: a month of decisions is nothing to work on.</param>
public sealed record QueueCounts(
    int Open,
    int Mine,
    int Free,
    int DueToday,
    int DueTomorrow,
    int Overdue,
    int AwaitingCalendar,
    int Evidence,
    int Escalated,
    int Opinion,
    int? Decided
)
{
    /// <summary>The count of a filter; null where none is made.</summary>
    public int? Of(QueueFilter filter) =>
        filter switch
        {
            QueueFilter.All => Open,
            QueueFilter.Mine => Mine,
            QueueFilter.Free => Free,
            QueueFilter.DueToday => DueToday,
            QueueFilter.DueTomorrow => DueTomorrow,
            QueueFilter.Overdue => Overdue,
            QueueFilter.AwaitingCalendar => AwaitingCalendar,
            QueueFilter.Evidence => Evidence,
            QueueFilter.Escalated => Escalated,
            QueueFilter.Opinion => Opinion,
            QueueFilter.Decided => Decided,
        };
}

/// <summary>One line of the queue. No personal data: that is shown on the desk, where looking at it is recorded.</summary>
/// <param name="IsTarget">No law sets its term; it is a target of the house.</param>
/// <param name="AwaitsSecond">One officer would uphold it; another person has to confirm (S1-40).</param>
/// <param name="AwaitsEvidence">The driver was asked for evidence and has not answered.</param>
/// <param name="OpinionAsked">The holder asks the colleagues for a second opinion.</param>
public sealed record QueueLine(
    Guid CaseId,
    CaseKind Kind,
    string Authority,
    DateTimeOffset OpenedAt,
    DateTimeOffset? DueAt,
    DateOnly? DueOn,
    int? AwaitingYear,
    DateOnly? ProvisionalOn,
    bool IsTarget,
    CaseState State,
    string? HolderName,
    DateTimeOffset? LeaseUntil,
    DateTimeOffset? DecidedAt,
    bool AwaitsSecond,
    bool AwaitsEvidence,
    bool IsEscalated,
    bool OpinionAsked
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
    public async Task<QueuePage?> ReadAsync(ActorRef who, QueueQuery query, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ViewReviews))
        {
            return null;
        }
        var now = clock.GetUtcNow();
        var visible = await FacetsAsync(db, actor, query, ct);
        var (lines, hasMore) = await ListPages.ReadAsync(
            Ordered(Select(visible, query, actor, now), query.Filter)
                .Select(c => new QueueLine(
                    c.Id,
                    c.Kind,
                    c.Authority,
                    c.OpenedAt,
                    c.DueAt,
                    c.DueOn,
                    c.AwaitingYear,
                    c.ProvisionalOn,
                    c.DueRule.StartsWith(Deadline.TargetRules),
                    c.State,
                    c.HolderName,
                    c.LeaseUntil,
                    c.DecidedAt,
                    c.DecidedAt == null && c.ProposedById != null,
                    c.DecidedAt == null && c.EvidenceAskedAt != null && c.EvidenceGivenAt == null,
                    c.DecidedAt == null && c.EscalatedAt != null,
                    c.OpinionAskedAt != null
                )),
            query.Page,
            PageSize,
            ct
        );
        return new QueuePage(
            await CountAsync(visible, query, actor, now, ct),
            lines,
            hasMore,
            now,
            CaseWarnings.MissingYear(await CalendarStore.LoadAsync(db, ct), ChinaTime.DateOf(now))
        );
    }

    /// <summary>Badges of those who may hold cases of the officer's authorities: what the queue can be narrowed to.</summary>
    public async Task<IReadOnlyList<string>> OfficersAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ViewReviews))
        {
            return [];
        }
        return await db
            .Users.AsNoTracking()
            .Where(u => u.Authorities.Any(a => actor.Authorities.Contains(a.Authority)))
            .OrderBy(u => u.UserName)
            .Select(u => u.UserName ?? "")
            .ToListAsync(ct);
    }

    /// <summary>The whole list of a question, in its order: the page shows a cut of it, an export all of it.</summary>
    internal static async Task<IQueryable<Case>> ListAsync(
        PortalDb db,
        Actor actor,
        QueueQuery query,
        DateTimeOffset now,
        CancellationToken ct
    ) => Ordered(Select(await FacetsAsync(db, actor, query, ct), query, actor, now), query.Filter);

    // The case behind a ticket number, found before the cases are asked: as one condition with the number of a case it is a scan.
    private static async Task<Guid?> TicketAsync(PortalDb db, QueueQuery query, CancellationToken ct) =>
        query.Text is { Length: > 0 } text
            ? await db
                .FeedbackTickets.Where(f => f.Number == text)
                .Select(f => (Guid?)f.CaseId)
                .SingleOrDefaultAsync(ct)
            : null;

    /// <summary>What the officer may see, narrowed by everything but the filter: the ground of the list and of every count.</summary>
    private static async Task<IQueryable<Case>> FacetsAsync(
        PortalDb db,
        Actor actor,
        QueueQuery query,
        CancellationToken ct
    )
    {
        var ticket = await TicketAsync(db, query, ct);
        var cases = await Queue.ListedAsync(db, actor, ct);
        if (query.Authority is { Length: > 0 } authority)
        {
            cases = cases.Where(c => c.Authority == authority);
        }
        if (query.Kind is { } kind)
        {
            cases = cases.Where(c => c.Kind == kind);
        }
        if (query.Officer is { Length: > 0 } officer)
        {
            cases = cases.Where(c => c.HolderName == officer);
        }
        if (query.Text is { Length: > 0 } text)
        {
            cases = ticket is { } found ? cases.Where(c => c.Id == found) : cases.Where(c => c.Number == text);
        }
        return cases;
    }

    // One pass over the open cases; a filter a person might not have pressed costs no query of its own.
    private static async Task<QueueCounts> CountAsync(
        IQueryable<Case> visible,
        QueueQuery query,
        Actor actor,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var (endOfToday, endOfTomorrow) = (EndOfDay(now, 0), EndOfDay(now, 1));
        var worksEscalated = actor.May(Permission.WorkEscalated);
        var counts = await Queue
            .Open(visible)
            .GroupBy(c => 1)
            .Select(g => new
            {
                Open = g.Count(),
                Mine = g.Count(c => c.State == CaseState.Claimed && c.HolderId == actor.Id && c.LeaseUntil > now),
                Free = g.Count(c =>
                    (c.State == CaseState.Waiting || c.LeaseUntil <= now)
                    && (c.EvidenceAskedAt == null || c.EvidenceGivenAt != null || c.EvidenceUntil <= now)
                    && (c.EscalatedAt == null || worksEscalated)
                ),
                DueToday = g.Count(c => c.DueAt > now && c.DueAt <= endOfToday),
                DueTomorrow = g.Count(c => c.DueAt > endOfToday && c.DueAt <= endOfTomorrow),
                Overdue = g.Count(c => c.DueAt <= now),
                AwaitingCalendar = g.Count(c => c.AwaitingYear != null),
                Evidence = g.Count(c => c.EvidenceAskedAt != null && c.EvidenceGivenAt == null),
                Escalated = g.Count(c => c.EscalatedAt != null),
                Opinion = g.Count(c => c.OpinionAskedAt != null && c.HolderId != actor.Id && c.LeaseUntil > now),
            })
            .SingleOrDefaultAsync(ct);
        var decided = query.Text is { Length: > 0 }
            ? await Select(visible, query with { Filter = QueueFilter.Decided }, actor, now).CountAsync(ct)
            : (int?)null;
        return counts is null
            ? new QueueCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, decided)
            : new QueueCounts(
                counts.Open,
                counts.Mine,
                counts.Free,
                counts.DueToday,
                counts.DueTomorrow,
                counts.Overdue,
                counts.AwaitingCalendar,
                counts.Evidence,
                counts.Escalated,
                counts.Opinion,
                decided
            );
    }

    /// <summary>The list behind each count. A date that is awaited is never due today and never overdue.</summary>
    private static IQueryable<Case> Select(IQueryable<Case> visible, QueueQuery query, Actor actor, DateTimeOffset now)
    {
        var open = Queue.Open(visible);
        var (endOfToday, endOfTomorrow) = (EndOfDay(now, 0), EndOfDay(now, 1));
        var monthAgo = now.AddDays(-30);
        var worksEscalated = actor.May(Permission.WorkEscalated);
        return query.Filter switch
        {
            QueueFilter.All => open,
            QueueFilter.Mine => open.Where(c =>
                c.State == CaseState.Claimed && c.HolderId == actor.Id && c.LeaseUntil > now
            ),
            QueueFilter.Free => open.Where(c =>
                (c.State == CaseState.Waiting || c.LeaseUntil <= now)
                && (c.EvidenceAskedAt == null || c.EvidenceGivenAt != null || c.EvidenceUntil <= now)
                && (c.EscalatedAt == null || worksEscalated)
            ),
            QueueFilter.DueToday => open.Where(c => c.DueAt > now && c.DueAt <= endOfToday),
            QueueFilter.DueTomorrow => open.Where(c => c.DueAt > endOfToday && c.DueAt <= endOfTomorrow),
            QueueFilter.Overdue => open.Where(c => c.DueAt <= now),
            QueueFilter.AwaitingCalendar => open.Where(c => c.AwaitingYear != null),
            QueueFilter.Evidence => open.Where(c => c.EvidenceAskedAt != null && c.EvidenceGivenAt == null),
            QueueFilter.Escalated => open.Where(c => c.EscalatedAt != null),
            QueueFilter.Opinion => open.Where(c =>
                c.OpinionAskedAt != null && c.HolderId != actor.Id && c.LeaseUntil > now
            ),
            QueueFilter.Decided => query.Text is { Length: > 0 }
                ? visible.Where(c => c.DecidedAt != null)
                : visible.Where(c => c.DecidedAt >= monthAgo),
        };
    }

    private static DateTimeOffset EndOfDay(DateTimeOffset now, int days) =>
        ChinaTime.EndOf(ChinaTime.DateOf(now).AddDays(days));

    private static IQueryable<Case> Ordered(IQueryable<Case> cases, QueueFilter filter) =>
        filter == QueueFilter.Decided
            ? cases.OrderByDescending(c => c.DecidedAt).ThenByDescending(c => c.Id)
            : Queue.InOrder(cases);
}
