using AdminPortal.Domain.Schemes;

namespace AdminPortal.Domain.Drivers;

/// <summary>A ground on which a reduction may be refused. Each says what must hold.</summary>
public enum Ground
{
    LicenceIsDomestic,
    AuthorityIsOpen,
    HasPoints,
    BelowFullMark,
    BelowCap,
    ViolationsHandled,
    FullMarkThisCycle,
    FullMarkPreviousCycle,
    NoSeriousOffence,
    NotInProbation,
    LicenceStatus,
    VehiclesInOrder,
    NoFraud,
    NoFraudInThreeCycles,
    NotBlacklisted,
    NoOpenRound,
}

/// <summary>One evaluated ground.</summary>
/// <param name="Ground">What must hold.</param>
/// <param name="Rule">The rule of the scheme.</param>
/// <param name="Holds">True when the ground does not stand in the way.</param>
/// <param name="Finding">What was found: a number, dates, plates or status letters, for the text beside it.</param>
/// <param name="AsOf">The time of the data it was judged on (UTC).</param>
public sealed record GroundFinding(Ground Ground, string Rule, bool Holds, string Finding, DateTimeOffset AsOf);

/// <summary>The answer to "may this driver begin a round, and if not, why not": all grounds, passed or failed (S1-22, S2-05).</summary>
public sealed record EligibilityReport(IReadOnlyList<GroundFinding> Findings)
{
    public bool IsEligible => Findings.All(finding => finding.Holds);

    public IEnumerable<GroundFinding> Failed => Findings.Where(finding => !finding.Holds);
}

/// <summary>Evaluates every ground of a scheme against a driver's record. Pure.</summary>
public static class Eligibility
{
    /// <summary>The first twelve months after the first licence are probation (实习期, S1-18).</summary>
    public const int ProbationMonths = 12;

    /// <summary>Full-mark educations in one cycle from which a reduction is refused (S1-15, S1-16, N-26).</summary>
    public const int FullMarkLimit = 2;

    /// <summary>The cycles that S1-17 and N-26 call "the last three": this one and the two before it.</summary>
    public const int RecentCycles = 3;

    /// <param name="scheme">The scheme the driver's authority belongs to.</param>
    /// <param name="driver">The record to judge.</param>
    /// <param name="today">Civil date in China.</param>
    public static EligibilityReport Evaluate(Scheme scheme, DriverRecord driver, DateOnly today)
    {
        var cycle = PointsCycle.At(driver.FirstLicensedOn, today);
        return new EligibilityReport([.. scheme.Grounds.Select(ground => Judge(ground, scheme, driver, cycle, today))]);
    }

    private static GroundFinding Judge(
        Ruled<Ground> ground,
        Scheme scheme,
        DriverRecord driver,
        PointsCycle cycle,
        DateOnly today
    )
    {
        var (holds, finding) = ground.Value switch
        {
            Ground.LicenceIsDomestic => (!driver.IsInternational, ""),
            Ground.AuthorityIsOpen => (driver.AuthorityIsOpen, driver.Authority),
            Ground.HasPoints => (driver.Points > 0, Number(driver.Points)),
            Ground.BelowFullMark => (driver.Points < scheme.FullMark.Value, Number(driver.Points)),
            Ground.BelowCap => (
                driver.PointsReduced + scheme.PointsPerRound.Value <= scheme.CapPerCycle.Value,
                Number(driver.PointsReduced)
            ),
            Ground.ViolationsHandled => (driver.ViolationsUnhandled == 0, Number(driver.ViolationsUnhandled)),
            Ground.FullMarkThisCycle => FullMark(driver, cycle),
            Ground.FullMarkPreviousCycle => FullMark(driver, cycle.Earlier(1)),
            Ground.NoSeriousOffence => SeriousOffences(driver, cycle),
            Ground.NotInProbation => Probation(driver, today),
            Ground.LicenceStatus => Status(driver, scheme),
            Ground.VehiclesInOrder => (driver.VehiclesOverdue.Count == 0, string.Join("、", driver.VehiclesOverdue)),
            Ground.NoFraud => Frauds(driver, DateOnly.MinValue, today),
            Ground.NoFraudInThreeCycles => Frauds(driver, cycle.Earlier(RecentCycles - 1).Start, today),
            Ground.NotBlacklisted => (
                driver.BlacklistedUntil is not { } until || until < today,
                driver.BlacklistedUntil is { } end ? Date(end) : ""
            ),
            Ground.NoOpenRound => (!driver.HasOpenRound, ""),
        };
        return new GroundFinding(ground.Value, ground.Rule, holds, finding, driver.AsOf);
    }

    private static (bool, string) FullMark(DriverRecord driver, PointsCycle cycle)
    {
        var count = driver.FullMarkEducations.Count(cycle.Contains);
        return (count < FullMarkLimit, Number(count));
    }

    private static (bool, string) SeriousOffences(DriverRecord driver, PointsCycle cycle)
    {
        var since = cycle.Earlier(RecentCycles - 1).Start;
        var recent = driver.Offences.Where(offence => offence.On >= since).Select(offence => offence.On).ToList();
        return (recent.Count == 0, Dates(recent));
    }

    // What an authority delivered counts since a day; an entry of the product ends with the date that was stamped and shown
    // (D-BLACKLIST-CYCLES), also where S1-20 names no end.
    private static (bool, string) Frauds(DriverRecord driver, DateOnly since, DateOnly today)
    {
        var recent = driver
            .Frauds.Where(on => on >= since)
            .Concat(driver.FraudBars.Where(bar => today <= bar.Until).Select(bar => bar.On))
            .ToList();
        return (recent.Count == 0, Dates(recent));
    }

    private static (bool, string) Probation(DriverRecord driver, DateOnly today)
    {
        var end = driver.FirstLicensedOn.AddMonths(ProbationMonths);
        return (today >= end, Date(end));
    }

    private static (bool, string) Status(DriverRecord driver, Scheme scheme)
    {
        // Under N an unhandled violation is its own ground (N-25), so it is not shown twice.
        var barring = scheme.Grounds.Any(g => g.Value == Ground.ViolationsHandled)
            ? Drivers.LicenceStatus.BarringNational
            : Drivers.LicenceStatus.Barring;
        var found = string.Concat(driver.LicenceStatus.Where(barring.Contains));
        return (found.Length == 0, found);
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Date(DateOnly day) =>
        day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Dates(IEnumerable<DateOnly> days) => string.Join("、", days.Order().Select(Date));
}
