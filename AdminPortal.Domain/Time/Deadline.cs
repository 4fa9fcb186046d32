namespace AdminPortal.Domain.Time;

/// <summary>In what a period is counted.</summary>
public enum PeriodUnit
{
    /// <summary>Working days; day 1 is the first working day after the event.</summary>
    WorkingDays,

    /// <summary>Natural days; day 1 is the day after the event, or the event's own day (see <see cref="Period.FromSameDay"/>).</summary>
    NaturalDays,

    /// <summary>Hours of 3,600 seconds from the instant of the event.</summary>
    Hours,
}

/// <summary>A length of time as scheme data gives it, with the rule it comes from.</summary>
/// <param name="Count">How many units, at least 1.</param>
/// <param name="Unit">Working days, natural days or hours.</param>
/// <param name="Rule">The rule id, such as S1-38.</param>
/// <param name="RollsOver">Natural days only: a last day on a day off moves to the first working day after it (N-36).</param>
/// <param name="FromSameDay">Natural days only: the day of the event is day 1.</param>
public sealed record Period(int Count, PeriodUnit Unit, string Rule, bool RollsOver = false, bool FromSameDay = false)
{
    /// <summary>The period with the days that standstills took of it: each started 24 hours is a day (D-OUTAGE-DAYS).</summary>
    public Period With(TimeSpan lost) => Unit == PeriodUnit.Hours ? this : this with { Count = Count + Days(lost) };

    /// <summary>The days that a lost time is made up for with.</summary>
    internal static int Days(TimeSpan lost) => (int)Math.Ceiling(lost.TotalDays);
}

/// <summary>
/// A deadline as a stored fact: stamped once by <see cref="Stamp"/>, then compared, never computed again elsewhere.
/// Either <see cref="ExpiresAt"/> is set, or <see cref="AwaitingYear"/> is.
/// </summary>
public sealed record Deadline
{
    /// <summary>The event it runs from (UTC).</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The instant (UTC) from which the act is too late; null while the calendar year is awaited.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The last civil date, for periods in days whose calendar is known.</summary>
    public required DateOnly? LastDay { get; init; }

    /// <summary>The unpublished year the count crosses into.</summary>
    public required int? AwaitingYear { get; init; }

    /// <summary>A date to show marked 暂定 while the year is awaited. Nothing may be decided by it.</summary>
    public required DateOnly? ProvisionalDay { get; init; }

    /// <summary>The rule id of the period.</summary>
    public required string Rule { get; init; }

    /// <summary>True for a target of the house: no law sets it.</summary>
    public bool IsTarget => Rule.StartsWith(TargetRules, StringComparison.Ordinal);

    /// <summary>How the ids of rules begin that are decisions of the house.</summary>
    public const string TargetRules = "D-";

    /// <summary>True when the deadline is known and has passed. An awaited date never passes.</summary>
    public bool HasPassed(DateTimeOffset now) => ExpiresAt is { } end && now >= end;

    /// <summary>The same deadline, which ends with a civil date at the earliest; one in hours or one that is awaited stays.</summary>
    public Deadline NotBefore(DateOnly day) =>
        LastDay < day ? this with { LastDay = day, ExpiresAt = ChinaTime.EndOf(day) } : this;

    /// <summary>The same deadline, which ends at the earliest as many days after another end as a longer loss is longer (D-OUTAGE-DAYS).</summary>
    public Deadline MovedFrom(DateOnly lastDay, TimeSpan lostBefore, TimeSpan lost) =>
        NotBefore(lastDay.AddDays(Period.Days(lost) - Period.Days(lostBefore)));

    /// <summary>The only function that turns a period into a deadline.</summary>
    /// <param name="lost">The time in which the act was not possible, as the deadline keeps it: hours are longer by it, days by
    /// every started day of it.</param>
    public static Deadline Stamp(Period period, DateTimeOffset from, WorkingCalendar calendar, TimeSpan lost = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(lost, TimeSpan.Zero);
        var day = ChinaTime.DateOf(from);
        return period.Unit switch
        {
            PeriodUnit.Hours => AtInstant(period, from, from.AddHours(period.Count) + lost),
            PeriodUnit.WorkingDays => OnDay(period, from, calendar.AddWorkingDays(day, period.With(lost).Count)),
            PeriodUnit.NaturalDays => OnDay(period, from, NaturalEnd(period, day, Period.Days(lost), calendar)),
        };
    }

