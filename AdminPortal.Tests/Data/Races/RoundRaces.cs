using AdminPortal.Data.Applications;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Exams;
using AdminPortal.Data.Points;
using AdminPortal.Data.Reviews;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Data.Races;

/// <summary>Two hundred hands at once on one driver's round: the invariants live in the database (DESIGN §4).</summary>
public sealed class RoundRaces : IAsyncLifetime
{
    private static readonly Scheme S1 = SchemeCatalogue.Shipped.Find("S1", new DateOnly(2026, 1, 1))!;

    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "S1-21")]
    public async Task Two_hundred_applications_at_once_open_one_round()
    {
        Assert.Equal(1, await OpenRoundsAfterRaceAsync());

        // The control: without the index, and without waiting for each other, everybody finds nothing and opens one.
        await _portal.ExecuteAsync(
            "DROP INDEX ux_rounds_one_open; UPDATE rounds SET state = 'Void', void_reason = 'StudyWindowEnded'"
        );
        var driver = await _portal.ScalarAsync<Guid>("SELECT driver_id FROM rounds LIMIT 1");
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) FROM rounds WHERE driver_id = $1 AND state <> 'Void'",
            """
            INSERT INTO rounds
            SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'state', 'Studying', 'void_reason', NULL))).*
            FROM rounds AS r WHERE r.driver_id = $1 AND r.state = 'Void' LIMIT 1
            """,
            driver
        );
        Assert.True(naive > 1);
    }

    private async Task<long> OpenRoundsAfterRaceAsync()
    {
        var driver = await _portal.ImportDriverAsync();
        var outcomes = await Race.RunAsync(200, _ => _portal.TryAsync(TestPortal.Application(driver), driver.Ref));
        // Who comes too late is told so by a recorded decision, not by a fault.
        Assert.All(outcomes, o => Assert.IsType<Outcome<ApplicationDecision>.Done>(o));
        Assert.Equal(
            200,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM applications WHERE driver_id = $1", driver.Id)
        );
        return await _portal.ScalarAsync<long>(
            "SELECT count(*) FROM rounds WHERE driver_id = $1 AND state NOT IN ('Reduced', 'Void')",
            driver.Id
        );
    }

    [Fact]
    [Trait("Rule", "N-25")]
    [Trait("Rule", "S1-05")]
    public async Task Forty_reservations_at_once_never_take_more_than_six_slots_of_a_cycle()
    {
        // One open round per driver makes this race impossible by itself; here that index is away, and the slots hold alone.
        await _portal.ExecuteAsync("DROP INDEX ux_rounds_one_open");
        Assert.Equal((6, 37), await SlotsAfterRaceAsync());

        await _portal.ExecuteAsync("DROP INDEX ux_reductions_slot");
        var (taken, _) = await SlotsAfterRaceAsync();
        Assert.True(taken > 6);
    }

    /// <summary>Three slots are taken; forty rounds of the same cycle want one.</summary>
    private async Task<(int Taken, int Refused)> SlotsAfterRaceAsync()
    {
        var driver = (await _portal.ImportDriversAsync(1))[0];
        var waiting = new List<Guid>();
        await using (var db = _portal.Db())
        {
            var versions = await db.QuestionVersions.AsNoTracking().OrderBy(q => q.Id).Take(20).ToListAsync();
            for (var i = 1; i <= 43; i++)
            {
                var (round, _, _, _) = _portal.Examined(driver, versions);
                Assert.True(round.PassVerification(S1, WorkingCalendar.Shipped, _portal.Clock.Now));
                db.Add(round);
                if (i <= 3)
                {
                    db.Add(_portal.Reservation(round, i));
                }
                else
                {
                    waiting.Add(round.Id);
                }
            }
            await db.SaveChangesAsync();
        }
        await Race.RunAsync(40, i => _portal.DoAsync(new Reserve(waiting[i]), ActorRef.System));
        var slots = await _portal.ColumnAsync<int>(
            "SELECT slot FROM reductions WHERE driver_id = $1 AND slot IS NOT NULL",
            driver.Id
        );
        var refused = await _portal.ScalarAsync<long>(
            "SELECT count(*) FROM rounds WHERE driver_id = $1 AND void_reason = 'ReductionRefused'",
            driver.Id
        );
        return (slots.Count, (int)refused);
    }

    /// <summary>The step of several acts that reserves a slot, as an act of its own.</summary>
    private sealed record Reserve(Guid RoundId) : ICommand<Unit>
    {
        public Permission Permission => Permission.RunJobs;
        public bool IsAudited => false;

        public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
        {
            var round = await scope.Db.Rounds.SingleAsync(r => r.Id == RoundId, ct);
            await Reductions.ReserveAsync(scope, round, scope.SchemeOf(round), ct);
            return new Unit();
        }
    }

    [Fact]
    [Trait("Rule", "S1-30")]
    public async Task A_hundred_answers_at_once_to_one_question_are_one_answer()
    {
        var driver = await _portal.DriverBeforeExamAsync();
        var attempt = await _portal.StartExamAsync(driver);
        var (_, ordinal, right) = await _portal.OpenQuestionAsync(attempt);

        var outcomes = await Race.RunAsync(
            100,
            i =>
                _portal.TryAsync(
                    new AnswerQuestion(attempt, ordinal, i % 2 == 0 ? right : TestPortal.Wrong(right)),
                    driver.Ref
                )
        );

        Assert.Single(outcomes, o => o is Outcome<ExamState>.Done);
        Assert.All(
            outcomes.OfType<Outcome<ExamState>.Refused>(),
            o => Assert.Equal(RefusalCode.AnswerTwice, o.Refusal.Code)
        );
        Assert.Equal(
            1,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM exam_answers WHERE attempt_id = $1", attempt)
        );
        Assert.Equal(
            1,
            await _portal.ScalarAsync<int>("SELECT right_count + wrong_count FROM exam_attempts WHERE id = $1", attempt)
        );

        await _portal.ExecuteAsync("ALTER TABLE exam_answers DROP CONSTRAINT \"PK_exam_answers\" CASCADE");
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) FROM exam_answers WHERE attempt_id = $1 AND ordinal = $2",
            """
            INSERT INTO exam_answers (attempt_id, ordinal, chosen, is_right, is_late, issued_at, answered_at)
            VALUES ($1, $2, '0', true, false, now(), now())
            """,
            attempt,
            ordinal + 1
        );
        Assert.True(naive > 1);
    }

    [Fact]
    [Trait("Rule", "S1-37")]
    public async Task Fifty_reviews_at_once_of_one_exam_are_one_review_with_one_case()
    {
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();

        var outcomes = await Race.RunAsync(
            50,
            i => _portal.TryAsync(new FileReview(attempt, $"{TestPortal.Reason}{i % 5}"), driver.Ref)
        );

        // Ten forms with the same words are one form clicked ten times; other words are a second review.
        var filed = outcomes.OfType<Outcome<Guid>.Done>().ToList();
        Assert.Equal(10, filed.Count);
        Assert.Single(filed.Select(o => o.Value).Distinct());
        Assert.All(outcomes.OfType<Outcome<Guid>.Refused>(), o => Assert.Equal(RefusalCode.ReviewOnce, o.Refusal.Code));
        Assert.Equal(1, await _portal.ScalarAsync<long>("SELECT count(*) FROM reviews"));
        Assert.Equal(1, await _portal.ScalarAsync<long>("SELECT count(*) FROM cases"));
        Assert.Single(await _portal.MessagesToAsync(driver), "ReviewReceived");

        await _portal.ExecuteAsync(
            "ALTER TABLE reviews DROP CONSTRAINT \"PK_reviews\"; DROP INDEX \"IX_reviews_attempt_id\""
        );
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) FROM reviews WHERE attempt_id = $1 AND $2::uuid IS NULL",
            """
            INSERT INTO reviews (case_id, attempt_id, round_id, reason, filed_at)
            SELECT $2, attempt_id, round_id, reason, filed_at FROM reviews WHERE attempt_id = $1 LIMIT 1
            """,
            attempt,
            filed[0].Value
        );
        Assert.True(naive > 1);
    }

    [Fact]
    [Trait("Rule", "S1-05")]
    public async Task A_thousand_beats_at_once_credit_no_second_more_than_the_clock()
    {
        var driver = await _portal.DriverInStudyAsync();
        // No random face check in between: it would stop the credit, and here the credit is wanted.
        await _portal.ExecuteAsync("UPDATE rounds SET snapshot_at_second = 100000");
        var progress = await _portal.DoAsync(new BeginStudy(StarterContent.Sections[0].Id), driver.Ref);
        var begun = _portal.Clock.Now;
        for (var step = 0; step < 20; step++)
        {
            _portal.Clock.Advance(TimeSpan.FromSeconds(15));
            var ticket = progress.Ticket;
            var outcomes = await Race.RunAsync(
                50,
                // One in five is forged.
                i => _portal.TryAsync(new TakeBeat(i % 5 == 0 ? CommandScope.Ticket() : ticket), driver.Ref)
            );
            Assert.Equal(
                10,
                outcomes.OfType<Outcome<StudyProgress>.Refused>().Count(o => o.Refusal.Code == RefusalCode.BeatReplayed)
            );
            progress = outcomes.OfType<Outcome<StudyProgress>.Done>().First().Value;
        }
        Assert.Equal((int)(_portal.Clock.Now - begun).TotalSeconds, progress.CreditedSeconds);
        Assert.Equal(300, await _portal.ScalarAsync<int>("SELECT studied_seconds FROM rounds"));

        // The control: credit by the time since the last beat, without a ticket.
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) FROM study_sessions WHERE driver_id = $1 AND last_beat_at > $2",
            "UPDATE rounds SET studied_seconds = studied_seconds + 15 WHERE driver_id = $1 AND $2 IS NOT NULL",
            driver.Id,
            _portal.Clock.Now
        );
        Assert.True(naive > 1);
        Assert.True(await _portal.ScalarAsync<int>("SELECT studied_seconds FROM rounds") > 315);
    }
}
