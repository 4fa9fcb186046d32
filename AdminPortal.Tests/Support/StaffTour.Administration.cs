using AdminPortal.Data.Accounts;
using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Jobs;
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
        await portal.AddPasskeyAsync(security.Ref);
        var closed = await portal.CreateOfficerAsync();
        await portal.DoAsync(new CloseAccount(closed.Id, true, "调离。"), system.Ref);
        await portal
            .Get<Sessions>()
            .StartAsync(ActorKind.Staff, rising.Officer.Id, [1], portal.Clock.Now.AddMinutes(15), default);
        var auditor = await portal.CreateOfficerAsync(Role.Auditor, []);
        var looked = (await portal.ImportDriverAsync()).Person.IdNumber;
        await portal.DoAsync(new LookUpDriver(looked, "举报线索核查"), rising.Officer.Ref);
        await portal.SeedReductionsAsync(1);
        await portal.ExecuteAsync("UPDATE reductions SET state = 'Unknown', attempts = 3 WHERE settled_at IS NULL");
        await portal.ExecuteAsync(
            "UPDATE message_deliveries SET state = 'Refused', settled_at = now() WHERE attempts = 0"
        );
        var journal = portal.Get<JobJournal>();
        await journal.NoteAsync(new JobRun("CasesJob", portal.Clock.Now, portal.Clock.Now, null, null), default);
        await journal.NoteAsync(
            new JobRun(
                "RoundsJob",
                portal.Clock.Now,
                portal.Clock.Now,
                portal.Clock.Now.AddSeconds(20),
                "NpgsqlException"
            ),
            default
        );
        return
        [
            new("accounts", system, "/staff/accounts", "html[data-keys] table.list"),
            new("accounts, nothing found", system, "/staff/accounts?q=nobody", ".empty"),
            new("account, new", system, "/staff/accounts/new", "html[data-keys] #new-account", OpenBadlyAsync),
            new("account, opened", system, "/staff/accounts/new", "html[data-keys] #new-account", OpenAsync),
            new("account, the system administrator's", system, Account(rising.Officer), "#change", AskCloseAsync),
            new("account, closed", system, Account(closed), "#reopen"),
            new("account, to confirm", second, Account(rising.Officer), "#confirm", AskRevokeAsync),
            new("sessions", security, "/staff/sessions", "html[data-keys] table.list"),
            new("sessions, of one", second, $"/staff/sessions?q={rising.Officer.Badge}", "html[data-keys] #end-all"),
            new("sessions, none", security, "/staff/sessions?q=nobody", ".empty"),
            new("my account", security, "/staff/account", "html[data-keys] table.list"),
            new(
                "account, the second factor wanted anew",
                security,
                Account(rising.Officer),
                "html[data-keys] #grant",
                page => AskFactorAsync(page, portal, security)
            ),
            new("calendar", system, "/staff/calendar", "html[data-keys] .months"),
            new("calendar, unreadable", system, "/staff/calendar", "html[data-keys] #publish", PublishBadlyAsync),
            new("calendar, previewed", system, "/staff/calendar", "html[data-keys] #publish", PreviewAsync),
            new("schemes", security, "/staff/schemes", "html[data-keys] #sheet"),
            new(
                "schemes, compared",
                second,
                "/staff/schemes?left=S0.2020-03-01&right=N.2022-04-01",
                "#sheet .row-differs"
            ),
            new("jobs", system, "/staff/jobs", "html[data-keys] #outbox"),
            new(
                "trail of a driver",
                auditor,
                "/staff/audit/driver",
                "html[data-keys] #number",
                page => TrailAsync(page, looked)
            ),
            new("trail of nobody", auditor, "/staff/audit/driver", "html[data-keys] #number", NoTrailAsync),
            new("audit, verified", auditor, "/staff/audit", "html[data-keys] #verify", VerifyAsync),
            new("account, one's own", security, Account(security), "#own"),
        ];

        static string Account(TestOfficer officer) => $"/staff/accounts/{officer.Id}";
    }

    private static async Task AskFactorAsync(IPage page, TestPortal portal, TestOfficer who)
    {
        await portal.ExecuteAsync("UPDATE sessions SET factor_proven_at = NULL WHERE subject_id = $1", who.Id);
        await page.SelectOptionAsync("#grant-role", $"{Role.QuestionEditor}");
        await page.FillAsync("#grant-why", "新任题库编辑。");
        await page.ClickAsync("#grant button");
        await page.FillAsync("#step-up-code", "0");
        await page.ClickAsync("#step-up-do");
        await page.WaitForSelectorAsync("#step-up-error");
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

    private static async Task TrailAsync(IPage page, string number)
    {
        await page.FillAsync("#number", number);
        await page.FillAsync("#reason", "投诉核查");
        await page.ClickAsync("form.search button");
        await page.WaitForSelectorAsync("table.trail");
    }

    private static async Task NoTrailAsync(IPage page)
    {
        await page.FillAsync("#number", "FK-0");
        await page.ClickAsync("form.search button");
        await page.WaitForSelectorAsync("#trail-error");
        await page.FillAsync("#reason", "投诉核查");
        await page.ClickAsync("form.search button");
        await page.WaitForSelectorAsync("#trail-nobody");
    }

    private static async Task VerifyAsync(IPage page)
    {
        await page.ClickAsync("#verify");
        await page.WaitForSelectorAsync("#whole");
    }

    private static async Task PublishBadlyAsync(IPage page)
    {
        await page.FillAsync("#source", "通知");
        await page.FillAsync("#days", "2027-01-01 元旦 休\n2027-02-30 春节 休");
        await page.ClickAsync("#publish button");
        await page.WaitForSelectorAsync("#publish-error");
    }

    private static async Task PreviewAsync(IPage page)
    {
        await page.FillAsync("#source", "通知");
        await page.FillAsync("#days", "2027-01-01~2027-01-03 元旦 休\n2026-12-27 元旦 班");
        await page.ClickAsync("#publish button");
        await page.WaitForSelectorAsync("#preview");
        await page.ClickAsync("#publish-do");
        await page.WaitForSelectorAsync("#publish-do-yes");
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
