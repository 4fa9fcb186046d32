using System.Text.RegularExpressions;
using AdminPortal.Data;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Gateways;
using AdminPortal.Data.Gateways.StandIns;
using AdminPortal.Data.Points;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>
/// The main job, whole: a driver passes an exam, the closing check fails, an officer decides the review. In a real browser, on a
/// real database, on the pages as they are.
/// </summary>
public sealed class StoryTests
{
    // A Friday: the Saturday after it is worked, then nine days are off.
    private static readonly DateTimeOffset Friday = TestClock.China(2026, 2, 13, 9);

    [Fact]
    [Trait("Rule", "S0-04")]
    [Trait("Rule", "S0-05")]
    [Trait("Rule", "S0-06")]
    [Trait("Rule", "S0-07")]
    [Trait("Rule", "S0-10")]
    [Trait("Rule", "S0-15")]
    [Trait("Rule", "S0-17")]
    [Trait("Rule", "S1-06")]
    [Trait("Rule", "S1-07")]
    [Trait("Rule", "S1-14")]
    [Trait("Rule", "S1-22")]
    [Trait("Rule", "S1-24")]
    [Trait("Rule", "S1-26")]
    [Trait("Rule", "S1-32")]
    [Trait("Rule", "S1-36")]
    [Trait("Rule", "S1-37")]
    [Trait("Rule", "S1-38")]
    [Trait("Rule", "N-33")]
    public async Task An_upheld_review_takes_the_point_off_and_the_driver_is_told()
    {
        await using var server = await PortalServer.StartAsync(Friday);
        var person = await StoryPeople.ImportDriverAsync(server);
        await using var phone = await Browsers.NewPersonAsync(390, 844);
        var driver = new DriverJourney(server, await phone.NewPageAsync());

        await driver.SignInAsync(person);
        var home = await driver.Page.InnerTextAsync("main");
        Assert.Contains(person.IdNumber[^4..], home);
        Assert.DoesNotContain(person.IdNumber, home);
        Assert.Contains("渝A", home);
        await driver.ShotAsync("story-1-home");

        await driver.ApplyAsync();
        var decision = await driver.Page.InnerTextAsync("main");
        Assert.Contains("S1-17", decision);
        Assert.Contains("S1-21", decision);
        await driver.ShotAsync("story-2-decision");

        var attempt = await PassAndFailLastCheckAsync(driver, person);
        await driver.FileReviewAsync(attempt, "逆光，屏幕提示不是同一人，全程是我本人。");
        Assert.Contains("2026年2月25日", await driver.Page.InnerTextAsync("main"));
        await driver.ShotAsync("story-5-review");

        await using var desk = await Browsers.NewPersonAsync();
        var officer = new OfficerJourney(server, await desk.NewPageAsync());
        await officer.ActivateAsync("200001", Role.Reviewer);
        await officer.TakeNextAsync();
        await officer.LookAtEveryPhotoAsync();
        await officer.Page.ShotAsync("story-6-desk");
        await officer.DecideAsync(uphold: true, "与底照比对为同一人，逆光所致，复核通过。");
        await officer.Page.ShotAsync("story-7-decided");

        await server.RunJobsAsync();
        await AssertReducedOnceAsync(server);
        await driver.Page.GotoAsync($"{server.Address}/driver/messages");
        var messages = await driver.Page.InnerTextAsync("main");
        Assert.Contains("复核通过", messages);
        Assert.Contains("已为您减免1分", messages);
        await driver.ShotAsync("story-8-messages");
        var sent = server.Services.GetRequiredService<StandInMessageGateway>().Read();
        Assert.Contains(
            sent,
            m => m.Channel == MessageChannel.Sms && m.Text.Contains("复核通过", StringComparison.Ordinal)
        );
        Assert.Contains(
            sent,
            m => m.Channel == MessageChannel.App && m.Text.Contains("复核通过", StringComparison.Ordinal)
        );

        await AssertAuditedAsync(server);
    }

