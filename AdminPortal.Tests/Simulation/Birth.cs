using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Simulation.Acts;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation;

/// <summary>Draws a driver, the authority, the officers and the day on which it all begins.</summary>
internal static class Birth
{
    private static readonly DateOnly First = new(2021, 1, 1);
    private static readonly DateOnly Last = new(2026, 11, 30);

    public static World Of(Dice dice)
    {
        // Many begin in December, when the next year may not be published yet.
        var start = dice.Chance(15)
            ? new DateOnly(dice.Between(2021, 2026), 12, dice.Between(5, 28))
            : First.AddDays(dice.Below(Last.DayNumber - First.DayNumber));
        var police = new Police { FirstLicensedOn = Licensed(dice, start), Points = dice.Between(1, 11) };
        police.Turn(start);
        police.Points = dice.Between(1, 11);
        police.ReducedElsewhere = dice.Chance(20) ? dice.Between(1, 5) : 0;
        var published = Enumerable
            .Range(2020, start.Year - 2020 + (start.Month == 12 && dice.Chance(40) ? 2 : 1))
            .Where(year => year <= 2026)
            .ToHashSet();
        // Never 0: that officer's id would be the product's own.
        byte[] personKey = [(byte)dice.Between(1, 249), 1, 2];
        var driver = dice.NewGuid();
        return new World
        {
            Dice = dice,
            DriverId = driver,
            Police = police,
            Authority = AuthorityOf(dice),
            Officers =
            [
                Officer("Li", dice.Chance(15) ? personKey : [251, 1, 2], [World.AuthorityCode], Role.Reviewer),
                Officer("Wang", [252, 1, 2], [World.AuthorityCode], Role.Reviewer),
                Officer("Chief", [253, 1, 2], [World.AuthorityCode], Role.Supervisor),
                Officer("Auditor", [254, 1, 2], [World.AuthorityCode], Role.Auditor),
                Officer("Stranger", [255, 1, 2], ["鄂A"], Role.Reviewer),
            ],
            PersonKey = personKey,
            Now = new DateTimeOffset(start.Year, start.Month, start.Day, 0, 0, 0, TimeSpan.Zero).AddMinutes(
                dice.Below(1440) - 480
            ),
            Calendar = new WorkingCalendar(published.SelectMany(Jobs.NoticeOf), published),
            Published = published,
            Imported = Import(police, new DateTimeOffset(start.Year, start.Month, start.Day, 0, 0, 0, TimeSpan.Zero)),
        };
    }

    /// <summary>What an import brings of the police's file.</summary>
    public static DriverRecord Import(Police police, DateTimeOffset asOf) =>
        new()
        {
            Authority = World.AuthorityCode,
            LicenceClasses = "C1",
            LicenceStatus = police.Status,
            FirstLicensedOn = police.FirstLicensedOn,
            IsInternational = police.IsInternational,
            Points = police.Points,
            PointsReduced = police.ReducedElsewhere,
            FullMarkEducations = [.. police.FullMark],
            Offences = [.. police.Offences],
            Frauds = [.. police.Frauds],
            VehiclesOverdue = [.. police.Overdue],
            ViolationsUnhandled = police.Unhandled,
            BlacklistedUntil = police.BlacklistedUntil,
            HasOpenRound = false,
            AuthorityIsOpen = true,
            AsOf = asOf,
        };

    // Half of the cycles end soon, a tenth of the drivers are in their first year; some were licensed on 29 February.
    private static DateOnly Licensed(Dice dice, DateOnly start)
    {
        if (dice.Chance(3))
        {
            return new DateOnly(dice.Pick(2008, 2012, 2016), 2, 29);
        }
        if (dice.Chance(10))
        {
            return start.AddDays(-dice.Between(10, 360));
        }
        return dice.Chance(60)
            ? start.AddDays(dice.Between(2, 40)).AddYears(-dice.Between(2, 15))
            : start.AddDays(-dice.Between(370, 6000));
    }

    // The overlap of S0 and S1 and the change to N lie inside these years: rounds live through them.
    private static (DateOnly, string?)[] AuthorityOf(Dice dice) =>
        dice.Below(4) switch
        {
            0 => [(new DateOnly(2020, 3, 1), "S0")],
            1 => [(new DateOnly(2020, 3, 1), "S0"), (new DateOnly(2021, 9, 10), "S1"), (new DateOnly(2022, 4, 1), "N")],
            2 => [(new DateOnly(2021, 9, 10), "S1")],
            _ => [(new DateOnly(2020, 3, 1), "S0"), (new DateOnly(2022, 4, 1), "N")],
        };

    private static Actor Officer(string name, byte[] personKey, string[] authorities, Role role) =>
        new(ActorKind.Staff, new Guid(personKey[0], 0, 0, new byte[8]), name, [role], authorities, personKey);
}
