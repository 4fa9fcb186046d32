using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Browser;

/// <summary>Study that was not accepted for its face checks (N-n5), from the driver's request to the driver's message.</summary>
public sealed class StudyReviewStoryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    [Trait("Rule", "N-n5")]
    public async Task A_period_that_was_not_accepted_is_reviewed_and_counts_again()
    {
        var (server, portal) = (shared.Server, shared.Server.Portal);
        var (driver, check) = await portal.DriverWithLostStudyAsync();
        var phone = await Touring.EnterAsync(server, driver, english: false);
        await phone.GotoAsync($"{server.Address}/driver/study");
        await phone.FollowAsync(() => phone.ClickAsync($"a[href='/driver/review/{check}']"));
        await phone.FillAsync("#reason", "学习时光线太暗，确实是我本人。");
        await phone.FollowAsync(() => phone.ClickAsync($"form[action='/driver/review/{check}'] button"));
        // Tuesday to Friday, three working days.
        Assert.Contains("2026年3月13日", await phone.InnerTextAsync("main"));

        var officer = await portal.CreateOfficerAsync(authorities: ["鄂A"]);
        var desk = new OfficerJourney(server, await Touring.EnterOfficeAsync(server, officer, english: false));
        await desk.TakeNextAsync();
        await desk.LookAtEveryPhotoAsync();
        await desk.DecideAsync(uphold: true, "抓拍光线不足，与底照为同一人。");

        await phone.GotoAsync($"{server.Address}/driver/messages");
        Assert.Contains("学习记录复核已通过", await phone.InnerTextAsync("main"));
        await phone.GotoAsync($"{server.Address}/driver/study");
        Assert.DoesNotContain("对此有异议", await phone.InnerTextAsync("main"));
        await phone.Context.DisposeAsync();
        await desk.Page.Context.DisposeAsync();
    }
}
