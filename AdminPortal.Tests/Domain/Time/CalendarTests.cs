using System.Text;
using System.Text.Json;
using AdminPortal.Domain.Time;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Time;

public sealed class CalendarTests
{
    [Theory]
    [InlineData("2026-03-04", true)] // a plain Wednesday
    [InlineData("2026-03-07", false)] // a plain Saturday
    [InlineData("2026-03-08", false)] // a plain Sunday
    [InlineData("2026-02-14", true)] // a make-up Saturday
    [InlineData("2026-09-20", true)] // a make-up Sunday
    [InlineData("2026-02-18", false)] // a Wednesday inside the Spring Festival
    [InlineData("2027-01-04", null)] // a Monday of an unpublished year
    [InlineData("2023-03-06", null)] // a Monday of an unpublished year between published ones
    [Trait("Rule", "S1-38")]
    public void A_day_works_as_its_notice_says(string day, bool? working) =>
        Assert.Equal(working, Calendar.IsWorking(Day(day)));

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_listed_day_is_found_by_name_and_an_ordinary_one_is_not()
    {
        Assert.Equal(new CalendarDay(Day("2026-02-14"), "春节", true), Calendar.Find(Day("2026-02-14")));
        Assert.Null(Calendar.Find(Day("2026-03-04")));
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void The_same_date_twice_is_no_calendar() =>
        Assert.Throws<ArgumentException>(() =>
            new WorkingCalendar(
                [new CalendarDay(Day("2026-01-01"), "元旦", false), new CalendarDay(Day("2026-01-01"), "元旦", true)],
                [2026]
            )
        );

    [Fact]
    [Trait("Rule", "S1-38")]
    public void Counting_no_days_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AddWorkingDays(Day("2026-03-04"), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AddWorkingDays(Day("2026-03-04"), -3));
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void The_first_missing_year_is_the_one_that_is_awaited()
    {
        var awaiting = Assert.IsType<CountedDate.Awaiting>(Calendar.AddWorkingDays(Day("2026-12-31"), 300));

        Assert.Equal(2027, awaiting.Year);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_gap_of_an_unpublished_year_is_never_counted_over()
    {
        // From 2022 into 2024 over the unpublished 2023.
        var counted = Calendar.AddWorkingDays(Day("2022-12-30"), 270);

        Assert.Equal(2023, Assert.IsType<CountedDate.Awaiting>(counted).Year);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_new_notice_also_changes_december_and_leaves_the_old_calendar_as_it_was()
    {
        CalendarDay[] notice =
        [
            new(Day("2026-12-31"), "元旦", false),
            new(Day("2027-01-01"), "元旦", false),
            new(Day("2027-01-02"), "元旦", true),
            new(Day("2026-02-14"), "改", false),
        ];

        var next = Calendar.With(2027, notice);

        Assert.False(next.IsWorking(Day("2026-12-31")));
        Assert.False(next.IsWorking(Day("2026-02-14")));
        Assert.True(next.IsWorking(Day("2027-01-02")));
        Assert.True(next.IsWorking(Day("2027-01-04")));
        Assert.Contains(2027, next.PublishedYears);
        Assert.Contains(2026, next.PublishedYears);
        Assert.Equal(Calendar.Days.Count + 3, next.Days.Count);
        Assert.True(Calendar.IsWorking(Day("2026-12-31")));
        Assert.Null(Calendar.IsWorking(Day("2027-01-02")));
        Assert.Equal(NoticeDays.Count, Calendar.Days.Count);
        Assert.Equal(Years.Order(), Calendar.PublishedYears.Order());
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_day_counts_provisionally_by_its_notice_or_else_by_its_weekday_without_being_known()
    {
        var calendar = Calendar.With(
            2026,
            [new CalendarDay(Day("2027-01-01"), "元旦", false), new CalendarDay(Day("2027-01-02"), "元旦", true)]
        );
        (string Day, bool Counts, bool? Working)[] expected =
        [
            ("2026-02-14", true, true),
            ("2026-02-18", false, false),
            ("2026-03-04", true, true),
            ("2027-01-01", false, null),
            ("2027-01-02", true, null),
            ("2027-01-03", false, null),
            ("2027-01-04", true, null),
        ];

        Assert.Equal(
            expected,
            expected.Select(day =>
                (day.Day, calendar.CountsProvisionally(Day(day.Day)), calendar.IsWorking(Day(day.Day)))
            )
        );
    }

    [Theory]
    [InlineData("2026-03-04", "2026-03-04")]
    [InlineData("2026-03-07", "2026-03-09")]
    [InlineData("2026-02-14", "2026-02-14")]
    [InlineData("2026-02-15", "2026-02-24")]
    [InlineData("2026-10-01", "2026-10-08")]
    [Trait("Rule", "N-36")]
    public void A_day_off_rolls_forward_and_a_working_day_stays(string day, string to) =>
        Assert.Equal(new CountedDate.Known(Day(to)), Calendar.RollForward(Day(day)));

    [Theory]
    [InlineData("2027-01-01", "2027-01-01")] // a Friday that may be a holiday
    [InlineData("2027-01-02", "2027-01-04")] // a Saturday
    [InlineData("2027-01-03", "2027-01-04")] // a Sunday
    [Trait("Rule", "N-36")]
    public void A_day_of_an_unpublished_year_only_has_a_provisional_date(string day, string provisional) =>
        Assert.Equal(new CountedDate.Awaiting(2027, Day(provisional)), Calendar.RollForward(Day(day)));

    [Fact]
    [Trait("Rule", "N-36")]
    public void A_free_last_day_of_the_published_year_rolls_into_the_unknown()
    {
        var calendar = Calendar.With(2026, [new CalendarDay(Day("2026-12-31"), "元旦", false)]);

        Assert.Equal(new CountedDate.Awaiting(2027, Day("2027-01-01")), calendar.RollForward(Day("2026-12-31")));
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void The_shipped_calendar_says_what_the_notices_say()
    {
        var shipped = WorkingCalendar.Shipped;

        Assert.Equal([2020, 2021, 2022, 2023, 2024, 2025, 2026], shipped.PublishedYears.Order());
        Assert.All(NoticeDays, day => Assert.Equal(day, shipped.Find(day.Date)));
        Assert.All(shipped.Days.Where(day => Years.Contains(day.Date.Year)), day => Assert.Contains(day, NoticeDays));
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_year_is_published_only_when_it_lists_new_years_day()
    {
        var calendar = WorkingCalendar.Parse(
            Json(
                """
                [{"date": "2026-01-01", "name": "元旦", "offDay": true},
                 {"date": "2027-02-01", "name": "春节", "offDay": true},
                 {"date": "2028-01-02", "name": "元旦", "offDay": false}]
                """
            )
        );

        Assert.Equal([2026], calendar.PublishedYears);
        Assert.Equal(3, calendar.Days.Count);
        Assert.Equal(new CalendarDay(Day("2028-01-02"), "元旦", true), calendar.Find(Day("2028-01-02")));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[{\"date\": \"2026-13-01\", \"name\": \"元旦\", \"offDay\": true}]")]
    [Trait("Rule", "S1-38")]
    public void A_text_that_is_no_calendar_is_refused(string text) =>
        Assert.Throws<JsonException>(() => WorkingCalendar.Parse(Json(text)));

    private static MemoryStream Json(string text) => new(Encoding.UTF8.GetBytes(text));
}
