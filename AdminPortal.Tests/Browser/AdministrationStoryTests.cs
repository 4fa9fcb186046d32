using System.Text.RegularExpressions;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>From a new account to an ended session: three people, each with what is theirs.</summary>
public sealed class AdministrationStoryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task An_account_is_opened_enrolled_granted_and_its_session_ended()
    {
        var portal = shared.Server.Portal;
        var system = await portal.CreateOfficerAsync(Role.SystemAdministrator, []);
        var security = await portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        var opening = await OpenAsync(system, "/staff/accounts/new", "html[data-keys] #new-account");
        await opening.FillAsync("#badge", "300100");
        await opening.FillAsync("#name", "新警官");
        await opening.FillAsync("#authorities", "渝A");
        await opening.Keyboard.PressAsync("Enter");
        var code = await opening.InnerTextAsync("#activation code");
        Assert.Matches("^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$", code);
        // Once, and nowhere else.
        await opening.ClickAsync("a[href^='/staff/accounts/']:has-text('查看账号')");
        await opening.WaitForSelectorAsync("#change");
        Assert.Equal(0, await opening.Locator("#activation").CountAsync());

        var officer = new OfficerJourney(shared.Server, await (await Browsers.NewPersonAsync()).NewPageAsync());
        await officer.EnrolAsync("300100", code);
        await officer.Page.WaitForSelectorAsync("h1:has-text('没有可办业务')");

        var granting = await OpenAsync(security, new Uri(opening.Url).AbsolutePath, "html[data-keys] #grant");
        await granting.SelectOptionAsync("#grant-role", $"{Role.Reviewer}");
        await granting.FillAsync("#grant-why", "新任复核民警。");
        await granting.Keyboard.PressAsync("Enter");
        await granting.WaitForSelectorAsync($"#revoke-{Role.Reviewer}");
        await officer.Page.GotoAsync($"{shared.Server.Address}/staff/reviews");
        await officer.Page.WaitForSelectorAsync("html[data-keys~=n] .counters");

        await granting.GotoAsync($"{shared.Server.Address}/staff/sessions?q=300100");
        await granting.WaitForSelectorAsync("html[data-keys] #end-all");
        await granting.ClickAsync("#end-all");
        await granting.ClickAsync("#end-all-yes");
        await granting.WaitForSelectorAsync("#ended");

        // The page stands in its circuit still; its next act is the end of it.
        await officer.Page.FollowAsync(() => officer.Page.Keyboard.PressAsync("n"));
        await officer.Page.WaitForURLAsync(new Regex("/account/sign-in"));
        Assert.Equal(["EndSessions", "GrantRole"], (await portal.ActsAsync()).Reverse().Take(2));
    }

    private async Task<IPage> OpenAsync(TestOfficer who, string path, string ready)
    {
        var page = await Touring.EnterOfficeAsync(shared.Server, who, english: false);
        await page.GotoAsync($"{shared.Server.Address}{path}");
        await page.WaitForSelectorAsync(ready);
        return page;
    }
}