    [Fact]
    [Trait("Rule", "S1-31")]
    [Trait("Rule", "S1-38")]
    public async Task A_rejected_review_tells_the_driver_why_and_opens_the_resit()
    {
        await using var server = await PortalServer.StartAsync(Friday);
        var (known, attempt) = await server.Portal.DriverWithInvalidResultAsync();
        await using var phone = await Browsers.NewPersonAsync(390, 844);
        var driver = new DriverJourney(server, await phone.NewPageAsync());
        await driver.SignInAsync(known.Person);
        await driver.FileReviewAsync(attempt, "光线太暗，请民警核实。");

        await using var desk = await Browsers.NewPersonAsync();
        var officer = new OfficerJourney(server, await desk.NewPageAsync());
        await officer.ActivateAsync("200002", Role.Reviewer);
        await officer.TakeNextAsync();
        await officer.DecideAsync(uphold: false, "三张照片均非同一人。");

        await driver.Page.GotoAsync($"{server.Address}/driver/review/{attempt}");
        Assert.Equal("三张照片均非同一人。", await driver.Page.InnerTextAsync("[aria-labelledby=why] .quote"));
        await driver.Page.GotoAsync($"{server.Address}/driver");
        // The 24 hours begin with the decision.
        Assert.Contains("补考", await driver.Page.InnerTextAsync("main"));
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public async Task Two_officers_at_one_case_see_who_has_it_and_one_decides()
    {
        await using var server = await PortalServer.StartAsync(Friday);
        var (driver, attempt) = await server.Portal.DriverWithInvalidResultAsync();
        await server.Portal.FileReviewAsync(driver, attempt);

        await using var first = await Browsers.NewPersonAsync();
        await using var second = await Browsers.NewPersonAsync();
        var holder = new OfficerJourney(server, await first.NewPageAsync());
        var other = new OfficerJourney(server, await second.NewPageAsync());
        await holder.ActivateAsync("200003", Role.Reviewer);
        await other.ActivateAsync("200004", Role.Reviewer);
        await holder.TakeNextAsync();
        await other.Page.GotoAsync(holder.Page.Url);
        await other.Page.WaitForSelectorAsync("html[data-keys~=u] .desk");
        Assert.Contains("200003", await other.Page.InnerTextAsync(".desk"));
        await other.Page.Keyboard.PressAsync("u");
        await Assertions.Expect(other.Page.Locator("fieldset.choice:disabled")).ToHaveCountAsync(1);

        await holder.DecideAsync(uphold: true, "同一人，复核通过。");
        await other.Page.ReloadAsync();
        await other.Page.WaitForSelectorAsync(".verdict");
        Assert.Contains("200003", await other.Page.InnerTextAsync(".verdict"));
    }

    private static async Task<Guid> PassAndFailLastCheckAsync(DriverJourney driver, TestPerson person)
    {
        var (same, another) = StoryPeople.SamplesOf(person);
        await driver.FaceAsync(same);
        await driver.StudyAsync(same);
        await driver.OpenExamAsync();
        await driver.ShotAsync("story-3-exam");
        var attempt = await driver.AnswerAsync(wrong: 2, same);
        await driver.ShotAsync("story-4-closing-check");
        await driver.FaceAsync("unavailable");
        foreach (var sample in new[] { another, "no-face", another })
        {
            await driver.FaceAsync(sample);
        }
        return attempt;
    }

    private static async Task AssertReducedOnceAsync(PortalServer server)
    {
        await using var db = await server
            .Services.GetRequiredService<IDbContextFactory<PortalDb>>()
            .CreateDbContextAsync();
        var round = await db.Rounds.SingleAsync();
        Assert.Equal(RoundState.Reduced, round.State);
        Assert.Equal(ReductionState.Applied, (await db.Reductions.SingleAsync()).State);
        await server.RunJobsAsync();
        var answer = await server
            .Services.GetRequiredService<IPointsGateway>()
            .QueryAsync(round.Id.ToString("N"), CancellationToken.None);
        Assert.Equal((PointsState.Applied, 1), (answer.State, answer.PointsTaken));
    }

    private static async Task AssertAuditedAsync(PortalServer server)
    {
        await using var auditing = await Browsers.NewPersonAsync();
        var auditor = new OfficerJourney(server, await auditing.NewPageAsync());
        await auditor.ActivateAsync("200009", Role.Auditor);
        await auditor.Page.GotoAsync($"{server.Address}/staff/audit");
        await auditor.Page.FillAsync("#badge", "200001");
        await auditor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(auditor.Page.Locator("table")).ToContainTextAsync(new Regex("DecideReview"));
        await Assertions.Expect(auditor.Page.Locator("table")).ToContainTextAsync(new Regex("ViewCase"));
        await Assertions.Expect(auditor.Page.Locator("table")).ToContainTextAsync(new Regex("ViewCasePhoto"));
        await auditor.Page.ShotAsync("story-9-audit");
        Assert.Null(
            (await server.Services.GetRequiredService<AuditVerifier>().VerifyAsync(CancellationToken.None)).Fault
        );
    }
}
