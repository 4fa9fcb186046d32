using AdminPortal.Domain;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Schemes;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Exams;

public sealed class ExamWalkthroughs
{
    private static readonly DateTimeOffset Start = At("2026-03-04 10:00");

    [Theory]
    [InlineData("S0", ExamState.Passed)]
    [InlineData("S1", ExamState.Closing)]
    [InlineData("N", ExamState.Closing)]
    [Trait("Rule", "N-n2")]
    [Trait("Rule", "S1-30")]
    [Trait("Rule", "S0-17")]
    public void Eighteen_right_answers_pass(string scheme, ExamState state)
    {
        var exam = new Exam(SchemeOf(scheme));

        exam.AnswerAll(right: 18);

        Assert.Equal(state, exam.Attempt.State);
        Assert.Equal(18, exam.Attempt.Right);
        Assert.Equal(2, exam.Attempt.Wrong);
        Assert.Equal(exam.Now, exam.Attempt.FinishedAt);
        Assert.Equal(state == ExamState.Passed, exam.Attempt.IsFinal);
    }

    [Theory]
    [InlineData("S1")]
    [InlineData("N")]
    [Trait("Rule", "N-n2")]
    public void The_third_wrong_answer_ends_the_paper(string scheme)
    {
        var exam = new Exam(SchemeOf(scheme));
        exam.Answer(right: false);
        exam.Answer(right: false);
        Assert.Equal(ExamState.Running, exam.Attempt.State);

        exam.Answer(right: false);

        Assert.Equal(ExamState.Failed, exam.Attempt.State);
        Assert.True(exam.Attempt.IsFinal);
        Assert.Equal(3, exam.Attempt.Ordinal);
        Assert.Equal(RefusalCode.AnswerTwice, exam.Try(3, exam.Now).Reason().Code);
        // The paper is over, for its unissued questions too.
        Assert.Equal(RefusalCode.AnswerTwice, exam.Try(4, exam.Now).Reason().Code);
    }

    [Fact]
    [Trait("Rule", "N-n2")]
    public void Under_the_scheme_of_2020_every_question_is_put()
    {
        var exam = new Exam(S0);

        exam.AnswerAll(right: 17);

        Assert.Equal(ExamState.Failed, exam.Attempt.State);
        Assert.Equal(20, exam.Attempt.Ordinal);
        Assert.Equal(17, exam.Attempt.Right);
        Assert.Equal(3, exam.Attempt.Wrong);
    }

    [Fact]
    [Trait("Rule", "N-n2")]
    public void Three_wrong_among_the_last_answers_fail_too()
    {
        var exam = new Exam(N);
        for (var i = 0; i < 17; i++)
        {
            exam.Answer(right: true);
        }
        exam.Answer(right: false);
        exam.Answer(right: false);
        exam.Answer(right: false);

        Assert.Equal(ExamState.Failed, exam.Attempt.State);
    }

    [Theory]
    [InlineData("2026-03-04 10:00:59.999", false)]
    [InlineData("2026-03-04 10:01:00.000", true)]
    [InlineData("2026-03-04 10:01:00.001", true)]
    [Trait("Rule", "S1-30")]
    [Trait("Rule", "N-n2")]
    public void An_answer_is_late_from_exactly_sixty_seconds_on(string answeredAt, bool late)
    {
        var exam = new Exam(S1);

        var answer = exam.Try(1, At(answeredAt)).Value();

        Assert.Equal(late, answer.IsLate);
        Assert.Equal(!late, answer.IsRight);
        Assert.Equal(late ? [] : [0], answer.Chosen);
        Assert.Equal(late ? 1 : 0, exam.Attempt.Wrong);
        Assert.Equal(Start, answer.IssuedAt);
        Assert.Equal(At(answeredAt), answer.AnsweredAt);
        Assert.Equal(1, answer.Ordinal);
    }

    [Fact]
    [Trait("Rule", "S1-30")]
    public void The_next_question_has_its_own_sixty_seconds()
    {
        var exam = new Exam(S1);

        exam.Try(1, Start.AddSeconds(10)).Value();

        Assert.Equal(2, exam.Attempt.Ordinal);
        Assert.Equal(Start.AddSeconds(10), exam.Attempt.IssuedAt);
        Assert.Equal(Start.AddSeconds(70), exam.Attempt.AnswerBy);
    }

