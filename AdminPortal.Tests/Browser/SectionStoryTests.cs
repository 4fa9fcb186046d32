using AdminPortal.Data.Demo;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>Study content travels: written with a video by one editor, published by another one, studied by a driver.</summary>
public sealed class SectionStoryTests
{
    [Fact]
    [Trait("Rule", "S0-09")]
    public async Task From_an_upload_over_the_review_of_another_editor_to_a_driver_who_studies_it()
    {
        await using var server = await PortalServer.StartAsync(TestClock.China(2026, 3, 10, 10));
        var portal = server.Portal;
        var (writer, reviewer) = (await portal.CreateEditorAsync(), await portal.CreateEditorAsync());
        var page = await Touring.EnterOfficeAsync(server, writer, english: false);

        // A video whose English captions belong to another one is refused at its field; with the right ones it is taken.
        await page.GotoAsync($"{server.Address}/staff/study/videos");
        await page.WaitForSelectorAsync("html[data-keys] #upload-form");
        await page.FillAsync("#title", "路口谁先走");
        await page.FillAsync("#titleEn", "Who goes first at a crossing");
        await ChooseAsync(page, "video", "video/mp4", TestPortal.ShippedVideo());
        await ChooseAsync(page, "poster", "image/jpeg", SamplePhotos.Named("no-face").Bytes.ToArray());
        await ChooseAsync(page, "captionsZh", "text/vtt", TestPortal.ShippedVideo(".zh.vtt"));
        await ChooseAsync(page, "captionsEn", "text/vtt", TestPortal.ShippedVideo(".en.vtt", "points-cycle"));
        await page.ClickAsync("#upload");
        await page.WaitForSelectorAsync("#captionsEn-error:not([hidden])");
        Assert.Equal("路口谁先走", await page.InputValueAsync("#title"));
        await ChooseAsync(page, "captionsEn", "text/vtt", TestPortal.ShippedVideo(".en.vtt"));
        await page.ClickAsync("#upload");
        await page.WaitForSelectorAsync("html[data-keys] #captions");
        await page.ShotAsync("section-video");

        // What is typed is seen as it will be read, and is still there after the circuit is lost.
        await page.GotoAsync($"{server.Address}/staff/study/new");
        await page.WaitForSelectorAsync("html[data-keys] #section-form");
        await page.FillAsync("#id", "rain");
        await page.FillAsync("#order", "1");
        await page.FillAsync("#title", "雨天行车");
        await page.FillAsync("#articles", "道路交通安全法 第四十二条");
        await page.FillAsync("#text", "雨天路滑，<b>慢</b>行。\n\n- 减速\n- 开灯");
        await page.WaitForSelectorAsync("#preview li");
        Assert.Contains("<b>慢</b>", await page.InnerTextAsync("#preview"));
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("html[data-keys] #restored");
        Assert.Equal("雨天行车", await page.InputValueAsync("#title"));
        await page.WaitForSelectorAsync("#preview li");
        await page.FillAsync("#textEn", "Slow down.");
        await page.ClickAsync("#save");
        await page.WaitForSelectorAsync("#textEn-error");
        await page.FillAsync("#textEn", "");
        await page.SelectOptionAsync("#video", new SelectOptionValue { Index = 1 });
        await page.ShotAsync("section-form");
        await page.PressAsync("#title", "Control+Enter");
        await page.WaitForURLAsync("**/staff/study/rain");
        await page.WaitForSelectorAsync("html[data-keys] #act-submit");
        await page.ClickAsync("#act-submit");
        await page.WaitForSelectorAsync("#act-blocked");
        Assert.Equal(0, await page.Locator("#act-publish").CountAsync());

        // A driver at the overview does not see it before the second person has published it.
        var driver = await portal.DriverInStudyAsync();
        var study = await Touring.EnterAsync(server, driver, english: false);
        await study.GotoAsync($"{server.Address}/driver/study");
        Assert.Equal(0, await study.Locator("a[href$='/study/rain']").CountAsync());
        var other = await Touring.EnterOfficeAsync(server, reviewer, english: false);
        await other.GotoAsync($"{server.Address}/staff/study?state=inreview");
        await other.ClickAsync("a[data-row]");
        await other.WaitForSelectorAsync("html[data-keys] #act-publish");
        await other.EvaluateAsync(
            "() => { const v = document.getElementById('video'); v.muted = true; return v.play(); }"
        );
        await other.WaitForFunctionAsync("() => document.getElementById('video').currentTime > 0.2");
        await other.ClickAsync("#act-publish");
        await other.ClickAsync("#act-publish-yes");
        await other.WaitForSelectorAsync("#state.state-done");
        await other.ShotAsync("section-published");

        await study.ReloadAsync();
        await study.ClickAsync("a[href$='/study/rain']");
        Assert.Contains("<b>慢</b>", await study.InnerTextAsync(".reading"));
        await study.ClickAsync("#begin button");
        await study.WaitForSelectorAsync("#say-running");
        await study.FocusAsync("#video");
        await study.Keyboard.PressAsync("Space");
        await study.WaitForFunctionAsync("() => document.getElementById('video').currentTime > 0.2");
        await study.ShotAsync("section-studied");
        foreach (var one in new[] { page, other, study })
        {
            await one.Context.DisposeAsync();
        }
    }

    private static Task ChooseAsync(IPage page, string field, string type, byte[] file) =>
        page.SetInputFilesAsync(
            $"#{field}",
            new FilePayload
            {
                Name = field,
                MimeType = type,
                Buffer = file,
            }
        );
}
