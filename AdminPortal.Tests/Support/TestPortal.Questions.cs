using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

// The question bank.
public sealed partial class TestPortal
{
    /// <summary>Content that no rule objects to.</summary>
    public static QuestionContent NewQuestion(string text = "雾天在高速公路上行驶应当怎样？") =>
        new(
            QuestionType.Single,
            "fog",
            "道路交通安全法实施条例 第八十一条",
            new BilingualText(text, "What to do in fog?"),
            [new("减速慢行", "Slow down"), new("加速通过", "Speed up"), new("紧跟前车", "Follow closely")],
            [0],
            new BilingualText("第八十一条规定，遇有雾天应当减速。", "Article 81 asks for low speed."),
            1
        );

    /// <summary>A question editor, who answers for no authority.</summary>
    public Task<TestOfficer> CreateEditorAsync(TestPerson? person = null) =>
        CreateOfficerAsync(Role.QuestionEditor, [], person);

    public async Task<QuestionVersion> VersionAsync(Guid versionId)
    {
        await using var db = Db();
        return await db.QuestionVersions.AsNoTracking().SingleAsync(q => q.Id == versionId);
    }

    /// <summary>The version of a starter question that is in use and that nobody works on.</summary>
    public async Task<QuestionVersion> InUseAsync(QuestionType type)
    {
        await using var db = Db();
        return await db
            .QuestionVersions.AsNoTracking()
            .Where(q => q.Type == type && q.State == QuestionState.Published)
            .Where(q =>
                !db.QuestionVersions.Any(o =>
                    o.QuestionId == q.QuestionId
                    && (o.State == QuestionState.Draft || o.State == QuestionState.InReview)
                )
            )
            .OrderBy(q => q.QuestionId)
            .FirstAsync();
    }

    /// <summary>A draft of an editor; of a new question unless one is named.</summary>
    public async Task<QuestionVersion> DraftAsync(
        TestOfficer editor,
        QuestionContent? content = null,
        string? questionId = null
    )
    {
        var id = Guid.NewGuid();
        await DoAsync(new WriteDraft(id, questionId, content ?? NewQuestion()), editor.Ref);
        return await VersionAsync(id);
    }

    /// <summary>A version that waits for another editor.</summary>
    public async Task<QuestionVersion> SubmittedAsync(
        TestOfficer editor,
        QuestionContent? content = null,
        string? questionId = null
    )
    {
        var draft = await DraftAsync(editor, content, questionId);
        await DoAsync(new SubmitDraft(draft.Id, draft.Revision), editor.Ref);
        return await VersionAsync(draft.Id);
    }

    /// <summary>As many questions in use as a paper has, by id; with one right option each.</summary>
    public async Task<List<QuestionVersion>> PaperAsync()
    {
        await using var db = Db();
        return await db
            .QuestionVersions.AsNoTracking()
            .Where(q => q.State == QuestionState.Published && q.Type != QuestionType.Multiple)
            .OrderBy(q => q.QuestionId)
            .Take(S1.Paper.Value.Total)
            .ToListAsync();
    }

    /// <summary>A new driver's paper, answered as told until it ended by its answers, and what that did to the round; stored.</summary>
    /// <param name="isRight">By ordinal.</param>
    /// <param name="seconds">By ordinal; a minute or more is too late.</param>
    public async Task<(Round Round, ExamAttempt Attempt)> SeedPaperAsync(
        IReadOnlyList<QuestionVersion> versions,
        Func<int, bool> isRight,
        Func<int, int>? seconds = null,
        Scheme? scheme = null,
        TestDriver? driver = null
    )
    {
        scheme ??= S1;
        driver ??= (await ImportDriversAsync(1))[0];
        var (actor, now) = (Actor.Driver(driver.Id), Clock.Now);
        var round = NewRound(driver, scheme);
        Assert.IsType<Outcome<Unit>.Done>(round.FileCompletion(1800, scheme, WorkingCalendar.Shipped, actor, now));
        Assert.IsType<Outcome<Unit>.Done>(round.StartExam(scheme, actor, now));
        var attempt = ExamAttempt.Open(Guid.CreateVersion7(now), round.Id, driver.Id, scheme, n => n / 2, now);
        attempt.Start(1, scheme, now);
        await using var db = Db();
        db.AddRange(round, attempt);
        for (var ordinal = 1; ordinal <= attempt.QuestionCount; ordinal++)
        {
            var version = versions[ordinal - 1];
            var item = new ExamItem
            {
                AttemptId = attempt.Id,
                Ordinal = ordinal,
                VersionId = version.Id,
                OptionOrder = [.. Enumerable.Range(0, version.Options.Count)],
            };
            db.Add(item);
            if (attempt.State == ExamState.Paused)
            {
                attempt.Resume(scheme, now);
            }
            if (attempt.State != ExamState.Running)
            {
                continue;
            }
            now = now.AddSeconds(seconds?.Invoke(ordinal) ?? 10);
            var chosen = isRight(ordinal) ? version.Key : Wrong(version.Key);
            db.Add(
                Assert
                    .IsType<Outcome<ExamAnswer>.Done>(attempt.Answer(ordinal, [.. chosen], item, version, scheme, now))
                    .Value
            );
        }
        if (attempt.State == ExamState.Failed)
        {
            round.LoseAttempt(scheme.PassMark.Rule, scheme, WorkingCalendar.Shipped, ActorKind.Driver, now);
        }
        else
        {
            round.PassExam(scheme, WorkingCalendar.Shipped, now);
        }
        await db.SaveChangesAsync();
        Clock.Advance(now - Clock.Now);
        return (round, attempt);
    }

    /// <summary>
    /// A question whose answer turns out to be the one drivers were marked wrong for (<see cref="Wrong"/>): the wrong version and its
    /// corrected one, in use.
    /// </summary>
    /// <param name="from">The version that turns out wrong; any single-choice one when null.</param>
    public async Task<(QuestionVersion From, QuestionVersion To)> CorrectedAsync(QuestionVersion? from = null)
    {
        from ??= await InUseAsync(QuestionType.Single);
        var (writer, reviewer) = (await CreateEditorAsync(), await CreateEditorAsync());
        var to = await SubmittedAsync(writer, from.Content with { Key = Wrong(from.Key) }, from.QuestionId);
        await DoAsync(new PublishQuestion(to.Id, to.Revision), reviewer.Ref);
        return (await VersionAsync(from.Id), await VersionAsync(to.Id));
    }
}