    /// <summary>
    /// The time a deadline loses to standstills: until its end, which every one of them moves on. Whole seconds, in favour of who
    /// has to act.
    /// </summary>
    /// <param name="putOffTo">The end it has now, which may be later than the period's own (D-LATE-NOTICE).</param>
    public static TimeSpan LostTo(
        IReadOnlyCollection<Standstill> standstills,
        Period period,
        DateTimeOffset from,
        WorkingCalendar calendar,
        DateTimeOffset? putOffTo = null
    )
    {
        var lost = TimeSpan.Zero;
        while (true)
        {
            var end = Stamp(period, from, calendar, lost).ExpiresAt;
            end = putOffTo > end ? putOffTo : end;
            var seconds = Math.Ceiling(Standstill.Within(from, end, standstills).TotalSeconds);
            if (TimeSpan.FromSeconds(seconds) <= lost)
            {
                return lost;
            }
            lost = TimeSpan.FromSeconds(seconds);
        }
    }

    private static CountedDate NaturalEnd(Period period, DateOnly day, int lostDays, WorkingCalendar calendar)
    {
        var end = Roll(day.AddDays(period.FromSameDay ? period.Count - 1 : period.Count));
        // After the roll: a day that is given for an outage must not vanish in a weekend that was the driver's anyway.
        return lostDays > 0 && end is CountedDate.Known known ? Roll(known.Day.AddDays(lostDays)) : end;

        CountedDate Roll(DateOnly last) => period.RollsOver ? calendar.RollForward(last) : new CountedDate.Known(last);
    }

    private static Deadline AtInstant(Period period, DateTimeOffset from, DateTimeOffset end) =>
        new()
        {
            From = from,
            ExpiresAt = end,
            LastDay = null,
            AwaitingYear = null,
            ProvisionalDay = null,
            Rule = period.Rule,
        };

    private static Deadline OnDay(Period period, DateTimeOffset from, CountedDate counted)
    {
        var known = (counted as CountedDate.Known)?.Day;
        var awaiting = counted as CountedDate.Awaiting;
        return new Deadline
        {
            From = from,
            ExpiresAt = known is { } day ? ChinaTime.EndOf(day) : null,
            LastDay = known,
            AwaitingYear = awaiting?.Year,
            ProvisionalDay = awaiting?.Provisional,
            Rule = period.Rule,
        };
    }
}

/// <summary>One day of a deadline's arithmetic, for the page that shows how the date came about.</summary>
/// <param name="Day">Civil date.</param>
/// <param name="Number">1…n when the day counts, null when it does not.</param>
/// <param name="Name">The holiday or make-up day it is, or null.</param>
/// <param name="Known">False for a day of an unpublished year.</param>
public sealed record CountedDay(DateOnly Day, int? Number, string? Name, bool Known);

/// <summary>Shows the counting behind a stamped deadline. It explains; it never decides.</summary>
public static class DeadlineArithmetic
{
    /// <summary>Every day from the event to the last day, counted or skipped. Empty for hours.</summary>
    public static IReadOnlyList<CountedDay> Explain(Deadline deadline, Period period, WorkingCalendar calendar)
    {
        if (period.Unit == PeriodUnit.Hours || (deadline.LastDay ?? deadline.ProvisionalDay) is not { } last)
        {
            return [];
        }
        var days = new List<CountedDay>();
        var number = 0;
        var first = ChinaTime.DateOf(deadline.From).AddDays(period.FromSameDay ? 0 : 1);
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var working = calendar.IsWorking(day);
            var counts =
                number < period.Count && (period.Unit == PeriodUnit.NaturalDays || calendar.CountsProvisionally(day));
            days.Add(new CountedDay(day, counts ? ++number : null, calendar.Find(day)?.Name, working is not null));
        }
        return days;
    }
}
