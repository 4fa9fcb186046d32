using AdminPortal.Data.Messages;
using AdminPortal.Data.Schemes;
using AdminPortal.Data.Texts;
using AdminPortal.Domain.Texts;
using AdminPortal.Domain.Time;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Support;

// Texts and authorities.
internal static partial class StaffTour
{
    private static async Task<IReadOnlyList<StaffStop>> TextsAsync(TestPortal portal, TestOfficer officer)
    {
        var (first, second) = (await portal.CreateAdministratorAsync(), await portal.CreateAdministratorAsync());
        await portal.PublishTextAsync(nameof(MessageTemplate.RoundVoid));
        await portal.DraftTextAsync(first, nameof(MessageTemplate.DeadlineNear));
        var notice = TextCatalogue.Shipped(TextKind.FaceNotice, nameof(TextKind.FaceNotice));
        await portal.DraftTextAsync(
            first,
            nameof(TextKind.FaceNotice),
            new TextContent($"2026\n{notice.Zh}", $"2026\n{notice.En}")
        );
        var today = ChinaTime.DateOf(portal.Clock.Now);
        var (code, waiting) = (await portal.NewAuthorityAsync(), await portal.NewAuthorityAsync());
        await portal.DoAsync(new AssignScheme(Guid.NewGuid(), waiting, "N", today.AddDays(1)), first.Ref);
        var added = await portal.FreeCodeAsync();
        await portal.DoAsync(new AddAuthority(Guid.NewGuid(), added, "支队", null, "S1", today), first.Ref);
        return
        [
            new("texts", first, "/staff/texts", "html[data-keys] table.list"),
            new("texts, none", first, "/staff/texts?q=nothing-like-it", "html[data-keys] .empty"),
            new("texts, not theirs", officer, "/staff/texts", ".sheet"),
            new(
                "text, reworded badly",
                first,
                "/staff/texts/RoundVoid?a=1&b=2",
                "html[data-keys] #compared",
                WordBadlyAsync
            ),
            new("text, own draft", first, "/staff/texts/DeadlineNear", "html[data-keys] #publish-blocked"),
            new("notice, to publish", second, "/staff/texts/FaceNotice", "html[data-keys] #draft", AskPublishAsync),
            new("authorities", second, "/staff/authorities", "html[data-keys] table.list"),
            new("authority, new", first, "/staff/authorities/new", "html[data-keys] #new-authority", AddBadlyAsync),
            new(
                "authority, to assign",
                first,
                $"/staff/authorities/{code}",
                "html[data-keys] #effects",
                AssignBadlyAsync
            ),
            new(
                "authority, to confirm",
                second,
                $"/staff/authorities/{waiting}",
                "html[data-keys] #confirm",
                AskConfirmAsync
            ),
            new("authority, proposed", first, $"/staff/authorities/{added}", "html[data-keys] #check-blocked"),
        ];
    }

    private static async Task WordBadlyAsync(IPage page)
    {
        await page.FillAsync("#zh", "2026");
        await page.ClickAsync("#save");
        await page.WaitForSelectorAsync("#text-error");
    }

    private static async Task AskPublishAsync(IPage page)
    {
        await page.ClickAsync("#publish");
        await page.WaitForSelectorAsync("#publish-yes");
    }

    private static async Task AddBadlyAsync(IPage page)
    {
        await page.FillAsync("#code", "A");
        await page.ClickAsync("#new-authority button");
        await page.WaitForSelectorAsync("#authority-error");
    }

    private static async Task AssignBadlyAsync(IPage page)
    {
        await page.FillAsync("#from", "2026-01-01");
        await page.ClickAsync("#assign button");
        await page.WaitForSelectorAsync("#assign-error");
    }

    private static async Task AskConfirmAsync(IPage page)
    {
        await page.ClickAsync("#confirm");
        await page.WaitForSelectorAsync("#confirm-yes");
    }
}
