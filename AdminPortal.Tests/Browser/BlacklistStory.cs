using AdminPortal.Data.Demo;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>On the blacklist by two persons, off it again by two, in a real browser on the pages as they are.</summary>
public sealed class BlacklistStory
{
    [Fact]
    [Trait("Rule", "S1-39")]
    [Trait("Rule", "S1-40")]
    [Trait("Rule", "N-33")]
    public async Task A_driver_is_put_on_the_blacklist_appeals_with_a_photo_and_is_taken_off_it()
    {
        await using var server = await PortalServer.StartAsync(TestClock.China(2026, 3, 10, 9));
        var person = await StoryPeople.ImportDriverAsync(server);
        await using var first = await Browsers.NewPersonAsync();
        var reviewer = new OfficerJourney(server, await first.NewPageAsync());
        await reviewer.ActivateAsync("200001", Role.Reviewer);
        await using var second = await Browsers.NewPersonAsync();
        var supervisor = new OfficerJourney(server, await second.NewPageAsync());
        await supervisor.ActivateAsync("200002", Role.Supervisor);

        var entry = await reviewer.ProposeAsync(person.IdNumber, "抓拍照片显示由他人代为参加考试。");
        await supervisor.ConfirmEntryAsync(entry);

        await using var phone = await Browsers.NewPersonAsync(390, 844);
        var driver = new DriverJourney(server, await phone.NewPageAsync());
        await driver.SignInAsync(person);
        await driver.Page.FollowAsync(() => driver.Page.ClickAsync(".next a[href='/driver/blacklist']"));
        Assert.Contains("2029年3月10日", await driver.Page.InnerTextAsync("main"));
        await driver.Page.FollowAsync(() => driver.Page.ClickAsync("main a.button"));
        await driver.Page.FillAsync("#reason", "照片里的人就是我本人，附当天照片为证。");
        await driver.Page.SetInputFilesAsync(
            "#photos",
            new FilePayload
            {
                Name = "evidence.jpg",
                MimeType = "image/jpeg",
                Buffer = SamplePhotos.Named("A-live").Bytes.ToArray(),
            }
        );
        await driver.Page.FollowAsync(() => driver.Page.ClickAsync("main form.card button.button"));
        Assert.Contains("不是法定期限", await driver.Page.InnerTextAsync("main"));

        await reviewer.TakeNextAsync();
        await reviewer.LookAtEveryPhotoAsync();
        await reviewer.ProposeUpholdAsync("抓拍照片均为本人。");
        await supervisor.TakeNextAsync();
        Assert.Contains("抓拍照片均为本人", await supervisor.Page.InnerTextAsync("#proposal"));
        await supervisor.DecideAsync(uphold: true, "材料属实，解除记录。");

        await driver.Page.ReloadAsync();
        Assert.Contains("材料属实，解除记录", await driver.Page.InnerTextAsync("main"));
        await driver.Page.GotoAsync($"{server.Address}/driver/messages");
        Assert.Contains("您的申诉已通过", await driver.Page.InnerTextAsync("main"));
        await driver.Page.GotoAsync($"{server.Address}/driver/application");
        Assert.NotEqual(0, await driver.Page.Locator("#notice").CountAsync());
    }
}