    [Fact]
    [Trait("Rule", "S1-30")]
    public void A_late_answer_needs_no_choice()
    {
        var exam = new Exam(S1);

        var answer = exam.Attempt.Answer(1, [], Item(1), Question(), S1, Start.AddMinutes(5)).Value();

        Assert.True(answer.IsLate);
        Assert.False(answer.IsRight);
    }

    [Fact]
    [Trait("Rule", "N-n3")]
    public void An_answer_is_written_once()
    {
        var exam = new Exam(S1);
        exam.Answer(right: true);
        var version = exam.Attempt.Version;

        Assert.Equal(RefusalCode.AnswerTwice, exam.Try(1, exam.Now).Reason().Code);
        Assert.Equal(1, exam.Attempt.Right);
        Assert.Equal(version, exam.Attempt.Version);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    [Trait("Rule", "N-n3")]
    public void A_question_that_is_not_open_cannot_be_answered(int ordinal)
    {
        var exam = new Exam(S1);

        Assert.Equal(RefusalCode.AnswerInvalid, exam.Try(ordinal, exam.Now).Reason().Code);
        Assert.Equal(1, exam.Attempt.Ordinal);
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { -1 })]
    [InlineData(new[] { 4 })]
    [InlineData(new[] { 0, 4 })]
    [Trait("Rule", "N-n3")]
    public void A_choice_that_is_not_on_the_page_is_refused_and_costs_nothing(int[] shown)
    {
        var exam = new Exam(S1);

        var outcome = exam.Attempt.Answer(1, shown, Item(1), Question(), S1, Start.AddSeconds(1));

        Assert.Equal(RefusalCode.AnswerInvalid, outcome.Reason().Code);
        Assert.Equal(0, exam.Attempt.Wrong);
        Assert.Equal(Start.AddSeconds(60), exam.Attempt.AnswerBy);
    }

    [Theory]
    [InlineData(new[] { 1 }, false)]
    [InlineData(new[] { 1, 3 }, true)]
    [InlineData(new[] { 3, 1 }, true)]
    [InlineData(new[] { 3, 1, 1 }, true)]
    [InlineData(new[] { 0, 1, 3 }, false)]
    [InlineData(new[] { 0, 2 }, false)]
    [Trait("Rule", "N-n3")]
    public void Multiple_choice_is_right_only_with_exactly_the_right_options(int[] shown, bool right)
    {
        var exam = new Exam(S1);
        // Options 0 and 1 are right; the page shows them at places 1 and 3.
        var item = Item(1, 2, 0, 3, 1);

        var answer = exam
            .Attempt.Answer(1, shown, item, Question(QuestionType.Multiple), S1, Start.AddSeconds(1))
            .Value();

        Assert.Equal(right, answer.IsRight);
        if (right)
        {
            Assert.Equal([0, 1], answer.Chosen);
        }
    }

    [Fact]
    [Trait("Rule", "S1-34")]
    [Trait("Rule", "S1-32")]
    public void A_random_face_check_stops_the_clock_of_the_answer_and_of_the_exam()
    {
        var exam = new Exam(S1, snapshotBefore: 2);
        exam.Try(1, Start.AddSeconds(30)).Value();
        Assert.Equal(ExamState.Paused, exam.Attempt.State);
        Assert.Null(exam.Attempt.AnswerBy);

        exam.Attempt.Resume(S1, Start.AddMinutes(10));

        Assert.Equal(ExamState.Running, exam.Attempt.State);
        Assert.Equal(2, exam.Attempt.Ordinal);
        Assert.Equal(0, exam.Attempt.SnapshotBefore);
        Assert.Equal(Start.AddMinutes(11), exam.Attempt.AnswerBy);
        Assert.Equal(Start.AddMinutes(40 + 10).AddSeconds(-30), exam.Attempt.LimitAt);
        Assert.False(exam.Attempt.CloseAtLimit(S1, Start.AddMinutes(49)));
        Assert.False(exam.Try(2, Start.AddMinutes(10).AddSeconds(59.9)).Value().IsLate);
    }

