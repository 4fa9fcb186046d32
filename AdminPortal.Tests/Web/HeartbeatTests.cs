using System.Net;
using System.Text;
using System.Text.Json;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>The heartbeat of the study page: only the server's time counts, whatever a client sends.</summary>
public sealed class HeartbeatTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Address = "/driver/study/beat";
    private const string NotCounted = "计时信号无效，没有计入。请刷新页面。";

    private static readonly string Section = StarterContent.Sections[0].Id;

    private PortalServer Server => shared.Server;

    [Fact]
    public async Task A_beat_credits_the_time_the_server_measured()
    {
        var (driver, visitor, page) = await StudyingAsync();
        using var _ = visitor;
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        var answer = await BeatAsync(visitor, page, TicketOf(page));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(30, JsonDocument.Parse(answer.Body).RootElement.GetProperty("credited").GetInt32());
        Assert.Equal(30, await SecondsAsync(driver));
    }

    [Theory]
    [InlineData("1.00000000000000000000000000000000")]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("999999999999999999999.x")]
    [InlineData("1.' OR 1=1 --")]
    public async Task A_forged_ticket_credits_nothing(string? ticket)
    {
        var (_, visitor, page) = await StudyingAsync();
        using var __ = visitor;
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        await AssertRefusedAsync(
            () => BeatAsync(visitor, page, ticket),
            HttpStatusCode.Conflict,
            "BeatReplayed",
            NotCounted
        );
    }

    [Fact]
    public async Task A_ticket_of_a_megabyte_credits_nothing_and_one_of_five_is_not_read()
    {
        var (_, visitor, page) = await StudyingAsync();
        using var __ = visitor;
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        await AssertRefusedAsync(
            () => BeatAsync(visitor, page, new string('1', 1024 * 1024)),
            HttpStatusCode.Conflict,
            "BeatReplayed",
            NotCounted
        );
        var huge = await Server.RefusedAsync(() => BeatAsync(visitor, page, new string('1', 5 * 1024 * 1024)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.Status);
        Assert.Contains("文件太大", huge.Body);
    }

    [Fact]
    public async Task A_ticket_that_was_used_credits_nothing_a_second_time()
    {
        var (driver, visitor, page) = await StudyingAsync();
        using var _ = visitor;
        var first = TicketOf(page);
        Server.Clock.Advance(TimeSpan.FromSeconds(20));
        var second = TicketOf(await BeatAsync(visitor, page, first));
        // The answer may have been lost: the same ticket again gets the same next one, and nothing more.
        Server.Clock.Advance(TimeSpan.FromSeconds(20));
        var again = await Server.RefusedAsync(() => BeatAsync(visitor, page, first));
        Assert.Equal((HttpStatusCode.OK, second), (again.Status, TicketOf(again)));
        Assert.Equal(20, await SecondsAsync(driver));

        await BeatAsync(visitor, page, second);
        Server.Clock.Advance(TimeSpan.FromSeconds(20));
        await AssertRefusedAsync(
            () => BeatAsync(visitor, page, first),
            HttpStatusCode.Conflict,
            "BeatReplayed",
            NotCounted
        );
        Assert.Equal(40, await SecondsAsync(driver));
    }

    [Fact]
    public async Task The_ticket_of_another_driver_credits_neither_of_them()
    {
        var (other, otherVisitor, otherPage) = await StudyingAsync();
        using var _ = otherVisitor;
        var (driver, visitor, page) = await StudyingAsync();
        using var __ = visitor;
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        await AssertRefusedAsync(
            () => BeatAsync(visitor, page, TicketOf(otherPage)),
            HttpStatusCode.Conflict,
            "BeatReplayed",
            NotCounted
        );
        Assert.Equal(0, await SecondsAsync(driver));
        // And it is still good for its owner.
        Assert.Equal(HttpStatusCode.OK, (await BeatAsync(otherVisitor, otherPage, TicketOf(otherPage))).Status);
        Assert.Equal(30, await SecondsAsync(other));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task Another_content_type_finds_nothing_here(string type)
    {
        var (_, visitor, page) = await StudyingAsync();
        using var __ = visitor;
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        var answer = await Server.RefusedAsync(() =>
            SendAsync(visitor, WebVisitor.TokenOf(page), Json(TicketOf(page)), type)
        );
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains("没有找到", answer.Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"ticket\":{}}")]
    public async Task A_body_that_is_no_beat_is_refused(string body)
    {
        var (_, visitor, page) = await StudyingAsync();
        using var __ = visitor;
        var answer = await Server.RefusedAsync(() => SendAsync(visitor, WebVisitor.TokenOf(page), body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("请求有误", answer.Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task Without_the_token_of_the_page_nothing_is_credited(string token)
    {
        var (_, visitor, page) = await StudyingAsync();
        using var __ = visitor;
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        var answer = await Server.RefusedAsync(() => SendAsync(visitor, token, Json(TicketOf(page))));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("页面停留太久，或者登录状态已变化。没有办理任何事项，请返回后重新提交。", answer.Body);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/html")]
    public async Task Without_sign_in_nothing_is_credited(string accept)
    {
        var (_, visitor, page) = await StudyingAsync();
        using var __ = visitor;
        using var stranger = new WebVisitor(Server);
        var form = await stranger.GetAsync("/driver/sign-in");
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        var answer = await Server.RefusedAsync(() =>
            SendAsync(stranger, WebVisitor.TokenOf(form), Json(TicketOf(page)), accept: accept)
        );
        // The script leads on to a page by itself; what it posts is never answered with one.
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.DoesNotContain("ticket", answer.Body);
    }

    [Fact]
    public async Task Fifty_beats_at_once_credit_the_time_that_passed_and_no_more()
    {
        var (driver, visitor, page) = await StudyingAsync();
        using var _ = visitor;
        var ticket = TicketOf(page);
        Server.Clock.Advance(TimeSpan.FromSeconds(30));

        var answers = await Race.RunAsync(50, _ => BeatAsync(visitor, page, ticket));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Single(answers.Select(TicketOf).Distinct());
        Assert.Equal(30, await SecondsAsync(driver));
        Assert.Equal(
            1,
            await Server.Portal.ScalarAsync<long>(
                "SELECT count(*) FROM study_stretches s JOIN rounds r ON r.id = s.round_id WHERE r.driver_id = $1",
                driver.Id
            )
        );
    }

    [Theory]
    [InlineData(false, "学习已在另一台设备或另一个页面打开，本页已停止计时。")]
    [InlineData(true, "The study is open on another device or page; this one has stopped counting.")]
    public async Task A_newer_browser_takes_over_and_the_older_one_is_told(bool english, string text)
    {
        var (driver, older, olderPage) = await StudyingAsync();
        using var _ = older;
        if (english)
        {
            await older.ChooseEnglishAsync();
            olderPage = await older.GetAsync($"/driver/study/{Section}");
        }
        using var newer = await Visitors.DriverAsync(Server, driver);
        var newerPage = await BeginAsync(newer);
        Server.Clock.Advance(TimeSpan.FromSeconds(30));

        await AssertRefusedAsync(
            () => BeatAsync(older, olderPage, TicketOf(olderPage)),
            HttpStatusCode.Conflict,
            "StudyTakenOver",
            text
        );
        Assert.Equal(HttpStatusCode.OK, (await BeatAsync(newer, newerPage, TicketOf(newerPage))).Status);
        Assert.Equal(30, await SecondsAsync(driver));
    }

    /// <summary>A driver who has just begun to study in a browser.</summary>
    private async Task<(TestDriver Driver, WebVisitor Visitor, Visit Page)> StudyingAsync()
    {
        var driver = await Server.Portal.DriverInStudyAsync();
        var visitor = await Visitors.DriverAsync(Server, driver);
        return (driver, visitor, await BeginAsync(visitor));
    }

    private static async Task<Visit> BeginAsync(WebVisitor visitor)
    {
        var page = await visitor.GetAsync($"/driver/study/{Section}");
        var begun = await visitor.PostAsync(page, $"/driver/study/{Section}/begin");
        Assert.Equal($"/driver/study/{Section}", begun.Location);
        page = await visitor.GetAsync(begun.Location);
        Assert.NotEmpty(TicketOf(page));
        return page;
    }

    /// <summary>The ticket in the page, or in the answer to a beat.</summary>
    private static string TicketOf(Visit visit) =>
        visit.Body.StartsWith('{')
            ? JsonDocument.Parse(visit.Body).RootElement.GetProperty("ticket").GetString()!
            : visit.Html.GetElementById("study")?.GetAttribute("data-ticket") ?? "";

    private static string Json(string? ticket) => JsonSerializer.Serialize(new { section = Section, ticket });

    private static Task<Visit> BeatAsync(WebVisitor visitor, Visit page, string? ticket) =>
        SendAsync(visitor, WebVisitor.TokenOf(page), Json(ticket));

    private static async Task<Visit> SendAsync(
        WebVisitor visitor,
        string token,
        string body,
        string type = "application/json",
        string accept = "application/json"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        request.Headers.Add("Accept", accept);
        if (token.Length > 0)
        {
            request.Headers.Add("RequestVerificationToken", token);
        }
        return await visitor.SendAsync(request);
    }

    private async Task AssertRefusedAsync(Func<Task<Visit>> beat, HttpStatusCode status, string code, string text)
    {
        var answer = await Server.RefusedAsync(beat);
        Assert.Equal(status, answer.Status);
        var refusal = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal(code, refusal.GetProperty("code").GetString());
        Assert.Equal(text, refusal.GetProperty("text").GetString());
    }

    private async Task<long> SecondsAsync(TestDriver driver) =>
        await Server.Portal.ScalarAsync<long>(
            "SELECT coalesce(sum(s.seconds), 0) FROM study_stretches s JOIN rounds r ON r.id = s.round_id WHERE r.driver_id = $1",
            driver.Id
        );
}
