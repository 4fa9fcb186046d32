using AdminPortal.Domain.Access;
using AdminPortal.Domain.Rounds;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Rounds;

/// <summary>A driver who comes on the blacklist loses the open round (S1-39), and what officers answer later moves it no more.</summary>
public sealed class BlacklistedRoundTests
{
    private static readonly DateTimeOffset Now = At("2026-03-10 18:00");

    public static TheoryData<RoundState> States => [.. Enum.GetValues<RoundState>()];

    [Theory]
    [MemberData(nameof(States))]
    [Trait("Rule", "S1-39")]
    public void An_open_round_ends_and_one_on_its_way_to_the_gateway_is_left_to_its_end(RoundState state)
    {
        var round = RoundWalkthroughs.Bring(state, N);
        var before = (round.State, round.VoidReason, round.Steps.Count);

        if (state is RoundState.Reducing or RoundState.Reduced or RoundState.Void)
        {
            Assert.False(round.Blacklist(Now));
            Assert.Equal(before, (round.State, round.VoidReason, round.Steps.Count));
            return;
        }
        Assert.True(round.Blacklist(Now));
        Assert.Equal((RoundState.Void, VoidReason.Blacklisted), (round.State, round.VoidReason));
        var step = round.Steps[^1];
        Assert.Equal((state, RoundAct.Blacklist, ActorKind.Staff, "S1-39"), (step.From, step.Act, step.By, step.Rule));
        Assert.Null(round.Running);
    }

    [Fact]
    [Trait("Rule", "S1-39")]
    public void What_an_officer_answers_afterwards_does_not_bring_it_back()
    {
        Act(RoundState.IdPhotoCheck, r => r.SettleIdPhoto(true, N, Calendar, Now));
        Act(RoundState.StudyUnderReview, r => Assert.False(r.SettleStudyReview(true, N, Calendar, Now)));
        Act(RoundState.UnderReview, r => r.RestoreAttempt(N, Calendar, Now));
        Act(RoundState.UnderReview, r => r.RejectReview(N, Calendar, Now));
        Act(RoundState.UnderReview, r => Assert.False(r.UpholdReview(Now)));

        static void Act(RoundState state, Action<Round> answer)
        {
            var round = RoundWalkthroughs.Bring(state, N);
            Assert.True(round.Blacklist(Now));
            var before = (round.State, round.AttemptsUsed, round.Steps.Count, round.IdPhotoAcceptedAt);
            answer(round);
            Assert.Equal(before, (round.State, round.AttemptsUsed, round.Steps.Count, round.IdPhotoAcceptedAt));
            Assert.Null(round.Running);
        }
    }
}
