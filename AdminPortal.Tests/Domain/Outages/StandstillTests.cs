using AdminPortal.Domain.Time;
using FsCheck;
using FsCheck.Fluent;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Outages;

/// <summary>How much a deadline loses to outages: once, whatever they share and however often they are declared (D-OUTAGE).</summary>
public sealed class StandstillTests
{
    private static readonly Period Day24 = new(24, PeriodUnit.Hours, "S1-31");
    private static readonly Period ThreeDays = new(3, PeriodUnit.NaturalDays, "S1-23");
    private static readonly Period SevenWorking = new(7, PeriodUnit.WorkingDays, "S1-28");
    private static readonly DateTimeOffset Start = At("2026-03-04 10:00");

    private static Standstill Still(string from, string to) => new(At(from), At(to));

    private static Deadline Stamp(Period period, DateTimeOffset from, params Standstill[] stills) =>
        Deadline.Stamp(period, from, Calendar, Deadline.LostTo(stills, period, from, Calendar));

    [Theory]
    [InlineData("2026-03-04 12:00", "2026-03-04 14:30", "2026-03-05 12:30")]
    [InlineData("2026-03-04 09:00", "2026-03-04 10:00", "2026-03-05 10:00")] // over when the window began
    [InlineData("2026-03-04 09:00", "2026-03-04 11:00", "2026-03-05 11:00")] // of which one hour in the window
    [InlineData("2026-03-05 09:59", "2026-03-05 18:00", "2026-03-05 18:01")] // the minute that was left comes after it
    [InlineData("2026-03-05 10:00", "2026-03-05 18:00", "2026-03-05 10:00")] // began when the window was over
    [InlineData("2026-03-04 10:00", "2026-03-06 10:00", "2026-03-07 10:00")] // all of it, and then all of the window
    [Trait("Rule", "D-OUTAGE")]
    public void A_window_of_hours_goes_on_when_the_outage_is_over(string from, string to, string end) =>
        Assert.Equal(At(end), Stamp(Day24, Start, Still(from, to)).ExpiresAt);

    [Theory]
    [InlineData("2026-03-04 12:00", "2026-03-04 12:01", "2026-03-08")]
    [InlineData("2026-03-04 12:00", "2026-03-05 12:00", "2026-03-08")]
    [InlineData("2026-03-04 12:00", "2026-03-05 12:01", "2026-03-09")]
    [InlineData("2026-03-08 00:00", "2026-03-08 12:00", "2026-03-07")]
    [Trait("Rule", "D-OUTAGE-DAYS")]
    public void A_window_of_days_gets_a_day_for_each_started_24_hours(string from, string to, string last) =>
        Assert.Equal(Day(last), Stamp(ThreeDays, Start, Still(from, to)).LastDay);

    [Fact]
    [Trait("Rule", "D-OUTAGE-DAYS")]
    public void A_window_of_working_days_gets_working_days()
    {
        Assert.Equal(Day("2026-03-13"), Stamp(SevenWorking, Start).LastDay);
        // The day it gets is the next working day, a Monday.
        Assert.Equal(
            Day("2026-03-16"),
            Stamp(SevenWorking, Start, Still("2026-03-06 10:00", "2026-03-06 11:00")).LastDay
        );
        // A count that then crosses into an unknown year awaits its notice like any other.
        var awaiting = Stamp(SevenWorking, At("2026-12-22 10:00"), Still("2026-12-23 10:00", "2026-12-23 11:00"));
        Assert.Equal((2027, null), (awaiting.AwaitingYear, awaiting.ExpiresAt));
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public void What_two_outages_share_is_counted_once_and_the_same_outage_twice_is_one()
    {
        var one = Still("2026-03-04 12:00", "2026-03-04 14:00");
        var other = Still("2026-03-04 13:00", "2026-03-04 16:00");
        Assert.Equal(Start.AddHours(28), Stamp(Day24, Start, one, other).ExpiresAt);
        Assert.Equal(Start.AddHours(28), Stamp(Day24, Start, other, one, one, other).ExpiresAt);
        Assert.Equal(Start.AddHours(26), Stamp(Day24, Start, one, one).ExpiresAt);
    }

    private static readonly Gen<Standstill[]> Stills = (
        from begin in Gen.Choose(-2_000, 4_000)
        from length in Gen.Choose(1, 1_500)
        select new Standstill(Start.AddMinutes(begin), Start.AddMinutes(begin + length))
    ).ArrayOf();

    private static readonly Gen<Period> Periods = Gen.Elements(
        Day24,
        ThreeDays,
        SevenWorking,
        new Period(3, PeriodUnit.NaturalDays, "N-36", RollsOver: true)
    );

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public void No_window_ever_gets_shorter_and_the_time_left_to_act_is_never_less_than_the_period() =>
        Property.Holds(
            Property.Three(Periods, Stills, Gen.Choose(0, 1)),
            sample =>
            {
                var (period, stills, _) = sample;
                var plain = Stamp(period, Start);
                var moved = Stamp(period, Start, stills);
                Assert.True(moved.ExpiresAt >= plain.ExpiresAt);
                // Minute by minute, the slow way: how long the driver could act.
                var minutes = Enumerable
                    .Range(0, (int)(moved.ExpiresAt!.Value - Start).TotalMinutes)
                    .Count(m => !stills.Any(s => s.Meets(Start.AddMinutes(m), Start.AddMinutes(m + 1))));
                var had = (plain.ExpiresAt!.Value - Start).TotalMinutes;
                Assert.True(minutes >= (int)had, $"{minutes} of {had}");
                if (period.Unit == PeriodUnit.Hours)
                {
                    Assert.Equal((int)had, minutes);
                }
            },
            tests: 100
        );

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public void The_order_and_the_number_of_declarations_change_nothing() =>
        Property.Holds(
            Property.Three(Periods, Stills, Gen.Choose(0, 1_000_000)),
            sample =>
            {
                var (period, stills, seed) = sample;
                var shuffled = stills.Concat(stills).ToArray();
                new Random(seed).Shuffle(shuffled);
                Assert.Equal(Stamp(period, Start, stills), Stamp(period, Start, shuffled));
            },
            tests: 100
        );
}
