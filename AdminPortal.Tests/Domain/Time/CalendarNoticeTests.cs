using AdminPortal.Domain;
using AdminPortal.Domain.Time;

namespace AdminPortal.Tests.Domain.Time;

/// <summary>The yearly notice as a person writes it down.</summary>
public sealed class CalendarNoticeTests
{
    [Fact]
    public void Lines_and_the_file_of_the_operators_say_the_same()
    {
        var lines = Read("2027-01-01~2027-01-03 元旦 休\n\n  2027-01-09，元旦　班  \r\n");
        var file = Read(
            """
            [{"date":"2027-01-01","name":"元旦","offDay":true},{"date":"2027-01-02","name":"元旦","offDay":true},
             {"date":"2027-01-03","name":"元旦","offDay":true},{"date":"2027-01-09","name":"元旦","offDay":false}]
            """
        );
        Assert.Equal(file, lines);
        Assert.Equal("2027-01-01~2027-01-03 元旦 休\n2027-01-09 元旦 班\n", CalendarNotice.Write(file));
    }

    [Fact]
    public void What_shipped_is_written_and_read_back_unchanged()
    {
        foreach (var year in WorkingCalendar.Shipped.PublishedYears)
        {
            var days = WorkingCalendar.Shipped.Days.Where(d => d.Date.Year == year).OrderBy(d => d.Date).ToList();
            Assert.Equal(days, Read(CalendarNotice.Write(days)));
        }
    }

    [Theory]
    [InlineData("2027-02-29 春节 休")]
    [InlineData("2027-2-1 春节 休")]
    [InlineData("2027-02-01 春节")]
    [InlineData("2027-02-01 春节 假")]
    [InlineData("2027-02-01 春 节 休")]
    [InlineData("2027-02-03~2027-02-01 春节 休")]
    [InlineData("2027-01-01~2028-01-01 春节 休")]
    [InlineData("2027-01-01~2027-01-02~2027-01-03 春节 休")]
    public void A_line_that_cannot_be_read_is_named(string line)
    {
        var refused = Refused($"2027-01-01 元旦 休\n{line}");
        Assert.Equal((RefusalCode.CalendarLineUnreadable, "days"), (refused.Code, refused.Field));
        Assert.Equal([2], refused.Facts);
    }

    [Fact]
    public void A_file_that_is_none_or_names_a_day_twice_is_refused_and_so_is_nothing()
    {
        Assert.Equal(RefusalCode.CalendarFileUnreadable, Refused("[{").Code);
        Assert.Equal(
            RefusalCode.CalendarFileUnreadable,
            Refused(
                """[{"date":"2027-01-01","name":"元旦","offDay":true},{"date":"2027-01-01","name":"元旦","offDay":true}]"""
            ).Code
        );
        Assert.Equal(RefusalCode.FieldRequired, Refused(" \n ").Code);
        Assert.Equal(RefusalCode.FieldTooLong, Refused(new string('1', CalendarNotice.TextLimit + 1)).Code);
    }

    [Fact]
    public void A_notice_needs_its_source_its_new_year_and_names()
    {
        var shipped = WorkingCalendar.Shipped;
        IReadOnlyList<CalendarDay> good = [new(new DateOnly(2027, 1, 1), "元旦", false)];
        Assert.Null(CalendarNotice.Fault(2027, "通知", good, shipped));
        Assert.Equal("source", CalendarNotice.Fault(2027, " ", good, shipped)!.Field);
        Assert.Equal("source", CalendarNotice.Fault(2027, new string('长', 201), good, shipped)!.Field);
        Assert.Equal("year", CalendarNotice.Fault(2026, "通知", good, shipped)!.Field);
        Assert.Equal("days", CalendarNotice.Fault(2027, "通知", [good[0] with { Name = "" }], shipped)!.Field);
        Assert.Equal("days", CalendarNotice.Fault(2027, "通知", [.. good, good[0]], shipped)!.Field);
    }

    private static IReadOnlyList<CalendarDay> Read(string text) =>
        ((Outcome<IReadOnlyList<CalendarDay>>.Done)CalendarNotice.Read(text)).Value;

    private static Refusal Refused(string text) =>
        ((Outcome<IReadOnlyList<CalendarDay>>.Refused)CalendarNotice.Read(text)).Refusal;
}
