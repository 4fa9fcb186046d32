using System.Text;
using System.Text.Json;
using AdminPortal.Domain.Exams;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit.Sdk;

namespace AdminPortal.Tests.Web;

/// <summary>
/// Nothing a driver gets during an exam depends on the key: the same page, script or header is asked for again with another key
/// stored, and must be the same to the byte. So it is in none of them, however it might be written.
/// </summary>
public sealed class ExamKeyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private PortalServer Server => shared.Server;

    [Fact]
    public async Task Nothing_in_a_whole_exam_depends_on_the_key()
    {
        using var exam = await ExamVisitor.StartAsync(Server);
        await Server.Portal.GivePicturesAsync(exam.Attempt);
        var compared = 0;
        while (true)
        {
            var (state, ordinal, _) = await Server.Portal.OpenQuestionAsync(exam.Attempt);
            if (state == ExamState.Paused)
            {
                await AssertIndependentAsync(exam, () => exam.Browser.GetAsync(exam.Address));
                await AssertIndependentAsync(exam, () => exam.Browser.GetAsync($"{exam.Address}/{ordinal}/picture"));
                await Server.Portal.FaceAsync(exam.Driver);
                continue;
            }
            if (state != ExamState.Running)
            {
                Assert.Equal(ExamState.Closing, state);
                break;
            }
            var page = await exam.OpenAsync();
            string[] addresses =
            [
                exam.Address,
                "/driver",
                "/driver/round",
                .. page.Html.QuerySelectorAll("script[src]").Select(s => s.GetAttribute("src")!),
                .. page.Html.QuerySelectorAll("link[href]").Select(l => l.GetAttribute("href")!),
            ];
            Assert.Contains(addresses, a => a.StartsWith("/driver/countdown.js?v=", StringComparison.Ordinal));
            var picture = page.Html.QuerySelector("img")!.GetAttribute("src")!;
            foreach (var address in ordinal == 1 ? [.. addresses, picture] : new[] { exam.Address, picture })
            {
                await AssertIndependentAsync(exam, () => exam.Browser.GetAsync(address));
                compared++;
            }
            // What is refused is judged without the key as well.
            await AssertIndependentAsync(exam, () => exam.AnswerAsync(page, ordinal));
            await exam.GoOnAsync();
        }
        Assert.True(compared >= 40);
        // Passed, and the way there from the last answer.
        await AssertIndependentAsync(exam, () => exam.Browser.GetAsync(exam.Address));
        await AssertIndependentAsync(exam, () => exam.Browser.GetAsync("/driver/round"));
    }

    [Fact]
    public async Task After_an_answer_nothing_tells_whether_it_was_right()
    {
        using var first = await ExamVisitor.StartAsync(Server);
        using var two = await ExamVisitor.StartAsync(Server);
        // The study of the second one took longer than a session of the first one lasts.
        using var one = first with { Browser = await Visitors.DriverAsync(Server, first.Driver) };
        // The same paper for both, the same instant, as if both had just begun.
        await Server.Portal.ExecuteAsync("DELETE FROM exam_items WHERE attempt_id = $1", two.Attempt);
        await Server.Portal.ExecuteAsync(
            "INSERT INTO exam_items SELECT $2, ordinal, version_id, option_order FROM exam_items WHERE attempt_id = $1",
            one.Attempt,
            two.Attempt
        );
        await Server.Portal.ExecuteAsync(
            "UPDATE exam_attempts SET answer_by = $1, limit_at = $2 WHERE id = ANY($3)",
            Server.Clock.Now.AddSeconds(60),
            Server.Clock.Now.AddMinutes(40),
            new[] { one.Attempt, two.Attempt }
        );
        var right = await one.GoOnAsync(rightly: true);
        var wrong = await two.GoOnAsync(rightly: false);
        Assert.Equal(Seen(one, right), Seen(two, wrong));
        Assert.Equal(Seen(one, await one.OpenAsync()), Seen(two, await two.OpenAsync()));
        // It was one right and one wrong answer.
        Assert.Equal(
            1,
            await Server.Portal.ScalarAsync<int>("SELECT right_count FROM exam_attempts WHERE id = $1", one.Attempt)
        );
        Assert.Equal(
            1,
            await Server.Portal.ScalarAsync<int>("SELECT wrong_count FROM exam_attempts WHERE id = $1", two.Attempt)
        );

        static string Seen(ExamVisitor exam, Visit visit) =>
            Visitors.Fingerprint(visit).Replace($"{exam.Attempt}", "ATTEMPT");
    }

    public static TheoryData<string> Leaks => ["json", "base64", "letters", "attribute", "length", "header"];

    [Theory]
    [MemberData(nameof(Leaks))]
    public async Task A_planted_key_is_found(string leak)
    {
        using var exam = await ExamVisitor.StartAsync(Server);
        await Assert.ThrowsAsync<EqualException>(() =>
            AssertIndependentAsync(exam, async () => await PlantAsync(exam, leak, await exam.OpenAsync()))
        );
    }

    /// <summary>Compares what is got under the stored key with what is got under another one.</summary>
    private async Task AssertIndependentAsync(ExamVisitor exam, Func<Task<Visit>> getAsync)
    {
        var first = Visitors.Fingerprint(await getAsync());
        var keys = await KeysAsync(exam);
        // The database refuses what this test does on purpose.
        await Server.Portal.ExecuteAsync("ALTER TABLE question_versions DISABLE TRIGGER USER");
        // Every question of the paper: the open one and those before and after it.
        await Server.Portal.ExecuteAsync(
            """
            UPDATE question_versions SET answer_key = CASE
              WHEN question_type = 'Multiple' THEN CASE answer_key WHEN '0,1' THEN '1,2' ELSE '0,1' END
              ELSE CASE answer_key WHEN '0' THEN '1' ELSE '0' END END
            WHERE id IN (SELECT version_id FROM exam_items WHERE attempt_id = $1)
            """,
            exam.Attempt
        );
        Assert.All(await KeysAsync(exam), k => Assert.NotEqual(keys[k.Key], k.Value));
        var second = Visitors.Fingerprint(await getAsync());
        foreach (var (version, key) in keys)
        {
            await Server.Portal.ExecuteAsync(
                "UPDATE question_versions SET answer_key = $1 WHERE id = $2",
                key,
                version
            );
        }
        Assert.Equal(first, second);
    }

    private async Task<Dictionary<Guid, string>> KeysAsync(ExamVisitor exam)
    {
        var rows = await Server.Portal.ColumnAsync<string>(
            """
            SELECT id::text || '/' || answer_key FROM question_versions
            WHERE id IN (SELECT version_id FROM exam_items WHERE attempt_id = $1)
            """,
            exam.Attempt
        );
        return rows.Select(r => r.Split('/')).ToDictionary(r => Guid.Parse(r[0]), r => r[1]);
    }

    // A fault as a careless page could have it.
    private async Task<Visit> PlantAsync(ExamVisitor exam, string leak, Visit page)
    {
        await using var db = Server.Portal.Db();
        var key = await (
            from item in db.ExamItems
            join version in db.QuestionVersions on item.VersionId equals version.Id
            where item.AttemptId == exam.Attempt && item.Ordinal == 1
            select version.Key
        ).SingleAsync();
        var json = JsonSerializer.Serialize(key);
        if (leak == "header")
        {
            page.Response.Headers.Add("ETag", $"\"{json.Replace("\"", "")}\"");
            return page;
        }
        var planted = leak switch
        {
            "json" => json,
            "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)),
            "letters" => string.Concat(key.Select(k => (char)('a' + k))),
            "attribute" => $"<i data-n=\"{key.Sum() + 7 * key.Count}\"></i>",
            _ => new string(' ', 1 + key.Sum()),
        };
        return page with { Body = page.Body + planted };
    }
}
