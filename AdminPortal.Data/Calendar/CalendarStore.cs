using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Calendar;

/// <summary>The working calendar: what shipped with the product and every year published since.</summary>
public static class CalendarStore
{
    public static async Task<WorkingCalendar> LoadAsync(PortalDb db, CancellationToken ct)
    {
        var years = await db.CalendarYears.AsNoTracking().OrderBy(y => y.Year).Select(y => y.Year).ToListAsync(ct);
        if (years.Count == 0)
        {
            return WorkingCalendar.Shipped;
        }
        var days = await db.CalendarDays.AsNoTracking().ToListAsync(ct);
        return years.Aggregate(
            WorkingCalendar.Shipped,
            (calendar, year) =>
                calendar.With(
                    year,
                    days.Where(d => d.Year == year).Select(d => new CalendarDay(d.Date, d.Name, d.Working))
                )
        );
    }
}
