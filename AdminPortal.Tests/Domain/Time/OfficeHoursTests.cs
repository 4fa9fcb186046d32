using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using static AdminPortal.Tests.Domain.Frozen;
using CultureInfo = System.Globalization.CultureInfo;

namespace AdminPortal.Tests.Domain.Time;

[Trait("Rule", "S0-23")]
public sealed class OfficeHoursTests
{
    private static readonly OfficeHours Nine = new(new TimeOnly(9, 0), new TimeOnly(17, 0));

    [Theory]
    // A plain Wednesday, at the second.
    [InlineData("2026-03-04 00:00:00", "closed, opens 2026-03-04 09:00")]
    [InlineData("2026-03-04 08:59:59", "closed, opens 2026-03-04 09:00")]
    [InlineData("2026-03-04 09:00:00", "open until 2026-03-04 17:00")]
    [InlineData("2026-03-04 16:59:59", "open until 2026-03-04 17:00")]
    [InlineData("2026-03-04 17:00:00", "closed, opens 2026-03-05 09:00")]
    [InlineData("2026-03-04 23:59:59", "closed, opens 2026-03-05 09:00")]
    // A weekend.
    [InlineData("2026-03-06 17:00:00", "closed, opens 2026-03-09 09:00")]
    [InlineData("2026-03-07 10:00:00", "closed, opens 2026-03-09 09:00")]
    [InlineData("2026-03-08 08:00:00", "closed, opens 2026-03-09 09:00")]
    // The make-up Saturday before the Spring Festival, its eve's evening, and the festival.
    [InlineData("2026-02-14 10:00:00", "open until 2026-02-14 17:00")]
    [InlineData("2026-02-13 18:00:00", "closed, opens 2026-02-14 09:00")]
    [InlineData("2026-02-14 17:00:00", "closed, opens 2026-02-24 09:00")]
    [InlineData("2026-02-18 10:00:00", "closed, opens 2026-02-24 09:00")]
    // Over a turn of the year that is published, and over one that is not.
    [InlineData("2025-12-31 17:30:00", "closed, opens 2026-01-04 09:00")]
    [InlineData("2026-12-31 16:59:59", "open until 2026-12-31 17:00")]
    [InlineData("2026-12-31 17:00:00", "closed")]
    // In an unknown year: at night it is closed whatever the day is; in the hours nobody knows, weekend or not.
    [InlineData("2027-01-04 08:59:59", "closed")]
    [InlineData("2027-01-04 09:00:00", "unknown")]
    [InlineData("2027-01-02 12:00:00", "unknown")]
    [InlineData("2027-01-04 16:59:59", "unknown")]
    [InlineData("2027-01-04 17:00:00", "closed")]
    public void It_is_open_in_the_hours_of_working_days_as_far_as_the_calendar_tells(string now, string state) =>
        Assert.Equal(state, Words(OfficeHoursState.At(China(now), Nine, Calendar)));

    [Fact]
    public void For_every_minute_of_two_years_it_agrees_with_looking_day_by_day()
    {
        for (var now = China("2025-01-01 00:00:00"); now < China("2027-02-01 00:00:00"); now = now.AddMinutes(29))
        {
            var (day, time) = (ChinaTime.DateOf(now), TimeOnly.FromDateTime(ChinaTime.Local(now).DateTime));
            var within = time >= Nine.From && time < Nine.To;
            var state = OfficeHoursState.At(now, Nine, Calendar);
            var expected = (within, Calendar.IsWorking(day)) switch
            {
                (true, true) => typeof(OfficeHoursState.Open),
                (true, null) => typeof(OfficeHoursState.Unknown),
                _ => typeof(OfficeHoursState.Closed),
            };
            Assert.Equal(expected, state.GetType());
            if (state is OfficeHoursState.Closed { OpensAt: { } opens })
            {
                Assert.True(opens > now);
                Assert.IsType<OfficeHoursState.Open>(OfficeHoursState.At(opens, Nine, Calendar));
                Assert.IsType<OfficeHoursState.Closed>(OfficeHoursState.At(opens.AddSeconds(-1), Nine, Calendar));
            }
        }
    }

    [Fact]
    public void Every_scheme_has_hours_that_open_before_they_close()
    {
        Assert.All(SchemeCatalogue.Shipped.All, s => Assert.True(s.HotlineHours.Value.From < s.HotlineHours.Value.To));
        var broken = S1 with { HotlineHours = new(new OfficeHours(Nine.To, Nine.From), "S0-23") };
        Assert.Throws<InvalidSchemeException>(() => new SchemeCatalogue([broken]));
    }

    private static DateTimeOffset China(string text) =>
        DateTimeOffset.ParseExact($"{text} +08:00", "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    private static string Words(OfficeHoursState state) =>
        state switch
        {
            OfficeHoursState.Open open => $"open until {ChinaTime.Local(open.Until):yyyy-MM-dd HH:mm}",
            OfficeHoursState.Closed { OpensAt: { } at } => $"closed, opens {ChinaTime.Local(at):yyyy-MM-dd HH:mm}",
            OfficeHoursState.Closed => "closed",
            _ => "unknown",
        };
}
