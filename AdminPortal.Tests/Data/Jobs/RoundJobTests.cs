using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Exams;
using AdminPortal.Data.Reviews;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Data.Jobs;

/// <summary>What the passing of time does to rounds: at the edge, not before, once, and by one process of two.</summary>
public sealed class RoundJobTests : IAsyncLifetime
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "S1-23")]
    [Trait("Rule", "S1-25")]
    public async Task The_study_window_ends_with_its_third_day_and_the_round_is_void()
    {
        var driver = await _portal.DriverInStudyAsync();
        await AssertEdgeAsync(driver, TestClock.China(2026, 3, 14), RoundState.Void);
        Assert.Equal(VoidReason.StudyWindowEnded, (await _portal.RoundOfAsync(driver)).VoidReason);
        Assert.Equal("RoundVoid", (await _portal.MessagesToAsync(driver))[^1]);
    }

    [Fact]
    [Trait("Rule", "S1-28")]
    public async Task The_exam_window_ends_with_the_seventh_working_day_and_the_round_is_void()
    {
        var driver = await _portal.DriverBeforeExamAsync();
        await AssertEdgeAsync(driver, TestClock.China(2026, 3, 20), RoundState.Void);
        Assert.Equal(VoidReason.ExamWindowEnded, (await _portal.RoundOfAsync(driver)).VoidReason);
    }

    [Fact]
    [Trait("Rule", "S1-31")]
    public async Task The_resit_window_ends_after_24_hours_and_the_round_is_void()
    {
        var driver = await _portal.DriverBeforeExamAsync();
        var attempt = await _portal.StartExamAsync(driver);
        Assert.Equal(ExamState.Failed, await _portal.AnswerAllAsync(driver, attempt, wrong: 3));
        Assert.Equal(RoundState.ResitOpen, (await _portal.RoundOfAsync(driver)).State);
        await AssertEdgeAsync(driver, _portal.Clock.Now.AddHours(24), RoundState.Void);
        Assert.Equal(VoidReason.ResitWindowEnded, (await _portal.RoundOfAsync(driver)).VoidReason);
    }

    [Fact]
    [Trait("Rule", "S1-36")]
    public async Task A_closing_verification_that_is_not_made_in_24_hours_leaves_the_result_invalid_and_reviewable()
    {
        var driver = await _portal.DriverBeforeExamAsync();
        var attempt = await _portal.PassExamAsync(driver);
        await AssertEdgeAsync(driver, _portal.Clock.Now.AddHours(24), RoundState.Invalid);
        Assert.Equal("ResultInvalid", (await _portal.MessagesToAsync(driver))[^1]);
        await _portal.FileReviewAsync(driver, attempt);
        Assert.Equal(RoundState.UnderReview, (await _portal.RoundOfAsync(driver)).State);
    }

    [Fact]
    [Trait("Rule", "S1-37")]
    public async Task A_review_can_be_filed_for_24_hours_and_then_the_attempt_is_lost()
    {
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        var end = _portal.Clock.Now.AddHours(24);
        await AssertEdgeAsync(driver, end, RoundState.ResitOpen);
        var round = await _portal.RoundOfAsync(driver);
        Assert.Equal(DeadlineKind.Resit, round.Running!.Kind);
        var late = await _portal.RefusedAsync(new FileReview(attempt, TestPortal.Reason), driver.Ref);
        Assert.Equal(RefusalCode.ReviewNotOpen, late.Code);
    }

    [Fact]
    [Trait("Rule", "S1-37")]
    public async Task A_review_at_the_very_end_of_the_window_is_refused_though_no_job_has_run()
    {
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(24));
        var late = await _portal.RefusedAsync(new FileReview(attempt, TestPortal.Reason), driver.Ref);
        Assert.Equal(RefusalCode.WindowClosed, late.Code);
        _portal.Clock.Advance(-Moment);
        await _portal.FileReviewAsync(driver, attempt);
    }

    [Theory]
    [InlineData(1, RoundState.Void)]
    [InlineData(0, RoundState.Void)]
    [InlineData(-1, RoundState.Studying)]
    [Trait("Rule", "N-n6")]
    public async Task At_the_reset_date_an_open_round_ends_with_its_cycle(int days, RoundState expected)
    {
        // Licensed six years and a day before: the cycle ends on the day after tomorrow, inside the study window.
        var today = ChinaTime.DateOf(_portal.Clock.Now);
        var driver = await _portal.DriverInStudyAsync(licensedOn: today.AddDays(2).AddYears(-6));
        _portal.Clock.Now = ChinaTime.StartOf(today.AddDays(2 + days));
        await ExpireAsync();
        var round = await _portal.RoundOfAsync(driver);
        Assert.Equal(expected, round.State);
        Assert.Equal(expected == RoundState.Void ? VoidReason.CycleEnded : null, round.VoidReason);
    }

    [Fact]
    [Trait("Rule", "N-n6")]
    public async Task A_case_under_review_outlives_its_cycle_and_ends_with_the_decision()
    {
        var today = ChinaTime.DateOf(_portal.Clock.Now);
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync(licensedOn: today.AddDays(2).AddYears(-6));
        var @case = await _portal.FileReviewAsync(driver, attempt);
        _portal.Clock.Now = ChinaTime.StartOf(today.AddDays(2)).AddHours(9);
        await ExpireAsync();
        Assert.Equal(RoundState.UnderReview, (await _portal.RoundOfAsync(driver)).State);

        await _portal.DecideAsync(await _portal.CreateOfficerAsync(), @case, uphold: true);

        var round = await _portal.RoundOfAsync(driver);
        Assert.Equal((RoundState.Void, VoidReason.CycleEnded), (round.State, round.VoidReason!.Value));
        Assert.Equal(0, await _portal.ScalarAsync<long>("SELECT count(*) FROM reductions"));
        // Written at one instant, so in no order.
        Assert.Equal(["ReviewUpheld", "RoundVoid"], (await _portal.MessagesToAsync(driver)).TakeLast(2).Order());
    }

    [Fact]
    [Trait("Rule", "S0-13")]
    public async Task Under_S0_enough_study_is_filed_for_the_driver_when_the_window_ends()
    {
        var driver = await _portal.DriverInStudyAsync("渝F");
        await _portal.StudyAsync(driver);
        await AssertEdgeAsync(driver, TestClock.China(2026, 3, 13), RoundState.ExamOpen);
        Assert.Equal("StudyCompleted", (await _portal.MessagesToAsync(driver))[^1]);

        var short_ = await _portal.DriverInStudyAsync("渝F");
        await _portal.StudyAsync(short_, 10);
        _portal.Clock.Advance(TimeSpan.FromDays(4));
        await ExpireAsync();
        Assert.Equal(VoidReason.StudyWindowEnded, (await _portal.RoundOfAsync(short_)).VoidReason);
    }

    [Fact]
    [Trait("Rule", "D-EXAM-LIMIT")]
    public async Task An_exam_nobody_continues_is_closed_at_its_limit()
    {
        var driver = await _portal.DriverBeforeExamAsync();
        var attempt = await _portal.StartExamAsync(driver);
        var limit = _portal.Clock.Now.AddMinutes(40);
        _portal.Clock.Now = limit - Moment;
        Assert.Equal(0, await ExpireAsync());
        _portal.Clock.Now = limit;
        Assert.Equal(1, await ExpireAsync());
        Assert.Equal(0, await ExpireAsync());
        Assert.Equal(RoundState.ResitOpen, (await _portal.RoundOfAsync(driver)).State);
        var late = await _portal.RefusedAsync(new AnswerQuestion(attempt, 1, [0]), driver.Ref);
        Assert.Equal(RefusalCode.AnswerTwice, late.Code);
    }

    [Fact]
    public async Task Two_processes_that_expire_the_same_rounds_at_once_do_it_once()
    {
        var drivers = await _portal.ImportDriversAsync(40);
        foreach (var driver in drivers)
        {
            await _portal.ApplyAsync(driver);
        }
        _portal.Clock.Advance(TimeSpan.FromDays(4));
        var processes = Enumerable.Range(0, 4).Select(_ => _portal.NewProcess()).ToList();

        var changed = await Race.RunAsync(
            4,
            async i =>
                (
                    (Outcome<int>.Done)
                        await processes[i]
                            .GetRequiredService<CommandRunner>()
                            .RunAsync(new ExpireRounds(7), ActorRef.System, default)
                ).Value
        );
        while (await ExpireAsync() is > 0 and var more)
        {
            changed = [.. changed, more];
        }

        Assert.Equal(40, changed.Sum());
        Assert.Equal(40, await _portal.ScalarAsync<long>("SELECT count(*) FROM messages WHERE template = 'RoundVoid'"));
        Assert.Equal(40, await _portal.ScalarAsync<long>("SELECT count(*) FROM round_steps WHERE act = 'RunOut'"));
        Assert.Equal(
            40,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM audit_entries WHERE act = 'ExpireRounds'")
        );
    }

    [Fact]
    public async Task A_driver_is_reminded_once_in_the_last_24_hours_of_a_window_counted_in_days()
    {
        var driver = await _portal.DriverInStudyAsync();
        var end = TestClock.China(2026, 3, 14);
        _portal.Clock.Now = end.AddHours(-24) - Moment;
        Assert.Equal(0, await RemindAsync());
        _portal.Clock.Now = end.AddHours(-24);
        Assert.Equal(1, await RemindAsync());
        _portal.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await RemindAsync());
        Assert.Single(await _portal.MessagesToAsync(driver), "DeadlineNear");

        // The next window has its own reminder.
        await _portal.VerifyAsync(driver);
        await _portal.StudyAsync(driver);
        await _portal.FileCompletionAsync(driver);
        _portal.Clock.Now = (await _portal.RoundOfAsync(driver)).Running!.ExpiresAt!.Value.AddHours(-1);
        Assert.Equal(1, await RemindAsync());
        Assert.Equal(0, await RemindAsync());
    }

    [Fact]
    public async Task Everybody_is_reminded_though_more_windows_end_within_a_day_than_a_batch_holds()
    {
        var drivers = new List<TestDriver>();
        for (var i = 0; i < 3; i++)
        {
            drivers.Add(await _portal.DriverInStudyAsync());
        }
        _portal.Clock.Now = TestClock.China(2026, 3, 13, 12);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(1, await _portal.DoAsync(new RemindOfDeadlines(Batch: 1), ActorRef.System));
        }
        Assert.Equal(0, await _portal.DoAsync(new RemindOfDeadlines(Batch: 1), ActorRef.System));
        foreach (var driver in drivers)
        {
            Assert.Single(await _portal.MessagesToAsync(driver), "DeadlineNear");
        }
    }

    [Fact]
    public async Task Two_processes_that_remind_at_once_remind_once()
    {
        var driver = await _portal.DriverInStudyAsync();
        _portal.Clock.Now = TestClock.China(2026, 3, 13, 12);

        await Race.RunAsync(8, _ => RemindAsync());

        Assert.Single(await _portal.MessagesToAsync(driver), "DeadlineNear");
    }

    [Fact]
    [Trait("Rule", "D-LEASE")]
    public async Task A_claim_lapses_at_the_end_of_its_lease_once_and_the_case_is_free_again()
    {
        var id = (await _portal.SeedCasesAsync(1))[0];
        await _portal.DoAsync(new ClaimCase(id), (await _portal.CreateOfficerAsync()).Ref);
        _portal.Clock.Advance(TimeSpan.FromMinutes(30) - Moment);
        Assert.Equal(0, await _portal.DoAsync(new LapseClaims(), ActorRef.System));
        _portal.Clock.Advance(Moment);

        var lapsed = await Race.RunAsync(8, _ => _portal.DoAsync(new LapseClaims(), ActorRef.System));

        Assert.Equal(1, lapsed.Sum());
        Assert.Equal(CaseState.Waiting, (await _portal.CaseAsync(id)).State);
        Assert.Equal(1, await _portal.ScalarAsync<long>("SELECT count(*) FROM case_steps WHERE act = 'Lapse'"));
        Assert.Equal(id, await _portal.ClaimNextAsync(await _portal.CreateOfficerAsync()));
    }

    private async Task AssertEdgeAsync(TestDriver driver, DateTimeOffset end, RoundState after)
    {
        var before = (await _portal.RoundOfAsync(driver)).State;
        _portal.Clock.Now = end - Moment;
        Assert.Equal(0, await ExpireAsync());
        Assert.Equal(before, (await _portal.RoundOfAsync(driver)).State);
        _portal.Clock.Now = end;
        Assert.Equal(1, await ExpireAsync());
        Assert.Equal(after, (await _portal.RoundOfAsync(driver)).State);
        var image = await _portal.ImageAsync();
        Assert.Equal(0, await ExpireAsync());
        DatabaseImage.AssertSame(image, await _portal.ImageAsync());
    }

    private Task<int> ExpireAsync() => _portal.DoAsync(new ExpireRounds(), ActorRef.System);

    private Task<int> RemindAsync() => _portal.DoAsync(new RemindOfDeadlines(), ActorRef.System);
}
