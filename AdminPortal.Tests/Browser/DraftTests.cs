using AdminPortal.Data.Casework;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>What an officer types on the desk stays as it was typed, whatever the server draws meanwhile.</summary>
public sealed class DraftTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Ready = "html[data-keys~=u] .desk";

    [Fact]
    public async Task Typed_text_a_template_and_a_note_live_side_by_side_over_a_reload_and_another_case()
    {
        var portal = shared.Server.Portal;
        var officer = await portal.CreateOfficerAsync();
        var cases = await portal.SeedCasesAsync(2);
        foreach (var one in cases)
        {
            await portal.DoAsync(new ClaimCase(one), officer.Ref);
        }
        var page = await Touring.EnterOfficeAsync(shared.Server, officer, english: false);
        await OpenAsync(page, cases[0]);
        await page.Keyboard.PressAsync("u");
        await page.ClickAsync("#reason");
        // As fast as keys can come: every drawing of the server is late.
        var typed = string.Concat(Enumerable.Range(100, 60).Select(n => $"第{n}行，"));
        await page.Keyboard.TypeAsync(typed);
        Assert.Equal(typed, await page.InputValueAsync("#reason"));

        await page.Locator(".template").First.ClickAsync();
        await page.WaitForFunctionAsync(
            "before => document.querySelector('#reason').value.length > before",
            typed.Length
        );
        var whole = await page.InputValueAsync("#reason");
        Assert.StartsWith(typed, whole);

        await page.ReloadAsync();
        await page.WaitForSelectorAsync(Ready);
        await page.WaitForFunctionAsync("text => document.querySelector('#reason').value === text", whole);

        await page.ClickAsync("[aria-controls=note-body]");
        await page.FillAsync("#note", "已电话联系。");
        await page.ClickAsync("#note-body button");
        await page.WaitForFunctionAsync("() => document.querySelector('#note').value === ''");

        await OpenAsync(page, cases[1]);
        Assert.Equal("", await page.InputValueAsync("#reason"));
        await page.GoBackAsync();
        await page.WaitForFunctionAsync("text => document.querySelector('#reason')?.value === text", whole);
        await page.Context.DisposeAsync();
    }

    private async Task OpenAsync(IPage page, Guid caseId)
    {
        await page.GotoAsync($"{shared.Server.Address}/staff/reviews/{caseId}");
        await page.WaitForSelectorAsync(Ready);
        await page.WaitForSelectorAsync("#reason");
    }
}
