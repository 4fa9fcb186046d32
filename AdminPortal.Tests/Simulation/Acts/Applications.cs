using AdminPortal.Domain;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Acts;

/// <summary>An application, as the act of the product makes it (S1-21, S1-22).</summary>
internal static class Applications
{
    public static Reply Apply(World w, Guid formKey, bool noticeAccepted)
    {
        if (w.Applications.ContainsKey(formKey))
        {
            return Reply.Done;
        }
        if (!noticeAccepted)
        {
            return RefusalCode.NoticeNotAccepted;
        }
        if (w.SchemeToday() is not { } scheme)
        {
            return RefusalCode.SchemeUnknown;
        }
        var record = Record(w);
        var report = Eligibility.Evaluate(scheme, record, w.Today);
        w.GroundsShown = report.Findings.Count;
        w.Applications.Add(formKey, report.IsEligible);
        if (report.IsEligible)
        {
            var cycle = PointsCycle.At(record.FirstLicensedOn, w.Today);
            var round = Round.Open(
                w.Dice.NewGuid(),
                w.DriverId,
                World.AuthorityCode,
                scheme,
                cycle,
                w.Calendar,
                w.Now,
                w.Dice.Below
            );
            w.Files.Add(new RoundFile(round, scheme, w.Today));
        }
        return Reply.Done;
    }

    /// <summary>The driver's record: what was imported, less what the product has had taken off since.</summary>
    public static DriverRecord Record(World w)
    {
        var cycle = PointsCycle.At(w.Imported.FirstLicensedOn, w.Today);
        var since = w.Files.Select(file => file.Reduction).OfType<Reduction>();
        return w.Imported with
        {
            Points = Math.Max(
                0,
                w.Imported.Points
                    - since
                        .Where(r => r.CycleStart == cycle.Start && r.Applied == true && r.SettledAt > w.Imported.AsOf)
                        .Sum(r => r.Points)
            ),
            PointsReduced = w.Imported.PointsReduced + w.ReservedIn(cycle.Start),
            HasOpenRound = w.Current is not null,
            AuthorityIsOpen = w.SchemeToday() is not null,
        };
    }
}
