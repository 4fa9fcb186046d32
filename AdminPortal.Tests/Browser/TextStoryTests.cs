using AdminPortal.Data.Messages;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>One administrator words and proposes, another one publishes and confirms, and a driver reads it.</summary>
public sealed class TextStoryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task A_message_and_a_notice_are_worded_by_two_and_reach_a_driver_and_an_authority_changes_its_scheme()
    {
        var portal = shared.Server.Portal;
        var driver = await portal.ImportDriverAsync();
        var code = await portal.NewAuthorityAsync();
        var (first, second) = (await portal.CreateAdministratorAsync(), await portal.CreateAdministratorAsync());
        var writing = await OpenAsync(first, "/staff/texts?q=申请通过", "html[data-keys] table.list");
        await writing.ClickAsync("a[href='/staff/texts/ApplicationApproved']");
        await writing.WaitForSelectorAsync("#text-form");
        await writing.FillAsync("#zh", "【学法减分】恭喜，请学习");
        await writing.WaitForSelectorAsync("#live p.quiet:has-text('占位符还不齐全')");
        await writing.ClickAsync("#save");
        await writing.WaitForSelectorAsync("#text-error");
        // Refused, and still there.
        Assert.Equal("【学法减分】恭喜，请学习", await writing.InputValueAsync("#zh"));
        await writing.FillAsync("#zh", "【学法减分】恭喜，请在{0}前学习");
        await writing.WaitForSelectorAsync("#live .message:has-text('恭喜，请在2026年3月')");
        await writing.ClickAsync("#save");
        await writing.WaitForSelectorAsync("#publish-blocked");
        await writing.GotoAsync($"{shared.Server.Address}/staff/texts/ServiceNotice");
        await writing.WaitForSelectorAsync("html[data-keys] #text-form");
        await writing.FillAsync("#zh", "第一条：自愿参加。\n第二条：本人参加。");
        await writing.FillAsync("#en", "");
        await writing.ClickAsync("#save");
        await writing.WaitForSelectorAsync("#publish-blocked");

        var publishing = await OpenAsync(second, "/staff/texts?state=Draft", "html[data-keys] table.list");
        foreach (var name in new[] { nameof(MessageTemplate.ApplicationApproved), "ServiceNotice" })
        {
            await publishing.GotoAsync($"{shared.Server.Address}/staff/texts/{name}");
            await publishing.WaitForSelectorAsync("html[data-keys] #publish");
            await publishing.ClickAsync("#publish");
            await publishing.ClickAsync("#publish-yes");
            await publishing.WaitForSelectorAsync("#act-done");
        }

        var reader = new DriverJourney(shared.Server, await Touring.EnterAsync(shared.Server, driver, english: false));
        await reader.Page.GotoAsync($"{shared.Server.Address}/driver/application");
        Assert.Contains("第二条：本人参加。", await reader.Page.InnerTextAsync("main"));
        await reader.ApplyAsync();
        await reader.Page.GotoAsync($"{shared.Server.Address}/driver/messages");
        Assert.Contains("恭喜，请在", await reader.Page.InnerTextAsync("main"));

        var tomorrow = ChinaTime.DateOf(portal.Clock.Now).AddDays(1);
        await writing.GotoAsync($"{shared.Server.Address}/staff/authorities/{code}");
        await writing.WaitForSelectorAsync("html[data-keys] #assign");
        await writing.SelectOptionAsync("#scheme", "N");
        await writing.FillAsync("#from", $"{tomorrow:yyyy-MM-dd}");
        await writing.ClickAsync("#assign button");
        await writing.WaitForSelectorAsync("#check-blocked");
        await publishing.GotoAsync($"{shared.Server.Address}/staff/authorities/{code}");
        await publishing.WaitForSelectorAsync("html[data-keys] #confirm");
        await publishing.ClickAsync("#confirm");
        await publishing.ClickAsync("#confirm-yes");
        await publishing.WaitForSelectorAsync("#line tbody tr:nth-child(2)");
        Assert.Equal(["AssignScheme", "ConfirmAssignment"], (await portal.ActsAsync()).TakeLast(2));
    }

    private async Task<IPage> OpenAsync(TestOfficer who, string path, string ready)
    {
        var page = await Touring.EnterOfficeAsync(shared.Server, who, english: false);
        await page.GotoAsync($"{shared.Server.Address}{path}");
        await page.WaitForSelectorAsync(ready);
        return page;
    }
}
