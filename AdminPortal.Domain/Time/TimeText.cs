using System.Globalization;

namespace AdminPortal.Domain.Time;

/// <summary>Dates and times as the product writes them, in both languages, on the clock of China.</summary>
public static class TimeText
{
    /// <summary>2026年11月24日（星期二）18:05, or Tue 24 Nov 2026, 18:05.</summary>
    public static string Instant(DateTimeOffset instant, bool english)
    {
        var local = ChinaTime.Local(instant);
        return $"{Day(DateOnly.FromDateTime(local.DateTime), english)}{(english ? ", " : " ")}{local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>A last moment: midnight is written as 24:00 of the day that ends with it, as the law counts.</summary>
    public static string LastMoment(DateTimeOffset instant, bool english)
    {
        var local = ChinaTime.Local(instant);
        return local.TimeOfDay == TimeSpan.Zero
            ? $"{Day(DateOnly.FromDateTime(local.DateTime).AddDays(-1), english)}{(english ? ", " : " ")}24:00"
            : Instant(instant, english);
    }

    /// <summary>2026年11月24日（星期二）, or Tue 24 Nov 2026.</summary>
    public static string Day(DateOnly day, bool english) =>
        english
            ? day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)
            : day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture)
                + $"（星期{"日一二三四五六"[(int)day.DayOfWeek]}）";

    /// <summary>A short form for tables: 11-24 18:05.</summary>
    public static string Short(DateTimeOffset instant) =>
        ChinaTime.Local(instant).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How long until a moment, rounded down: 2天3小时, 2 d 3 h; 5分钟, 5 min. Negative spans are written without sign.</summary>
    public static string Span(TimeSpan span, bool english)
    {
        var length = span.Duration();
        return length switch
        {
            { TotalDays: >= 1 } => english ? $"{length.Days} d {length.Hours} h" : $"{length.Days}天{length.Hours}小时",
            { TotalHours: >= 1 } => english
                ? $"{length.Hours} h {length.Minutes} min"
                : $"{length.Hours}小时{length.Minutes}分钟",
            _ => english ? $"{length.Minutes} min" : $"{length.Minutes}分钟",
        };
    }
}
