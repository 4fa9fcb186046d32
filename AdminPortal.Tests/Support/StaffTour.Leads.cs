using AdminPortal.Data.Leads;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Leads;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Support;

// Fraud leads.
internal static partial class StaffTour
{
    private const string LeadReady = "html[data-keys~=p] .lead";

    private static async Task<IReadOnlyList<StaffStop>> LeadsAsync(
        TestPortal portal,
        TestOfficer officer,
        TestOfficer idle,
        TestOfficer auditor
    )
    {
        var (_, dismissed) = await portal.LeadAsync("渝B");
        await portal.DoAsync(new DismissLead(dismissed, "2026-03"), officer.Ref);
        var (_, proposed) = await portal.LeadAsync("渝B");
        await portal.DoAsync(new ProposeFromLead(proposed, BlacklistGround.Proxy, TestPortal.Facts), officer.Ref);
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
        return
        [
            new("leads", officer, "/staff/leads", "html[data-keys] .blacklist table.list"),
            new("leads, none", idle, "/staff/leads?state=dismissed&kind=heartbeat", "html[data-keys] .empty"),
            new("leads, not theirs", auditor, "/staff/leads", ".sheet"),
            new("lead, to dismiss", officer, $"/staff/leads/{open}", LeadReady, DismissAsync),
            new("lead, too short a proposal", officer, $"/staff/leads/{photo}", LeadReady, ProposeBadlyAsync),
            new("lead, dismissed", officer, $"/staff/leads/{dismissed}", $"{LeadReady} #dismissed"),
            new("lead, led to a proposal", officer, $"/staff/leads/{proposed}", LeadReady),
            .. about.Select(
                (id, i) => new StaffStop($"lead, of the study {i}", officer, $"/staff/leads/{id}", LeadReady)
            ),
            new("lead, none", officer, $"/staff/leads/{Guid.Empty}", ".sheet"),
        ];
    }

    private static async Task DismissAsync(IPage page)
    {
        await page.Keyboard.PressAsync("d");
        await page.WaitForSelectorAsync("#close-forward");
        await page.FillAsync("#reason", "2026-03");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync("#close-yes");
    }

    private static async Task ProposeBadlyAsync(IPage page)
    {
        await page.Keyboard.PressAsync("p");
        await page.WaitForSelectorAsync("#ground");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync("#reason-error");
    }
}
