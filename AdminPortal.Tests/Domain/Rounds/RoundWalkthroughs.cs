using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Rounds;

public sealed class RoundWalkthroughs
{
    private const int Enough = 1800;
    private static readonly DateTimeOffset Opened = At("2026-03-04 10:00");

    [Theory]
    [InlineData("S0", "2026-03-07 00:00", "S0-13")]
    [InlineData("S1", "2026-03-08 00:00", "S1-23")]
    [InlineData("N", "2026-03-10 00:00", "N-36")]
    [Trait("Rule", "S1-23")]
    [Trait("Rule", "S0-13")]
    [Trait("Rule", "N-36")]
    public void An_approved_application_opens_a_round_with_its_study_window(string scheme, string end, string rule)
    {
        var round = OpenRound(SchemeOf(scheme), Opened);

        Assert.Equal(RoundId, round.Id);
        Assert.Equal(DriverId, round.DriverId);
        Assert.Equal("渝A", round.Authority);
        Assert.Equal(scheme, round.SchemeId);
        Assert.Equal(SchemeOf(scheme).EffectiveFrom, round.SchemeFrom);
        Assert.Equal(Cycle.Start, round.CycleStart);
        Assert.Equal(Cycle.ResetOn, round.ResetOn);
        Assert.Equal(Opened, round.OpenedAt);
        Assert.True(round.IsOpen);
        Assert.Null(round.VoidReason);
        Assert.Equal(0, round.AttemptsUsed);
        var deadline = Assert.Single(round.Deadlines);
        Assert.Same(deadline, round.Running);
        Assert.Equal(RoundId, deadline.RoundId);
        Assert.Equal(1, deadline.Number);
        Assert.Equal(DeadlineKind.Study, deadline.Kind);
        Assert.Equal(Opened, deadline.From);
        Assert.Equal(At(end), deadline.ExpiresAt);
        Assert.Equal(rule, deadline.Rule);
        Assert.Null(deadline.ClosedAt);
        ExpectStep(round, 1, null, RoundAct.Open, RoundState.Studying, Opened, ActorKind.System, rule);
    }

    [Theory]
    [InlineData("S0", "S0-12", "S0-14")]
    [InlineData("S1", "S1-05", "S1-28")]
    [InlineData("N", "N-27", "N-n6")]
    [Trait("Rule", "S0-12")]
    [Trait("Rule", "S1-28")]
    [Trait("Rule", "S1-29")]
    public void Thirty_minutes_may_be_filed_and_open_the_exam_window(string schemeId, string studyRule, string examRule)
    {
        var scheme = SchemeOf(schemeId);
        var round = OpenRound(scheme, Opened);
        var filed = At("2026-03-05 20:00");

        round.FileCompletion(Enough, scheme, Calendar, Driver, filed).Value();

        ExpectStep(
            round,
            2,
            RoundState.Studying,
            RoundAct.FileCompletion,
            RoundState.ExamOpen,
            filed,
            ActorKind.Driver,
            studyRule
        );
        Assert.Equal(filed, round.Deadlines[0].ClosedAt);
        Assert.Equal(2, round.Deadlines.Count);
        Assert.Equal(2, round.Running!.Number);
        Assert.Equal(DeadlineKind.Exam, round.Running.Kind);
        Assert.Equal(filed, round.Running.From);
        Assert.Equal(Day("2026-03-16"), round.Running.LastDay);
        Assert.Equal(examRule, round.Running.Rule);
    }

    [Fact]
    [Trait("Rule", "S0-12")]
    public void One_second_less_than_thirty_minutes_is_not_enough_and_says_how_much_there_is()
    {
        var round = OpenRound(S1, Opened);

        var refusal = round.FileCompletion(Enough - 1, S1, Calendar, Driver, Opened.AddHours(1)).Reason();

        Assert.Equal(RefusalCode.NotEnoughStudy, refusal.Code);
        Assert.Equal([30, 29], refusal.Facts);
        Assert.Equal(RoundState.Studying, round.State);
        Assert.Single(round.Steps);
    }

    [Fact]
    [Trait("Rule", "S1-25")]
    public void A_completion_is_filed_before_the_window_ends_and_not_at_its_end()
    {
        var late = OpenRound(S1, Opened);
        Assert.Equal(
            RefusalCode.WindowClosed,
            late.FileCompletion(Enough, S1, Calendar, Driver, At("2026-03-08 00:00")).Reason().Code
        );

        var inTime = OpenRound(S1, Opened);
        Assert.True(inTime.FileCompletion(Enough, S1, Calendar, Driver, At("2026-03-07 23:59:59.999")).IsDone());
    }

    [Fact]
    [Trait("Rule", "S0-13")]
    public void The_product_itself_may_file_after_the_window()
    {
        var round = OpenRound(S0, Opened);

        round.FileCompletion(Enough, S0, Calendar, Actor.System, At("2026-03-08 00:00")).Value();

        Assert.Equal(ActorKind.System, round.Steps[^1].By);
    }

