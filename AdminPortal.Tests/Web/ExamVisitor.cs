using System.Globalization;
using System.Net;
using AdminPortal.Domain.Exams;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>A driver who sits an exam in a browser.</summary>
internal sealed record ExamVisitor(PortalServer Server, TestDriver Driver, Guid Attempt, WebVisitor Browser)
    : IDisposable
{
    public string Address => $"/driver/exam/{Attempt}";

    /// <summary>The first question is open; the random face check comes before the given question.</summary>
    public static async Task<ExamVisitor> StartAsync(PortalServer server, int snapshotBefore = 19)
    {
        var driver = await server.Portal.DriverBeforeExamAsync();
        var attempt = await server.Portal.StartExamAsync(driver);
        await server.Portal.ExecuteAsync(
            "UPDATE exam_attempts SET snapshot_before = $1 WHERE id = $2",
            snapshotBefore,
            attempt
        );
        return new ExamVisitor(server, driver, attempt, await Visitors.DriverAsync(server, driver));
    }

    public async Task<Visit> OpenAsync()
    {
        var page = await Browser.GetAsync(Address);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return page;
    }

    public Task<Visit> AnswerAsync(Visit page, int ordinal, params int[] choices) =>
        Browser.PostAsync(
            page,
            $"{Address}/answer",
            [
                ("ordinal", ordinal.ToString(CultureInfo.InvariantCulture)),
                .. choices.Select(c => ("choice", c.ToString(CultureInfo.InvariantCulture))),
            ]
        );

    /// <summary>Answers the open question rightly or wrongly; the server must lead on.</summary>
    public async Task<Visit> GoOnAsync(bool rightly = true)
    {
        var page = await OpenAsync();
        var (state, ordinal, right) = await Server.Portal.OpenQuestionAsync(Attempt);
        Assert.Equal(ExamState.Running, state);
        var answer = await AnswerAsync(page, ordinal, [.. rightly ? right : TestPortal.Wrong(right)]);
        Assert.Equal((HttpStatusCode.Redirect, Address), (answer.Status, answer.Location));
        return answer;
    }

    /// <summary>The number of the question on a page.</summary>
    public static int OrdinalOn(Visit page) =>
        int.Parse(page.Html.QuerySelector("input[name=ordinal]")!.GetAttribute("value")!, CultureInfo.InvariantCulture);

    /// <summary>The milliseconds the page counts down from.</summary>
    public static long LeftOn(Visit page) =>
        long.Parse(page.Html.GetElementById("timer")!.GetAttribute("data-left")!, CultureInfo.InvariantCulture);

    public void Dispose() => Browser.Dispose();
}
