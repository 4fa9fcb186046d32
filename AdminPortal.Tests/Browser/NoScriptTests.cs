using System.Text.RegularExpressions;
using AdminPortal.Data.Demo;
using AdminPortal.Domain.Exams;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>A browser without JavaScript: everything works but the study clock, which says so.</summary>
public sealed class NoScriptTests
{
    [Fact]
    public async Task A_driver_without_script_applies_verifies_sits_the_exam_and_files_a_review()
    {
        await using var server = await PortalServer.StartAsync(TestClock.China(2026, 3, 10, 10));
        var portal = server.Portal;
        var known = await portal.ImportDriverAsync();
        await using var context = await Browsers.NewPersonAsync(360, 740, script: false);
        var driver = new DriverJourney(server, await context.NewPageAsync());
        var page = driver.Page;
        Assert.Equal("without", await ScriptAsync(page));

        await driver.SignInAsync(known.Person);
        await driver.ApplyAsync();
        await UploadAsync(server, page, $"{known.Person.Face}-live");
        Assert.EndsWith("/driver/study", page.Url, StringComparison.Ordinal);

        await page.Locator(".sections a").First.ClickAsync();
        await page.WaitForURLAsync(new Regex("/driver/study/.+"));
        Assert.Contains("不启用也可以阅读，但不计时间", await page.InnerTextAsync("main"));

        // Only the heartbeats of study need script: another device lends them.
        await portal.StudyAsync(known);
        // This one was idle meanwhile, for longer than a session lasts.
        await driver.SignInAsync(known.Person);
        await page.GotoAsync($"{server.Address}/driver/study");
        await page.FollowAsync(() => page.ClickAsync("form[action='/driver/study/complete'] button"));
        await driver.OpenExamAsync();
        await UploadAsync(server, page, $"{known.Person.Face}-live");
        var attempt = await driver.AnswerAsync(wrong: 2, $"{known.Person.Face}-live");
        for (var i = 0; i < 3; i++)
        {
            await UploadAsync(server, page, "no-face");
        }
        await driver.FileReviewAsync(attempt, TestPortal.Reason);
        Assert.Contains("2026年3月13日", await page.InnerTextAsync("main"));
        Assert.Equal(ExamState.Invalid.ToString(), await portal.ScalarAsync<string>("SELECT state FROM exam_attempts"));
    }

    private static async Task UploadAsync(PortalServer server, IPage page, string sample)
    {
        await page.GotoAsync($"{server.Address}/driver/face");
        await page.SetInputFilesAsync(
            "#photo",
            new FilePayload
            {
                Name = "photo.jpg",
                MimeType = "image/jpeg",
                Buffer = SamplePhotos.Named(sample).Bytes.ToArray(),
            }
        );
        await page.FollowAsync(() => page.ClickAsync("#submit"));
        server.Clock.Advance(TimeSpan.FromSeconds(8));
    }

    /// <summary>The control: a page's own script would say "with".</summary>
    private static async Task<string> ScriptAsync(IPage page)
    {
        await page.GotoAsync(
            "data:text/html,<p id=p>without</p><script>document.getElementById('p').textContent='with'</script>"
        );
        return await page.InnerTextAsync("#p");
    }
}
