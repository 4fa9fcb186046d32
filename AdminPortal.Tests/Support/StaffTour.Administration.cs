using AdminPortal.Data.Accounts;
using AdminPortal.Domain.Access;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Support;

// The administrators' pages.
internal static partial class StaffTour
{
    private static async Task<IReadOnlyList<StaffStop>> AdministrationAsync(PortalServer server)
    {
        var portal = server.Portal;
        var system = await portal.CreateOfficerAsync(Role.SystemAdministrator, []);
        var security = await portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        var second = await portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        var rising = await portal.CreateActivatedOfficerAsync();
        await portal.DoAsync(new GrantRole(rising.Officer.Id, Role.Supervisor, "新任领导。"), security.Ref);
        var closed = await portal.CreateOfficerAsync();
        await portal.DoAsync(new CloseAccount(closed.Id, true, "调离。"), system.Ref);
        return
        [
            new("accounts", system, "/staff/accounts", "html[data-keys] table.list"),
            new("accounts, nothing found", system, "/staff/accounts?q=nobody", ".empty"),
            new("account, new", system, "/staff/accounts/new", "html[data-keys] #new-account", OpenBadlyAsync),
            new("account, opened", system, "/staff/accounts/new", "html[data-keys] #new-account", OpenAsync),
            new("account, the system administrator's", system, Account(rising.Officer), "#change", AskCloseAsync),
            new("account, closed", system, Account(closed), "#reopen"),
            new("account, to confirm", second, Account(rising.Officer), "#confirm", AskRevokeAsync),
            new("account, one's own", security, Account(security), "#own"),
        ];

        static string Account(TestOfficer officer) => $"/staff/accounts/{officer.Id}";
    }

    private static async Task OpenBadlyAsync(IPage page)
    {
        await page.FillAsync("#badge", "?");
        await page.ClickAsync("#new-account button");
        await page.WaitForSelectorAsync("#account-error");
    }

    private static async Task OpenAsync(IPage page)
    {
        await page.FillAsync("#badge", $"T{Guid.NewGuid():N}"[..12]);
        await page.FillAsync("#name", "警官");
        await page.FillAsync("#authorities", "渝A、渝B");
        await page.ClickAsync("#new-account button");
        await page.WaitForSelectorAsync("#activation");
    }

    private static async Task AskCloseAsync(IPage page)
    {
        await page.ClickAsync("#close");
        await page.ClickAsync("#close-yes");
        await page.WaitForSelectorAsync("#close-error");
    }

    private static async Task AskRevokeAsync(IPage page)
    {
        await page.ClickAsync($"#revoke-{Role.Reviewer}");
        await page.ClickAsync($"#revoke-{Role.Reviewer}-yes");
        await page.WaitForSelectorAsync("#revoke-error");
    }
}
