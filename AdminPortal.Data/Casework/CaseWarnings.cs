using AdminPortal.Data.Calendar;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Casework;

/// <summary>What an office must be warned of.</summary>
/// <param name="MissingYear">The coming year, when it is November or later and its calendar is not published; else null.</param>
public sealed record CaseWarning(int DueToday, int Overdue, int AwaitingCalendar, int? MissingYear)
{
    public bool IsQuiet => DueToday == 0 && Overdue == 0 && AwaitingCalendar == 0 && MissingYear is null;
}

/// <summary>Counts what is due over all authorities, and says it once per change instead of every half minute.</summary>
public sealed class CaseWarnings(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    private CaseWarning? _last;

    /// <summary>The warning when it differs from the one before and is not quiet, else null.</summary>
    public async Task<CaseWarning?> ChangedAsync(CancellationToken ct)
    {
        var now = await ReadAsync(ct);
        var changed = now != _last;
        _last = now;
        return changed && !now.IsQuiet ? now : null;
    }

    public async Task<CaseWarning> ReadAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var endOfToday = ChinaTime.EndOf(ChinaTime.DateOf(now));
        var open = db.Cases.Where(c => c.DecidedAt == null);
        return new CaseWarning(
            await open.CountAsync(c => c.DueAt > now && c.DueAt <= endOfToday, ct),
            await open.CountAsync(c => c.DueAt <= now, ct),
            await open.CountAsync(c => c.AwaitingYear != null, ct),
            MissingYear(await CalendarStore.LoadAsync(db, ct), ChinaTime.DateOf(now))
        );
    }

    /// <summary>From 1 November the coming year is missed.</summary>
    public static int? MissingYear(WorkingCalendar calendar, DateOnly today) =>
        today.Month >= 11 && !calendar.PublishedYears.Contains(today.Year + 1) ? today.Year + 1 : null;
}