    [Theory]
    [InlineData(-1, ExamState.Running)]
    [InlineData(0, ExamState.NotAccepted)]
    [Trait("Rule", "S1-34")]
    [Trait("Rule", "D-EXAM-LIMIT")]
    public void A_random_face_check_that_comes_after_the_limit_ends_the_exam_though_the_job_was_late(
        int milliseconds,
        ExamState state
    )
    {
        var exam = new Exam(S1, snapshotBefore: 2);
        exam.Try(1, Start.AddSeconds(30)).Value();

        exam.Attempt.Resume(S1, Start.AddSeconds(30).AddMinutes(40).AddMilliseconds(milliseconds));

        Assert.Equal(state, exam.Attempt.State);
    }

    [Fact]
    [Trait("Rule", "S1-34")]
    public void While_a_face_check_is_due_no_answer_is_taken()
    {
        var exam = new Exam(S1, snapshotBefore: 2);
        exam.Try(1, Start.AddSeconds(30)).Value();

        Assert.Equal(RefusalCode.AnswerTwice, exam.Try(1, Start.AddSeconds(31)).Reason().Code);
        // The question after the check is not issued yet: it is neither open nor answered.
        Assert.Equal(RefusalCode.WrongState, exam.Try(2, Start.AddSeconds(31)).Reason().Code);
        Assert.Equal(RefusalCode.WrongState, exam.Try(3, Start.AddSeconds(31)).Reason().Code);
        Assert.Equal((1, 0), (exam.Attempt.Right, exam.Attempt.Wrong));
        Assert.Equal(ExamState.Paused, exam.Attempt.State);
    }

    [Theory]
    [InlineData(ExamState.Passed)]
    [InlineData(ExamState.Failed)]
    [InlineData(ExamState.NotAccepted)]
    [InlineData(ExamState.Invalid)]
    [Trait("Rule", "N-n3")]
    public void A_paper_that_is_over_takes_no_answer(ExamState state)
    {
        var attempt = InState(state);
        var before = (attempt.Right, attempt.Wrong, attempt.Version);

        foreach (var ordinal in new[] { 1, attempt.Ordinal, 20 })
        {
            var outcome = attempt.Answer(ordinal, [0], Item(ordinal), Question(), S1, Start.AddHours(1));
            Assert.Equal(RefusalCode.AnswerTwice, outcome.Reason().Code);
        }
        Assert.Equal(before, (attempt.Right, attempt.Wrong, attempt.Version));
    }

    [Theory]
    [InlineData("S0")]
    [InlineData("S1")]
    [InlineData("N")]
    [Trait("Rule", "S1-32")]
    [Trait("Rule", "S0-16")]
    public void Every_attempt_has_one_random_face_check_between_the_second_and_the_last_question(string scheme)
    {
        var lowest = ExamAttempt.Open(AttemptId, RoundId, DriverId, SchemeOf(scheme), Lowest, Start);
        var highest = ExamAttempt.Open(AttemptId, RoundId, DriverId, SchemeOf(scheme), Highest, Start);

        Assert.Equal(2, lowest.SnapshotBefore);
        Assert.Equal(19, highest.SnapshotBefore);

        var exam = new Exam(SchemeOf(scheme));
        exam.AnswerAll(right: 20);
        Assert.Equal(1, exam.Checks);
    }

    [Fact]
    [Trait("Rule", "S1-32")]
    public void A_scheme_without_random_checks_has_none()
    {
        var scheme = S1 with { FaceChecks = S1.FaceChecks with { Value = [] } };

        Assert.Equal(0, ExamAttempt.Open(AttemptId, RoundId, DriverId, scheme, Lowest, Start).SnapshotBefore);
    }

    [Fact]
    [Trait("Rule", "S1-29")]
    public void An_opened_attempt_uses_nothing_up_and_takes_no_answer()
    {
        var attempt = ExamAttempt.Open(AttemptId, RoundId, DriverId, S1, Lowest, Start);

        Assert.Equal(ExamState.Opening, attempt.State);
        Assert.Equal(0, attempt.Number);
        Assert.Equal(20, attempt.QuestionCount);
        Assert.Equal(Start, attempt.OpenedAt);
        Assert.Null(attempt.StartedAt);
        Assert.False(attempt.IsFinal);
        Assert.Equal(RefusalCode.WrongState, attempt.Answer(1, [0], Item(1), Question(), S1, Start).Reason().Code);
        Assert.False(attempt.CloseAtLimit(S1, Start.AddDays(7)));
    }

