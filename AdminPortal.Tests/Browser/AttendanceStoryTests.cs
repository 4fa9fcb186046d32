using AdminPortal.Data.Points;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>On-site study from the officer's record to the driver's page (N-27), with the keyboard alone.</summary>
public sealed class AttendanceStoryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    [Trait("Rule", "N-27")]
    public async Task One_officer_records_another_confirms_and_the_driver_reads_what_was_taken_off()
    {
        var portal = shared.Server.Portal;
        var driver = await portal.ImportDriverAsync("鄂A", points: 6);
        var recorder = await portal.CreateOfficerAsync(authorities: ["鄂A"]);
        var chief = await portal.CreateOfficerAsync(Role.Supervisor, ["鄂A"]);

        var page = await Touring.EnterOfficeAsync(shared.Server, recorder, english: false);
        await page.GotoAsync($"{shared.Server.Address}/staff/attendances");
        await page.WaitForSelectorAsync("html[data-keys] .blacklist");
        await TabToAsync(page, "idNumber");
        await page.Keyboard.TypeAsync(driver.Person.IdNumber);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#record");
        await TabToAsync(page, "minutes");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("59");
        await TabToAsync(page, "place");
        await page.Keyboard.TypeAsync("江岸大队教育室");
        await page.Keyboard.PressAsync("Enter");

        // Too short: said beside the field, and the focus is there; nothing typed is lost.
        await FocusIsOnAsync(page, "minutes");
        Assert.Equal("至少须满60分钟。", (await page.InnerTextAsync("#minutes ~ [role=alert] #record-error")).Trim());
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("60");
        await TabToAsync(page, "examPassed");
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, "place");
        Assert.Equal("江岸大队教育室", await page.InputValueAsync("#place"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#check-blocked");

        var desk = await Touring.EnterOfficeAsync(shared.Server, chief, english: false);
        await desk.GotoAsync(page.Url);
        await desk.WaitForSelectorAsync("html[data-keys] #confirm");
        await TabToAsync(desk, "confirm");
        await desk.Keyboard.PressAsync("Enter");
        await FocusIsOnAsync(desk, "confirm-yes");
        await desk.Keyboard.PressAsync("Enter");
        await desk.WaitForFunctionAsync("() => document.activeElement?.tagName === 'H1'");
        await desk.WaitForSelectorAsync(".state-done");
        await portal.Get<PointsDispatcher>().RunAsync(default);

        var home = await Touring.EnterAsync(shared.Server, driver, english: false);
        await home.GotoAsync($"{shared.Server.Address}/driver");
        Assert.Contains("已减分2分", await home.InnerTextAsync(".attendances"));
        Assert.Contains("2分，还可减4分（上限6分）", await home.InnerTextAsync("[aria-labelledby=licence]"));
        await page.Context.DisposeAsync();
        await desk.Context.DisposeAsync();
        await home.Context.DisposeAsync();
    }

    private static async Task TabToAsync(IPage page, string id)
    {
        for (var step = 0; step < 40; step++)
        {
            if (await page.EvaluateAsync<string?>("() => document.activeElement?.id") == id)
            {
                return;
            }
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"No way to #{id} with the Tab key.");
    }

    private static Task FocusIsOnAsync(IPage page, string id) =>
        page.WaitForFunctionAsync("id => document.activeElement?.id === id", id);
}
