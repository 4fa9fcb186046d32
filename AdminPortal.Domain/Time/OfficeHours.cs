namespace AdminPortal.Domain.Time;

/// <summary>Office hours of a working day, as clock times in China: from the first included to the last excluded.</summary>
public sealed record OfficeHours(TimeOnly From, TimeOnly To);

/// <summary>Whether an office is open at an instant (S0-23), as far as the published calendar tells.</summary>
public abstract record OfficeHoursState
{
    private OfficeHoursState() { }

    /// <summary>Open until this instant (UTC).</summary>
    public sealed record Open(DateTimeOffset Until) : OfficeHoursState;

    /// <summary>
    /// Closed. <paramref name="OpensAt"/> (UTC) is null when the next working day lies in a year whose notice is not published.
    /// </summary>
    public sealed record Closed(DateTimeOffset? OpensAt) : OfficeHoursState;

    /// <summary>Within the hours of a day of which nobody knows yet whether it is worked.</summary>
    public sealed record Unknown : OfficeHoursState;

    /// <summary>The state at an instant. A day of an unpublished year is never guessed.</summary>
    public static OfficeHoursState At(DateTimeOffset now, OfficeHours hours, WorkingCalendar calendar)
    {
        var today = ChinaTime.DateOf(now);
        var (from, to) = (InstantOf(today, hours.From), InstantOf(today, hours.To));
        var working = calendar.IsWorking(today);
        if (now >= from && now < to && working is not false)
        {
            return working is null ? new Unknown() : new Open(to);
        }
        // Outside the hours it is closed whatever the day is; only when it opens again may be unknown.
        var day = now < from ? today : today.AddDays(1);
        while (calendar.IsWorking(day) is false)
        {
            day = day.AddDays(1);
        }
        return new Closed(calendar.IsWorking(day) is true ? InstantOf(day, hours.From) : null);
    }

    private static DateTimeOffset InstantOf(DateOnly day, TimeOnly time) => ChinaTime.StartOf(day) + time.ToTimeSpan();
}
