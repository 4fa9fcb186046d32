using AdminPortal.Data.Casework;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Leads;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Support;

// Fraud leads.
internal static partial class StaffTour
{
    private const string LeadReady = "html[data-keys~=u] .desk #lead-evidence-title";

    private static async Task<IReadOnlyList<StaffStop>> LeadsAsync(
        TestPortal portal,
        TestOfficer officer,
        TestOfficer idle
    )
    {
        var (_, dismissed) = await portal.LeadAsync("渝B");
        await portal.DismissAsync(officer, dismissed, "2026-03");
        var (_, proposed) = await portal.LeadAsync("渝B");
        await portal.ProposeFromAsync(officer, proposed, BlacklistGround.Proxy);
        var (_, open) = await portal.LeadAsync("渝B");
        var (_, photo) = await portal.PhotoLeadAsync("渝B");
        var restless = await portal.RestlessDriverAsync(20, "渝B");
        for (var i = 0; i < 5; i++)
        {
            await portal.SignInOnAsync(i == 0 ? restless : await portal.ImportDriverAsync("渝B"), 7);
        }
        portal.Settle(LeadKind.SharedDevice);
        await portal.FindLeadsAsync(LeadKind.SharedDevice);
        portal.Settle(LeadKind.Heartbeat);
        await portal.FindLeadsAsync(LeadKind.Heartbeat);
        var about = await portal.LeadsAboutAsync(restless);
        // Held by somebody who does not come back: what is typed here is not the claim's.
        await portal.DoAsync(new ClaimCase(open), officer.Ref);
        await portal.DoAsync(new ClaimCase(photo), officer.Ref);
        return
        [
            new("queue of leads", officer, "/staff/leads", "html[data-keys] table.list"),
            new("queue of leads, decided", officer, "/staff/leads?state=dismissed", "html[data-keys] table.list"),
            new("queue of leads, none", idle, "/staff/leads", "html[data-keys] .empty"),
            new("lead, to dismiss", officer, $"/staff/reviews/{open}", LeadReady, DismissAsync),
            new("lead, too short a proposal", officer, $"/staff/reviews/{photo}", LeadReady, ProposeBadlyAsync),
            new("lead, led to a proposal", officer, $"/staff/reviews/{proposed}", $"{LeadReady}, #lead-entry"),
            .. about.Select(
                (id, i) => new StaffStop($"lead, of the study {i}", officer, $"/staff/reviews/{id}", LeadReady)
            ),
        ];
    }

    private static async Task DismissAsync(IPage page)
    {
        await page.Keyboard.PressAsync("d");
        await page.WaitForSelectorAsync("#told-nothing");
        await page.FillAsync("#reason", "2026-03");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync(".confirm-open");
    }

    private static async Task ProposeBadlyAsync(IPage page)
    {
        await page.Keyboard.PressAsync("u");
        await page.WaitForSelectorAsync("#ground");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync("#reason-error");
    }
}
