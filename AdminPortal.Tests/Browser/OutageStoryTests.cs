using AdminPortal.Data.Commands;
using AdminPortal.Data.Outages;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Browser;

/// <summary>An exam lost to a system fault (complaint C2), from the declaration to the driver who may sit it again.</summary>
public sealed class OutageStoryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public async Task One_supervisor_declares_another_confirms_and_the_driver_sits_the_exam_anew()
    {
        var (server, portal) = (shared.Server, shared.Server.Portal);
        var driver = await portal.DriverBeforeExamAsync("渝B");
        var from = portal.Clock.Now.AddMinutes(-2);
        await portal.AnswerAllAsync(driver, await portal.StartExamAsync(driver), wrong: 3);
        portal.Clock.Advance(TimeSpan.FromMinutes(2));
        var (declarer, chief) = (
            await portal.CreateOfficerAsync(Role.Supervisor, ["渝B"]),
            await portal.CreateOfficerAsync(Role.Supervisor, ["渝B"])
        );

        var home = await Touring.EnterAsync(server, driver, english: false);
        await home.GotoAsync($"{server.Address}/driver");
        Assert.Contains("补考", await home.InnerTextAsync("main"));

        var page = await Touring.EnterOfficeAsync(server, declarer, english: false);
        await page.GotoAsync($"{server.Address}/staff/outages");
        await page.WaitForSelectorAsync("html[data-keys] #declare");
        await page.SelectOptionAsync("#part", "Exam");
        // Turned round: said beside the field, and nothing typed is lost.
        await page.FillAsync("#from", Local(portal.Clock.Now));
        await page.FillAsync("#to", Local(from));
        await page.FillAsync("#reason", "考试服务器故障");
        await page.ClickAsync("#declare button.main");
        await page.WaitForSelectorAsync("#declare-error");
        Assert.Equal("考试服务器故障", await page.InputValueAsync("#reason"));
        // Nor when the connection goes in the middle of it.
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("html[data-keys] #declare");
        await page.WaitForFunctionAsync("() => document.querySelector('#reason').value === '考试服务器故障'");
        Assert.Equal("Exam", await page.InputValueAsync("#part"));
        await page.FillAsync("#from", Local(from));
        await page.FillAsync("#to", Local(portal.Clock.Now));
        await page.ClickAsync("#declare button.main");
        await page.WaitForSelectorAsync("#preview #hit");
        // The preview promises; the driver's page is as it was.
        await home.ReloadAsync();
        Assert.Contains("补考", await home.InnerTextAsync("main"));
        await page.ClickAsync("#declare-it");
        // Who declares does not confirm.
        await page.WaitForSelectorAsync("#check-blocked");
        Assert.Equal(0, await page.Locator("#confirm").CountAsync());

        var desk = await Touring.EnterOfficeAsync(server, chief, english: false);
        await desk.GotoAsync(page.Url);
        await desk.WaitForSelectorAsync("html[data-keys] #confirm");
        var promised = await desk.InnerTextAsync("#hit tbody td:last-child");
        await desk.ClickAsync("#confirm");
        await desk.ClickAsync("#confirm-yes");
        await desk.WaitForSelectorAsync(".state-done");
        while (await server.DoAsync(new ApplyOutages(), ActorRef.System) > 0)
        {
            // As the job does.
        }
        await server.RunJobsAsync();
        await desk.ReloadAsync();
        await desk.WaitForSelectorAsync("html[data-keys] #hit");
        Assert.Equal(promised, await desk.InnerTextAsync("#hit tbody td:last-child"));
        // What was taken is not kept: the next outage begins with empty fields.
        await page.GotoAsync($"{server.Address}/staff/outages");
        await page.WaitForSelectorAsync("html[data-keys] #declare");
        Assert.Equal("", await page.InputValueAsync("#reason"));

        await home.GotoAsync($"{server.Address}/driver/messages");
        Assert.Contains("您的考试不计次数，可以重新参加", await home.InnerTextAsync("main"));
        await home.GotoAsync($"{server.Address}/driver");
        Assert.DoesNotContain("补考", await home.InnerTextAsync(".next"));
        await home.GotoAsync($"{server.Address}/driver/exam");
        await home.CheckAsync("main form input[type=checkbox]");
        await home.ClickAsync("main form button");
        Assert.EndsWith("/driver/face", home.Url, StringComparison.Ordinal);
        foreach (var each in new[] { home, page, desk })
        {
            await each.Context.DisposeAsync();
        }
    }

    // As an officer types it: the minute, by the clock of China.
    private static string Local(DateTimeOffset instant) => ChinaTime.Local(instant).ToString("yyyy-MM-dd'T'HH:mm");
}
