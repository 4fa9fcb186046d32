using System.Net;
using AdminPortal.Domain.Exams;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>An exam in the browser: one answer per question, by the server's clock, on one's own paper.</summary>
public sealed class ExamTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Twice = "这道题已经作答，以第一次为准。";
    private const string TwiceInEnglish = "This question was already answered; the first answer stands.";
    private const string Choose = "请选择答案。";
    private const string ChooseInEnglish = "Please choose an answer.";
    private const string NotYours = "没有找到，或者不属于您。";

    private PortalServer Server => shared.Server;

    [Theory]
    [InlineData(false, Twice)]
    [InlineData(true, TwiceInEnglish)]
    public async Task The_first_answer_to_a_question_stands(bool english, string text)
    {
        using var exam = await StartAsync(english);
        var page = await exam.OpenAsync();
        var (_, _, right) = await Server.Portal.OpenQuestionAsync(exam.Attempt);
        Assert.Equal(HttpStatusCode.Redirect, (await exam.AnswerAsync(page, 1, [.. right])).Status);

        // The old page again, as the back button has it, with the other answer and with the same.
        foreach (var choices in new[] { TestPortal.Wrong(right), right })
        {
            var answer = await Server.RefusedAsync(() => exam.AnswerAsync(page, 1, [.. choices]));
            Assert.Equal(HttpStatusCode.Conflict, answer.Status);
            AssertSays(text, answer);
            Assert.Equal(2, ExamVisitor.OrdinalOn(answer));
        }
        Assert.Equal([true], await RightAsync(exam));
    }

    [Fact]
    public async Task Fifty_answers_at_once_are_one_answer()
    {
        using var exam = await StartAsync();
        var page = await exam.OpenAsync();
        var (_, _, right) = await Server.Portal.OpenQuestionAsync(exam.Attempt);
        var wrong = TestPortal.Wrong(right);

        var answers = await Race.RunAsync(50, i => exam.AnswerAsync(page, 1, [.. i % 2 == 0 ? right : wrong]));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Redirect);
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Redirect),
            a =>
            {
                Assert.Equal(HttpStatusCode.Conflict, a.Status);
                AssertSays(Twice, a);
            }
        );
        Assert.Single(await RightAsync(exam));
        Assert.Equal(2, ExamVisitor.OrdinalOn(await exam.OpenAsync()));
    }

    [Theory]
    [InlineData(59_999, true, false)]
    [InlineData(60_000, false, true)]
    [InlineData(300_000, false, true)]
    public async Task After_sixty_seconds_by_the_server_s_clock_an_answer_is_late_and_wrong(
        int milliseconds,
        bool isRight,
        bool isLate
    )
    {
        using var exam = await StartAsync();
        await exam.OpenAsync();
        Server.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await exam.GoOnAsync();
        Assert.Equal([isRight], await RightAsync(exam));
        Assert.Equal(
            [isLate],
            await Server.Portal.ColumnAsync<bool>(
                "SELECT is_late FROM exam_answers WHERE attempt_id = $1",
                exam.Attempt
            )
        );
        // The next question has its own sixty seconds.
        var next = await exam.OpenAsync();
        Assert.Equal((2, 60_000), (ExamVisitor.OrdinalOn(next), ExamVisitor.LeftOn(next)));
    }

    [Fact]
    public async Task When_the_time_is_over_no_choice_is_needed_to_go_on_and_it_is_said()
    {
        using var exam = await StartAsync();
        await exam.OpenAsync();
        Server.Clock.Advance(TimeSpan.FromSeconds(75));
        var page = await exam.OpenAsync();
        Assert.Equal(0, ExamVisitor.LeftOn(page));
        Assert.False(page.Html.GetElementById("over")!.HasAttribute("hidden"));
        Assert.Contains("时间到，本题按答错计。请继续下一题。", page.Body);
        Assert.Equal(HttpStatusCode.Redirect, (await exam.AnswerAsync(page, 1)).Status);
        Assert.Equal([false], await RightAsync(exam));
    }

    public static TheoryData<int, int[]> NoAnswers =>
        new()
        {
            { 1, [] },
            { 1, [9] },
            { 1, [-1] },
            { 1, [0, 2_147_483_647] },
            { 1, [.. Enumerable.Range(0, 100)] },
            { 2, [0] },
            { 20, [0] },
            { 21, [0] },
            { 0, [0] },
            { -1, [0] },
        };

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public async Task What_is_no_answer_to_the_open_question_is_asked_for_again(int ordinal, int[] choices)
    {
        using var exam = await StartAsync();
        Server.Clock.Advance(TimeSpan.FromSeconds(7));
        var answer = await RefusedAsync(Choose);
        await exam.Browser.ChooseEnglishAsync();
        await RefusedAsync(ChooseInEnglish);
        // The clock of the question was not set back.
        Assert.Equal((1, 53_000), (ExamVisitor.OrdinalOn(answer), ExamVisitor.LeftOn(answer)));

        async Task<Visit> RefusedAsync(string text)
        {
            var page = await exam.OpenAsync();
            var refused = await Server.RefusedAsync(() => exam.AnswerAsync(page, ordinal, choices));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            AssertSays(text, refused);
            return refused;
        }
    }

    [Theory]
    [InlineData("ordinal", "eins")]
    [InlineData("ordinal", "")]
    [InlineData("choice", "A")]
    [InlineData("choice", "99999999999999999999")]
    public async Task What_is_no_number_is_refused(string field, string value)
    {
        using var exam = await StartAsync();
        var page = await exam.OpenAsync();
        var other = field == "ordinal" ? ("choice", "0") : ("ordinal", "1");
        var answer = await Server.RefusedAsync(() =>
            exam.Browser.PostAsync(page, $"{exam.Address}/answer", other, (field, value))
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("请求有误", answer.Body);
    }

    [Fact]
    public async Task Every_option_ticked_is_not_the_right_answer()
    {
        using var exam = await StartAsync();
        var page = await exam.OpenAsync();
        var count = page.Html.QuerySelectorAll("input[name=choice]").Length;
        // A radio button allows one; whoever sends all has not chosen the right one.
        await Server.Portal.ExecuteAsync(
            """
            UPDATE exam_items SET version_id = o.version_id, option_order = o.option_order FROM exam_items o
            JOIN question_versions v ON v.id = o.version_id AND v.question_type = 'Single'
            WHERE exam_items.attempt_id = $1 AND exam_items.ordinal = 1 AND o.attempt_id = $1
            """,
            exam.Attempt
        );
        Assert.True(count >= 2);
        var answer = await exam.AnswerAsync(page, 1, 0, 1, 2);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal([false], await RightAsync(exam));
    }

    [Fact]
    public async Task The_attempt_of_somebody_else_is_not_there()
    {
        using var owner = await StartAsync();
        using var exam = await StartAsync();
        var page = await exam.OpenAsync();
        var seen = new List<string>();
        foreach (var attempt in new[] { owner.Attempt, Guid.NewGuid() })
        {
            var shown = await Server.RefusedAsync(() => exam.Browser.GetAsync($"/driver/exam/{attempt}"));
            var answered = await Server.RefusedAsync(() => (exam with { Attempt = attempt }).AnswerAsync(page, 1, 0));
            foreach (var visit in new[] { shown, answered })
            {
                Assert.Equal(HttpStatusCode.NotFound, visit.Status);
                Assert.Contains(NotYours, visit.Body);
            }
            seen.Add(Visitors.Fingerprint(shown) + Visitors.Fingerprint(answered));
        }
        Assert.Single(seen.Distinct());
        await exam.Browser.ChooseEnglishAsync();
        Assert.Contains("Not found, or not yours.", (await exam.Browser.GetAsync(owner.Address)).Body);
    }

    [Fact]
    public async Task While_a_face_check_is_due_no_question_is_shown_or_answered()
    {
        using var exam = await ExamVisitor.StartAsync(Server, snapshotBefore: 2);
        var page = await exam.OpenAsync();
        await exam.GoOnAsync();
        Assert.Equal(ExamState.Paused, (await Server.Portal.OpenQuestionAsync(exam.Attempt)).State);

        foreach (var ordinal in new[] { 1, 2, 3 })
        {
            var answer = await Server.RefusedAsync(() => exam.AnswerAsync(page, ordinal, 0));
            Assert.Equal((HttpStatusCode.Redirect, exam.Address), (answer.Status, answer.Location));
        }
        var shown = await exam.Browser.GetAsync(exam.Address);
        Assert.Equal((HttpStatusCode.Redirect, "/driver/face"), (shown.Status, shown.Location));
        var face = await exam.Browser.GetAsync("/driver/face");
        Assert.Contains("随机抓拍，确认是您本人在考试。答题计时已暂停，拍照不占答题时间。", face.Body);

        // The check takes ten minutes and none of the sixty seconds.
        Server.Clock.Advance(TimeSpan.FromMinutes(10));
        await Server.Portal.FaceAsync(exam.Driver);
        var next = await exam.OpenAsync();
        Assert.Equal((2, 60_000), (ExamVisitor.OrdinalOn(next), ExamVisitor.LeftOn(next)));
    }

    [Fact]
    public async Task Reloading_shows_the_same_question_and_the_time_that_is_left()
    {
        using var exam = await StartAsync();
        var first = await exam.OpenAsync();
        Assert.Equal(60_000, ExamVisitor.LeftOn(first));
        foreach (var left in new[] { 47_000, 34_000, 21_000 })
        {
            Server.Clock.Advance(TimeSpan.FromSeconds(13));
            var again = await exam.OpenAsync();
            Assert.Equal(left, ExamVisitor.LeftOn(again));
            Assert.Equal($"{left / 1000}", again.Html.GetElementById("left")!.TextContent);
            Assert.Equal(
                first.Html.GetElementById("options")!.OuterHtml,
                again.Html.GetElementById("options")!.OuterHtml
            );
        }
        // In another browser too, and by the way in from the notice.
        using var other = await Visitors.DriverAsync(Server, exam.Driver);
        Assert.Equal(exam.Address, (await other.GetAsync("/driver/exam")).Location);
        Assert.Equal(21_000, ExamVisitor.LeftOn(await other.GetAsync(exam.Address)));
    }

    private async Task<ExamVisitor> StartAsync(bool english = false)
    {
        var exam = await ExamVisitor.StartAsync(Server);
        if (english)
        {
            await exam.Browser.ChooseEnglishAsync();
        }
        return exam;
    }

    private async Task<IReadOnlyList<bool>> RightAsync(ExamVisitor exam) =>
        await Server.Portal.ColumnAsync<bool>(
            "SELECT is_right FROM exam_answers WHERE attempt_id = $1 ORDER BY ordinal",
            exam.Attempt
        );

    private static void AssertSays(string text, Visit page) =>
        Assert.Contains(text, page.Html.QuerySelector("[role=alert]")!.TextContent);
}