    [Fact]
    [Trait("Rule", "S1-28")]
    public void An_exam_begins_before_its_window_ends_and_not_at_its_end()
    {
        var round = Bring(RoundState.ExamOpen);
        var end = round.Running!.ExpiresAt!.Value;

        Assert.Equal(RefusalCode.WindowClosed, round.MayStartExam(end).Reason().Code);
        Assert.Equal(RefusalCode.WindowClosed, round.StartExam(S1, Driver, end).Reason().Code);
        Assert.Equal(0, round.AttemptsUsed);
        Assert.True(round.MayStartExam(end.AddTicks(-1)).IsDone());
        Assert.Equal(RoundState.ExamOpen, round.State);

        round.StartExam(S1, Driver, end.AddTicks(-1)).Value();

        Assert.Equal(1, round.AttemptsUsed);
        Assert.Null(round.Running);
        ExpectStep(
            round,
            3,
            RoundState.ExamOpen,
            RoundAct.StartExam,
            RoundState.Examining,
            end.AddTicks(-1),
            ActorKind.Driver,
            "S1-28"
        );
    }

    [Theory]
    [InlineData("S0", "S0-19")]
    [InlineData("S1", "S1-31")]
    [Trait("Rule", "S0-19")]
    [Trait("Rule", "S1-31")]
    [Trait("Rule", "S0-20")]
    public void Two_resits_within_twenty_four_hours_each_and_then_the_round_is_void(string schemeId, string resitRule)
    {
        var scheme = SchemeOf(schemeId);
        var round = OpenRound(scheme, Opened);
        var now = Opened.AddHours(1);
        round.FileCompletion(Enough, scheme, Calendar, Driver, now).Value();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            now = now.AddHours(1);
            round.StartExam(scheme, Driver, now).Value();
            Assert.Equal(attempt, round.AttemptsUsed);
            now = now.AddMinutes(20);
            round.LoseAttempt("N-n2", scheme, Calendar, ActorKind.Driver, now);
            if (attempt < 3)
            {
                Assert.Equal(RoundState.ResitOpen, round.State);
                Assert.Equal(DeadlineKind.Resit, round.Running!.Kind);
                Assert.Equal(now.AddHours(24), round.Running.ExpiresAt);
                Assert.Equal(resitRule, round.Running.Rule);
                Assert.Null(round.VoidReason);
            }
        }

