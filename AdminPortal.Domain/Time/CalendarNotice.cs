using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AdminPortal.Domain.Time;

/// <summary>
/// A yearly notice as a person writes it down: the file that operators import, or lines such as "2027-02-05~2027-02-11 春节 休" and
/// "2027-02-14 春节 班".
/// </summary>
public static class CalendarNotice
{
    /// <summary>Longest name of a holiday.</summary>
    public const int NameLimit = 40;

    /// <summary>Longest name of a notice.</summary>
    public const int SourceLimit = 200;

    /// <summary>Longest text that is read.</summary>
    public const int TextLimit = 20_000;

    // No notice has ever named as many days; a slip in a year would otherwise make thousands of them.
    private const int LongestRange = 31;
    private static readonly char[] Space = [' ', '\t', '　', ',', '，'];

    /// <summary>What is wrong with a notice, or null. A notice may change December of the year before, nothing earlier or later.</summary>
    public static Refusal? Fault(int year, string? source, IReadOnlyList<CalendarDay> days, WorkingCalendar before) =>
        before.PublishedYears.Contains(year) ? new Refusal(RefusalCode.CalendarYearKnown, "year", year)
        : string.IsNullOrWhiteSpace(source) ? new Refusal(RefusalCode.FieldRequired, "source")
        : source.Trim().Length > SourceLimit ? new Refusal(RefusalCode.FieldTooLong, "source", SourceLimit)
        : days.All(d => d.Date != new DateOnly(year, 1, 1))
        || days.Select(d => d.Date).Distinct().Count() != days.Count
        || days.Any(d => d.Date.Year != year && !(d.Date.Year == year - 1 && d.Date.Month == 12))
        || days.Any(d => d.Name.Length is 0 or > NameLimit)
            ? new Refusal(RefusalCode.CalendarInvalid, "days", year)
        : null;

    /// <summary>Reads either form. A line that cannot be read is named by its number.</summary>
    public static Outcome<IReadOnlyList<CalendarDay>> Read(string? text)
    {
        var typed = text?.Trim() ?? "";
        if (typed.Length == 0)
        {
            return new Refusal(RefusalCode.FieldRequired, "days");
        }
        if (typed.Length > TextLimit)
        {
            return new Refusal(RefusalCode.FieldTooLong, "days", TextLimit);
        }
        return typed[0] == '[' ? ReadFile(typed) : ReadLines(typed);
    }

    /// <summary>The lines of some days, those that belong together as one.</summary>
    public static string Write(IEnumerable<CalendarDay> days)
    {
        var lines = new StringBuilder();
        foreach (var (first, last) in Runs(days))
        {
            lines
                .Append(Iso(first.Date))
                .Append(last == first.Date ? "" : $"~{Iso(last)}")
                .Append(' ')
                .Append(first.Name)
                .Append(first.Working ? " 班" : " 休")
                .Append('\n');
        }
        return lines.ToString();
    }

    /// <summary>Days that follow each other with the same name and the same meaning, in order of date.</summary>
    public static IEnumerable<(CalendarDay First, DateOnly Last)> Runs(IEnumerable<CalendarDay> days)
    {
        CalendarDay? first = null;
        var last = default(DateOnly);
        foreach (var day in days.OrderBy(d => d.Date))
        {
            if (
                first is not null
                && day.Date == last.AddDays(1)
                && day.Name == first.Name
                && day.Working == first.Working
            )
            {
                last = day.Date;
                continue;
            }
            if (first is not null)
            {
                yield return (first, last);
            }
            (first, last) = (day, day.Date);
        }
        if (first is not null)
        {
            yield return (first, last);
        }
    }

    private static Outcome<IReadOnlyList<CalendarDay>> ReadFile(string text)
    {
        try
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            return WorkingCalendar.Parse(stream).Days.OrderBy(d => d.Date).ToList();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return new Refusal(RefusalCode.CalendarFileUnreadable, "days");
        }
    }

    private static Outcome<IReadOnlyList<CalendarDay>> ReadLines(string text)
    {
        var days = new List<CalendarDay>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Trim(Space).Trim().Length == 0)
            {
                continue;
            }
            if (!ReadLine(line.Trim(), days))
            {
                return new Refusal(RefusalCode.CalendarLineUnreadable, "days", number);
            }
        }
        return days;
    }

    private static bool ReadLine(string line, List<CalendarDay> days)
    {
        if (
            line.Split(Space, StringSplitOptions.RemoveEmptyEntries) is not [var when, var name, var what]
            || what is not ("休" or "班")
        )
        {
            return false;
        }
        var ends = when.Split('~', '～', '至');
        if (ends.Length > 2 || !TryDay(ends[0], out var first) || !TryDay(ends[^1], out var last))
        {
            return false;
        }
        if (last < first || last.DayNumber - first.DayNumber >= LongestRange)
        {
            return false;
        }
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            days.Add(new CalendarDay(day, name, what == "班"));
        }
        return true;
    }

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
