using AdminPortal.Domain.Time;

namespace AdminPortal.Tests.Domain.Time;

[Trait("Rule", "S0-24")]
public sealed class QuietHoursTests
{
    [Fact]
    public void The_stretch_of_three_hours_with_the_fewest_starts_is_named()
    {
        var counts = Even(10);
        (counts[13], counts[14], counts[15]) = (2, 1, 3);
        Assert.Equal(new QuietHours(new TimeOnly(13, 0), new TimeOnly(16, 0)), QuietHours.Find(counts));
    }

    [Fact]
    public void Night_is_never_advised_however_quiet_it_is()
    {
        var counts = Even(10);
        for (var hour = 0; hour < 24; hour++)
        {
            counts[hour] = hour is < 6 or >= 22 ? 0 : 10;
        }
        // Of equals the earliest.
        Assert.Equal(new QuietHours(new TimeOnly(6, 0), new TimeOnly(9, 0)), QuietHours.Find(counts));
        counts[21] = 0;
        Assert.Equal(new QuietHours(new TimeOnly(19, 0), new TimeOnly(22, 0)), QuietHours.Find(counts));
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public void Fewer_than_a_hundred_starts_say_nothing(int starts, bool said)
    {
        var counts = Even(0);
        counts[10] = starts;
        Assert.Equal(said, QuietHours.Find(counts) is not null);
    }

    [Fact]
    public void A_day_has_twenty_four_hours() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QuietHours.Find(new int[23]));

    private static int[] Even(int count) => [.. Enumerable.Repeat(count, 24)];
}
