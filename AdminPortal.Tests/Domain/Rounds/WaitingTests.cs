using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Rounds;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Rounds;

/// <summary>What stands still while a driver waits for the police, and what begins anew with the answer (D-WAITING).</summary>
public sealed class WaitingTests
{
    private static readonly DateTimeOffset Now = At("2026-03-10 10:00");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "S1-27")]
    [Trait("Rule", "N-n7")]
    public void No_window_runs_while_the_photo_is_looked_at_and_the_study_window_begins_anew_with_the_answer(
        bool accepted
    )
    {
        var round = OpenRound(S1, Now);
        round.FileIdPhoto(S1, Driver, Now.AddHours(1)).Value();
        Assert.Null(round.Running);
        // Nothing runs out, however long the police take.
        Assert.False(round.Expire(0, S1, Calendar, Now.AddDays(20)));

        round.SettleIdPhoto(accepted, S1, Calendar, At("2026-03-20 09:00"));

        Assert.Equal(RoundState.Studying, round.State);
        Assert.Equal((DeadlineKind.Study, Day("2026-03-23")), (round.Running!.Kind, round.Running.LastDay));
        Assert.Equal(accepted ? At("2026-03-20 09:00") : null, round.IdPhotoAcceptedAt);
        var step = (round.Steps[^1].Act, round.Steps[^1].By, round.Steps[^1].Rule);
        Assert.Equal((accepted ? RoundAct.AcceptIdPhoto : RoundAct.RefuseIdPhoto, ActorKind.Staff, "S1-27"), step);
    }

    [Fact]
    [Trait("Rule", "S1-27")]
    public void A_round_takes_three_photos_and_the_early_scheme_none()
    {
        var round = OpenRound(S1, Now);
        for (var i = 0; i < 3; i++)
        {
            round.FileIdPhoto(S1, Driver, Now).Value();
            round.SettleIdPhoto(false, S1, Calendar, Now);
        }
        var refused = round.FileIdPhoto(S1, Driver, Now).Reason();
        Assert.Equal((RefusalCode.IdPhotoTriesUsedUp, 3), (refused.Code, refused.Facts[0]));
        Assert.Equal(RefusalCode.WrongState, OpenRound(S0, Now).FileIdPhoto(S0, Driver, Now).Reason().Code);
    }

    [Fact]
    [Trait("Rule", "S1-32")]
    public void Nothing_is_asked_of_the_police_while_a_random_check_is_due()
    {
        var round = OpenRound(N, Now);
        round.AddStudy(round.SnapshotAtSecond);
        Assert.Equal(RefusalCode.FaceCheckPending, round.FileIdPhoto(N, Driver, Now).Reason().Code);
        Assert.Equal(RefusalCode.FaceCheckPending, round.FileStudyReview(Driver, Now).Reason().Code);
        round.PlanSnapshot(N, _ => 0);
        round.FileIdPhoto(N, Driver, Now).Value();
    }

    [Fact]
    [Trait("Rule", "S1-27")]
    public void A_photo_after_the_study_window_is_too_late()
    {
        var round = OpenRound(S1, Now);
        var end = round.Running!.ExpiresAt!.Value;
        Assert.Equal(RefusalCode.WindowClosed, round.FileIdPhoto(S1, Driver, end).Reason().Code);
        round.FileIdPhoto(S1, Driver, end.AddTicks(-1)).Value();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "N-n5")]
    public void No_window_runs_while_a_study_period_is_reviewed(bool upheld)
    {
        var round = OpenRound(N, Now);
        round.FileStudyReview(Driver, Now.AddHours(1)).Value();
        Assert.Null(round.Running);
        Assert.False(round.Expire(0, N, Calendar, Now.AddDays(20)));
        Assert.Equal(RefusalCode.WrongState, round.FileCompletion(1800, N, Calendar, Driver, Now).Reason().Code);

        Assert.True(round.SettleStudyReview(upheld, N, Calendar, At("2026-03-16 09:00")));

        Assert.Equal((DeadlineKind.Study, Day("2026-03-19")), (round.Running!.Kind, round.Running.LastDay));
        var step = (round.Steps[^1].Act, round.Steps[^1].By, round.Steps[^1].Rule);
        Assert.Equal((upheld ? RoundAct.UpholdStudyReview : RoundAct.RejectStudyReview, ActorKind.Staff, "N-n5"), step);
    }

    [Fact]
    [Trait("Rule", "N-n5")]
    public void A_study_review_after_the_study_window_or_the_cycle_is_too_late()
    {
        var round = OpenRound(N, Now);
        var end = round.Running!.ExpiresAt!.Value;
        Assert.Equal(RefusalCode.WindowClosed, round.FileStudyReview(Driver, end).Reason().Code);
        round.FileStudyReview(Driver, end.AddTicks(-1)).Value();
        Assert.Equal(("N-n5", ActorKind.Driver), (round.Steps[^1].Rule, round.Steps[^1].By));
        var ending = OpenRound(N, Now, PointsCycle.At(Day("2020-03-11"), Day("2026-03-10")));
        Assert.Equal(RefusalCode.WindowClosed, ending.FileStudyReview(Driver, At("2026-03-11 00:00")).Reason().Code);
    }

    [Fact]
    [Trait("Rule", "N-n6")]
    public void A_cycle_that_ended_while_the_police_looked_ends_the_round_with_the_answer()
    {
        var cycle = PointsCycle.At(Day("2020-03-12"), Day("2026-03-10"));
        var photo = OpenRound(S1, Now, cycle);
        photo.FileIdPhoto(S1, Driver, Now).Value();
        photo.SettleIdPhoto(true, S1, Calendar, At("2026-03-12 09:00"));
        Assert.Equal((RoundState.Void, VoidReason.CycleEnded), (photo.State, photo.VoidReason));

        var study = OpenRound(N, Now, cycle);
        study.FileStudyReview(Driver, Now).Value();
        Assert.False(study.SettleStudyReview(true, N, Calendar, At("2026-03-12 09:00")));
        Assert.Equal((RoundState.Void, VoidReason.CycleEnded), (study.State, study.VoidReason));
    }

    [Theory]
    [InlineData(1, RoundState.ExamOpen, "2026-03-25")]
    [InlineData(2, RoundState.ResitOpen, null)]
    [InlineData(3, RoundState.ResitOpen, null)]
    [Trait("Rule", "N-n5")]
    public void An_exam_that_should_have_been_accepted_is_as_if_it_had_not_been(
        int attempt,
        RoundState back,
        string? lastDay
    )
    {
        var round = RoundWalkthroughs.Bring(RoundState.Examining, N, attempts: attempt);
        round.NotAcceptExam(N, Calendar, ActorKind.Driver, Now);
        Assert.Equal((RoundState.Invalid, DeadlineKind.ReviewFiling), (round.State, round.Running!.Kind));
        round.FileReview(Driver, Now.AddHours(23)).Value();

        round.RestoreAttempt(N, Calendar, At("2026-03-16 09:00"));

        Assert.Equal((back, attempt - 1), (round.State, round.AttemptsUsed));
        var kind = attempt == 1 ? DeadlineKind.Exam : DeadlineKind.Resit;
        Assert.Equal((kind, "N-n5"), (round.Running!.Kind, round.Steps[^1].Rule));
        Assert.Equal(lastDay is null ? At("2026-03-17 09:00") : At("2026-03-26 00:00"), round.Running!.ExpiresAt);
    }

    [Fact]
    [Trait("Rule", "N-n5")]
    [Trait("Rule", "N-n6")]
    public void An_exam_that_should_have_been_accepted_does_not_count_when_the_cycle_ended_during_its_review_either()
    {
        var cycle = new PointsCycle(Day("2025-03-12"), Day("2026-03-12"));
        var round = RoundWalkthroughs.Bring(RoundState.Examining, N, attempts: 2, cycle: cycle);
        round.NotAcceptExam(N, Calendar, ActorKind.Driver, At("2026-03-11 20:00"));
        round.FileReview(Driver, At("2026-03-11 21:00")).Value();

        round.RestoreAttempt(N, Calendar, At("2026-03-12 09:00"));

        Assert.Equal((RoundState.Void, VoidReason.CycleEnded), (round.State, round.VoidReason));
        Assert.Equal(1, round.AttemptsUsed);
    }

    [Fact]
    [Trait("Rule", "N-n5")]
    [Trait("Rule", "S1-35")]
    public void Where_only_a_passed_exam_is_reviewed_one_that_was_not_accepted_is_lost_at_once()
    {
        var round = RoundWalkthroughs.Bring(RoundState.Examining, S1);
        round.NotAcceptExam(S1, Calendar, ActorKind.Driver, Now);
        Assert.Equal(RoundState.ResitOpen, round.State);
    }

    [Fact]
    [Trait("Rule", "S1-31")]
    public void A_driver_who_waives_the_review_may_resit_at_once()
    {
        var round = RoundWalkthroughs.Bring(RoundState.Invalid, S1);
        var at = round.Running!.ExpiresAt!.Value;
        Assert.Equal(RefusalCode.WindowClosed, round.WaiveReview(S1, Calendar, Driver, at).Reason().Code);

        round.WaiveReview(S1, Calendar, Driver, at.AddHours(-1)).Value();

        Assert.Equal((RoundState.ResitOpen, at.AddHours(23)), (round.State, round.Running!.ExpiresAt));
        Assert.Equal("D-WAIVE", round.Steps[^1].Rule);
    }

    [Fact]
    [Trait("Rule", "N-n1")]
    public void The_random_check_never_cuts_a_piece_too_short_to_count()
    {
        foreach (var drawn in new Func<int, int>[] { _ => 0, n => n - 1 })
        {
            var round = OpenRound(N, Now);
            round.PlanSnapshot(N, drawn);
            Assert.InRange(round.SnapshotAtSecond, 300, 899 - 299);
        }
    }
}
