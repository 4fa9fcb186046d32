using System.Globalization;
using AdminPortal.Domain.Time;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Time;

[Trait("Rule", "S1-38")]
public sealed class TimeTextTests
{
    [Fact]
    public void An_instant_is_written_on_the_clock_of_china()
    {
        var instant = new DateTimeOffset(2026, 11, 24, 10, 5, 0, TimeSpan.Zero);

        Assert.Equal("2026年11月24日（星期二） 18:05", TimeText.Instant(instant, english: false));
        Assert.Equal("Tue 24 Nov 2026, 18:05", TimeText.Instant(instant, english: true));
        Assert.Equal("11-24 18:05", TimeText.Short(instant));
    }

    [Fact]
    public void Midnight_as_a_last_moment_belongs_to_the_day_it_ends()
    {
        Assert.Equal("2026年3月9日（星期一） 24:00", TimeText.LastMoment(At("2026-03-10 00:00"), english: false));
        Assert.Equal("Mon 9 Mar 2026, 24:00", TimeText.LastMoment(At("2026-03-10 00:00"), english: true));
        Assert.Equal("2026年3月10日（星期二） 00:01", TimeText.LastMoment(At("2026-03-10 00:01"), english: false));
        Assert.Equal("Tue 10 Mar 2026, 23:59", TimeText.LastMoment(At("2026-03-10 23:59"), english: true));
    }

    [Fact]
    public void Every_day_of_the_week_has_its_character()
    {
        var written = Enumerable.Range(0, 7).Select(i => TimeText.Day(Day("2026-03-01").AddDays(i), english: false));

        Assert.Equal(
            [
                "2026年3月1日（星期日）",
                "2026年3月2日（星期一）",
                "2026年3月3日（星期二）",
                "2026年3月4日（星期三）",
                "2026年3月5日（星期四）",
                "2026年3月6日（星期五）",
                "2026年3月7日（星期六）",
            ],
            written
        );
    }

    [Theory]
    [InlineData(51 * 60 + 59, "2天3小时", "2 d 3 h")]
    [InlineData(24 * 60, "1天0小时", "1 d 0 h")]
    [InlineData(24 * 60 - 1, "23小时59分钟", "23 h 59 min")]
    [InlineData(60, "1小时0分钟", "1 h 0 min")]
    [InlineData(59, "59分钟", "59 min")]
    [InlineData(0, "0分钟", "0 min")]
    [InlineData(-125, "2小时5分钟", "2 h 5 min")]
    public void A_span_is_rounded_down_and_has_no_sign(int minutes, string chinese, string english)
    {
        Assert.Equal(chinese, TimeText.Span(TimeSpan.FromMinutes(minutes), english: false));
        Assert.Equal(english, TimeText.Span(TimeSpan.FromMinutes(minutes), english: true));
    }

    [Fact]
    public void Seconds_do_not_round_a_span_up() =>
        Assert.Equal("59分钟", TimeText.Span(TimeSpan.FromSeconds(3599.9), english: false));

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en-US")]
    [InlineData("fi-FI")] // writes times with a dot
    [InlineData("th-TH")] // counts the years of the Buddha
    [InlineData("ar-SA")] // has another calendar
    public void The_language_of_the_server_does_not_matter(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            var instant = At("2026-11-24 18:05");
            Assert.Equal("Tue 24 Nov 2026, 18:05", TimeText.Instant(instant, english: true));
            Assert.Equal("2026年11月24日（星期二） 18:05", TimeText.Instant(instant, english: false));
            Assert.Equal("2026年11月24日（星期二） 18:05", TimeText.LastMoment(instant, english: false));
            Assert.Equal("11-24 18:05", TimeText.Short(instant));
            Assert.Equal("2天3小时", TimeText.Span(TimeSpan.FromHours(-51), english: false));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
