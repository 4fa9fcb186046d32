namespace AdminPortal.Tests.Domain;

/// <summary>Every working day of 2024 to 2026, written out once from the frozen notices: what the counting is held against.</summary>
internal static class Oracle
{
    public static IReadOnlyList<DateOnly> WorkingDays { get; } = WriteOut();

    /// <summary>The n-th working day after a day, or null when the list ends before.</summary>
    public static DateOnly? Nth(DateOnly day, int n)
    {
        var after = WorkingDays.SkipWhile(working => working <= day).Take(n).ToList();
        return after.Count == n ? after[^1] : null;
    }

    /// <summary>24:00 in China is 16:00 UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day.Year, day.Month, day.Day, 16, 0, 0, TimeSpan.Zero);

    private static List<DateOnly> WriteOut()
    {
        var listed = Frozen.NoticeDays.ToLookup(day => day.Working, day => day.Date);
        var days = new HashSet<DateOnly>();
        for (var day = new DateOnly(2024, 1, 1); day.Year <= 2026; day = day.AddDays(1))
        {
            if ((int)day.DayOfWeek is >= 1 and <= 5)
            {
                days.Add(day);
            }
        }
        days.ExceptWith(listed[false]);
        days.UnionWith(listed[true]);
        return [.. days.Where(day => day.Year >= 2024).Order()];
    }
}
