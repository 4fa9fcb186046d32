using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Calendar;

/// <summary>A published year.</summary>
/// <param name="Source">The notice it was taken from; null for a year that shipped with the product.</param>
/// <param name="PublishedAt">Null for a year that shipped with the product.</param>
public sealed record CalendarYearLine(
    int Year,
    string? Source,
    DateTimeOffset? PublishedAt,
    int DaysOff,
    int MakeUpDays
);

/// <summary>The published years and the days of all of them.</summary>
/// <param name="Years">Newest first.</param>
public sealed record CalendarView(IReadOnlyList<CalendarYearLine> Years, WorkingCalendar Calendar);

/// <summary>A case whose date a notice would make known. No driver: whoever publishes a calendar sees none.</summary>
public sealed record CalendarCase(Guid Id, CaseKind Kind, string Authority, DateOnly? Provisional, DateOnly Due);

/// <summary>What publishing a notice would do.</summary>
/// <param name="Cases">The first cases that would be stamped, soonest first.</param>
/// <param name="CaseCount">How many cases would be stamped.</param>
/// <param name="DeadlineCount">How many deadlines of rounds would be stamped.</param>
/// <param name="KeptCount">Open cases whose known date would be counted otherwise and stays (D-CALENDAR-STAMPED).</param>
public sealed record CalendarPreview(
    IReadOnlyList<CalendarCase> Cases,
    int CaseCount,
    int DeadlineCount,
    int KeptCount
);

/// <summary>The calendar as administrators see it, and what a notice would change.</summary>
public sealed class CalendarPages(IDbContextFactory<PortalDb> databases)
{
    /// <summary>How many cases a preview lists.</summary>
    public const int Listed = 50;

    /// <summary>Null when the actor may not see it.</summary>
    public async Task<CalendarView?> ReadAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.PublishCalendar))
        {
            return null;
        }
        var calendar = await CalendarStore.LoadAsync(db, ct);
        var stored = await db.CalendarYears.AsNoTracking().ToDictionaryAsync(y => y.Year, ct);
        return new CalendarView(
            [
                .. calendar
                    .PublishedYears.OrderDescending()
                    .Select(year => new CalendarYearLine(
                        year,
                        stored.GetValueOrDefault(year)?.Source,
                        stored.GetValueOrDefault(year)?.PublishedAt,
                        calendar.Days.Count(d => d.Date.Year == year && !d.Working),
                        calendar.Days.Count(d => d.Date.Year == year && d.Working)
                    )),
            ],
            calendar
        );
    }

    /// <summary>What publishing would do; changes nothing. Refused as the act would be.</summary>
    public async Task<Outcome<CalendarPreview>> PreviewAsync(
        ActorRef who,
        int year,
        string? source,
        IReadOnlyList<CalendarDay> days,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.PublishCalendar))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        var before = await CalendarStore.LoadAsync(db, ct);
        if (CalendarNotice.Fault(year, source, days, before) is { } fault)
        {
            return fault;
        }
        var after = before.With(year, days);
        var stamped = await StampedCasesAsync(db, after, ct);
        return new CalendarPreview(
            [.. stamped.OrderBy(c => c.Due).ThenBy(c => c.Id).Take(Listed)],
            stamped.Count,
            await db.RoundDeadlines.CountAsync(d => d.AwaitingYear == year && d.ClosedAt == null, ct),
            await KeptAsync(db, before, after, days, ct)
        );
    }

    // The same stamping as the act's, on rows that are not tracked and never saved.
    private static async Task<List<CalendarCase>> StampedCasesAsync(
        PortalDb db,
        WorkingCalendar after,
        CancellationToken ct
    )
    {
        var waiting = await db
            .Cases.AsNoTracking()
            .Where(c => c.AwaitingYear != null && c.DecidedAt == null)
            .ToListAsync(ct);
        var stamped = new List<CalendarCase>();
        foreach (var open in waiting)
        {
            var provisional = open.ProvisionalOn;
            if (open.Restamp(after))
            {
                stamped.Add(new CalendarCase(open.Id, open.Kind, open.Authority, provisional, open.DueOn!.Value));
            }
        }
        return stamped;
    }

    private static async Task<int> KeptAsync(
        PortalDb db,
        WorkingCalendar before,
        WorkingCalendar after,
        IReadOnlyList<CalendarDay> days,
        CancellationToken ct
    )
    {
        var changed = days.Where(d => before.IsWorking(d.Date) is { } working && working != d.Working)
            .Select(d => d.Date)
            .ToList();
        if (changed.Count == 0)
        {
            return 0;
        }
        var first = changed.Min();
        var known = await db
            .Cases.AsNoTracking()
            .Where(c => c.DueOn != null && c.DueOn >= first && c.DecidedAt == null)
            .ToListAsync(ct);
        return known.Count(c =>
            Deadline.Stamp(c.Term, c.OpenedAt, before).LastDay != Deadline.Stamp(c.Term, c.OpenedAt, after).LastDay
        );
    }
}
