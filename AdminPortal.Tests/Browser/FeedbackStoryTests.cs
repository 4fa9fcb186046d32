using System.Text.RegularExpressions;
using AdminPortal.Data.Demo;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>Feedback, whole: a driver writes and attaches a photo, an officer answers by keyboard, the driver reads the answer.</summary>
public sealed class FeedbackStoryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "S0-21")]
    [Trait("Rule", "S0-22")]
    public async Task A_driver_files_with_a_photo_an_officer_answers_by_keyboard_the_driver_reads_it(bool script)
    {
        const string words = "考试提交后页面显示系统故障，成绩没有保存。";
        const string answer = "已核实为系统故障，该次考试不计次数，请重新考试。";
        await using var server = await PortalServer.StartAsync(TestClock.China(2026, 3, 10, 10));
        var known = await server.Portal.ImportDriverAsync();
        await using var phone = await Browsers.NewPersonAsync(390, 844, script: script);
        var driver = new DriverJourney(server, await phone.NewPageAsync());
        await driver.SignInAsync(known.Person);
        await driver.Page.ClickAsync("nav a[href='/driver/feedback']");
        await driver.Page.CheckAsync("input[value=SystemFault]");
        await driver.Page.FillAsync("#text", words);
        await driver.Page.SetInputFilesAsync(
            "#photo1",
            new FilePayload
            {
                Name = "screen.jpg",
                MimeType = "image/jpeg",
                Buffer = SamplePhotos.Named("no-face").Bytes.ToArray(),
            }
        );
        if (script)
        {
            await driver.Page.WaitForFunctionAsync(
                "() => document.querySelector('#photo1').files[0]?.name === 'photo.jpg'"
            );
        }
        await driver.Page.FollowAsync(() => driver.Page.ClickAsync("form[action='/driver/feedback'] button"));
        await driver.Page.WaitForURLAsync(new Regex("/driver/feedback/[0-9a-f-]+"));
        var ticket = driver.Page.Url;
        var number = Regex.Match(await driver.Page.InnerTextAsync("h1"), "FK[0-9]{8}-[0-9]{6}").Value;
        Assert.NotEmpty(number);
        Assert.True(await driver.Page.EvaluateAsync<bool>("() => document.querySelector('.attached img') !== null"));

        await using var desk = await Browsers.NewPersonAsync();
        var officer = new OfficerJourney(server, await desk.NewPageAsync());
        await officer.ActivateAsync("200011", Role.Reviewer);
        await officer.TakeNextAsync();
        Assert.Equal(words, await officer.Page.InnerTextAsync(".desk-facts blockquote"));
        Assert.Contains(number, await officer.Page.InnerTextAsync(".desk-facts"));
        await officer.LookAtEveryPhotoAsync();
        await officer.DecideAsync(uphold: true, answer);
        Assert.Contains("已处理", await officer.Page.InnerTextAsync(".verdict"));

        await driver.Page.GotoAsync(ticket);
        Assert.Equal("已处理", await driver.Page.InnerTextAsync("#state"));
        Assert.Equal(answer, await driver.Page.InnerTextAsync("[aria-labelledby=state] .quote"));
        await driver.Page.GotoAsync($"{server.Address}/driver/messages");
        Assert.Contains($"您的反馈（编号{number}）已处理", await driver.Page.InnerTextAsync("main"));
    }
}
