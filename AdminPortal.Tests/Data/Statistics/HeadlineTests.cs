using AdminPortal.Data.Drivers;
using AdminPortal.Data.Rounds;
using AdminPortal.Data.Statistics;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Statistics;

/// <summary>What the service reports about itself (S1-04).</summary>
public sealed class HeadlineTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "S1-04")]
    public async Task Rounds_hours_that_count_and_reductions_are_counted_and_agree_with_the_rows()
    {
        Assert.Equal((0, 0, 0), await FiguresAsync());
        await _portal.DriverWithReductionAsync();
        await _portal.DriverWithReductionAsync();
        await _portal.DriverWithLostStudyAsync();
        await _portal.DriverInStudyAsync();

        Assert.Equal((4, 1, 2), await FiguresAsync());
        // A count is good for ten minutes, then it is made anew.
        await _portal.ApplyAsync(await _portal.ImportDriverAsync());
        Assert.Equal((4, 1, 2), await FiguresAsync());
        _portal.Clock.Advance(QuietHoursAdvice.Freshness);
        Assert.Equal((5, 1, 2), await FiguresAsync());

        // Two drivers studied 30 minutes that count; what was voided does not.
        Assert.Equal(
            1,
            await _portal.ScalarAsync<long>("SELECT sum(seconds) / 3600 FROM study_stretches WHERE voided_by IS NULL")
        );
        Assert.True(
            await _portal.ScalarAsync<long>("SELECT count(*) FROM study_stretches WHERE voided_by IS NOT NULL") > 0
        );
    }

    [Theory]
    [Trait("Rule", "S1-04")]
    [Trait("Rule", "N-n1")]
    [InlineData("鄂A", 0)]
    [InlineData("渝A", 1)]
    public async Task Pieces_too_short_to_count_under_their_scheme_are_no_hours(string authority, int hours)
    {
        await _portal.DriverInStudyAsync(authority);
        // Fifteen pieces of 299 seconds: more than an hour where every piece counts, nothing under N.
        await _portal.ExecuteAsync(
            """
            INSERT INTO study_stretches (id, round_id, section_id, started_at, last_beat_at, seconds, confirmed)
            SELECT gen_random_uuid(), r.id, 'x', now(), now(), 299, false FROM rounds r, generate_series(1, 15)
            """
        );
        Assert.Equal((1, hours, 0), await FiguresAsync());
    }

    [Fact]
    [Trait("Rule", "S1-04")]
    public async Task A_driver_reads_them_on_the_home_page()
    {
        var driver = await _portal.DriverInStudyAsync();
        var home = await _portal.Get<DriverPages>().HomeAsync(driver.Id, false, default);
        Assert.Equal((1, 0, 0), (home!.Headlines.Participations, home.Headlines.StudyHours, home.Headlines.Reductions));
    }

    private async Task<(int, int, int)> FiguresAsync()
    {
        var figures = await _portal.Get<Headlines>().ReadAsync(default);
        return (figures.Participations, figures.StudyHours, figures.Reductions);
    }
}
