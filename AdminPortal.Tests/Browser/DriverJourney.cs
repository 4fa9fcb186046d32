using System.Text.RegularExpressions;
using AdminPortal.Data;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>A driver at a browser: each method is something a person does, on the pages as they are.</summary>
internal sealed partial class DriverJourney(PortalServer server, IPage page)
{
    // The next heartbeat is planned when the answer to the last one was read, which nothing on the page shows.
    private const string CountAnswers = """
        window.sent = 0;
        window.heard = 0;
        const send = window.fetch;
        window.fetch = async (...call) => {
          window.sent++;
          const answer = await send(...call);
          const read = answer.json.bind(answer);
          answer.json = async () => {
            const value = await read();
            window.heard++;
            return value;
          };
          return answer;
        };
        """;

    public IPage Page => page;

    public async Task SignInAsync(TestPerson person)
    {
        await page.GotoAsync($"{server.Address}/driver");
        await page.FillAsync("#name", person.Name);
        await page.FillAsync("#idNumber", person.IdNumber);
        await page.ClickAsync("main form button.button");
        await server.RunJobsAsync();
        var inbox = await page.Context.NewPageAsync();
        await inbox.GotoAsync($"{server.Address}/dev/inbox");
        var code = CodePattern().Match(await inbox.InnerTextAsync("main")).Value;
        await inbox.CloseAsync();
        await page.FillAsync("#code", code);
        await page.ClickAsync("main form button.button");
        await page.WaitForURLAsync(new Regex("/driver$"));
    }

    public async Task ApplyAsync()
    {
        await page.GotoAsync($"{server.Address}/driver/application");
        await page.CheckAsync("#notice");
        await page.CheckAsync("#faceConsent");
        await page.ClickAsync("form[action='/driver/application'] button");
        await page.WaitForURLAsync(new Regex("/driver/application/[0-9a-f-]+"));
    }

    /// <summary>Submits a drawn sample for the face check that is due.</summary>
    public async Task FaceAsync(string sample)
    {
        if (!page.Url.EndsWith("/driver/face", StringComparison.Ordinal))
        {
            await page.GotoAsync($"{server.Address}/driver/face");
        }
        await page.FollowAsync(() => page.ClickAsync($"button[name=sample][value='{sample}']"));
        server.Clock.Advance(TimeSpan.FromSeconds(8));
    }

    /// <summary>Studies by the page's own heartbeats, on two clocks moved together, until enough is credited.</summary>
    /// <param name="file">Files the completion at the end; otherwise leaves that to the scheme.</param>
    public async Task StudyAsync(string face, bool file = true)
    {
        await page.Clock.InstallAsync(new ClockInstallOptions { TimeDate = server.Clock.Now.UtcDateTime });
        await page.AddInitScriptAsync(CountAnswers);
        for (var section = 0; ; section++)
        {
            await page.GotoAsync($"{server.Address}/driver/study");
            await page.Locator(".sections a").Nth(section).ClickAsync();
            await BeatAsync(() => page.ClickAsync("#begin button"));
            while (!page.Url.EndsWith("/driver/face", StringComparison.Ordinal))
            {
                if (await page.IsVisibleAsync("#complete button"))
                {
                    if (!file)
                    {
                        return;
                    }
                    await page.FollowAsync(() => page.ClickAsync("#complete button"));
                    return;
                }
                server.Clock.Advance(TimeSpan.FromSeconds(15));
                await BeatAsync(() => page.Clock.RunForAsync(15_000));
            }
            await FaceAsync(face);
        }
    }

    /// <summary>Does what sends a heartbeat, and waits until the page has taken its answer in.</summary>
    private async Task BeatAsync(Func<Task> act)
    {
        await page.RunAndWaitForResponseAsync(act, IsBeat);
        if (
            await QueryAsync(async db =>
                (await db.Rounds.AsNoTracking().SingleAsync(r => r.State == RoundState.Studying)).SnapshotIsDue
            )
        )
        {
            await page.WaitForURLAsync("**/driver/face");
            return;
        }
        await page.WaitForFunctionAsync("() => window.heard === window.sent");
    }

    public Task ShotAsync(string name) => page.ShotAsync(name);

    public async Task OpenExamAsync()
    {
        await page.GotoAsync($"{server.Address}/driver/exam");
        await page.CheckAsync("#notice");
        await page.FollowAsync(() => page.ClickAsync("form[action='/driver/exam'] button"));
    }

    /// <summary>Answers to the end with some wrong answers, passing every face check on the way.</summary>
    public async Task<Guid> AnswerAsync(int wrong, string face)
    {
        while (true)
        {
            if (page.Url.Contains("/driver/face", StringComparison.Ordinal) || await StateAsync() == ExamState.Passed)
            {
                if (await StateAsync() is ExamState.Closing or ExamState.Passed)
                {
                    return await AttemptAsync();
                }
                await FaceAsync(face);
                continue;
            }
            var (ordinal, right) = await RightAnswerAsync();
            Assert.DoesNotContain("\"key\"", await page.ContentAsync(), StringComparison.OrdinalIgnoreCase);
            var give = wrong > 0 && ordinal % 3 == 0 ? Wrong(right) : right;
            wrong -= give == right ? 0 : 1;
            foreach (var position in give)
            {
                await page.CheckAsync($"#choice-{position}");
            }
            server.Clock.Advance(TimeSpan.FromSeconds(11));
            await page.FollowAsync(() => page.ClickAsync("form.question button.button"));
        }
    }

    public async Task FileReviewAsync(Guid attempt, string reason)
    {
        await page.GotoAsync($"{server.Address}/driver/review/{attempt}");
        await page.FillAsync("#reason", reason);
        await page.FollowAsync(() => page.ClickAsync("main form.card button.button"));
    }

    private static int[] Wrong(int[] right) => right is [0] ? [1] : [0];

    private static bool IsBeat(IResponse response) =>
        response.Url.EndsWith("/driver/study/beat", StringComparison.Ordinal);

    private async Task<Guid> AttemptAsync() =>
        await QueryAsync(db => db.ExamAttempts.OrderByDescending(a => a.OpenedAt).Select(a => a.Id).FirstAsync());

    private async Task<ExamState> StateAsync() =>
        await QueryAsync(db => db.ExamAttempts.OrderByDescending(a => a.OpenedAt).Select(a => a.State).FirstAsync());

    private Task<(int Ordinal, int[] Positions)> RightAnswerAsync() =>
        QueryAsync(async db =>
        {
            var attempt = await db.ExamAttempts.AsNoTracking().OrderByDescending(a => a.OpenedAt).FirstAsync();
            var open = await (
                from item in db.ExamItems
                join version in db.QuestionVersions on item.VersionId equals version.Id
                where item.AttemptId == attempt.Id && item.Ordinal == attempt.Ordinal
                select new { item.OptionOrder, version.Key }
            ).SingleAsync();
            var order = open.OptionOrder.ToList();
            return (attempt.Ordinal, open.Key.Select(index => order.IndexOf(index)).Order().ToArray());
        });

    private async Task<T> QueryAsync<T>(Func<PortalDb, Task<T>> query)
    {
        await using var db = await server
            .Services.GetRequiredService<IDbContextFactory<PortalDb>>()
            .CreateDbContextAsync();
        return await query(db);
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex CodePattern();
}
