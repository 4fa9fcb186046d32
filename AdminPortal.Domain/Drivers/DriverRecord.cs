namespace AdminPortal.Domain.Drivers;

/// <summary>What a driver was punished for, as far as it bars a reduction (S1-17, N-26).</summary>
public enum SeriousOffence
{
    /// <summary>造成交通事故后逃逸</summary>
    HitAndRun,

    /// <summary>饮酒后驾驶机动车</summary>
    DrinkDriving,

    /// <summary>使用伪造、变造的或者其他机动车的号牌、证件</summary>
    ForgedPlatesOrDocuments,

    /// <summary>买分卖分</summary>
    PointsTrading,
}

/// <summary>A fraud that two officers put on record here.</summary>
/// <param name="On">When it was confirmed.</param>
/// <param name="Until">The last civil date out of the scheme, as stamped then.</param>
public sealed record FraudBar(DateOnly On, DateOnly Until);

/// <summary>
/// Everything the police data say about a driver at one time, as an authority delivered it. Eligibility is a pure function
/// of this record, so it can be shown, tested and explained.
/// </summary>
public sealed record DriverRecord
{
    /// <summary>Issuing authority, such as 渝A.</summary>
    public required string Authority { get; init; }
    public required string LicenceClasses { get; init; }

    /// <summary>Status letters, see <see cref="LicenceStatus"/>.</summary>
    public required string LicenceStatus { get; init; }
    public required DateOnly FirstLicensedOn { get; init; }

    /// <summary>True for a licence of another country or an international permit (S1-09).</summary>
    public required bool IsInternational { get; init; }

    /// <summary>Accumulated points in the current cycle, 0 or more.</summary>
    public required int Points { get; init; }

    /// <summary>Points already taken off in the current cycle over all routes.</summary>
    public required int PointsReduced { get; init; }

    /// <summary>Dates of full-mark educations (满分教育).</summary>
    public required IReadOnlyList<DateOnly> FullMarkEducations { get; init; }
    public required IReadOnlyList<(SeriousOffence Offence, DateOnly On)> Offences { get; init; }

    /// <summary>Dates of fraud or impersonation on record (S1-20, N-26).</summary>
    public required IReadOnlyList<DateOnly> Frauds { get; init; }

    /// <summary>Entries of the product's own blacklist that count, with the last day each one bars (N-n9).</summary>
    public IReadOnlyList<FraudBar> FraudBars { get; init; } = [];

    /// <summary>Plates of the driver's vehicles that are overdue for inspection or deregistration (S1-19).</summary>
    public required IReadOnlyList<string> VehiclesOverdue { get; init; }

    /// <summary>Violations that are not handled yet (N-25).</summary>
    public required int ViolationsUnhandled { get; init; }

    /// <summary>The last civil date of the blacklist, or null (S1-39).</summary>
    public required DateOnly? BlacklistedUntil { get; init; }

    /// <summary>True while a round of the driver is open (S1-21).</summary>
    public required bool HasOpenRound { get; init; }

    /// <summary>True when the issuing authority is open for a scheme today (S1-08).</summary>
    public required bool AuthorityIsOpen { get; init; }

    /// <summary>When the police data were taken (UTC), shown beside every ground (S1-14).</summary>
    public required DateTimeOffset AsOf { get; init; }
}
