using AdminPortal.Data.Commands;
using AdminPortal.Data.Outages;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Data.Races;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Outages;

/// <summary>What an outage took is given back: previewed, confirmed by a second person, once, inside the jurisdiction (C2).</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public async Task The_preview_changes_nothing_and_is_what_the_confirmation_does()
    {
        var foreign = await LostExamAsync("渝B");
        var open = await _portal.DriverInStudyAsync();
        var before = await _portal.RoundOfAsync(open);
        var lost = await LostExamAsync("渝A");
        var form = _portal.OutageNow(ServicePart.Everything);
        var chief = await _portal.CreateOfficerAsync(Role.Supervisor);
        var image = await _portal.ImageAsync();

        var preview = await _portal.DoAsync(new PreviewOutage(form), chief.Ref);

        Assert.Equal(["audit_entries", "audit_head"], (await _portal.ImageAsync()).Changed(image));
        Assert.Equal(
            (2, 2, 1, 2),
            (preview.Totals.Rounds, preview.Totals.Hit, preview.Totals.Attempts, preview.Totals.Windows)
        );
        var outage = await _portal.ConfirmOutageAsync(form);
        var given = (await _portal.DoAsync(new ViewOutage(outage), chief.Ref)).Given!;
        Assert.Equal((preview.Totals, false), (given.Totals, given.IsPartial));
        Assert.Equal(
            preview.Lines.Select(l => (l.RoundId, l.Effect)).OrderBy(l => l.RoundId),
            given.Lines.Select(l => (l.RoundId, l.Effect)).OrderBy(l => l.RoundId)
        );

        var round = await _portal.RoundOfAsync(lost);
        Assert.Equal((RoundState.ExamOpen, 0), (round.State, round.AttemptsUsed));
        var step = round.Steps.MaxBy(s => s.Number)!;
        Assert.Equal((RoundAct.ReopenExam, outage), (step.Act, step.OutageId));
        Assert.Equal("OutageAttempt", (await _portal.MessagesToAsync(lost))[^1]);
        var studying = await _portal.RoundOfAsync(open);
        Assert.Equal(before.Running!.LastDay!.Value.AddDays(1), studying.Running!.LastDay);
        Assert.Equal("OutageWindow", (await _portal.MessagesToAsync(open))[^1]);
        // Another authority's drivers are not touched.
        Assert.Equal(RoundState.ResitOpen, (await _portal.RoundOfAsync(foreign)).State);
        Assert.DoesNotContain("OutageAttempt", await _portal.MessagesToAsync(foreign));
        // The exam can be sat again, as the first one.
        var again = await _portal.StartExamAsync(lost);
        Assert.Equal(
            1,
            await _portal.ScalarAsync<int>("SELECT attempt_number FROM exam_attempts WHERE id = $1", again)
        );
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public async Task Outages_that_overlap_or_are_declared_twice_extend_a_window_once()
    {
        var driver = await LostExamAsync("渝A", beside: 0);
        var end = (await _portal.RoundOfAsync(driver)).Running!.ExpiresAt!.Value;
        _portal.Clock.Advance(TimeSpan.FromHours(3));
        var now = _portal.Clock.Now;
        var form = _portal.OutageNow(ServicePart.Messages);

        await _portal.ConfirmOutageAsync(form with { From = now.AddHours(-2), To = now.AddHours(-1) });
        Assert.Equal(end.AddHours(1), (await _portal.RoundOfAsync(driver)).Running!.ExpiresAt);
        await _portal.ConfirmOutageAsync(form with { From = now.AddMinutes(-90), To = now.AddMinutes(-30) });
        Assert.Equal(end.AddMinutes(90), (await _portal.RoundOfAsync(driver)).Running!.ExpiresAt);
        await _portal.ConfirmOutageAsync(form with { From = now.AddHours(-2), To = now.AddMinutes(-30) });
        Assert.Equal(end.AddMinutes(90), (await _portal.RoundOfAsync(driver)).Running!.ExpiresAt);
        Assert.Equal(2, (await _portal.MessagesToAsync(driver)).Count(m => m == "OutageWindow"));
        Assert.Equal(5400, (await _portal.RoundOfAsync(driver)).Running!.LostSeconds);
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public async Task A_hundred_rounds_are_gone_through_in_batches_once_by_processes_that_run_at_once()
    {
        var drivers = await _portal.ImportDriversAsync(100);
        foreach (var driver in drivers)
        {
            await _portal.ApplyAsync(driver);
        }
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        var outage = await _portal.ConfirmOutageAsync(_portal.OutageNow(ServicePart.Study, 1), apply: false);
        // The officer does not wait for a hundred drivers.
        Assert.Equal(0, await EffectsAsync());

        await Race.RunAsync(8, _ => _portal.TryAsync(new ApplyOutages(7), ActorRef.System));
        while (await _portal.DoAsync(new ApplyOutages(7), ActorRef.System) > 0)
        {
            // On and on, as the job does.
        }

        Assert.Equal(100, await EffectsAsync());
        Assert.Equal(
            100,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM messages WHERE template = 'OutageWindow'")
        );
        Assert.Equal(
            100,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM round_steps WHERE outage_id = $1", outage)
        );
        Assert.Equal(1, await _portal.ScalarAsync<long>("SELECT count(*) FROM outages WHERE completed_at IS NOT NULL"));
        await _portal.AssertAuditIsWholeAsync();

        // The control: without the key, processes that look and then write reckon a round more than once.
        await _portal.ExecuteAsync(
            "ALTER TABLE outage_effects DROP CONSTRAINT \"PK_outage_effects\"; DELETE FROM outage_effects"
        );
        await NaiveControl.LookThenWriteAsync(
            _portal,
            10,
            "SELECT count(*) FROM outage_effects",
            """
            INSERT INTO outage_effects (outage_id, round_id, reckoned_at, is_hit, voided, discounted, seconds_restored)
            SELECT o.id, r.id, now(), true, 0, 0, 0 FROM outages AS o, rounds AS r ORDER BY r.id LIMIT 1
            """
        );
        Assert.True(await EffectsAsync() > 1);

        Task<long> EffectsAsync() => _portal.ScalarAsync<long>("SELECT count(*) FROM outage_effects WHERE is_hit");
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public async Task An_exam_under_way_is_waited_for_and_one_that_is_then_passed_counts()
    {
        var loses = await _portal.DriverBeforeExamAsync();
        var passes = await _portal.DriverBeforeExamAsync();
        var (lost, passed) = (await _portal.StartExamAsync(loses), await _portal.StartExamAsync(passes));
        _portal.Clock.Advance(TimeSpan.FromSeconds(5));
        await _portal.ConfirmOutageAsync(_portal.OutageNow(ServicePart.Exam, 0.2));
        Assert.Equal(RoundState.Examining, (await _portal.RoundOfAsync(loses)).State);
        Assert.Equal(0, await _portal.DoAsync(new ApplyOutages(), ActorRef.System));

        await _portal.AnswerAllAsync(loses, lost, wrong: 3);
        await _portal.AnswerAllAsync(passes, passed);
        Assert.Equal(2, await _portal.DoAsync(new ApplyOutages(), ActorRef.System));
        Assert.Equal(1, await _portal.DoAsync(new ApplyOutages(), ActorRef.System)); // its end
        Assert.Equal(0, await _portal.DoAsync(new ApplyOutages(), ActorRef.System));

        Assert.Equal(RoundState.ExamOpen, (await _portal.RoundOfAsync(loses)).State);
        Assert.Equal(RoundState.Verifying, (await _portal.RoundOfAsync(passes)).State);
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    [Trait("Rule", "S1-36")]
    public async Task A_closing_check_that_the_service_spoilt_is_made_again_and_the_pass_counts()
    {
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await _portal.ConfirmOutageAsync(_portal.OutageNow(ServicePart.FaceComparison, 0.1));
        Assert.Equal(RoundState.Verifying, (await _portal.RoundOfAsync(driver)).State);
        Assert.Equal(
            3,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM face_checks WHERE outage_id IS NOT NULL")
        );

        var verdict = await _portal.FaceAsync(driver);

        Assert.Equal(FaceSeriesState.Passed, verdict.State);
        Assert.Equal(RoundState.Reducing, (await _portal.RoundOfAsync(driver)).State);
        Assert.Equal(
            "Passed",
            await _portal.ScalarAsync<string>("SELECT state FROM exam_attempts WHERE id = $1", attempt)
        );
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE-DECIDED")]
    public async Task What_an_officer_reviews_is_left_to_the_officer()
    {
        var (driver, attempt) = await _portal.DriverWithExamNotAcceptedAsync();
        var review = await _portal.FileReviewAsync(driver, attempt);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var outage = await _portal.ConfirmOutageAsync(_portal.OutageNow(ServicePart.Everything, authority: "鄂A"));
        Assert.Equal(RoundState.UnderReview, (await _portal.RoundOfAsync(driver)).State);
        Assert.Equal(
            "WithOfficer",
            await _portal.ScalarAsync<string>("SELECT left_because FROM outage_effects WHERE outage_id = $1", outage)
        );
        await _portal.DecideAsync(await _portal.CreateOfficerAsync(authorities: ["鄂A"]), review, uphold: false);
        await _portal.ConfirmOutageAsync(_portal.OutageNow(ServicePart.Exam, authority: "鄂A"));
        Assert.Equal((RoundState.ResitOpen, 1), await StandingAsync(driver));
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE-ENDED")]
    public async Task A_round_that_ended_goes_on_but_never_beside_a_later_one_or_for_who_is_barred()
    {
        var (ended, applied, barred) = (await EndedAsync(), await EndedAsync(), await EndedAsync());
        await _portal.ApplyAsync(applied);
        await _portal.BlacklistAsync(barred);

        await _portal.ConfirmOutageAsync(_portal.OutageNow(ServicePart.Study, 120));

        Assert.Equal((RoundState.Studying, 0), await StandingAsync(ended));
        Assert.Equal("OutageReopened", (await _portal.MessagesToAsync(ended))[^1]);
        Assert.Equal(1, await OpenAsync(applied));
        Assert.Equal(0, await OpenAsync(barred));
        Assert.Equal(
            2,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM outage_effects WHERE left_because = 'RoundEnded'")
        );

        Task<long> OpenAsync(TestDriver driver) =>
            _portal.ScalarAsync<long>(
                "SELECT count(*) FROM rounds WHERE driver_id = $1 AND state <> 'Void'",
                driver.Id
            );
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    [Trait("Rule", "N-33")]
    public async Task One_driver_alone_is_looked_up_on_record_and_nobody_else_is_touched()
    {
        var (one, other) = (await LostExamAsync("渝A"), await LostExamAsync("渝A"));
        var form = _portal.OutageNow(ServicePart.Everything, 4, idNumber: one.Person.IdNumber);
        await _portal.ConfirmOutageAsync(form);
        Assert.Equal((RoundState.ExamOpen, 0), await StandingAsync(one));
        Assert.Equal((RoundState.ResitOpen, 1), await StandingAsync(other));
        Assert.Equal(
            1,
            await _portal.ScalarAsync<long>(
                "SELECT count(*) FROM audit_entries WHERE act = 'DeclareOutage' AND subject_kind = 'Driver' AND driver_id = $1",
                one.Id
            )
        );
        var stranger = await _portal.CreateOfficerAsync(Role.Supervisor, ["鄂A"]);
        var refused = await _portal.RefusedAsync(new PreviewOutage(form with { Authorities = ["鄂A"] }), stranger.Ref);
        Assert.Equal((RefusalCode.DriverUnknown, "idNumber"), (refused.Code, refused.Field));
        // Nobody for themselves, by whichever account.
        var self = await _portal.CreateOfficerAsync(Role.Supervisor, person: one.Person);
        Assert.Equal(RefusalCode.OwnCase, (await _portal.RefusedAsync(new DeclareOutage(form), self.Ref)).Code);
    }

    [Theory]
    [InlineData("ck_outages_maker_checker", "UPDATE outages SET checked_by_id = declared_by_id")]
    [InlineData("ck_outages_checked", "UPDATE outages SET checked_at = NULL")]
    [InlineData("ck_outages_declined", "UPDATE outages SET decline_reason = '?'")]
    [InlineData("ck_outages_span", "UPDATE outages SET ends_at = begins_at")]
    [InlineData(
        "ck_outages_completed",
        "UPDATE outages SET state = 'Declined', decline_reason = '?', completed_at = now()"
    )]
    [InlineData("ck_exam_attempts_outage", "UPDATE exam_attempts SET state = 'Failed'")]
    [InlineData("ck_exam_attempts_outage", "UPDATE exam_attempts SET attempt_number = 1")]
    [InlineData("ck_round_deadlines_lost", "UPDATE round_deadlines SET lost_seconds = -1")]
    [InlineData("PK_outage_effects", "INSERT INTO outage_effects SELECT * FROM outage_effects")]
    public async Task A_row_that_cannot_be_is_refused(string constraint, string sql)
    {
        await LostExamAsync("渝A");
        await _portal.ConfirmOutageAsync(_portal.OutageNow(ServicePart.Everything));
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _portal.ExecuteAsync(sql));
        Assert.Equal(constraint, refused.ConstraintName);
    }

    /// <param name="beside">Minutes that pass after the exam.</param>
    private async Task<TestDriver> LostExamAsync(string authority, int beside = 1)
    {
        var driver = await _portal.DriverBeforeExamAsync(authority);
        var attempt = await _portal.StartExamAsync(driver);
        Assert.Equal(ExamState.Failed, await _portal.AnswerAllAsync(driver, attempt, wrong: 3));
        _portal.Clock.Advance(TimeSpan.FromMinutes(beside));
        return driver;
    }

    private async Task<TestDriver> EndedAsync()
    {
        var driver = await _portal.ImportDriverAsync();
        await _portal.ApplyAsync(driver);
        await _portal.ExecuteAsync(
            "UPDATE round_deadlines SET expires_at = $1 WHERE closed_at IS NULL",
            _portal.Clock.Now
        );
        await _portal.DoAsync(new ExpireRounds(), ActorRef.System);
        Assert.Equal((RoundState.Void, 0), await StandingAsync(driver));
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        return driver;
    }

    private async Task<(RoundState State, int Used)> StandingAsync(TestDriver driver)
    {
        var round = await _portal.RoundOfAsync(driver);
        return (round.State, round.AttemptsUsed);
    }
}
