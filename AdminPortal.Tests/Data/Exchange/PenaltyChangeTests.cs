using AdminPortal.Data.Drivers;
using AdminPortal.Data.Exchange;
using AdminPortal.Data.Points;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Exchange;

/// <summary>Penalties that change after their points were recorded (N-16), and points that outlive their cycle (N-15).</summary>
public sealed class PenaltyChangeTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private DateOnly _licensed;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _licensed = Today.AddYears(-6).AddDays(-100);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    private DateOnly Today => ChinaTime.DateOf(_portal.Clock.Now);

    private ViolationRecord Violation(string idNumber, int points = 3, DateOnly? revokedOn = null) =>
        new(idNumber, $"V-{idNumber}", "1362", Today.AddDays(-40), points, Today.AddDays(-35), null, revokedOn);

    private LicenceRecord Licence(TestDriver driver, int points) =>
        new(driver.Person.IdNumber, driver.Authority, "C1", "A", _licensed, points);

    [Fact]
    [Trait("Rule", "N-16")]
    public async Task A_revoked_penalty_takes_its_points_away_at_once_and_the_driver_is_told()
    {
        var driver = await _portal.ImportDriverAsync(points: 4, more: id => Violation(id));

        await _portal.ImportAsync([Violation(driver.Person.IdNumber, 3, Today)], _portal.Clock.Now);

        var home = await HomeAsync(driver);
        Assert.Equal((1, 0), (home.Points, home.Account.Surplus));
        var change = Assert.Single(home.PenaltyChanges);
        Assert.Equal((3, 0, Today.AddDays(-40)), (change.PointsBefore, change.PointsAfter, change.On));
        Assert.Equal(["PenaltyChanged"], await _portal.MessagesToAsync(driver));
        await _portal.AssertAuditIsWholeAsync();
    }

    [Theory]
    [Trait("Rule", "N-16")]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task What_was_reduced_already_shows_as_surplus_in_whatever_order_the_file_tells_it(
        bool withLicence,
        bool licenceFirst
    )
    {
        var driver = await DriverWithReductionAsync();
        Assert.Equal(2, (await HomeAsync(driver)).Points);
        ExchangeRecord revoked = Violation(driver.Person.IdNumber, 3, Today);
        ExchangeRecord licence = Licence(driver, 0);

        await _portal.ImportAsync(
            (withLicence, licenceFirst) switch
            {
                (false, _) => [revoked],
                (true, true) => [licence, revoked],
                (true, false) => [revoked, licence],
            },
            _portal.Clock.Now
        );

        var home = await HomeAsync(driver);
        Assert.Equal((0, 1), (home.Points, home.Account.Surplus));
        Assert.Contains("PenaltyChangedSurplus", await _portal.MessagesToAsync(driver));

        // N-n8: a violation that comes afterwards counts in full, and the surplus stays visible.
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        await _portal.ImportAsync([Licence(driver, 3)], _portal.Clock.Now);
        home = await HomeAsync(driver);
        Assert.Equal((3, 1), (home.Points, home.Account.Surplus));
    }

    [Fact]
    [Trait("Rule", "N-16")]
    public async Task A_reduction_that_arrives_when_no_points_are_left_shows_as_surplus()
    {
        var driver = await _portal.DriverBeforeExamAsync();
        await _portal.PassExamAsync(driver);
        await _portal.FaceAsync(driver);
        await _portal.ImportAsync([Licence(driver, 0)], _portal.Clock.Now);

        await _portal.Get<PointsDispatcher>().RunAsync(default);

        var home = await HomeAsync(driver);
        Assert.Equal((0, 1), (home.Points, home.Account.Surplus));
    }

    [Fact]
    [Trait("Rule", "N-16")]
    public async Task The_same_file_again_and_an_older_one_change_nothing_more()
    {
        var driver = await _portal.ImportDriverAsync(points: 4, more: id => Violation(id));
        var older = _portal.Clock.Now.AddHours(-1);
        ExchangeRecord[] changed = [Violation(driver.Person.IdNumber, 1)];
        await _portal.ImportAsync(changed, _portal.Clock.Now);

        var again = await _portal.ImportAsync(changed, _portal.Clock.Now);
        Assert.Equal((0, 0, 1), (again.Added, again.Changed, again.Unchanged));
        var path = await _portal.WriteExchangeAsync([
            TestPortal.Line(new HeaderRecord(HeaderRecord.KnownFormat, older, "测试")),
            TestPortal.Line(Violation(driver.Person.IdNumber)),
        ]);
        var report = await _portal.Get<ExchangeImporter>().ImportAsync(path, default);

        Assert.Equal([new ImportFault(2, "newer data of this violation are stored already")], report.Faults);
        Assert.Equal(2, (await HomeAsync(driver)).Points);
        Assert.Single(await _portal.MessagesToAsync(driver));
    }

    [Fact]
    [Trait("Rule", "N-16")]
    public async Task A_penalty_of_a_cycle_that_is_over_changes_no_points_but_is_told()
    {
        var old = Today.AddYears(-1).AddDays(-60);
        ViolationRecord Old(string id, DateOnly? revoked) =>
            new(id, $"V-{id}", "1362", old, 6, old.AddDays(1), old.AddDays(2), revoked);
        var driver = await _portal.ImportDriverAsync(points: 4, more: id => Old(id, null));

        await _portal.ImportAsync([Old(driver.Person.IdNumber, Today)], _portal.Clock.Now);

        var home = await HomeAsync(driver);
        Assert.Equal((4, 0, 0), (home.Points, home.Account.Surplus, home.PenaltyChanges.Count));
        Assert.Equal(["PenaltyChanged"], await _portal.MessagesToAsync(driver));
    }

    [Fact]
    [Trait("Rule", "N-15")]
    public async Task When_the_cycle_ends_before_new_data_come_only_points_with_an_overdue_fine_are_left()
    {
        var driver = await _portal.ImportDriverAsync(points: 7, more: id => Violation(id), reducedElsewhere: 6);
        Assert.Equal((7, 6), ((await HomeAsync(driver)).Points, (await HomeAsync(driver)).PointsReduced));

        _portal.Clock.Advance(TimeSpan.FromDays(270));

        var home = await HomeAsync(driver);
        Assert.Equal((3, 0), (home.Points, home.PointsReduced));
        Assert.Equal(3, Assert.Single(home.Account.CarriedOver).Points);
        // What was taken off elsewhere belonged to the old cycle: the cap begins anew, for the ledger too.
        Assert.True(home.Report!.IsEligible);
    }

    // Three points of one violation, of which a round has taken one off.
    private async Task<TestDriver> DriverWithReductionAsync()
    {
        var (driver, _) = await _portal.DriverWithReductionAsync();
        await _portal.ImportAsync([Violation(driver.Person.IdNumber)], _portal.Clock.Now.AddHours(-1));
        return driver;
    }

    private async Task<DriverHome> HomeAsync(TestDriver driver) =>
        (await _portal.Get<DriverPages>().HomeAsync(driver.Id, false, default))!;
}
