using System.Text.RegularExpressions;
using AdminPortal.Domain.Casework;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Browser;

/// <summary>An officer who never touches the mouse.</summary>
public sealed partial class KeyboardTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int Cases = 10;

    /// <summary>A key with its modifier is one stroke.</summary>
    private const int MostStrokes = 6;

    [Fact]
    [Trait("Rule", "S1-38")]
    public async Task Ten_cases_are_decided_by_at_most_six_strokes_each_besides_the_reason()
    {
        var (server, portal) = (shared.Server, shared.Server.Portal);
        var officer = await portal.CreateOfficerAsync(authorities: ["渝A"]);
        var cases = await portal.SeedCasesAsync(Cases);
        var page = await Touring.EnterOfficeAsync(server, officer, english: false);
        await page.GotoAsync($"{server.Address}/staff/reviews");
        await page.WaitForSelectorAsync("html[data-keys~=n] .counters");
        var strokes = new List<int>();

        for (var n = 0; n < Cases; n++)
        {
            var before = page.Url;
            var count = 0;
            await PressAsync("n");
            await page.WaitForURLAsync(url => url != before && Desk().IsMatch(url));
            await page.WaitForSelectorAsync("html[data-keys~=u] .desk .desk-hold");
            await page.WaitForSelectorAsync(".choice button:not([disabled])");
            // Every other one with a reason of one's own: typing it is not counted, coming into the field is.
            if (n % 2 == 0)
            {
                await PressAsync("u");
                await page.WaitForSelectorAsync(".templates");
                await PressAsync("1");
            }
            else
            {
                await PressAsync("d");
                await page.WaitForSelectorAsync(".templates");
                await PressAsync("e");
                await page.WaitForFunctionAsync("() => document.activeElement?.id === 'reason'");
                await page.Keyboard.TypeAsync("照片不是本人。");
            }
            await page.WaitForFunctionAsync("() => document.querySelector('#reason').value.length > 0");
            await PressAsync("Control+Enter");
            await page.WaitForSelectorAsync(".confirm-open");
            await PressAsync("Control+Enter");
            await page.WaitForSelectorAsync(".verdict");
            strokes.Add(count);

            Task PressAsync(string key)
            {
                count++;
                return page.Keyboard.PressAsync(key);
            }
        }

        Assert.All(strokes, count => Assert.InRange(count, 1, MostStrokes));
        var states = new List<CaseState>();
        foreach (var id in cases)
        {
            states.Add((await portal.CaseAsync(id)).State);
        }
        Assert.Equal(Cases / 2, states.Count(state => state == CaseState.Upheld));
        Assert.Equal(Cases / 2, states.Count(state => state == CaseState.Rejected));
        await page.Context.DisposeAsync();
    }

    [Fact]
    [Trait("Rule", "D-EVIDENCE")]
    public async Task A_case_goes_by_keyboard_from_the_officer_to_the_driver_and_back()
    {
        var (server, portal) = (shared.Server, shared.Server.Portal);
        var officer = await portal.CreateOfficerAsync(authorities: ["渝F"]);
        var driver = await portal.ImportDriverAsync("渝F");
        var id = await portal.FileFeedbackAsync(driver);
        var page = await Touring.EnterOfficeAsync(server, officer, english: false);
        await page.GotoAsync($"{server.Address}/staff/reviews/{id}");
        await page.WaitForSelectorAsync("html[data-keys~=v] .desk");
        await page.Keyboard.PressAsync("c");
        await page.WaitForSelectorAsync(".team-acts");
        await page.Keyboard.PressAsync("v");
        await page.WaitForFunctionAsync("() => document.activeElement?.id === 'team-text'");
        await page.Keyboard.TypeAsync("请补交出错页面的照片。");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#evidence");

        var telephone = await Touring.EnterAsync(server, driver, english: false);
        await telephone.GotoAsync($"{server.Address}/driver");
        await telephone.ClickAsync("a[href^='/driver/evidence/']");
        await telephone.FillAsync("#text", "页面显示网络错误。");
        await telephone.FollowAsync(() => telephone.ClickAsync("main form[enctype] button"));
        Assert.Contains("您已补充材料", await telephone.InnerTextAsync("main"));

        await page.ReloadAsync();
        await page.WaitForSelectorAsync("#evidence blockquote");
        Assert.Equal("页面显示网络错误。", await page.InnerTextAsync("#evidence blockquote"));
        await page.Context.DisposeAsync();
        await telephone.Context.DisposeAsync();
    }

    [GeneratedRegex("/staff/reviews/[0-9a-f-]{36}$")]
    private static partial Regex Desk();
}