        Assert.Equal(RoundState.Void, round.State);
        Assert.Equal(VoidReason.AttemptsUsedUp, round.VoidReason);
        Assert.Null(round.Running);
        Assert.False(round.IsOpen);
        ExpectStep(
            round,
            8,
            RoundState.Examining,
            RoundAct.LoseLastAttempt,
            RoundState.Void,
            now,
            ActorKind.Driver,
            "N-n2"
        );
        Assert.Equal(RefusalCode.WrongState, round.StartExam(scheme, Driver, now).Reason().Code);
    }

    [Fact]
    [Trait("Rule", "S0-18")]
    public void Under_the_scheme_of_2020_a_passed_exam_is_reduced_at_once()
    {
        var round = Bring(RoundState.Examining, S0);

        round.PassExam(S0, Calendar, Opened.AddHours(3));

        Assert.Null(round.Running);
        ExpectStep(
            round,
            4,
            RoundState.Examining,
            RoundAct.PassWithoutVerification,
            RoundState.Reducing,
            Opened.AddHours(3),
            ActorKind.Driver,
            "S0-18"
        );
    }

    [Theory]
    [InlineData("S1")]
    [InlineData("N")]
    [Trait("Rule", "S1-36")]
    [Trait("Rule", "S1-32")]
    public void A_passed_exam_waits_for_its_closing_verification(string schemeId)
    {
        var scheme = SchemeOf(schemeId);
        var round = Bring(RoundState.Examining, scheme);

        round.PassExam(scheme, Calendar, Opened.AddHours(3));

        ExpectStep(
            round,
            4,
            RoundState.Examining,
            RoundAct.PassExam,
            RoundState.Verifying,
            Opened.AddHours(3),
            ActorKind.Driver,
            "S1-36"
        );
        Assert.Equal(DeadlineKind.Verification, round.Running!.Kind);
        Assert.Equal(Opened.AddHours(27), round.Running.ExpiresAt);

        Assert.True(round.PassVerification(scheme, Calendar, Opened.AddHours(4)));

        ExpectStep(
            round,
            5,
            RoundState.Verifying,
            RoundAct.PassVerification,
            RoundState.Reducing,
            Opened.AddHours(4),
            ActorKind.Driver,
            "S1-36"
        );
        Assert.Null(round.Running);
    }

    [Theory]
    [InlineData("S1", "S1-37")]
    [InlineData("N", "N-n5")]
    [Trait("Rule", "S1-37")]
    [Trait("Rule", "N-n5")]
    public void A_failed_verification_leaves_twenty_four_hours_for_a_review(string schemeId, string rule)
    {
        var scheme = SchemeOf(schemeId);
        var round = Bring(RoundState.Verifying, scheme);
        var failed = Opened.AddHours(5);

        round.FailVerification(scheme, Calendar, ActorKind.Driver, failed);

        ExpectStep(
            round,
            5,
            RoundState.Verifying,
            RoundAct.FailVerification,
            RoundState.Invalid,
            failed,
            ActorKind.Driver,
            "S1-36"
        );
        Assert.Equal(DeadlineKind.ReviewFiling, round.Running!.Kind);
        Assert.Equal(failed.AddHours(24), round.Running.ExpiresAt);
        Assert.Equal(rule, round.Running.Rule);
        Assert.Equal(RefusalCode.WindowClosed, round.FileReview(Driver, failed.AddHours(24)).Reason().Code);
        Assert.Equal(RoundState.Invalid, round.State);
        var last = failed.AddHours(24).AddTicks(-1);
        Assert.True(round.FileReview(Driver, last).IsDone());
        ExpectStep(
            round,
            6,
            RoundState.Invalid,
            RoundAct.FileReview,
            RoundState.UnderReview,
            last,
            ActorKind.Driver,
            "S1-37"
        );
        Assert.Null(round.Running);
        Assert.Equal(RefusalCode.ReviewNotOpen, round.FileReview(Driver, last).Reason().Code);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void An_upheld_review_leads_to_the_reduction()
    {
        var round = Bring(RoundState.UnderReview);

        Assert.True(round.UpholdReview(Opened.AddDays(2)));

        ExpectStep(
            round,
            7,
            RoundState.UnderReview,
            RoundAct.UpholdReview,
            RoundState.Reducing,
            Opened.AddDays(2),
            ActorKind.Staff,
            "S1-38"
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Trait("Rule", "S1-38")]
    [Trait("Rule", "S1-31")]
    public void A_rejected_review_starts_the_resit_window_only_now(int attempts)
    {
        var round = Bring(RoundState.UnderReview, attempts: attempts);
        var rejected = Opened.AddDays(6);

        round.RejectReview(S1, Calendar, rejected);

        Assert.Equal(RoundState.ResitOpen, round.State);
        Assert.Equal(ActorKind.Staff, round.Steps[^1].By);
        Assert.Equal("S1-38", round.Steps[^1].Rule);
        Assert.Equal(DeadlineKind.Resit, round.Running!.Kind);
        Assert.Equal(rejected.AddHours(24), round.Running.ExpiresAt);
        Assert.Null(round.VoidReason);
        Assert.Equal(attempts, round.AttemptsUsed);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    [Trait("Rule", "S0-20")]
    public void A_rejected_review_of_the_last_attempt_ends_the_round()
    {
        var round = Bring(RoundState.UnderReview, attempts: 3);

        round.RejectReview(S1, Calendar, Opened.AddDays(6));

        Assert.Equal(RoundAct.RejectReviewFinally, round.Steps[^1].Act);
        Assert.Equal(ActorKind.Staff, round.Steps[^1].By);
        Assert.Equal("S1-38", round.Steps[^1].Rule);
        Assert.Equal(VoidReason.AttemptsUsedUp, round.VoidReason);
        Assert.Null(round.Running);
    }

    [Fact]
    [Trait("Rule", "S1-13")]
    [Trait("Rule", "S0-18")]
    public void The_reduction_is_confirmed_or_refused_by_the_points_system()
    {
        var confirmed = Bring(RoundState.Reducing);
        confirmed.ConfirmReduction(Opened.AddDays(1));
        Assert.Equal(RoundState.Reduced, confirmed.State);
        Assert.Equal("S1-13", confirmed.Steps[^1].Rule);
        Assert.Equal(ActorKind.System, confirmed.Steps[^1].By);
        Assert.Null(confirmed.VoidReason);

        var refused = Bring(RoundState.Reducing);
        refused.RefuseReduction(Opened.AddDays(1));
        Assert.Equal(RoundState.Void, refused.State);
        Assert.Equal("S0-18", refused.Steps[^1].Rule);
        Assert.Equal(ActorKind.System, refused.Steps[^1].By);
        Assert.Equal(VoidReason.ReductionRefused, refused.VoidReason);
    }

    // What the passing of time does.

    [Theory]
    [InlineData("S1", 0, "S1-25")]
    [InlineData("S1", Enough, "S1-25")]
    [InlineData("N", Enough, "N-n6")]
    [InlineData("S0", Enough - 1, "S0-13")]
    [Trait("Rule", "S1-25")]
    [Trait("Rule", "S0-13")]
    [Trait("Rule", "N-n6")]
    public void A_study_window_that_ends_voids_the_round(string schemeId, int studied, string rule)
    {
        var scheme = SchemeOf(schemeId);
        var round = OpenRound(scheme, Opened);
        var end = round.Running!.ExpiresAt!.Value;

        Assert.False(round.Expire(studied, scheme, Calendar, end.AddTicks(-1)));
        Assert.Single(round.Steps);
        Assert.True(round.Expire(studied, scheme, Calendar, end));

        ExpectStep(round, 2, RoundState.Studying, RoundAct.RunOut, RoundState.Void, end, ActorKind.System, rule);
        Assert.Equal(VoidReason.StudyWindowEnded, round.VoidReason);
        Assert.False(round.Expire(studied, scheme, Calendar, end.AddDays(1)));
        Assert.Equal(2, round.Steps.Count);
    }

    [Fact]
    [Trait("Rule", "S0-13")]
    public void Under_the_scheme_of_2020_enough_minutes_file_themselves_when_the_three_days_end()
    {
        var round = OpenRound(S0, Opened);
        var end = At("2026-03-07 00:00");

        Assert.True(round.Expire(Enough, S0, Calendar, end));

        ExpectStep(
            round,
            2,
            RoundState.Studying,
            RoundAct.FileCompletion,
            RoundState.ExamOpen,
            end,
            ActorKind.System,
            "S0-13"
        );
        Assert.Null(round.VoidReason);
        Assert.Equal(DeadlineKind.Exam, round.Running!.Kind);
        // Filed on Saturday the 7th, so day 1 is Monday the 9th.
        Assert.Equal(Day("2026-03-17"), round.Running.LastDay);
        Assert.False(round.Expire(Enough, S0, Calendar, end));
    }

    [Theory]
    [InlineData("S0", "S0-14", "S0-19")]
    [InlineData("S1", "S1-28", "S1-31")]
    [InlineData("N", "N-n6", "S1-31")]
    [Trait("Rule", "S0-14")]
    [Trait("Rule", "S1-28")]
    [Trait("Rule", "N-n6")]
    public void An_exam_or_resit_that_is_not_taken_in_time_voids_the_round(
        string schemeId,
        string examRule,
        string resitRule
    )
    {
        var scheme = SchemeOf(schemeId);
        var exam = Bring(RoundState.ExamOpen, scheme);
        var examEnd = exam.Running!.ExpiresAt!.Value;
        Assert.False(exam.Expire(Enough, scheme, Calendar, examEnd.AddTicks(-1)));
        Assert.True(exam.Expire(Enough, scheme, Calendar, examEnd));
        ExpectStep(exam, 3, RoundState.ExamOpen, RoundAct.RunOut, RoundState.Void, examEnd, ActorKind.System, examRule);
        Assert.Equal(VoidReason.ExamWindowEnded, exam.VoidReason);

        var resit = Bring(RoundState.ResitOpen, scheme);
        var resitEnd = resit.Running!.ExpiresAt!.Value;
        Assert.False(resit.Expire(Enough, scheme, Calendar, resitEnd.AddTicks(-1)));
        Assert.True(resit.Expire(Enough, scheme, Calendar, resitEnd));
        ExpectStep(
            resit,
            5,
            RoundState.ResitOpen,
            RoundAct.RunOut,
            RoundState.Void,
            resitEnd,
            ActorKind.System,
            resitRule
        );
        Assert.Equal(VoidReason.ResitWindowEnded, resit.VoidReason);
    }

    [Fact]
    [Trait("Rule", "S1-36")]
    [Trait("Rule", "S1-37")]
    public void A_verification_that_is_not_made_is_failed_and_an_unfiled_review_costs_the_attempt()
    {
        var round = Bring(RoundState.Verifying);
        var end = round.Running!.ExpiresAt!.Value;

        Assert.False(round.Expire(Enough, S1, Calendar, end.AddTicks(-1)));
        Assert.True(round.Expire(Enough, S1, Calendar, end));
        ExpectStep(
            round,
            5,
            RoundState.Verifying,
            RoundAct.FailVerification,
            RoundState.Invalid,
            end,
            ActorKind.System,
            "S1-36"
        );

        var filing = round.Running!.ExpiresAt!.Value;
        Assert.Equal(end.AddHours(24), filing);
        Assert.False(round.Expire(Enough, S1, Calendar, filing.AddTicks(-1)));
        Assert.True(round.Expire(Enough, S1, Calendar, filing));
        ExpectStep(
            round,
            6,
            RoundState.Invalid,
            RoundAct.LoseAttempt,
            RoundState.ResitOpen,
            filing,
            ActorKind.System,
            "S1-37"
        );
        Assert.Equal(DeadlineKind.Resit, round.Running!.Kind);
    }

    [Fact]
    [Trait("Rule", "S1-37")]
    public void An_unfiled_review_of_the_last_attempt_ends_the_round()
    {
        var round = Bring(RoundState.Invalid, attempts: 3);

        Assert.True(round.Expire(Enough, S1, Calendar, round.Running!.ExpiresAt!.Value));

        Assert.Equal(VoidReason.AttemptsUsedUp, round.VoidReason);
        Assert.Equal(RoundAct.LoseLastAttempt, round.Steps[^1].Act);
    }

    [Theory]
    [InlineData(RoundState.Examining)]
    [InlineData(RoundState.UnderReview)]
    [InlineData(RoundState.Reducing)]
    [InlineData(RoundState.Reduced)]
    [InlineData(RoundState.Void)]
    [Trait("Rule", "N-n6")]
    [Trait("Rule", "S1-38")]
    public void Time_does_nothing_to_an_exam_under_way_a_review_a_reduction_or_an_ended_round(RoundState state)
    {
        var round = Bring(state);
        var version = round.Version;

        Assert.False(round.Expire(Enough, S1, Calendar, Opened.AddYears(5)));

        Assert.Equal(state, round.State);
        Assert.Equal(version, round.Version);
    }

    [Theory]
    [InlineData(RoundState.Studying)]
    [InlineData(RoundState.ExamOpen)]
    [InlineData(RoundState.ResitOpen)]
    [InlineData(RoundState.Verifying)]
    [InlineData(RoundState.Invalid)]
    [Trait("Rule", "N-n6")]
    public void The_end_of_the_cycle_voids_a_round_that_waits_for_its_driver(RoundState state)
    {
        // The reset date is the next day, before any window ends.
        var round = Bring(state, cycle: new PointsCycle(Day("2025-03-05"), Day("2026-03-05")));
        var steps = round.Steps.Count;
        Assert.False(round.Expire(Enough, S1, Calendar, At("2026-03-04 23:59:59.999")));

        Assert.True(round.Expire(Enough, S1, Calendar, At("2026-03-05 00:00")));

        ExpectStep(
            round,
            steps + 1,
            state,
            RoundAct.EndCycle,
            RoundState.Void,
            At("2026-03-05 00:00"),
            ActorKind.System,
            "N-n6"
        );
        Assert.Equal(VoidReason.CycleEnded, round.VoidReason);
        Assert.Null(round.Running);
        Assert.False(round.Expire(Enough, S1, Calendar, At("2026-03-06 00:00")));
    }

    [Fact]
    [Trait("Rule", "N-n6")]
    public void The_end_of_the_cycle_comes_before_a_window_that_ends_at_the_same_moment()
    {
        var round = Bring(RoundState.Studying, cycle: new PointsCycle(Day("2025-03-08"), Day("2026-03-08")));

        Assert.True(round.Expire(0, S1, Calendar, At("2026-03-08 00:00")));

        Assert.Equal(VoidReason.CycleEnded, round.VoidReason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "N-n6")]
    [Trait("Rule", "S1-38")]
    public void A_review_decided_after_the_end_of_the_cycle_ends_the_round(bool upheld)
    {
        var inTime = Bring(RoundState.UnderReview, cycle: new PointsCycle(Day("2025-03-06"), Day("2026-03-06")));
        Decide(inTime, At("2026-03-05 23:59:59.999"));
        Assert.Equal(upheld ? RoundState.Reducing : RoundState.ResitOpen, inTime.State);

        var late = Bring(RoundState.UnderReview, cycle: new PointsCycle(Day("2025-03-06"), Day("2026-03-06")));
        Decide(late, At("2026-03-06 00:00"));
        Assert.Equal(RoundState.Void, late.State);
        Assert.Equal(VoidReason.CycleEnded, late.VoidReason);
        Assert.Equal("N-n6", late.Steps[^1].Rule);
        Assert.Single(late.Deadlines, deadline => deadline.Kind == DeadlineKind.Exam);
        Assert.DoesNotContain(late.Deadlines, deadline => deadline.Kind == DeadlineKind.Resit);

        void Decide(Round round, DateTimeOffset now)
        {
            if (upheld)
            {
                Assert.Equal(now < At("2026-03-06 00:00"), round.UpholdReview(now));
            }
            else
            {
                round.RejectReview(S1, Calendar, now);
            }
        }
    }

    [Theory]
    [InlineData("S0", RoundState.Reducing)]
    [InlineData("S1", RoundState.Verifying)]
    [InlineData("N", RoundState.Verifying)]
    [Trait("Rule", "N-n6")]
    public void An_exam_that_is_passed_after_the_end_of_the_cycle_ends_the_round(string schemeId, RoundState passed)
    {
        var scheme = SchemeOf(schemeId);
        var cycle = new PointsCycle(Day("2025-03-05"), Day("2026-03-05"));
        var inTime = Bring(RoundState.Examining, scheme, cycle);
        inTime.PassExam(scheme, Calendar, At("2026-03-04 23:59:59.999"));
        Assert.Equal(passed, inTime.State);

        var late = Bring(RoundState.Examining, scheme, cycle);
        late.PassExam(scheme, Calendar, At("2026-03-05 00:00"));

        ExpectStep(
            late,
            4,
            RoundState.Examining,
            RoundAct.EndCycle,
            RoundState.Void,
            At("2026-03-05 00:00"),
            ActorKind.System,
            "N-n6"
        );
        Assert.Equal(VoidReason.CycleEnded, late.VoidReason);
        Assert.Null(late.Running);
    }

    [Theory]
    [InlineData(RoundState.Studying)]
    [InlineData(RoundState.ExamOpen)]
    [InlineData(RoundState.ResitOpen)]
    [InlineData(RoundState.Verifying)]
    [InlineData(RoundState.Invalid)]
    [Trait("Rule", "S1-38")]
    public void A_decision_about_a_round_that_is_not_under_review_is_a_bug_after_the_cycle_too(RoundState state)
    {
        var cycle = new PointsCycle(Day("2025-03-05"), Day("2026-03-05"));

        Assert.Throws<InvalidOperationException>(() => Bring(state, cycle: cycle).UpholdReview(At("2026-03-05 10:00")));
        Assert.Throws<InvalidOperationException>(() =>
            Bring(state, cycle: cycle).RejectReview(S1, Calendar, At("2026-03-05 10:00"))
        );
    }

    [Theory]
    [InlineData("S1", "S1-37")]
    [InlineData("N", "N-n5")]
    [Trait("Rule", "S1-36")]
    [Trait("Rule", "S1-37")]
    public void A_verification_that_succeeds_after_its_window_leaves_the_result_invalid_and_reviewable(
        string schemeId,
        string filingRule
    )
    {
        var scheme = SchemeOf(schemeId);
        var end = Opened.AddHours(27);
        var inTime = Bring(RoundState.Verifying, scheme);
        Assert.True(inTime.PassVerification(scheme, Calendar, end.AddTicks(-1)));
        Assert.Equal(RoundState.Reducing, inTime.State);

        var late = Bring(RoundState.Verifying, scheme);
        Assert.False(late.PassVerification(scheme, Calendar, end));

        ExpectStep(
            late,
            5,
            RoundState.Verifying,
            RoundAct.FailVerification,
            RoundState.Invalid,
            end,
            ActorKind.System,
            "S1-36"
        );
        Assert.Equal(DeadlineKind.ReviewFiling, late.Running!.Kind);
        Assert.Equal(end.AddHours(24), late.Running.ExpiresAt);
        Assert.Equal(filingRule, late.Running.Rule);
        Assert.True(late.FileReview(Driver, end.AddHours(1)).IsDone());
    }

    [Fact]
    [Trait("Rule", "S1-36")]
    [Trait("Rule", "N-n6")]
    public void A_verification_that_succeeds_after_the_end_of_the_cycle_ends_the_round()
    {
        var cycle = new PointsCycle(Day("2025-03-05"), Day("2026-03-05"));
        var inTime = Bring(RoundState.Verifying, cycle: cycle);
        Assert.True(inTime.PassVerification(S1, Calendar, At("2026-03-04 23:59:59.999")));

        var late = Bring(RoundState.Verifying, cycle: cycle);
        Assert.False(late.PassVerification(S1, Calendar, At("2026-03-05 00:00")));

        ExpectStep(
            late,
            5,
            RoundState.Verifying,
            RoundAct.EndCycle,
            RoundState.Void,
            At("2026-03-05 00:00"),
            ActorKind.System,
            "N-n6"
        );
        Assert.Equal(VoidReason.CycleEnded, late.VoidReason);
        Assert.Null(late.Running);
    }

    [Fact]
    [Trait("Rule", "N-n6")]
    public void The_end_of_the_cycle_comes_before_the_end_of_a_verification()
    {
        // Both are over when the driver comes back.
        var round = Bring(RoundState.Verifying, cycle: new PointsCycle(Day("2025-03-05"), Day("2026-03-05")));

        Assert.False(round.PassVerification(S1, Calendar, At("2026-03-06 10:00")));

        Assert.Equal(VoidReason.CycleEnded, round.VoidReason);
    }

    // The calendar that is not published yet.

    [Theory]
    [Trait("Rule", "S1-28")]
    [InlineData("2027-01-05 10:00", "2027-01-07")] // in time
    [InlineData("2027-01-06 23:59", "2027-01-07")] // the day before the last: it is the day after the notice
    [InlineData("2027-01-07 00:00", "2027-01-08")] // on the last day itself
    [InlineData("2027-01-21 09:00", "2027-01-22")] // two weeks late
    public void A_notice_that_comes_late_leaves_the_driver_the_day_after_it(string notice, string lastDay)
    {
        var round = OpenRound(S1, At("2026-12-28 10:00"), new PointsCycle(Day("2026-06-15"), Day("2027-06-15")));
        round.FileCompletion(Enough, S1, Calendar, Driver, At("2026-12-28 12:00")).Value();
        var published = Calendar.With(2027, [new CalendarDay(Day("2027-01-01"), "元旦", false)]);

        Assert.True(round.RestampRunning(S1.ExamWindow, published, At(notice)));

        Assert.Equal(Day(lastDay), round.Running!.LastDay);
        Assert.Equal(ChinaTime.EndOf(Day(lastDay)), round.Running.ExpiresAt);
        Assert.False(round.Expire(Enough, S1, published, At(notice)));
    }

    [Fact]
    [Trait("Rule", "S1-28")]
    public void Nothing_is_voided_by_a_date_that_awaits_its_calendar_and_the_published_year_stamps_the_real_one()
    {
        var cycle = new PointsCycle(Day("2026-06-15"), Day("2027-06-15"));
        var round = OpenRound(S1, At("2026-12-28 10:00"), cycle);
        round.FileCompletion(Enough, S1, Calendar, Driver, At("2026-12-28 12:00")).Value();
        var running = round.Running!;
        Assert.Equal(2027, running.AwaitingYear);
        Assert.Null(running.ExpiresAt);
        Assert.Equal(Day("2027-01-06"), running.ProvisionalDay);
        Assert.False(round.Expire(Enough, S1, Calendar, At("2027-05-01 00:00")));

        var version = round.Version;
        Assert.False(round.RestampRunning(S1.ExamWindow, Calendar, At("2027-01-02 10:00")));
        Assert.Equal(version, round.Version);
        Assert.Equal(2027, running.AwaitingYear);
        Assert.Equal(Day("2027-01-06"), running.ProvisionalDay);

        var published = Calendar.With(2027, [new CalendarDay(Day("2027-01-01"), "元旦", false)]);
        Assert.True(round.RestampRunning(S1.ExamWindow, published, At("2027-01-02 10:00")));
        // Whoever read the round before the notice must not write over the date it brought.
        Assert.Equal(version + 1, round.Version);
        Assert.Equal(Day("2027-01-07"), running.LastDay);
        Assert.Equal(At("2027-01-08 00:00"), running.ExpiresAt);
        Assert.Null(running.AwaitingYear);
        Assert.Null(running.ProvisionalDay);
        Assert.Equal(running.Value, Deadline.Stamp(S1.ExamWindow, At("2026-12-28 12:00"), published));

        // A later change of the calendar does not move a stamped date.
        var changed = published.With(2027, [new CalendarDay(Day("2027-01-07"), "改", false)]);
        Assert.False(round.RestampRunning(S1.ExamWindow, changed, At("2027-01-02 10:00")));
        Assert.Equal(version + 1, round.Version);
        Assert.Equal(Day("2027-01-07"), running.LastDay);
        Assert.True(round.Expire(Enough, S1, published, At("2027-01-08 00:00")));
        Assert.Equal(VoidReason.ExamWindowEnded, round.VoidReason);
    }

    // Acts in wrong states.

    [Fact]
    [Trait("Rule", "S1-29")]
    public void Every_act_outside_its_states_is_refused_or_a_bug_of_the_caller_and_changes_nothing()
    {
        var now = Opened.AddHours(8);
        foreach (var state in Enum.GetValues<RoundState>())
        {
            Refused(
                state,
                [RoundState.Studying],
                RefusalCode.WrongState,
                r => r.FileCompletion(Enough, S1, Calendar, Driver, now)
            );
            Refused(state, [RoundState.Studying], RefusalCode.WrongState, r => r.MayStudy(now));
            Refused(
                state,
                [RoundState.ExamOpen, RoundState.ResitOpen],
                RefusalCode.WrongState,
                r => r.MayStartExam(now)
            );
            Refused(
                state,
                [RoundState.ExamOpen, RoundState.ResitOpen],
                RefusalCode.WrongState,
                r => r.StartExam(S1, Driver, now)
            );
            Refused(state, [RoundState.Invalid], RefusalCode.ReviewNotOpen, r => r.FileReview(Driver, now));
            Throws(state, [RoundState.Examining], r => r.PassExam(S1, Calendar, now));
            Throws(state, [RoundState.Examining], r => r.PassExam(S0, Calendar, now));
            Throws(
                state,
                [RoundState.Examining, RoundState.Invalid],
                r => r.LoseAttempt("S0-16", S1, Calendar, ActorKind.Driver, now)
            );
            Throws(state, [RoundState.Verifying], r => r.PassVerification(S1, Calendar, now));
            // Neither the end of the windows nor the end of the cycle makes a bug of the caller an outcome.
            Throws(state, [RoundState.Verifying], r => r.PassVerification(S1, Calendar, now.AddDays(30)));
            Throws(state, [RoundState.Verifying], r => r.PassVerification(S1, Calendar, now.AddYears(5)));
            Throws(state, [RoundState.Examining], r => r.PassExam(S1, Calendar, now.AddYears(5)));
            Throws(state, [RoundState.UnderReview], r => r.UpholdReview(now.AddYears(5)));
            Throws(state, [RoundState.UnderReview], r => r.RejectReview(S1, Calendar, now.AddYears(5)));
            Throws(state, [RoundState.Verifying], r => r.FailVerification(S1, Calendar, ActorKind.Driver, now));
            Throws(state, [RoundState.UnderReview], r => r.UpholdReview(now));
            Throws(state, [RoundState.UnderReview], r => r.RejectReview(S1, Calendar, now));
            Refused(state, [RoundState.Studying], RefusalCode.WrongState, r => r.FileIdPhoto(S1, Driver, now));
            Refused(state, [RoundState.Studying], RefusalCode.ReviewNotOpen, r => r.FileStudyReview(Driver, now));
            Refused(
                state,
                [RoundState.Invalid],
                RefusalCode.ReviewNotOpen,
                r => r.WaiveReview(S1, Calendar, Driver, now)
            );
            Throws(state, [RoundState.IdPhotoCheck], r => r.SettleIdPhoto(true, S1, Calendar, now));
            Throws(state, [RoundState.IdPhotoCheck], r => r.SettleIdPhoto(false, S1, Calendar, now.AddYears(5)));
            Throws(state, [RoundState.StudyUnderReview], r => r.SettleStudyReview(true, N, Calendar, now));
            Throws(state, [RoundState.Examining], r => r.NotAcceptExam(N, Calendar, ActorKind.Driver, now));
            Throws(state, [RoundState.UnderReview], r => r.RestoreAttempt(N, Calendar, now));
            Throws(state, [RoundState.Reducing], r => r.ConfirmReduction(now));
            Throws(state, [RoundState.Reducing], r => r.RefuseReduction(now));
        }
    }

    [Fact]
    [Trait("Rule", "S1-25")]
    [Trait("Rule", "N-n6")]
    public void A_late_job_lets_nobody_study_for_a_round_that_is_over()
    {
        var round = OpenRound(S1, Opened);
        var end = round.Running!.ExpiresAt!.Value;
        round.MayStudy(end.AddTicks(-1)).Value();
        Assert.Equal(RefusalCode.WindowClosed, round.MayStudy(end).Reason().Code);

        // The window still runs, but the cycle is over.
        var reset = ChinaTime.DateOf(Opened).AddDays(1);
        round = OpenRound(S1, Opened, new PointsCycle(reset.AddYears(-1), reset));
        var midnight = ChinaTime.StartOf(reset);
        round.MayStudy(midnight.AddTicks(-1)).Value();
        Assert.Equal(RefusalCode.WindowClosed, round.MayStudy(midnight).Reason().Code);
        Assert.Equal(RoundState.Studying, round.State);
    }

    [Fact]
    [Trait("Rule", "S1-29")]
    public void Study_is_added_only_while_studying()
    {
        foreach (var state in Enum.GetValues<RoundState>())
        {
            var round = Bring(state);
            var before = (Picture(round), round.StudiedSeconds);
            if (state == RoundState.Studying)
            {
                round.AddStudy(15);
                Assert.Equal(15, round.StudiedSeconds);
                continue;
            }
            foreach (var seconds in new[] { 0, 15 })
            {
                var thrown = Assert.Throws<InvalidOperationException>(() => round.AddStudy(seconds));
                Assert.Contains($"{state}", thrown.Message);
            }
            Assert.Equal(before, (Picture(round), round.StudiedSeconds));
        }
    }

    private static void Refused(
        RoundState state,
        RoundState[] allowed,
        RefusalCode code,
        Func<Round, Outcome<Unit>> act
    )
    {
        var round = Bring(state);
        var before = Picture(round);
        if (allowed.Contains(state))
        {
            Assert.True(act(round).IsDone());
            return;
        }
        Assert.Equal(code, act(round).Reason().Code);
        Assert.Equal(before, Picture(round));
    }

    private static void Throws(RoundState state, RoundState[] allowed, Action<Round> act)
    {
        var round = Bring(state);
        var before = Picture(round);
        if (allowed.Contains(state))
        {
            act(round);
            Assert.NotEqual(state, round.State);
            return;
        }
        var thrown = Assert.Throws<InvalidOperationException>(() => act(round));
        Assert.Contains($"{state}", thrown.Message);
        Assert.Equal(before, Picture(round));
    }

    private static string Picture(Round round) =>
        $"{round.State} {round.VoidReason} {round.Version} {round.Steps.Count} {round.Deadlines.Count} "
        + $"{round.AttemptsUsed} {round.Running?.Number}";

    private static void ExpectStep(
        Round round,
        int number,
        RoundState? from,
        RoundAct act,
        RoundState to,
        DateTimeOffset at,
        ActorKind by,
        string rule
    )
    {
        var step = round.Steps[^1];
        Assert.Equal(
            (round.Id, number, from, act, to, at, by, rule),
            (step.RoundId, step.Number, step.From, step.Act, step.To, step.At, step.By, step.Rule)
        );
        Assert.Equal(number, round.Steps.Count);
        Assert.Equal(to, round.State);
    }

    /// <summary>A round in a state, on the day it was opened; later states of the given attempt.</summary>
    internal static Round Bring(RoundState state, Scheme? scheme = null, PointsCycle? cycle = null, int attempts = 1)
    {
        scheme ??= S1;
        var round = OpenRound(scheme, Opened, cycle);
        if (state == RoundState.Studying)
        {
            return round;
        }
        switch (state)
        {
            case RoundState.IdPhotoCheck:
                round.FileIdPhoto(scheme, Driver, Opened.AddHours(1)).Value();
                return round;
            case RoundState.StudyUnderReview:
                round.FileStudyReview(Driver, Opened.AddHours(1)).Value();
                return round;
        }
        round.FileCompletion(Enough, scheme, Calendar, Driver, Opened.AddHours(1)).Value();
        if (state == RoundState.ExamOpen)
        {
            return round;
        }
        round.StartExam(scheme, Driver, Opened.AddHours(2)).Value();
        for (var attempt = 1; attempt < attempts; attempt++)
        {
            round.LoseAttempt("N-n2", scheme, Calendar, ActorKind.Driver, Opened.AddHours(2));
            round.StartExam(scheme, Driver, Opened.AddHours(2)).Value();
        }
        switch (state)
        {
            case RoundState.ResitOpen:
                round.LoseAttempt("N-n2", scheme, Calendar, ActorKind.Driver, Opened.AddHours(3));
                return round;
            case RoundState.Examining:
                return round;
        }
        round.PassExam(scheme, Calendar, Opened.AddHours(3));
        switch (state)
        {
            case RoundState.Invalid or RoundState.UnderReview:
                round.FailVerification(scheme, Calendar, ActorKind.Driver, Opened.AddHours(4));
                break;
            case RoundState.Reducing or RoundState.Reduced or RoundState.Void:
                Assert.True(round.PassVerification(scheme, Calendar, Opened.AddHours(4)));
                break;
        }
        switch (state)
        {
            case RoundState.UnderReview:
                round.FileReview(Driver, Opened.AddHours(5)).Value();
                break;
            case RoundState.Reduced:
                round.ConfirmReduction(Opened.AddHours(5));
                break;
            case RoundState.Void:
                round.RefuseReduction(Opened.AddHours(5));
                break;
        }
        Assert.Equal(state, round.State);
        return round;
    }
}
