using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Browser;

/// <summary>What an officer's open windows cost, and what a page does before somebody sees it (docs/security.md, D13 and D15).</summary>
public sealed class CircuitTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task A_ninth_window_of_one_person_says_so_and_shows_nothing_and_another_person_still_does()
    {
        var (officer, other) = (
            await shared.Server.Portal.CreateOfficerAsync(),
            await shared.Server.Portal.CreateOfficerAsync()
        );
        var page = await Touring.EnterOfficeAsync(shared.Server, officer, english: false);
        for (var window = 1; window <= 8; window++)
        {
            var one = window == 1 ? page : await page.Context.NewPageAsync();
            await one.GotoAsync($"{shared.Server.Address}/staff/reviews");
            await one.WaitForSelectorAsync(".counters");
        }

        var ninth = await page.Context.NewPageAsync();
        await ninth.GotoAsync($"{shared.Server.Address}/staff/reviews");
        await ninth.WaitForSelectorAsync("#too-many-windows");
        Assert.Equal(0, await ninth.Locator(".counters").CountAsync());

        var neighbour = await Touring.EnterOfficeAsync(shared.Server, other, english: false);
        await neighbour.GotoAsync($"{shared.Server.Address}/staff/reviews");
        await neighbour.WaitForSelectorAsync(".counters");

        await page.Context.DisposeAsync();
        await neighbour.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_page_looks_at_nothing_until_its_circuit_runs()
    {
        var portal = shared.Server.Portal;
        var officer = await portal.CreateOfficerAsync();
        var (driver, attempt) = await portal.DriverWithInvalidResultAsync();
        var @case = await portal.FileReviewAsync(driver, attempt);
        var page = await Touring.EnterOfficeAsync(shared.Server, officer, english: false);
        var before = await portal.ActsAsync();

        // The page as the server sends it, fetched without running its script.
        var sent = await page.Context.APIRequest.GetAsync($"{shared.Server.Address}/staff/reviews/{@case}");
        Assert.Equal(200, sent.Status);
        Assert.DoesNotContain(driver.Authority, await sent.TextAsync());
        Assert.Equal(before, await portal.ActsAsync());

        await page.GotoAsync($"{shared.Server.Address}/staff/reviews/{@case}");
        await page.WaitForSelectorAsync(".desk-photos img");
        Assert.Equal(1, (await portal.ActsAsync()).Skip(before.Count).Count(act => act == "ViewCase"));
        await page.Context.DisposeAsync();
    }
}