    [Fact]
    [Trait("Rule", "S1-31")]
    public void A_start_issues_the_first_question_and_the_number_of_the_attempt()
    {
        var exam = new Exam(S1, number: 3);

        Assert.Equal(3, exam.Attempt.Number);
        Assert.Equal(1, exam.Attempt.Ordinal);
        Assert.Equal(Start, exam.Attempt.StartedAt);
        Assert.Equal(Start.AddSeconds(60), exam.Attempt.AnswerBy);
        Assert.Equal(Start.AddMinutes(40), exam.Attempt.LimitAt);
        Assert.Throws<InvalidOperationException>(() => exam.Attempt.Start(1, S1, Start));
    }

    [Fact]
    [Trait("Rule", "S1-30")]
    public void An_abandoned_attempt_is_closed_at_its_limit_as_failed()
    {
        var exam = new Exam(S1);
        exam.Answer(right: true);

        Assert.False(exam.Attempt.CloseAtLimit(S1, Start.AddMinutes(40).AddMilliseconds(-1)));
        Assert.True(exam.Attempt.CloseAtLimit(S1, Start.AddMinutes(40)));

        Assert.Equal(ExamState.Failed, exam.Attempt.State);
        Assert.Equal(1, exam.Attempt.Right);
        Assert.Equal(19, exam.Attempt.Wrong);
        Assert.Equal(Start.AddMinutes(40), exam.Attempt.FinishedAt);
        Assert.Null(exam.Attempt.AnswerBy);
        Assert.False(exam.Attempt.CloseAtLimit(S1, Start.AddMinutes(41)));
    }

    [Fact]
    [Trait("Rule", "N-n4")]
    public void A_face_check_that_nobody_takes_is_a_face_that_was_not_captured()
    {
        var exam = new Exam(S1, snapshotBefore: 2);
        exam.Try(1, Start.AddMinutes(1).AddSeconds(-1)).Value();
        var paused = Start.AddMinutes(1).AddSeconds(-1);

        Assert.False(exam.Attempt.CloseAtLimit(S1, paused.AddMinutes(40).AddMilliseconds(-1)));
        Assert.True(exam.Attempt.CloseAtLimit(S1, paused.AddMinutes(40)));
        Assert.Equal(ExamState.NotAccepted, exam.Attempt.State);
        Assert.True(exam.Attempt.IsFinal);
    }

    [Theory]
    [InlineData(ExamState.Opening)]
    [InlineData(ExamState.Running)]
    [InlineData(ExamState.Paused)]
    [Trait("Rule", "S0-16")]
    [Trait("Rule", "S1-35")]
    public void A_failed_face_check_ends_an_attempt_that_is_under_way(ExamState state)
    {
        var attempt = InState(state);

        attempt.NotAccept(Start.AddMinutes(3));

        Assert.Equal(ExamState.NotAccepted, attempt.State);
        Assert.Equal(Start.AddMinutes(3), attempt.FinishedAt);
        Assert.True(attempt.IsFinal);
    }

    [Fact]
    [Trait("Rule", "S1-35")]
    public void An_attempt_lost_at_its_start_check_is_numbered_too()
    {
        var attempt = InState(ExamState.Opening);
        attempt.UseUp(2);
        attempt.NotAccept(Start);

        Assert.Equal(2, attempt.Number);
    }

