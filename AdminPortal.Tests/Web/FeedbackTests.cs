using System.Net;
using System.Net.Http.Headers;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Photos;
using AdminPortal.Domain.Feedback;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>The feedback pages as a browser without script uses them.</summary>
[Trait("Rule", "S0-21")]
public sealed class FeedbackTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Path = "/driver/feedback";

    private static readonly byte[] Good = SamplePhotos.Named("no-face").Bytes.ToArray();

    private PortalServer Server => shared.Server;

    [Fact]
    [Trait("Rule", "S0-22")]
    public async Task The_form_offers_the_six_kinds_and_apart_from_them_the_correction_of_personal_data()
    {
        using var visitor = await VisitorAsync();
        var page = await visitor.GetAsync(Path);
        var groups = page.Html.QuerySelectorAll("fieldset.kinds");
        Assert.Equal(
            ["人脸误判", "系统故障", "政策咨询", "无法申请", "减免不成功", "举报投诉"],
            groups[0].QuerySelectorAll("label").Select(l => l.TextContent.Trim())
        );
        Assert.Equal(["更正个人信息"], groups[1].QuerySelectorAll("label").Select(l => l.TextContent.Trim()));
        Assert.Contains("第四十六条", groups[1].TextContent);
        Assert.Contains("不是法定期限", page.Body);
        await visitor.ChooseEnglishAsync();
        Assert.Contains("This is our own target, not a legal term.", (await visitor.GetAsync(Path)).Body);
    }

    [Fact]
    public async Task A_ticket_is_filed_with_photos_shown_to_its_driver_and_to_nobody_else()
    {
        using var visitor = await VisitorAsync();
        var filed = await SendAsync(visitor, await visitor.GetAsync(Path), Form(), Good, Good);
        Assert.Equal(HttpStatusCode.Redirect, filed.Status);
        var ticket = await visitor.GetAsync(filed.Location);
        Assert.Matches("FK[0-9]{8}-[0-9]{6}", ticket.Html.QuerySelector("h1")!.TextContent);
        Assert.Contains(TestPortal.FeedbackText, ticket.Body);
        Assert.Equal(2, ticket.Html.QuerySelectorAll(".attached img").Length);
        var photo = await visitor.GetAsync($"{filed.Location}/photos/2");
        Assert.Equal(Good, await photo.Response.Content.ReadAsByteArrayAsync());
        Assert.Equal("no-store", photo.Response.Headers.CacheControl?.ToString());
        Assert.Contains("系统故障", (await visitor.GetAsync(Path)).Body);

        using var other = await VisitorAsync();
        var foreign = await other.GetAsync(filed.Location);
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Contains("没有找到，或者不属于您。", foreign.Body);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{filed.Location}/photos/1")).Status);
        using var nobody = new WebVisitor(Server);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync(filed.Location)).Status);
    }

    [Theory]
    [InlineData("", "请选择反馈类型。", "Please choose what it is about.")]
    [InlineData("Nonsense", "请选择反馈类型。", "Please choose what it is about.")]
    [InlineData("99", "请选择反馈类型。", "Please choose what it is about.")]
    public async Task Without_a_kind_it_is_asked_for_and_what_was_typed_stays(string kind, string zh, string en)
    {
        using var visitor = await VisitorAsync();
        await AssertRefusedAsync(visitor, Form(kind), HttpStatusCode.UnprocessableEntity, zh);
        await visitor.ChooseEnglishAsync();
        await AssertRefusedAsync(visitor, Form(kind), HttpStatusCode.UnprocessableEntity, en);
    }

    public static TheoryData<string, byte[][], HttpStatusCode, string, string> BadPhotos =>
        new()
        {
            {
                "photo1",
                ["no photo"u8.ToArray()],
                HttpStatusCode.UnprocessableEntity,
                "只接受JPEG照片。",
                "Only JPEG photos are accepted."
            },
            {
                "photo2",
                [Good, [.. Good, .. new byte[JpegSanitizer.MaxBytes]]],
                HttpStatusCode.RequestEntityTooLarge,
                "照片太大，最大2 MB。",
                "The photo is too large; at most 2 MB."
            },
            {
                "photo1",
                [Good, Good, Good, Good],
                HttpStatusCode.UnprocessableEntity,
                "最多3张照片。",
                "At most 3 photos."
            },
        };

    [Theory]
    [MemberData(nameof(BadPhotos))]
    public async Task A_photo_that_is_not_taken_is_named_and_what_was_typed_stays(
        string field,
        byte[][] photos,
        HttpStatusCode status,
        string zh,
        string en
    )
    {
        using var visitor = await VisitorAsync();
        var answer = await AssertRefusedAsync(visitor, Form(), status, zh, photos);
        Assert.Equal($"#{field}", answer.Html.QuerySelector("#error-summary a")!.GetAttribute("href"));
        Assert.Contains("照片没有保存，请重新选择。", answer.Body);
        await visitor.ChooseEnglishAsync();
        await AssertRefusedAsync(visitor, Form(), status, en, photos);
    }

    [Fact]
    public async Task A_request_larger_than_any_letter_is_refused_on_the_page()
    {
        using var visitor = await VisitorAsync();
        var page = await visitor.GetAsync(Path);
        var answer = await Server.RefusedAsync(() => SendAsync(visitor, page, Form(), new byte[25 * 1024 * 1024]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Contains("照片太大，最大2 MB。", answer.Html.QuerySelector("[role=alert]")!.TextContent);
    }

    [Fact]
    public async Task The_form_sent_twice_is_one_ticket_and_with_other_words_says_its_number()
    {
        using var visitor = await VisitorAsync();
        var page = await visitor.GetAsync(Path);
        var first = await SendAsync(visitor, page, Form());
        var again = await Server.RefusedAsync(() => SendAsync(visitor, page, Form()));
        Assert.Equal(first.Location, again.Location);

        var other = await Server.RefusedAsync(() => SendAsync(visitor, page, Form(text: "另外一件事情也请一并核实。")));
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Matches("编号FK[0-9]{8}-[0-9]{6}", other.Html.QuerySelector("[role=alert]")!.TextContent);
        Assert.Contains("另外一件事情也请一并核实。", other.Html.QuerySelector("textarea")!.TextContent);
        // What stands there now may be sent as another ticket.
        var second = await SendAsync(visitor, other, Form(text: "另外一件事情也请一并核实。"));
        Assert.Equal(HttpStatusCode.Redirect, second.Status);
        Assert.NotEqual(first.Location, second.Location);
    }

    [Fact]
    [Trait("Rule", "D-FEEDBACK-OPEN")]
    public async Task With_five_open_tickets_the_page_says_so_and_keeps_what_was_typed()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        using var visitor = await Visitors.DriverAsync(Server, driver);
        var page = await visitor.GetAsync(Path);
        for (var i = 0; i < FeedbackTicket.MostOpen; i++)
        {
            await Server.Portal.FileFeedbackAsync(driver);
        }
        var answer = await Server.RefusedAsync(() => SendAsync(visitor, page, Form()));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Contains("您有5件反馈尚未答复", answer.Html.QuerySelector("[role=alert]")!.TextContent);
        Assert.Contains(TestPortal.FeedbackText, answer.Html.QuerySelector(".quote")!.TextContent);
        Assert.Null(answer.Html.QuerySelector("textarea"));
    }

    [Fact]
    [Trait("Rule", "S0-22")]
    [Trait("Rule", "S0-23")]
    public async Task Home_and_feedback_page_name_the_hotline_what_it_is_for_and_whether_it_is_open()
    {
        using var visitor = await VisitorAsync();
        foreach (var path in new[] { "/driver", Path })
        {
            var card = (await visitor.GetAsync(path)).Html.QuerySelector("section[aria-labelledby=hotline]")!;
            Assert.NotNull(card.QuerySelector("a[href='tel:12123']"));
            Assert.Contains("现在可以拨打，服务到今天17:00", card.TextContent);
            Assert.Equal(
                ["政策问题", "无法申请", "记分减免不成功", "举报、投诉"],
                card.QuerySelectorAll("li").Select(l => l.TextContent)
            );
        }
    }

    [Fact]
    [Trait("Rule", "S0-01")]
    public async Task The_home_page_is_found_by_the_name_of_the_service()
    {
        using var visitor = await VisitorAsync();
        var entrance = await visitor.GetAsync("/");
        Assert.Contains("学法减分", entrance.Html.QuerySelector("h1")!.TextContent);
        var door = entrance.Html.QuerySelector("a[href='/driver']");
        Assert.NotNull(door);
        var home = await visitor.GetAsync(door.GetAttribute("href")!);
        Assert.Contains("学法减分", home.Html.Title);
        Assert.Contains("学法减分", home.Html.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    [Trait("Rule", "S0-01")]
    public async Task Where_only_drivers_are_served_the_first_page_leads_home()
    {
        await using var server = await PortalServer.StartAsync(
            TestPortal.Start,
            settings: new Dictionary<string, string?> { ["Portal:Surface"] = "Driver" }
        );
        using var visitor = new WebVisitor(server);
        var entrance = await visitor.GetAsync("/");
        Assert.Equal((HttpStatusCode.Redirect, "/driver"), (entrance.Status, entrance.Location));
    }

    [Fact]
    [Trait("Rule", "S0-24")]
    public async Task Home_names_the_quiet_hours_once_there_are_enough_data()
    {
        await using var server = await PortalServer.StartAsync(TestPortal.Start);
        var driver = await server.Portal.DriverInStudyAsync();
        using var visitor = await Visitors.DriverAsync(server, driver);
        Assert.DoesNotContain("学习和考试的人最少", (await visitor.GetAsync("/driver")).Body);
        await server.Portal.ExecuteAsync(
            """
            INSERT INTO study_stretches (id, round_id, section_id, started_at, last_beat_at, seconds, confirmed)
            SELECT gen_random_uuid(), $1, 's', $2, $2, 60, true FROM generate_series(1, 100)
            """,
            (await server.Portal.RoundOfAsync(driver)).Id,
            TestClock.China(2026, 3, 9, 7)
        );
        server.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Contains("近两周08:00至11:00学习和考试的人最少", (await visitor.GetAsync("/driver")).Body);
        await visitor.ChooseEnglishAsync();
        Assert.Contains("from 08:00 to 11:00", (await visitor.GetAsync("/driver")).Body);
    }

    private async Task<WebVisitor> VisitorAsync() =>
        await Visitors.DriverAsync(Server, await Server.Portal.ImportDriverAsync());

    private static (string, string)[] Form(string kind = "SystemFault", string text = TestPortal.FeedbackText) =>
        [("kind", kind), ("text", text)];

    /// <summary>Refused on the form itself: nothing stored, the words still there.</summary>
    private async Task<Visit> AssertRefusedAsync(
        WebVisitor visitor,
        (string, string)[] form,
        HttpStatusCode status,
        string text,
        params byte[][] photos
    )
    {
        var page = await visitor.GetAsync(Path);
        var files = Server.Portal.Get<PhotoFiles>().All().Count();
        var answer = await Server.RefusedAsync(() => SendAsync(visitor, page, form, photos));
        Assert.Equal(status, answer.Status);
        Assert.Contains(text, answer.Html.QuerySelector("[role=alert]")!.TextContent);
        Assert.Equal(TestPortal.FeedbackText, answer.Html.QuerySelector("textarea")!.TextContent);
        Assert.Equal(files, Server.Portal.Get<PhotoFiles>().All().Count());
        return answer;
    }

    private static async Task<Visit> SendAsync(
        WebVisitor visitor,
        Visit page,
        (string Name, string Value)[] fields,
        params byte[][] photos
    )
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(WebVisitor.TokenOf(page)), "__RequestVerificationToken" },
            {
                new StringContent(page.Html.QuerySelector("input[name=formKey]")?.GetAttribute("value") ?? ""),
                "formKey"
            },
        };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }
        foreach (var (photo, number) in photos.Select((photo, index) => (photo, index + 1)))
        {
            var content = new ByteArrayContent(photo);
            content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(content, $"photo{number}", "photo.jpg");
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = form };
        // A server that refuses what is announced does not wait for it to come.
        request.Headers.ExpectContinue = true;
        return await visitor.SendAsync(request);
    }
}
