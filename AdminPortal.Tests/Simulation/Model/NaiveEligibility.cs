using AdminPortal.Domain.Drivers;

namespace AdminPortal.Tests.Simulation.Model;

/// <summary>The grounds of each scheme, written down a second time (S0: table of differences, S1-09…21, N-25, N-26).</summary>
internal static class NaiveEligibility
{
    /// <summary>How many grounds each scheme must show, whatever the answer (S1-22).</summary>
    public static int Grounds(string scheme) =>
        scheme switch
        {
            "S0" => 5,
            "S1" => 14,
            _ => 15,
        };

    public static bool MayBegin(string scheme, DriverRecord r, DateOnly today)
    {
        if (r.HasOpenRound || r.Points is <= 0 or >= 12 || r.PointsReduced >= Book.CapPerCycle)
        {
            return false;
        }
        return scheme switch
        {
            "S0" => true,
            "S1" => IsGoodPerson(r, today) && IsGoodForS1(r),
            _ => IsGoodPerson(r, today) && IsGoodForN(r, today),
        };
    }

    private static bool IsGoodPerson(DriverRecord r, DateOnly today)
    {
        var (start, reset) = Police.CycleOf(r.FirstLicensedOn, today);
        var previous = r.FirstLicensedOn.AddYears(start.Year - r.FirstLicensedOn.Year - 1);
        return !r.IsInternational
            && r.FullMarkEducations.Count(on => on >= start && on < reset) < 2
            && r.FullMarkEducations.Count(on => on >= previous && on < start) < 2
            && !r.Offences.Any(offence => offence.On >= ThreeCyclesAgo(r, start))
            && today >= r.FirstLicensedOn.AddYears(1)
            && r.VehiclesOverdue.Count == 0
            && !(r.BlacklistedUntil >= today);
    }

    private static bool IsGoodForS1(DriverRecord r) =>
        !r.LicenceStatus.Any(letter => "SUDH".Contains(letter)) && r.Frauds.Count == 0;

    private static bool IsGoodForN(DriverRecord r, DateOnly today)
    {
        var since = ThreeCyclesAgo(r, Police.CycleOf(r.FirstLicensedOn, today).Start);
        return r.ViolationsUnhandled == 0
            && !r.LicenceStatus.Any(letter => "SUD".Contains(letter))
            && !r.Frauds.Any(on => on >= since);
    }

    // This cycle and the two before it.
    private static DateOnly ThreeCyclesAgo(DriverRecord r, DateOnly start) =>
        r.FirstLicensedOn.AddYears(start.Year - r.FirstLicensedOn.Year - 2);
}
