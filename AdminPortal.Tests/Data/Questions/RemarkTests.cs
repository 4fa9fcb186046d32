using AdminPortal.Data.Exams;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdminPortal.Tests.Data.Questions;

/// <summary>Papers are marked again by a corrected question (D-REMARK): two persons, and never to anybody's harm.</summary>
public sealed class RemarkTests : IAsyncLifetime
{
    private static readonly Scheme S0 = SchemeCatalogue.Shipped.Get("S0", new DateOnly(2020, 3, 1));

    private TestPortal _portal = null!;
    private TestOfficer _maker = null!;
    private TestOfficer _checker = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _maker = await _portal.CreateEditorAsync();
        _checker = await _portal.CreateEditorAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_failed_exam_becomes_a_passed_one_and_goes_its_way_from_there()
    {
        var driver = await _portal.DriverBeforeExamAsync();
        var attempt = await _portal.StartExamAsync(driver);
        await OneRightOptionAsync(attempt, 18);
        Assert.Equal(ExamState.Failed, await _portal.AnswerAllAsync(driver, attempt, isWrong: o => o >= 18));
        // The resit is opened and not begun: it will not be needed.
        var resit = await _portal.DoAsync(new OpenExam(true), driver.Ref);
        var answers = await AnswersAsync(attempt);
        var (from, to) = await _portal.CorrectedAsync(await VersionOnAsync(attempt, 18));
        var remark = await ProposeAsync(from, to);
        var before = await OutlookAsync(remark);
        Assert.Equal((1, 1), (before.Papers, before.Count(RemarkEffect.Passes)));

        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await _portal.DoAsync(new ConfirmRemark(remark), _checker.Ref);

        Assert.Equal((ExamState.Closing, 18, 2), await AttemptAsync(attempt));
        Assert.Equal(ExamState.NotAccepted, (await AttemptAsync(resit)).State);
        // What was answered and how it was marked then stays as it is.
        Assert.Equal(answers, await AnswersAsync(attempt));
        var round = await _portal.RoundOfAsync(driver);
        Assert.Equal((RoundState.Verifying, DeadlineKind.Verification), (round.State, round.Running!.Kind));
        Assert.Equal("D-REMARK", round.Steps.MaxBy(step => step.Number)!.Rule);
        Assert.Equal(nameof(MessageTemplate.ExamRemarkedPassed), (await _portal.MessagesToAsync(driver))[^1]);
        Assert.Equal(before.Changes, (await OutlookAsync(remark)).Changes);
        await _portal.FaceAsync(driver);
        Assert.Equal(RoundState.Reducing, (await _portal.RoundOfAsync(driver)).State);
        var explained = await _portal.Get<ExamPages>().AnswersAsync(driver.Id, attempt, default);
        Assert.True(explained![17].IsRight);
        Assert.Equal(explained[17].Chosen, explained[17].Right);
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    [Trait("Rule", "N-n2")]
    public async Task An_exam_that_was_cut_short_without_cause_does_not_count_and_is_sat_again()
    {
        var driver = await _portal.DriverBeforeExamAsync();
        var attempt = await _portal.StartExamAsync(driver);
        await OneRightOptionAsync(attempt, 2);
        await _portal.AnswerAllAsync(driver, attempt, wrong: 3);
        var (from, to) = await _portal.CorrectedAsync(await VersionOnAsync(attempt, 2));
        var remark = await ProposeAsync(from, to);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await _portal.DoAsync(new ConfirmRemark(remark), _checker.Ref);

        Assert.Equal(ExamState.Annulled, (await AttemptAsync(attempt)).State);
        var round = await _portal.RoundOfAsync(driver);
        Assert.Equal((RoundState.ExamOpen, 0), (round.State, round.AttemptsUsed));
        Assert.Equal(nameof(MessageTemplate.ExamRemarkedAgain), (await _portal.MessagesToAsync(driver))[^1]);
        await _portal.PassExamAsync(driver);
        Assert.Equal(1, (await _portal.RoundOfAsync(driver)).AttemptsUsed);
    }

    [Fact]
    public async Task Two_corrections_add_up_and_without_a_closing_check_the_point_goes_off()
    {
        var paper = await _portal.PaperAsync();
        var (round, attempt) = await _portal.SeedPaperAsync(paper, ordinal => ordinal > 4, scheme: S0);
        Assert.Equal((ExamState.Failed, 16, 4), await AttemptAsync(attempt.Id));
        await RemarkAsync(paper[0]);
        Assert.Equal((ExamState.Failed, 17, 3), await AttemptAsync(attempt.Id));
        await RemarkAsync(paper[1]);
        Assert.Equal((ExamState.Passed, 18, 2), await AttemptAsync(attempt.Id));
        Assert.Equal(
            nameof(RoundState.Reducing),
            await _portal.ScalarAsync<string>("SELECT state FROM rounds WHERE id = $1", round.Id)
        );
        Assert.Equal(
            1,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM reductions WHERE round_id = $1", round.Id)
        );
        // And a third one finds nothing left to do.
        await RemarkAsync(paper[2]);
        Assert.Equal((ExamState.Passed, 18, 2), await AttemptAsync(attempt.Id));
    }

    [Fact]
    public async Task It_never_harms_and_leaves_alone_what_has_ended_or_gone_on()
    {
        var paper = await _portal.PaperAsync();
        // Passed with nothing to spare, and the answer to the eighteenth question will turn out wrong.
        var passed = await _portal.SeedPaperAsync(paper, ordinal => ordinal <= 18);
        // Failed, and the resit window has run out; failed by an answer that came too late; failed, to be helped.
        var late = await _portal.SeedPaperAsync(paper, o => o <= 17, o => o == 18 ? 90 : 10);
        var ended = await _portal.SeedPaperAsync(paper, ordinal => ordinal <= 17);
        await _portal.ExecuteAsync(
            "UPDATE rounds SET state = 'Void', void_reason = 'CycleEnded' WHERE id = $1",
            ended.Round.Id
        );
        var helped = await _portal.SeedPaperAsync(paper, ordinal => ordinal <= 17);
        var (from, to) = await _portal.CorrectedAsync(paper[17]);
        var remark = await ProposeAsync(from, to);
        var outlook = await OutlookAsync(remark);
        Assert.Equal((4, 1, 1, 1), (outlook.Papers, outlook.Changes.Count, outlook.Closed, outlook.KeptPassed));
        Assert.Equal(
            (helped.Attempt.Id, RemarkEffect.Passes),
            (outlook.Changes[0].AttemptId, outlook.Changes[0].Effect)
        );
        // Nothing has happened by looking.
        Assert.Equal((ExamState.Failed, 17, 3), await AttemptAsync(helped.Attempt.Id));

        await _portal.DoAsync(new ConfirmRemark(remark), _checker.Ref);

        Assert.Equal((ExamState.Closing, 18, 2), await AttemptAsync(passed.Attempt.Id));
        Assert.Equal((ExamState.Failed, 17, 3), await AttemptAsync(late.Attempt.Id));
        Assert.Equal((ExamState.Failed, 17, 3), await AttemptAsync(ended.Attempt.Id));
        Assert.Equal((ExamState.Closing, 18, 2), await AttemptAsync(helped.Attempt.Id));
        var after = await OutlookAsync(remark);
        Assert.Equal((4, 1, 1), (after.Papers, after.Closed, after.KeptPassed));
        Assert.Equal(outlook.Changes, after.Changes);
        // A window that has run out is over, whenever the job comes to close it.
        var tardy = await _portal.SeedPaperAsync(paper, ordinal => ordinal <= 16 || ordinal == 18);
        _portal.Clock.Advance(TimeSpan.FromDays(30));
        await RemarkAsync(paper[16]);
        Assert.Equal(ExamState.Failed, (await AttemptAsync(tardy.Attempt.Id)).State);
    }

    [Fact]
    public async Task It_takes_two_persons_and_neither_may_have_a_paper_in_it()
    {
        var paper = await _portal.PaperAsync();
        var driver = await _portal.ImportDriverAsync();
        await _portal.SeedPaperAsync(paper, ordinal => ordinal <= 17, driver: driver);
        var (from, to) = await _portal.CorrectedAsync(paper[17]);
        var remark = await ProposeAsync(from, to);
        Assert.Equal(
            RefusalCode.RemarkProposed,
            (await _portal.RefusedAsync(new ProposeRemark(Guid.NewGuid(), from.Id, to.Id, "同上。"), _checker.Ref)).Code
        );
        Assert.Equal(
            RefusalCode.SecondPersonNeeded,
            (await _portal.RefusedAsync(new ConfirmRemark(remark), _maker.Ref)).Code
        );
        var examinee = await _portal.CreateEditorAsync(driver.Person);
        Assert.Equal(RefusalCode.OwnCase, (await _portal.RefusedAsync(new ConfirmRemark(remark), examinee.Ref)).Code);
        await _portal.DoAsync(new DeclineRemark(remark, "请另提。"), _checker.Ref);
        var own = Guid.NewGuid();
        await _portal.DoAsync(new ProposeRemark(own, from.Id, to.Id, "答案有误。"), examinee.Ref);
        Assert.Equal(RefusalCode.OwnCase, (await _portal.RefusedAsync(new ConfirmRemark(own), _checker.Ref)).Code);
        Assert.Null(await _portal.Get<RemarkPages>().ReadAsync((await _portal.CreateOfficerAsync()).Ref, own, default));
    }

    [Fact]
    public async Task Of_many_confirmations_at_once_one_marks_and_no_answer_is_gained_twice()
    {
        var paper = await _portal.PaperAsync();
        var (_, attempt) = await _portal.SeedPaperAsync(paper, ordinal => ordinal > 4, scheme: S0);
        var (from, to) = await _portal.CorrectedAsync(paper[0]);
        var remark = await ProposeAsync(from, to);
        var checkers = new List<TestOfficer>();
        for (var i = 0; i < 6; i++)
        {
            checkers.Add(await _portal.CreateEditorAsync());
        }

        var outcomes = await Race.RunAsync(6, i => _portal.TryAsync(new ConfirmRemark(remark), checkers[i].Ref));

        Assert.Single(outcomes, o => o is Outcome<Unit>.Done);
        Assert.All(
            outcomes.OfType<Outcome<Unit>.Refused>(),
            refused => Assert.Equal(RefusalCode.Stale, refused.Refusal.Code)
        );
        Assert.Equal((ExamState.Failed, 17, 3), await AttemptAsync(attempt.Id));
        // A second proposal of the same finds the answer marked already.
        await _portal.DoAsync(new ConfirmRemark(await ProposeAsync(from, to)), _checker.Ref);
        Assert.Equal((ExamState.Failed, 17, 3), await AttemptAsync(attempt.Id));
        var refusedChange = await Assert.ThrowsAsync<PostgresException>(() =>
            _portal.ExecuteAsync("UPDATE remarked_answers SET effect = effect")
        );
        Assert.Equal("remarked_answers is append-only", refusedChange.MessageText);

        // The control: who only looks and adds gives the same answer more than once.
        await _portal.ExecuteAsync("ALTER TABLE remarked_answers DROP CONSTRAINT \"PK_remarked_answers\"");
        await _portal.ExecuteAsync("ALTER TABLE remarked_answers DISABLE TRIGGER USER");
        await _portal.ExecuteAsync("CREATE TABLE given AS SELECT * FROM remarked_answers");
        await _portal.ExecuteAsync("DELETE FROM remarked_answers");
        var gave = await Races.NaiveControl.LookThenWriteAsync(
            _portal,
            6,
            "SELECT count(*) FROM remarked_answers",
            "INSERT INTO remarked_answers SELECT * FROM given"
        );
        Assert.True(gave > 1, "The control gave once: this was no race.");
    }

    private async Task RemarkAsync(QuestionVersion version)
    {
        var (from, to) = await _portal.CorrectedAsync(version);
        await _portal.DoAsync(new ConfirmRemark(await ProposeAsync(from, to)), _checker.Ref);
    }

    private Task<Guid> ProposeAsync(QuestionVersion from, QuestionVersion to) =>
        _portal.DoAsync(new ProposeRemark(Guid.NewGuid(), from.Id, to.Id, "答案与条文不符。"), _maker.Ref);

    private async Task<RemarkOutlook> OutlookAsync(Guid remark) =>
        (await _portal.Get<RemarkPages>().ReadAsync(_checker.Ref, remark, default))!.Outlook;

    private async Task<(ExamState State, int Right, int Wrong)> AttemptAsync(Guid id)
    {
        await using var db = _portal.Db();
        var attempt = await db.ExamAttempts.AsNoTracking().SingleAsync(a => a.Id == id);
        return (attempt.State, attempt.Right, attempt.Wrong);
    }

    private async Task<List<string>> AnswersAsync(Guid attempt) =>
        [
            .. await _portal.ColumnAsync<string>(
                "SELECT a::text FROM exam_answers a WHERE attempt_id = $1 ORDER BY ordinal",
                attempt
            ),
        ];

    private async Task<QuestionVersion> VersionOnAsync(Guid attempt, int ordinal)
    {
        await using var db = _portal.Db();
        var id = await db
            .ExamItems.Where(i => i.AttemptId == attempt && i.Ordinal == ordinal)
            .Select(i => i.VersionId)
            .SingleAsync();
        return await _portal.VersionAsync(id);
    }

    // Puts a question with one right option, shown in its own order, at a place of a drawn paper: the wrong answer is known then.
    private async Task OneRightOptionAsync(Guid attempt, int ordinal)
    {
        await using var db = _portal.Db();
        var used = await db.ExamItems.Where(i => i.AttemptId == attempt).Select(i => i.VersionId).ToListAsync();
        var version = await db
            .QuestionVersions.AsNoTracking()
            .Where(q => q.State == QuestionState.Published && q.Type == QuestionType.Single && !used.Contains(q.Id))
            .OrderBy(q => q.QuestionId)
            .FirstAsync();
        await _portal.ExecuteAsync(
            "UPDATE exam_items SET version_id = $1, option_order = $2 WHERE attempt_id = $3 AND ordinal = $4",
            version.Id,
            string.Join(',', Enumerable.Range(0, version.Options.Count)),
            attempt,
            ordinal
        );
    }
}
