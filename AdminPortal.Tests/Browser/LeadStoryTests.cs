using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Browser;

/// <summary>A lead from the queue to a proposal that waits for its second person, with the keyboard alone (D-LEAD).</summary>
public sealed class LeadStoryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task An_officer_works_a_lead_by_keys_and_what_was_typed_survives_a_reload()
    {
        var portal = shared.Server.Portal;
        var (driver, lead) = await portal.PhotoLeadAsync();
        var officer = await portal.CreateOfficerAsync();
        var page = await Touring.EnterOfficeAsync(shared.Server, officer, english: false);
        // The address of before leads to the one queue.
        await page.GotoAsync($"{shared.Server.Address}/staff/leads");
        await page.WaitForSelectorAsync("html[data-keys] table.list");
        Assert.EndsWith("/staff/reviews?kind=lead", page.Url);
        Assert.DoesNotContain(driver.Person.Name, await page.InnerTextAsync("main"));
        await page.FocusAsync($"a[href='/staff/reviews/{lead}']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("html[data-keys~=u] #lead-evidence-title");
        Assert.Contains("线索不是结论，本身不处罚任何人", await page.InnerTextAsync("#no-finding"));
        Assert.Contains("目标，不是法定期限", await page.InnerTextAsync(".desk-due"));
        // The driver's photo beside the reference photo, both of them really shown.
        await page.WaitForFunctionAsync(
            "() => { const all = [...document.querySelectorAll('.pair img:not([hidden])')]; return all.length === 2 && all.every(i => i.naturalWidth > 0); }"
        );

        await page.Keyboard.PressAsync("c");
        await page.WaitForSelectorAsync(".desk-head .state-mine");
        await page.Keyboard.PressAsync("u");
        await page.WaitForSelectorAsync("#ground");
        await page.SelectOptionAsync("#ground", "Proxy");
        await page.Keyboard.PressAsync("e");
        await page.WaitForFunctionAsync("() => document.activeElement?.id === 'reason'");
        await page.Keyboard.TypeAsync(TestPortal.Facts);
        Assert.Contains("不告知驾驶人", await page.InnerTextAsync("#told-nothing"));
        Assert.Equal(0, await page.Locator(".preview .message").CountAsync());
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("html[data-keys~=u] #ground");
        Assert.Equal(TestPortal.Facts, await page.InputValueAsync("#reason"));
        Assert.Equal("Proxy", await page.InputValueAsync("#ground"));
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForFunctionAsync("() => document.activeElement?.closest('.confirm-open') !== null");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync("#lead-entry");
        Assert.Contains("不告知驾驶人", await page.InnerTextAsync(".verdict"));

        Assert.Equal(
            "Proposed Proxy",
            await portal.ScalarAsync<string>(
                "SELECT state || ' ' || ground FROM blacklist_entries WHERE driver_id = $1",
                driver.Id
            )
        );
        Assert.Equal(officer.Id, (await portal.CaseAsync(lead)).DeciderId);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Of_a_drivers_device_a_digest_is_kept_and_nothing_that_can_be_read()
    {
        var portal = shared.Server.Portal;
        foreach (var driver in await portal.ImportDriversAsync(2))
        {
            var page = await Touring.EnterAsync(shared.Server, driver, english: false);
            await page.Context.DisposeAsync();
        }
        const string drivers = "FROM sessions WHERE kind = 'Driver'";
        Assert.Equal(
            2,
            await portal.ScalarAsync<long>(
                $"SELECT count(*) {drivers} AND address IS NULL AND browser IS NULL AND length(device_key) = 32"
            )
        );
        // The same browser at the same address is the same device.
        Assert.Equal(1, await portal.ScalarAsync<long>($"SELECT count(DISTINCT device_key) {drivers}"));
        Assert.Equal(
            0,
            await portal.ScalarAsync<long>(
                "SELECT count(*) FROM sessions WHERE kind = 'Staff' AND device_key IS NOT NULL"
            )
        );
    }
}
