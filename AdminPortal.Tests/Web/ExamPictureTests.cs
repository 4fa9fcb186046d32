using System.Net;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Web;

/// <summary>Who gets the picture of a question, and when: the driver who sits that attempt, while it is put, and once it is explained.</summary>
[Trait("Rule", "D-PICTURE")]
public sealed class ExamPictureTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private PortalServer Server => shared.Server;

    private TestPortal Portal => Server.Portal;

    [Fact]
    [Trait("Rule", "S1-30")]
    public async Task The_open_question_shows_it_and_nothing_says_which_picture_it_is()
    {
        using var exam = await ExamVisitor.StartAsync(Server);
        await Portal.GivePicturesAsync(exam.Attempt);
        var page = await exam.OpenAsync();
        var image = Assert.Single(page.Html.QuerySelectorAll("img"));
        Assert.Equal($"{exam.Address}/1/picture", image.GetAttribute("src"));
        var version = await VersionAsync(exam.Attempt, 1);
        await using var db = Portal.Db();
        var shelved = await db.QuestionPictures.SingleAsync(p => p.Name == version.PictureName);
        Assert.Equal(
            ($"{shelved.Width}", $"{shelved.Height}", version.PictureDescription!.Zh),
            (image.GetAttribute("width"), image.GetAttribute("height"), image.GetAttribute("alt"))
        );
        Assert.DoesNotContain(shelved.Name, page.Body);
        Assert.DoesNotContain(version.QuestionId, page.Body);

        var answer = await exam.Browser.GetAsync($"{exam.Address}/1/picture");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(shelved.Content, await answer.Response.Content.ReadAsByteArrayAsync());
        var headers = answer.Response.Headers;
        Assert.Equal("image/png", $"{answer.Response.Content.Headers.ContentType}");
        Assert.True(headers.CacheControl!.Private && headers.CacheControl.MaxAge == TimeSpan.FromMinutes(10));
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.StartsWith("sandbox;", Assert.Single(headers.GetValues("Content-Security-Policy")));
        Assert.Null(headers.ETag);
        Assert.Null(answer.Response.Content.Headers.LastModified);
        Assert.Null(answer.Response.Content.Headers.ContentDisposition);
        await exam.Browser.ChooseEnglishAsync();
        Assert.Equal(
            version.PictureDescription.En,
            (await exam.OpenAsync()).Html.QuerySelector("img")!.GetAttribute("alt")
        );
    }

    [Fact]
    [Trait("Rule", "S1-30")]
    public async Task Another_place_another_driver_and_another_time_get_nothing()
    {
        using var first = await ExamVisitor.StartAsync(Server, snapshotBefore: 3);
        using var neighbour = await ExamVisitor.StartAsync(Server);
        // The study of the second one took longer than a session of the first one lasts.
        using var exam = first with { Browser = await Visitors.DriverAsync(Server, first.Driver) };
        using var nobody = new WebVisitor(Server);
        await Portal.GivePicturesAsync(exam.Attempt);
        await Portal.GivePicturesAsync(neighbour.Attempt);
        await OnlyAsync(exam, 1);
        var open = $"{exam.Address}/1/picture";
        Assert.Equal(HttpStatusCode.NotFound, (await neighbour.Browser.GetAsync(open)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await exam.Browser.GetAsync($"{neighbour.Address}/1/picture")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync(open)).Status);
        using var editor = await Visitors.OfficerAsync(Server, await Portal.CreateEditorAsync());
        Assert.NotEqual(HttpStatusCode.OK, (await editor.GetAsync(open)).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await exam.Browser.GetAsync($"/driver/exam/{Guid.NewGuid()}/1/picture")).Status
        );

        await exam.GoOnAsync();
        await OnlyAsync(exam, 2);
        // The face check comes before the third question, which is not put yet.
        await exam.GoOnAsync(rightly: false);
        Assert.Equal(ExamState.Paused, (await Portal.OpenQuestionAsync(exam.Attempt)).State);
        await OnlyAsync(exam, null);
        await Portal.FaceAsync(exam.Driver);
        await OnlyAsync(exam, 3);

        // A question without a picture answers like one that is not there.
        await Portal.ExecuteAsync("ALTER TABLE question_versions DISABLE TRIGGER USER");
        await Portal.ExecuteAsync(
            "UPDATE question_versions SET picture_name = NULL, picture_description = NULL WHERE id = $1",
            (await VersionAsync(exam.Attempt, 3)).Id
        );
        await OnlyAsync(exam, null);
        Assert.Empty((await exam.OpenAsync()).Html.QuerySelectorAll("img"));
    }

    [Fact]
    [Trait("Rule", "S0-17")]
    public async Task When_the_answers_are_open_every_question_that_was_put_shows_it_to_its_driver_alone()
    {
        var driver = await Portal.DriverBeforeExamAsync();
        var attempt = await Portal.StartExamAsync(driver);
        await Portal.GivePicturesAsync(attempt);
        Assert.Equal(ExamState.Closing, await Portal.AnswerAllAsync(driver, attempt, wrong: 2));
        using var browser = await Visitors.DriverAsync(Server, driver);
        var exam = new ExamVisitor(Server, driver, attempt, browser);
        await OnlyAsync(exam, null);
        await Portal.FaceAsync(driver);

        for (var ordinal = 1; ordinal <= 20; ordinal++)
        {
            var shown = await browser.GetAsync($"{exam.Address}/{ordinal}/picture");
            Assert.Equal(HttpStatusCode.OK, shown.Status);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"{exam.Address}/21/picture")).Status);
        using var stranger = await Visitors.DriverAsync(Server, await Portal.ImportDriverAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"{exam.Address}/1/picture")).Status);
        var images = (await browser.GetAsync($"{exam.Address}/answers")).Html.QuerySelectorAll("li.card img");
        Assert.Equal(
            Enumerable.Range(1, 10).Select(n => $"{exam.Address}/{n}/picture"),
            images.Select(i => i.GetAttribute("src"))
        );
        Assert.All(images, image => Assert.Equal("lazy", image.GetAttribute("loading")));
    }

    // Of all places on the paper, one or none is given out.
    private static async Task OnlyAsync(ExamVisitor exam, int? ordinal)
    {
        for (var place = 0; place <= 21; place++)
        {
            var answer = await exam.Browser.GetAsync($"{exam.Address}/{place}/picture");
            Assert.True(
                answer.Status == (place == ordinal ? HttpStatusCode.OK : HttpStatusCode.NotFound),
                $"{place}: {answer.Status}"
            );
        }
    }

    private async Task<QuestionVersion> VersionAsync(Guid attempt, int ordinal)
    {
        await using var db = Portal.Db();
        return await (
            from item in db.ExamItems
            join version in db.QuestionVersions on item.VersionId equals version.Id
            where item.AttemptId == attempt && item.Ordinal == ordinal
            select version
        )
            .AsNoTracking()
            .SingleAsync();
    }
}
