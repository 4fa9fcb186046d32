using System.Globalization;

namespace AdminPortal.Tests.Simulation.Model;

/// <summary>A last moment as the simulator counts it: an instant, or the unpublished year that is waited for.</summary>
internal readonly record struct LastMoment(DateTimeOffset? At, int? AwaitedYear);

/// <summary>
/// The calendar and every term counted a second time, the slow and obvious way, sharing no code and no file with the domain:
/// the yearly notices of the State Council, written out by hand.
/// </summary>
internal static class NaiveCalendar
{
    /// <summary>A year the State Council has not published yet; invented, so that lives can cross into it.</summary>
    public const int InventedYear = 2027;

    // Notice → days off, make-up working days. A date of the year before is written in full.
    private static readonly Dictionary<int, (string Off, string Working)> Notices = new()
    {
        [2020] = ("0101 0124-0202 0404-0406 0501-0505 0625-0627 1001-1008", "0119 0426 0509 0628 0927 1010"),
        [2021] = (
            "0101-0103 0211-0217 0403-0405 0501-0505 0612-0614 0919-0921 1001-1007",
            "0207 0220 0425 0508 0918 0926 1009"
        ),
        [2022] = (
            "0101-0103 0131-0206 0403-0405 0430-0504 0603-0605 0910-0912 1001-1007",
            "0129-0130 0402 0424 0507 1008-1009"
        ),
        [2023] = ("20221231-0102 0121-0127 0405 0429-0503 0622-0624 0929-1006", "0128-0129 0423 0506 0625 1007-1008"),
        [2024] = (
            "0101 0210-0217 0404-0406 0501-0505 0610 0915-0917 1001-1007",
            "0204 0218 0407 0428 0511 0914 0929 1012"
        ),
        [2025] = ("0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008", "0126 0208 0427 0928 1011"),
        [2026] = (
            "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
            "0104 0214 0228 0509 0920 1010"
        ),
        [InventedYear] = ("20261231-0102 0205-0211", "0109 0213"),
    };

    private static readonly Dictionary<DateOnly, (int Notice, bool Working)> Listed = WriteOut();

    /// <summary>The days that a notice lists, each with whether it is worked.</summary>
    public static IEnumerable<(DateOnly Day, bool Working)> DaysOf(int notice) =>
        Listed.Where(day => day.Value.Notice == notice).Select(day => (day.Key, day.Value.Working));

    /// <summary>24:00 of the n-th working day after the day of an instant.</summary>
    public static LastMoment WorkingDays(DateTimeOffset from, int count, IReadOnlySet<int> published)
    {
        int? awaited = null;
        var day = DayOf(from);
        while (count > 0)
        {
            day = day.AddDays(1);
            awaited ??= published.Contains(day.Year) ? null : day.Year;
            count -= IsWorked(day, published) ? 1 : 0;
        }
        return awaited is null ? new LastMoment(EndOf(day), null) : new LastMoment(null, awaited);
    }

    /// <summary>24:00 of the natural day so many days later.</summary>
    public static LastMoment NaturalDays(DateTimeOffset from, int later) =>
        new(EndOf(DayOf(from).AddDays(later)), null);

    /// <summary>The same, moved to the first working day when it falls on a day off (N-36).</summary>
    public static LastMoment NaturalDaysRolled(DateTimeOffset from, int later, IReadOnlySet<int> published)
    {
        for (var day = DayOf(from).AddDays(later); ; day = day.AddDays(1))
        {
            if (!published.Contains(day.Year))
            {
                return new LastMoment(null, day.Year);
            }
            if (IsWorked(day, published))
            {
                return new LastMoment(EndOf(day), null);
            }
        }
    }

    /// <summary>So many hours of 3,600 seconds later.</summary>
    public static LastMoment Hours(DateTimeOffset from, int hours) =>
        new(from + TimeSpan.FromSeconds(hours * 3600), null);

    /// <summary>The civil date in China: eight hours ahead of UTC.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime.AddHours(8));

    /// <summary>24:00 in China is 16:00 UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day.Year, day.Month, day.Day, 16, 0, 0, TimeSpan.Zero);

    private static bool IsWorked(DateOnly day, IReadOnlySet<int> published) =>
        Listed.TryGetValue(day, out var listed) && published.Contains(listed.Notice)
            ? listed.Working
            : (int)day.DayOfWeek is >= 1 and <= 5;

    private static Dictionary<DateOnly, (int, bool)> WriteOut()
    {
        var days = new Dictionary<DateOnly, (int, bool)>();
        foreach (var (year, (off, working)) in Notices)
        {
            foreach (var (text, worked) in new[] { (off, false), (working, true) })
            {
                foreach (var range in text.Split(' '))
                {
                    var ends = range.Split('-');
                    for (var day = Read(ends[0], year); day <= Read(ends[^1], year); day = day.AddDays(1))
                    {
                        days.Add(day, (year, worked));
                    }
                }
            }
        }
        return days;
    }

    private static DateOnly Read(string text, int year) =>
        DateOnly.ParseExact(text.Length == 8 ? text : $"{year:0000}{text}", "yyyyMMdd", CultureInfo.InvariantCulture);
}
