using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Reviews;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Domain.Rounds;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Reviews;

public sealed class ReviewTests
{
    private const string Reason = "光线太暗，没有认出我。";

    [Fact]
    [Trait("Rule", "S1-37")]
    [Trait("Rule", "S1-38")]
    public void A_review_opened_on_a_Friday_before_the_spring_festival_is_due_after_it()
    {
        var (round, attempt) = Invalid(At("2026-02-13 09:00"));
        var now = At("2026-02-13 10:00");

        var (review, opened) = Open(round, attempt, now, "  " + Reason + "\n").Value();

        Assert.Equal(
            (CaseId, AttemptId, RoundId, Reason, now),
            (review.CaseId, review.AttemptId, review.RoundId, review.Reason, review.FiledAt)
        );
        Assert.Equal(
            (CaseId, CaseKind.ExamReview, "渝A", DriverId, AttemptId, now),
            (opened.Id, opened.Kind, opened.Authority, opened.DriverId, opened.SubjectId, opened.OpenedAt)
        );
        Assert.Equal(Day("2026-02-25"), opened.DueOn);
        Assert.Equal(At("2026-02-26 00:00"), opened.DueAt);
        Assert.Equal("S1-38", opened.DueRule);
        Assert.Equal(CaseState.Waiting, opened.State);
        Assert.Equal(RoundState.UnderReview, round.State);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_review_that_crosses_into_an_unpublished_year_opens_and_awaits_its_calendar()
    {
        var (round, attempt) = Invalid(
            At("2026-12-29 09:00"),
            cycle: new PointsCycle(Day("2026-06-15"), Day("2027-06-15"))
        );

        var (_, opened) = Open(round, attempt, At("2026-12-29 10:00")).Value();

        Assert.Null(opened.DueAt);
        Assert.Equal(2027, opened.AwaitingYear);
        Assert.Equal(Day("2027-01-01"), opened.ProvisionalOn);
    }

    [Fact]
    [Trait("Rule", "S1-37")]
    public void A_review_is_filed_within_twenty_four_hours_of_the_invalid_result()
    {
        var invalid = At("2026-03-04 10:00");
        var (late, lateAttempt) = Invalid(invalid);
        Assert.Equal(RefusalCode.WindowClosed, Open(late, lateAttempt, invalid.AddHours(24)).Reason().Code);
        Assert.Equal(RoundState.Invalid, late.State);

        var (inTime, attempt) = Invalid(invalid);
        Assert.True(Open(inTime, attempt, invalid.AddHours(24).AddTicks(-1)).IsDone());
    }

    [Fact]
    [Trait("Rule", "S1-37")]
    public void A_result_is_reviewed_once()
    {
        var (round, attempt) = Invalid(At("2026-03-04 10:00"));
        Open(round, attempt, At("2026-03-04 11:00")).Value();

        Assert.False(Open(round, attempt, At("2026-03-04 11:01")).IsDone());

        Review.Settle(false, round, attempt, S1, Calendar, At("2026-03-04 12:00"));
        Assert.False(Open(round, attempt, At("2026-03-04 12:01")).IsDone());
    }

    [Fact]
    [Trait("Rule", "S1-37")]
    public void A_rejected_result_is_not_reviewed_again_in_place_of_a_later_one()
    {
        var (round, first) = Invalid(At("2026-03-04 10:00"));
        Open(round, first, At("2026-03-04 11:00")).Value();
        Review.Settle(false, round, first, S1, Calendar, At("2026-03-04 12:00"));
        round.StartExam(S1, Driver, At("2026-03-04 13:00")).Value();
        round.PassExam(S1, Calendar, At("2026-03-04 13:20"));
        round.FailVerification(S1, Calendar, ActorKind.Driver, At("2026-03-04 13:30"));

        Assert.Equal(RefusalCode.ReviewOnce, Open(round, first, At("2026-03-04 14:00")).Reason().Code);

        // Nothing is used up by it: the later result has its own review.
        Assert.Equal(RoundState.Invalid, round.State);
        var second = InvalidAttempt(2, At("2026-03-04 13:00"), At("2026-03-04 13:30"));
        Assert.True(Open(round, second, At("2026-03-04 14:00")).IsDone());
    }

    [Fact]
    [Trait("Rule", "S1-37")]
    public void A_result_of_another_round_is_not_reviewed_in_this_one()
    {
        var (round, attempt) = Invalid(At("2026-03-04 10:00"));
        var other = Guid.Parse("a0000000-0000-0000-0000-000000000002");
        var foreign = InvalidAttempt(1, At("2026-03-04 09:00"), At("2026-03-04 10:00"), other);

        Assert.Equal(RefusalCode.ReviewNotOpen, Open(round, foreign, At("2026-03-04 11:00")).Reason().Code);

        Assert.Equal(RoundState.Invalid, round.State);
        Assert.True(Open(round, attempt, At("2026-03-04 11:00")).IsDone());
    }

    [Theory]
    [InlineData(null, RefusalCode.ReasonRequired)]
    [InlineData("", RefusalCode.ReasonRequired)]
    [InlineData("      ", RefusalCode.ReasonRequired)]
    [InlineData("不是我吗", RefusalCode.ReasonRequired)]
    [InlineData("  不是我吗  ", RefusalCode.ReasonRequired)]
    [InlineData("确实是本人", null)]
    [Trait("Rule", "S1-37")]
    public void A_review_gives_a_reason(string? reason, RefusalCode? refused)
    {
        var (round, attempt) = Invalid(At("2026-03-04 10:00"));

        var outcome = Open(round, attempt, At("2026-03-04 11:00"), reason);

        Assert.Equal(refused is null, outcome.IsDone());
        if (refused is { } code)
        {
            Assert.Equal((code, "reason"), (outcome.Reason().Code, outcome.Reason().Field));
            Assert.Equal([5], outcome.Reason().Facts);
            Assert.Equal(RoundState.Invalid, round.State);
        }
    }

    [Fact]
    [Trait("Rule", "S1-37")]
    public void A_reason_has_at_most_a_thousand_characters_without_the_space_around_it()
    {
        var (round, attempt) = Invalid(At("2026-03-04 10:00"));

        var refusal = Open(round, attempt, At("2026-03-04 11:00"), new string('我', 1001)).Reason();
        Assert.Equal((RefusalCode.FieldTooLong, "reason"), (refusal.Code, refusal.Field));
        Assert.Equal([1000], refusal.Facts);
        Assert.True(Open(round, attempt, At("2026-03-04 11:00"), "  " + new string('我', 1000) + "  ").IsDone());
    }

    [Fact]
    [Trait("Rule", "S0-21")]
    public void The_scheme_of_2020_has_no_review()
    {
        var (round, attempt) = Invalid(At("2026-03-04 10:00"));

        var outcome = Review.Open(CaseId, round, attempt, Reason, S0, Calendar, Driver, At("2026-03-04 11:00"));

        Assert.Equal(RefusalCode.ReviewNotOpen, outcome.Reason().Code);
        Assert.Equal(RoundState.Invalid, round.State);
    }

    [Fact]
    [Trait("Rule", "S1-37")]
    public void Only_an_invalid_result_is_reviewed()
    {
        var (round, _) = Invalid(At("2026-03-04 10:00"));
        var running = ExamAttempt.Open(AttemptId, RoundId, DriverId, S1, Lowest, At("2026-03-04 09:00"));
        running.Start(1, S1, At("2026-03-04 09:00"));
        Assert.Equal(RefusalCode.ReviewNotOpen, Open(round, running, At("2026-03-04 11:00")).Reason().Code);
        Assert.Equal(RoundState.Invalid, round.State);

        var (_, invalid) = Invalid(At("2026-03-04 10:00"));
        var elsewhere = RoundWalkthroughs.Bring(RoundState.ResitOpen);
        Assert.Equal(RefusalCode.ReviewNotOpen, Open(elsewhere, invalid, At("2026-03-04 14:00")).Reason().Code);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void An_upheld_review_makes_the_result_count_and_a_reduction_follows()
    {
        var (round, attempt) = UnderReview();

        Assert.True(Review.Settle(true, round, attempt, S1, Calendar, At("2026-03-06 10:00")));

        Assert.Equal(ExamState.Passed, attempt.State);
        Assert.Equal(RoundState.Reducing, round.State);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    [Trait("Rule", "S1-31")]
    public void A_rejected_review_leaves_the_result_invalid_and_a_full_resit_window_from_the_decision()
    {
        var (round, attempt) = UnderReview();

        Assert.False(Review.Settle(false, round, attempt, S1, Calendar, At("2026-03-09 17:00")));

        Assert.Equal(ExamState.Invalid, attempt.State);
        Assert.Equal(RoundState.ResitOpen, round.State);
        Assert.Equal(At("2026-03-10 17:00"), round.Running!.ExpiresAt);
    }

    [Fact]
    [Trait("Rule", "N-n6")]
    [Trait("Rule", "S1-38")]
    public void After_the_end_of_the_cycle_no_decision_leads_to_a_reduction()
    {
        foreach (var upheld in new[] { true, false })
        {
            var (round, attempt) = UnderReview(new PointsCycle(Day("2025-03-06"), Day("2026-03-06")));

            Assert.False(Review.Settle(upheld, round, attempt, S1, Calendar, At("2026-03-06 10:00")));

            Assert.Equal(RoundState.Void, round.State);
            Assert.Equal(VoidReason.CycleEnded, round.VoidReason);
        }
    }

    private static Outcome<(Review Review, Case Case)> Open(
        Round round,
        ExamAttempt attempt,
        DateTimeOffset now,
        string? reason = Reason
    ) => Review.Open(CaseId, round, attempt, reason, S1, Calendar, Driver, now);

    private static (Round, ExamAttempt) UnderReview(PointsCycle? cycle = null)
    {
        var (round, attempt) = Invalid(At("2026-03-04 10:00"), cycle);
        Open(round, attempt, At("2026-03-04 11:00")).Value();
        return (round, attempt);
    }

    /// <summary>A passed exam whose closing verification failed at an instant.</summary>
    private static (Round, ExamAttempt) Invalid(DateTimeOffset at, PointsCycle? cycle = null)
    {
        var round = OpenRound(S1, at.AddHours(-3), cycle);
        round.FileCompletion(1800, S1, Calendar, Driver, at.AddHours(-2)).Value();
        round.StartExam(S1, Driver, at.AddHours(-1)).Value();
        var attempt = InvalidAttempt(1, at.AddHours(-1), at);
        round.PassExam(S1, Calendar, at.AddMinutes(-5));
        round.FailVerification(S1, Calendar, ActorKind.Driver, at);
        return (round, attempt);
    }

    /// <summary>An attempt that was passed, and whose closing verification failed at an instant.</summary>
    private static ExamAttempt InvalidAttempt(int number, DateTimeOffset start, DateTimeOffset at, Guid? round = null)
    {
        var attempt = ExamAttempt.Open(AttemptId, round ?? RoundId, DriverId, S1, Highest, start);
        attempt.Start(number, S1, start);
        for (var ordinal = 1; ordinal <= 20; ordinal++)
        {
            if (attempt.State == ExamState.Paused)
            {
                attempt.Resume(S1, attempt.IssuedAt!.Value.AddMinutes(5));
            }
            attempt.Answer(ordinal, [0], Item(ordinal), Question(), S1, attempt.IssuedAt!.Value.AddSeconds(1)).Value();
        }
        attempt.Invalidate(at);
        return attempt;
    }
}
