using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Blacklists;

/// <summary>The two clocks that fraud starts (N-n9), each as its last civil date.</summary>
/// <param name="OutOfSchemeUntil">No reduction of points up to and including this date: the eve of a reset date (N-26).</param>
/// <param name="OffOnlineUntil">No business by internet or self-service up to and including this date (S1-39).</param>
public sealed record BlacklistClocks(DateOnly OutOfSchemeUntil, DateOnly OffOnlineUntil)
{
    /// <summary>Points cycles out of the scheme: the one of the confirmation and the two after it (N-26, D-BLACKLIST-CYCLES).</summary>
    public const int Cycles = Eligibility.RecentCycles;

    /// <summary>Years off the internet and self-service channels (S1-39).</summary>
    public const int Years = 3;

    /// <summary>
    /// The clocks of an entry confirmed on a day. The cycles are those that N-26 looks back on, so that the date that is shown
    /// and the decision on an application can never differ. The years end on the day of the same name, the day of the
    /// confirmation not counted (D-BLACKLIST-YEARS).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is before the first licence.</exception>
    public static BlacklistClocks From(DateOnly firstLicensedOn, DateOnly confirmedOn) =>
        new(OutOfScheme(firstLicensedOn, confirmedOn), confirmedOn.AddYears(Years));

    /// <summary>The last day on which a fraud of a day counts as one of "the last three cycles" (N-26).</summary>
    public static DateOnly OutOfScheme(DateOnly firstLicensedOn, DateOnly on) =>
        ChinaTime.DayBefore(PointsCycle.At(firstLicensedOn, on).Later(Cycles).Start);

    /// <summary>True while at least one clock runs.</summary>
    public bool Run(DateOnly today) => today <= OutOfSchemeUntil || today <= OffOnlineUntil;
}
