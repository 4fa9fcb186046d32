using AdminPortal.Data.Demo;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>
/// The schemes side by side, each from the application to the reduction message on the pages as they are; the whole story of S1
/// with its review is <see cref="StoryTests"/>.
/// </summary>
public sealed class SchemeJourneyTests : IAsyncLifetime
{
    // A Tuesday without a holiday near.
    private PortalServer _server = null!;
    private IBrowserContext _phone = null!;

    public async Task InitializeAsync()
    {
        _server = await PortalServer.StartAsync(TestClock.China(2026, 3, 10, 9));
        _phone = await Browsers.NewPersonAsync(360, 740);
    }

    public async Task DisposeAsync()
    {
        await _phone.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    [Trait("Rule", "S0-05")]
    [Trait("Rule", "S0-08")]
    [Trait("Rule", "S0-13")]
    [Trait("Rule", "S0-17")]
    [Trait("Rule", "S0-18")]
    public async Task In_the_early_scheme_the_completion_files_itself_and_the_pass_takes_the_point_off()
    {
        var known = await _server.Portal.ImportDriverAsync("渝F");
        var driver = new DriverJourney(_server, await _phone.NewPageAsync());
        var (same, _) = StoryPeople.SamplesOf(known.Person);
        await driver.SignInAsync(known.Person);
        await driver.ShotAsync("s0-1-home");
        await driver.ApplyAsync();
        await driver.ShotAsync("s0-2-decision");
        await driver.FaceAsync(same);
        await driver.StudyAsync(same, file: false);
        await driver.ShotAsync("s0-3-studied");

        // Three days counted from the day of the approval: over at the end of Thursday.
        _server.Clock.Now = TestClock.China(2026, 3, 13, 0, 0, 1);
        await _server.RunJobsAsync();
        Assert.Equal(RoundState.ExamOpen, (await _server.Portal.RoundOfAsync(known)).State);
        await driver.SignInAsync(known.Person);
        await driver.ShotAsync("s0-4-filed-by-itself");

        await driver.OpenExamAsync();
        await driver.AnswerAsync(wrong: 2, same);
        await driver.ShotAsync("s0-5-result");
        await AssertReducedAsync(driver, "s0-6-messages");
        var sent = await _server.Portal.ColumnAsync<string>(
            "SELECT DISTINCT channel FROM message_deliveries ORDER BY channel"
        );
        Assert.Contains("Alipay", sent);
    }

    [Fact]
    [Trait("Rule", "S1-27")]
    [Trait("Rule", "N-n1")]
    [Trait("Rule", "N-n2")]
    [Trait("Rule", "N-n3")]
    [Trait("Rule", "N-n7")]
    public async Task Under_the_national_rules_an_officer_checks_the_ID_photo_and_the_pass_takes_the_point_off()
    {
        var known = await _server.Portal.ImportDriverAsync("鄂A");
        var driver = new DriverJourney(_server, await _phone.NewPageAsync());
        var (same, _) = StoryPeople.SamplesOf(known.Person);
        await driver.SignInAsync(known.Person);
        await driver.ApplyAsync();
        await driver.ShotAsync("n-1-decision");
        for (var i = 0; i < 3; i++)
        {
            await driver.FaceAsync("no-face");
        }
        await driver.ShotAsync("n-2-blocked");
        await driver.Page.ClickAsync("a[href='/driver/id-photo']");
        await driver.Page.SetInputFilesAsync("#photo", Photo(same));
        await driver.Page.FollowAsync(() => driver.Page.ClickAsync("form[action='/driver/id-photo'] button"));
        // Tuesday to Friday, three working days.
        Assert.Contains("2026年3月13日", await driver.Page.InnerTextAsync("main"));
        await driver.ShotAsync("n-3-id-photo");

        await using var desk = await Browsers.NewPersonAsync();
        var officer = new OfficerJourney(_server, await desk.NewPageAsync());
        await officer.ActivateAsync("200021", Role.Reviewer, "鄂A");
        await officer.TakeNextAsync();
        await officer.DecideAsync(uphold: true, "持证人与证件、登记照片为同一人。");

        await driver.Page.GotoAsync($"{_server.Address}/driver");
        await driver.ShotAsync("n-4-accepted");
        await driver.StudyAsync(same);
        await driver.OpenExamAsync();
        await driver.FaceAsync(same);
        await driver.AnswerAsync(wrong: 2, same);
        await driver.FaceAsync(same);
        await driver.ShotAsync("n-5-result");
        await AssertReducedAsync(driver, "n-6-messages");
    }

    [Fact]
    [Trait("Rule", "S1-23")]
    [Trait("Rule", "S1-25")]
    public async Task In_the_unified_scheme_unfinished_study_is_void_when_day_three_ends_and_the_driver_was_warned()
    {
        var known = await _server.Portal.ImportDriverAsync();
        var driver = new DriverJourney(_server, await _phone.NewPageAsync());
        await driver.SignInAsync(known.Person);
        await driver.ApplyAsync();
        await driver.FaceAsync(StoryPeople.SamplesOf(known.Person).Same);

        // Counted from the day after: the 11th to the 13th.
        _server.Clock.Now = TestClock.China(2026, 3, 13, 9);
        await _server.RunJobsAsync();
        await driver.SignInAsync(known.Person);
        Assert.Contains("2026年3月13日", await driver.Page.InnerTextAsync("main"));
        await driver.ShotAsync("s1-1-last-day");
        _server.Clock.Now = TestClock.China(2026, 3, 14, 0, 0, 1);
        await _server.RunJobsAsync();

        await driver.SignInAsync(known.Person);
        await driver.ShotAsync("s1-2-void");
        Assert.Equal(RoundState.Void, (await _server.Portal.RoundOfAsync(known)).State);
        await driver.Page.GotoAsync($"{_server.Address}/driver/messages");
        var messages = await driver.Page.InnerTextAsync("main");
        Assert.Contains("未在规定期限内完成学习", messages);
    }

    private async Task AssertReducedAsync(DriverJourney driver, string shot)
    {
        await _server.RunJobsAsync();
        await driver.Page.GotoAsync($"{_server.Address}/driver/messages");
        await driver.ShotAsync(shot);
        Assert.Contains("已为您减免1分", await driver.Page.InnerTextAsync("main"));
    }

    private static FilePayload Photo(string sample) =>
        new()
        {
            Name = "photo.jpg",
            MimeType = "image/jpeg",
            Buffer = SamplePhotos.Named(sample).Bytes.ToArray(),
        };
}