    [Fact]
    [Trait("Rule", "S1-36")]
    public void The_closing_verification_makes_the_result_valid_or_invalid_and_keeps_the_time_of_the_end()
    {
        var passed = InState(ExamState.Closing);
        var end = passed.FinishedAt;
        passed.Validate(Start.AddHours(5));
        Assert.Equal(ExamState.Passed, passed.State);
        Assert.Equal(end, passed.FinishedAt);

        var invalid = InState(ExamState.Closing);
        invalid.Invalidate(Start.AddHours(24));
        Assert.Equal(ExamState.Invalid, invalid.State);
        Assert.True(invalid.IsFinal);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void An_upheld_review_makes_an_invalid_result_count()
    {
        var attempt = InState(ExamState.Invalid);

        attempt.Reinstate(Start.AddDays(3));

        Assert.Equal(ExamState.Passed, attempt.State);
    }

    [Fact]
    [Trait("Rule", "S1-36")]
    public void Every_act_in_a_wrong_state_is_a_bug_of_the_caller_and_changes_nothing()
    {
        foreach (var state in Enum.GetValues<ExamState>())
        {
            Throws(state, ExamState.Opening, a => a.Start(1, S1, Start));
            Throws(state, ExamState.Paused, a => a.Resume(S1, Start));
            Throws(state, ExamState.Closing, a => a.Validate(Start));
            Throws(state, ExamState.Closing, a => a.Invalidate(Start));
            Throws(state, ExamState.Invalid, a => a.Reinstate(Start));
            Throws(state, ExamState.NotAccepted, a => a.Annul(Start));
            if (state is not (ExamState.Opening or ExamState.Running or ExamState.Paused))
            {
                Throws(state, null, a => a.NotAccept(Start));
            }
            if (state is not (ExamState.Running or ExamState.Paused))
            {
                Assert.False(InState(state).CloseAtLimit(S1, Start.AddYears(1)));
            }
        }
    }

    private static void Throws(ExamState state, ExamState? allowed, Action<ExamAttempt> act)
    {
        if (state == allowed)
        {
            return;
        }
        var attempt = InState(state);
        var version = attempt.Version;
        Assert.Throws<InvalidOperationException>(() => act(attempt));
        Assert.Equal(state, attempt.State);
        Assert.Equal(version, attempt.Version);
    }

    private static ExamAttempt InState(ExamState state)
    {
        if (state == ExamState.Opening)
        {
            return ExamAttempt.Open(AttemptId, RoundId, DriverId, S1, Lowest, Start);
        }
        var exam = new Exam(S1, snapshotBefore: state == ExamState.Paused ? 2 : 19);
        switch (state)
        {
            case ExamState.Paused:
                exam.Try(1, exam.Now).Value();
                break;
            case ExamState.Failed:
                exam.AnswerAll(right: 17);
                break;
            case ExamState.NotAccepted or ExamState.Annulled:
                exam.Attempt.NotAccept(exam.Now);
                break;
            case ExamState.Closing or ExamState.Passed or ExamState.Invalid:
                exam.AnswerAll(right: 20);
                break;
            case ExamState.Opening or ExamState.Running:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(state));
        }
        if (state == ExamState.Annulled)
        {
            exam.Attempt.Annul(exam.Now);
        }
        if (state == ExamState.Passed)
        {
            exam.Attempt.Validate(exam.Now);
        }
        if (state == ExamState.Invalid)
        {
            exam.Attempt.Invalidate(exam.Now);
        }
        Assert.Equal(state, exam.Attempt.State);
        return exam.Attempt;
    }

    /// <summary>A driver at an exam: ten seconds per answer, half a minute per face check.</summary>
    private sealed class Exam
    {
        private readonly Scheme _scheme;

        public Exam(Scheme scheme, int snapshotBefore = 19, int number = 1)
        {
            _scheme = scheme;
            Attempt = ExamAttempt.Open(
                AttemptId,
                RoundId,
                DriverId,
                scheme,
                _ => snapshotBefore - 2,
                ExamWalkthroughs.Start
            );
            Attempt.Start(number, scheme, ExamWalkthroughs.Start);
        }

        public ExamAttempt Attempt { get; }
        public DateTimeOffset Now { get; private set; } = ExamWalkthroughs.Start;
        public int Checks { get; private set; }

        public void AnswerAll(int right)
        {
            // The wrong ones come last.
            for (var i = 1; i <= 20; i++)
            {
                Answer(i <= right);
            }
        }

        public void Answer(bool right)
        {
            if (Attempt.State == ExamState.Paused)
            {
                Now = Now.AddSeconds(30);
                Attempt.Resume(_scheme, Now);
                Checks++;
            }
            Now = Now.AddSeconds(10);
            var answer = Attempt
                .Answer(Attempt.Ordinal, [right ? 0 : 1], Item(Attempt.Ordinal), Question(), _scheme, Now)
                .Value();
            Assert.Equal(right, answer.IsRight);
        }

        /// <summary>Answers rightly.</summary>
        public Outcome<ExamAnswer> Try(int ordinal, DateTimeOffset now) =>
            Attempt.Answer(ordinal, [0], Item(ordinal), Question(), _scheme, now);
    }
}
