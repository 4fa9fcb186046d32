using System.Globalization;
using AdminPortal.Domain.Time;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Time;

/// <summary>The counting behind a date, as an officer and a driver are shown it: "day number name", ? where the year is unknown.</summary>
public sealed class ArithmeticTests
{
    [Theory]
    [InlineData(
        "2026-02-13 09:00",
        "02-14 1 春节|02-15 - 春节|02-16 - 春节|02-17 - 春节|02-18 - 春节|02-19 - 春节|02-20 - 春节|02-21 - 春节|02-22 - 春节|02-23 - 春节|02-24 2|02-25 3"
    )]
    [InlineData("2026-03-06 09:00", "03-07 -|03-08 -|03-09 1|03-10 2|03-11 3")]
    [InlineData("2026-12-29 10:00", "12-30 1|12-31 2|01-01 3 ?")]
    [InlineData("2026-12-31 10:00", "01-01 1 ?|01-02 - ?|01-03 - ?|01-04 2 ?|01-05 3 ?")]
    [Trait("Rule", "S1-38")]
    public void Working_days_are_numbered_and_days_off_are_named(string from, string rows) =>
        Assert.Equal(rows.Split('|'), Explain(new Period(3, PeriodUnit.WorkingDays, "S1-38"), from));

    [Theory]
    [InlineData("2026-03-04 09:00", "03-05 1|03-06 2|03-07 3|03-08 -|03-09 -")]
    [InlineData(
        "2026-09-28 09:00",
        "09-29 1|09-30 2|10-01 3 国庆节|10-02 - 国庆节|10-03 - 国庆节|10-04 - 国庆节|10-05 - 国庆节|10-06 - 国庆节|10-07 - 国庆节|10-08 -"
    )]
    [Trait("Rule", "N-36")]
    public void A_rolled_date_shows_the_days_it_rolled_over(string from, string rows) =>
        Assert.Equal(rows.Split('|'), Explain(new Period(3, PeriodUnit.NaturalDays, "N-36", RollsOver: true), from));

    [Fact]
    [Trait("Rule", "S0-13")]
    public void The_day_of_the_event_is_day_one_where_the_scheme_says_so() =>
        Assert.Equal(
            ["03-02 1", "03-03 2", "03-04 3"],
            Explain(new Period(3, PeriodUnit.NaturalDays, "S0-13", FromSameDay: true), "2020-03-02 23:59")
        );

    [Theory]
    // 2027 is not published, but the notice of 2026 already names days of it: a holiday and a make-up Saturday.
    [InlineData("2026-12-29 10:00", "12-30 1|12-31 2|01-01 - 元旦?|01-02 3 元旦?")]
    [InlineData("2026-12-30 10:00", "12-31 1|01-01 - 元旦?|01-02 2 元旦?|01-03 - ?|01-04 3 ?")]
    [Trait("Rule", "S1-38")]
    public void Days_that_a_notice_lists_are_followed_before_their_year_is_published(string from, string rows)
    {
        var calendar = Frozen.Calendar.With(
            2026,
            [new CalendarDay(Day("2027-01-01"), "元旦", false), new CalendarDay(Day("2027-01-02"), "元旦", true)]
        );
        var period = new Period(3, PeriodUnit.WorkingDays, "S1-38");

        Assert.Equal(rows.Split('|'), Explain(period, from, calendar));
        // The last row is the provisional date itself, and it is still awaited.
        var deadline = Deadline.Stamp(period, At(from), calendar);
        Assert.Equal(2027, deadline.AwaitingYear);
        Assert.Equal(deadline.ProvisionalDay, DeadlineArithmetic.Explain(deadline, period, calendar)[^1].Day);
        Assert.Equal(3, DeadlineArithmetic.Explain(deadline, period, calendar)[^1].Number);
        Assert.False(deadline.HasPassed(At("2099-01-01 00:00")));
    }

    [Fact]
    [Trait("Rule", "S1-37")]
    public void Hours_have_no_days_to_show() =>
        Assert.Empty(Explain(new Period(24, PeriodUnit.Hours, "S1-37"), "2026-03-04 09:00"));

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_deadline_without_any_date_has_nothing_to_show()
    {
        var period = new Period(3, PeriodUnit.WorkingDays, "S1-38");
        var deadline = Deadline.Stamp(period, At("2026-03-04 09:00"), Frozen.Calendar) with { LastDay = null };

        Assert.Empty(DeadlineArithmetic.Explain(deadline, period, Frozen.Calendar));
    }

    private static IEnumerable<string> Explain(Period period, string from, WorkingCalendar? calendar = null) =>
        DeadlineArithmetic
            .Explain(Deadline.Stamp(period, At(from), calendar ?? Frozen.Calendar), period, calendar ?? Frozen.Calendar)
            .Select(row =>
                string.Create(
                        CultureInfo.InvariantCulture,
                        $"{row.Day:MM-dd} {row.Number?.ToString(CultureInfo.InvariantCulture) ?? "-"} {row.Name}{(row.Known ? "" : "?")}"
                    )
                    .TrimEnd()
            );
}
