using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdminPortal.Domain.Time;

/// <summary>A date on which the published notice departs from the weekday: a holiday, or a make-up working day (调休).</summary>
/// <param name="Date">Civil date in China.</param>
/// <param name="Name">The holiday it belongs to, as the notice names it.</param>
/// <param name="Working">True for a make-up working day, false for a day off.</param>
public sealed record CalendarDay(DateOnly Date, string Name, bool Working);

/// <summary>The result of counting days: a date, or the year whose notice is still missing.</summary>
public abstract record CountedDate
{
    private CountedDate() { }

    /// <summary>The date is certain: every year it crosses is published.</summary>
    public sealed record Known(DateOnly Day) : CountedDate;

    /// <summary>
    /// The count crosses into a year that is not published. <paramref name="Provisional"/> follows plain weekdays and is for
    /// display only (marked 暂定): nothing is voided or counted overdue by it.
    /// </summary>
    public sealed record Awaiting(int Year, DateOnly Provisional) : CountedDate;
}

/// <summary>
/// The working days of China as the yearly notices of the State Council publish them. Immutable; a year that is not
/// published is unknown, never guessed (rulebook section D, "Counting working days").
/// </summary>
public sealed class WorkingCalendar
{
    private readonly Dictionary<DateOnly, CalendarDay> _days;
    private readonly HashSet<int> _publishedYears;

    /// <param name="days">Days on which the notices depart from the weekday.</param>
    /// <param name="publishedYears">Years whose notice is recorded.</param>
    /// <exception cref="ArgumentException">The same date is listed twice.</exception>
    public WorkingCalendar(IEnumerable<CalendarDay> days, IEnumerable<int> publishedYears)
    {
        _days = days.ToDictionary(day => day.Date);
        _publishedYears = [.. publishedYears];
    }

    /// <summary>The calendar that ships with the product: the notices of 2020 to 2026.</summary>
    public static WorkingCalendar Shipped { get; } = LoadShipped();

    public IReadOnlySet<int> PublishedYears => _publishedYears;

    public IReadOnlyCollection<CalendarDay> Days => _days.Values;

    /// <summary>A calendar with one more published year. A notice may also change days of the year before.</summary>
    public WorkingCalendar With(int year, IEnumerable<CalendarDay> days)
    {
        var merged = new Dictionary<DateOnly, CalendarDay>(_days);
        foreach (var day in days)
        {
            merged[day.Date] = day;
        }
        return new WorkingCalendar(merged.Values, _publishedYears.Append(year));
    }

    /// <summary>True or false for a day of a published year; null when the year is unknown.</summary>
    public bool? IsWorking(DateOnly day) => _publishedYears.Contains(day.Year) ? Follow(day) : null;

    /// <summary>
    /// True for a day that counts as far as is known: by the notice where one lists it, else by the weekday. For provisional
    /// dates only; <see cref="IsWorking"/> says whether it is certain.
    /// </summary>
    public bool CountsProvisionally(DateOnly day) => Follow(day);

    /// <summary>The holiday or make-up day of a date, or null when it follows its weekday.</summary>
    public CalendarDay? Find(DateOnly day) => _days.GetValueOrDefault(day);

    /// <summary>
    /// The <paramref name="count"/>-th working day after <paramref name="from"/>: day 1 is the first working day after it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public CountedDate AddWorkingDays(DateOnly from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int? awaiting = null;
        var day = from;
        for (var counted = 0; counted < count; )
        {
            day = day.AddDays(1);
            if (!_publishedYears.Contains(day.Year))
            {
                awaiting ??= day.Year;
            }
            if (Follow(day))
            {
                counted++;
            }
        }
        return awaiting is { } year ? new CountedDate.Awaiting(year, day) : new CountedDate.Known(day);
    }

    /// <summary>The date itself when it is a working day, else the first working day after it (N-36).</summary>
    public CountedDate RollForward(DateOnly day)
    {
        if (IsWorking(day) == true)
        {
            return new CountedDate.Known(day);
        }
        // A day of an unknown year may turn out to be a holiday, so its own status awaits the notice too.
        if (!_publishedYears.Contains(day.Year))
        {
            return new CountedDate.Awaiting(day.Year, Follow(day) ? day : FollowingWorkday(day));
        }
        return AddWorkingDays(day, 1);
    }

    private DateOnly FollowingWorkday(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        } while (!Follow(day));
        return day;
    }

    // The notice where there is one, the weekday otherwise; callers mark days of unknown years themselves.
    private bool Follow(DateOnly day) =>
        _days.TryGetValue(day, out var listed)
            ? listed.Working
            : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static WorkingCalendar LoadShipped()
    {
        using var stream =
            typeof(WorkingCalendar).Assembly.GetManifestResourceStream(
                "AdminPortal.Domain.Time.Data.china-holidays.json"
            ) ?? throw new InvalidOperationException("The shipped calendar is not embedded.");
        return Parse(stream);
    }

    /// <summary>
    /// Reads <c>[{date, name, offDay}]</c>. A year counts as published when it lists at least the New Year holiday of 1 January.
    /// </summary>
    /// <exception cref="JsonException">The text is not of that form.</exception>
    public static WorkingCalendar Parse(Stream json)
    {
        var rows = JsonSerializer.Deserialize<ShippedDay[]>(json) ?? throw new JsonException("The calendar is empty.");
        var days = rows.Select(row => new CalendarDay(row.Date, row.Name, !row.OffDay)).ToArray();
        var years = days.Where(day => day.Date is { Month: 1, Day: 1 }).Select(day => day.Date.Year);
        return new WorkingCalendar(days, years);
    }

    private sealed record ShippedDay(
        [property: JsonPropertyName("date")] DateOnly Date,
        [property: JsonPropertyName("name")] string Name,
        [property: JsonPropertyName("offDay")] bool OffDay
    );
}
