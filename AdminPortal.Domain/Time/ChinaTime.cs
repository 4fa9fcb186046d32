namespace AdminPortal.Domain.Time;

/// <summary>
/// The civil zone of every legal date: Asia/Shanghai, UTC+8 without summer time since 1992. A fixed offset is used so that
/// a legal date never depends on the time-zone files of the machine.
/// </summary>
public static class ChinaTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The civil date in China at an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>The instant (UTC) at which a civil date begins in China.</summary>
    public static DateTimeOffset StartOf(DateOnly day) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Offset).ToUniversalTime();

    /// <summary>24:00 of a civil date in China, as an instant (UTC). The date ends just before it.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => StartOf(day.AddDays(1));

    /// <summary>An instant on the clock of China, for display.</summary>
    public static DateTimeOffset Local(DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>The civil date before a date, for periods that are shown by their last day.</summary>
    public static DateOnly DayBefore(DateOnly day) => day.AddDays(-1);

    /// <summary>The civil date in China after the one of an instant.</summary>
    public static DateOnly DayAfter(DateTimeOffset instant) => DateOf(instant).AddDays(1);
}
