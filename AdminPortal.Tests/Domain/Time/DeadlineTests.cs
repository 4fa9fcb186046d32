using AdminPortal.Domain.Time;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Time;

public sealed class DeadlineTests
{
    private static readonly Period ThreeWorkingDays = new(3, PeriodUnit.WorkingDays, "S1-38");

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_deadline_has_passed_at_its_end_and_not_a_moment_before()
    {
        var deadline = Deadline.Stamp(ThreeWorkingDays, At("2026-03-04 10:00"), Calendar);

        Assert.False(deadline.HasPassed(At("2026-03-04 10:00")));
        Assert.False(deadline.HasPassed(At("2026-03-09 23:59:59.999")));
        Assert.True(deadline.HasPassed(At("2026-03-10 00:00")));
        Assert.True(deadline.HasPassed(At("2026-03-10 00:00:00.001")));
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_deadline_that_awaits_its_calendar_never_passes()
    {
        var deadline = Deadline.Stamp(ThreeWorkingDays, At("2026-12-29 10:00"), Calendar);

        Assert.Equal(2027, deadline.AwaitingYear);
        Assert.Null(deadline.ExpiresAt);
        Assert.False(deadline.HasPassed(At("2026-12-29 10:00")));
        Assert.False(deadline.HasPassed(At("2099-01-01 00:00")));
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void The_published_year_turns_the_awaited_date_into_a_known_one()
    {
        var published = Calendar.With(2027, [new CalendarDay(Day("2027-01-01"), "元旦", false)]);

        var deadline = Deadline.Stamp(ThreeWorkingDays, At("2026-12-29 10:00"), published);

        Assert.Equal(Day("2027-01-04"), deadline.LastDay);
        Assert.Equal(At("2027-01-05 00:00"), deadline.ExpiresAt);
        Assert.Null(deadline.AwaitingYear);
        Assert.Null(deadline.ProvisionalDay);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [Trait("Rule", "S1-38")]
    public void A_period_counts_at_least_one(int count)
    {
        foreach (var unit in Enum.GetValues<PeriodUnit>())
        {
            var period = new Period(count, unit, "S1-38");
            Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.Stamp(period, At("2026-03-04 10:00"), Calendar));
        }
    }

    [Theory]
    [InlineData(PeriodUnit.Hours, "2026-03-04 11:00")]
    [InlineData(PeriodUnit.NaturalDays, "2026-03-06 00:00")]
    [InlineData(PeriodUnit.WorkingDays, "2026-03-06 00:00")]
    [Trait("Rule", "S1-38")]
    public void A_period_of_one_is_allowed(PeriodUnit unit, string end)
    {
        var deadline = Deadline.Stamp(new Period(1, unit, "S1-38"), At("2026-03-04 10:00"), Calendar);

        Assert.Equal(At(end), deadline.ExpiresAt);
    }

    [Fact]
    [Trait("Rule", "S0-13")]
    public void One_day_that_begins_on_the_same_day_ends_with_it()
    {
        var period = new Period(1, PeriodUnit.NaturalDays, "S0-13", FromSameDay: true);

        Assert.Equal(Day("2026-03-04"), Deadline.Stamp(period, At("2026-03-04 00:00"), Calendar).LastDay);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void The_clock_of_china_is_eight_hours_ahead_and_a_day_ends_where_the_next_begins()
    {
        Assert.Equal(TimeSpan.FromHours(8), ChinaTime.Offset);
        Assert.Equal(Day("2026-03-05"), ChinaTime.DateOf(new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero)));
        Assert.Equal(Day("2026-03-04"), ChinaTime.DateOf(new DateTimeOffset(2026, 3, 4, 15, 59, 59, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero), ChinaTime.StartOf(Day("2026-03-04")));
        Assert.Equal(TimeSpan.Zero, ChinaTime.StartOf(Day("2026-03-04")).Offset);
        Assert.Equal(ChinaTime.StartOf(Day("2026-03-05")), ChinaTime.EndOf(Day("2026-03-04")));
        Assert.Equal(TimeSpan.FromHours(8), ChinaTime.Local(At("2026-03-04 10:00")).Offset);
        Assert.Equal(10, ChinaTime.Local(At("2026-03-04 10:00")).Hour);
    }
}
