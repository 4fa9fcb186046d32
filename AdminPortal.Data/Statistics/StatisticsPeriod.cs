using System.Globalization;
using AdminPortal.Domain.Time;

namespace AdminPortal.Data.Statistics;

/// <summary>Civil days in China, the first and the last one included.</summary>
public sealed record StatisticsPeriod(DateOnly From, DateOnly To)
{
    /// <summary>A year at once is enough for a page, and for the database.</summary>
    public const int MostDays = 366;

    // No figure is older, and dates near the end of the calendar cannot be counted with.
    private const int FirstYear = 2000;
    private const int LastYear = 2100;

    /// <summary>The instant (UTC) with which the period begins.</summary>
    public DateTimeOffset Start => ChinaTime.StartOf(From);

    /// <summary>The instant (UTC) with which it is over.</summary>
    public DateTimeOffset End => ChinaTime.EndOf(To);

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, To.DayNumber - From.DayNumber + 1).Select(From.AddDays);

    /// <summary>The first days of the months it touches.</summary>
    public IEnumerable<DateOnly> Months => Days.Select(FirstOf).Distinct();

    /// <summary>The month of a day, whole.</summary>
    public static StatisticsPeriod MonthOf(DateOnly day) => new(FirstOf(day), FirstOf(day).AddMonths(1).AddDays(-1));

    /// <summary>The part of a month that has begun: until its end, or until today.</summary>
    public static StatisticsPeriod MonthSoFar(DateOnly today) => new(FirstOf(today), today);

    /// <summary>A period as an address has it; null when it is none, ends before it begins, or is too long.</summary>
    public static StatisticsPeriod? Parse(string? from, string? to) =>
        Date(from) is { } first
        && Date(to) is { } last
        && first <= last
        && last.DayNumber - first.DayNumber < MostDays
        && first.Year >= FirstYear
        && last.Year <= LastYear
            ? new StatisticsPeriod(first, last)
            : null;

    /// <summary>The first day of a month written as 2026-03; null when it is none.</summary>
    public static DateOnly? ParseMonth(string? month) =>
        Date($"{month}-01") is { Year: >= FirstYear and <= LastYear } first ? first : null;

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    internal static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}
