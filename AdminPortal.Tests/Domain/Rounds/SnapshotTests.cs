using AdminPortal.Domain.Rounds;
using FsCheck.Fluent;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Rounds;

/// <summary>Section D: at least one random snapshot per started 15 minutes of study, a minute away from either end.</summary>
public sealed class SnapshotTests
{
    private static readonly DateTimeOffset Opened = At("2026-03-04 10:00");

    [Theory]
    [InlineData(0, 60, 839)]
    [InlineData(1, 960, 1739)]
    [InlineData(400, 960, 1739)]
    [InlineData(900, 960, 1739)]
    [InlineData(901, 1860, 2639)]
    [InlineData(1800, 1860, 2639)]
    [Trait("Rule", "S1-32")]
    public void The_next_snapshot_comes_in_the_next_block_of_fifteen_minutes(int studied, int earliest, int latest)
    {
        var round = OpenRound(S1, Opened);
        round.AddStudy(studied);

        round.PlanSnapshot(S1, Lowest);
        Assert.Equal(earliest, round.SnapshotAtSecond);
        round.PlanSnapshot(S1, Highest);
        Assert.Equal(latest, round.SnapshotAtSecond);
    }

    [Fact]
    [Trait("Rule", "S1-32")]
    public void A_round_begins_with_a_snapshot_planned_in_its_first_fifteen_minutes()
    {
        var round = Round.Open(RoundId, DriverId, "渝A", S1, Cycle, Calendar, Opened, Highest);

        Assert.Equal(839, round.SnapshotAtSecond);
        Assert.Equal(0, round.StudiedSeconds);
        Assert.False(round.SnapshotIsDue);
    }

    [Fact]
    [Trait("Rule", "S0-11")]
    [Trait("Rule", "S1-32")]
    public void A_snapshot_is_due_from_its_second_on_and_only_while_studying()
    {
        var round = OpenRound(S1, Opened);
        round.AddStudy(59);
        Assert.False(round.SnapshotIsDue);
        round.AddStudy(1);
        Assert.True(round.SnapshotIsDue);
        Assert.Equal(60, round.StudiedSeconds);
        round.AddStudy(1740);
        Assert.True(round.SnapshotIsDue);

        round.FileCompletion(1800, S1, Calendar, Driver, Opened.AddHours(1)).Value();
        Assert.False(round.SnapshotIsDue);
    }

    [Fact]
    [Trait("Rule", "S1-32")]
    public void Study_only_grows_and_every_change_raises_the_version()
    {
        var round = OpenRound(S1, Opened);
        var version = round.Version;

        Assert.Throws<ArgumentOutOfRangeException>(() => round.AddStudy(-1));
        Assert.Equal(version, round.Version);
        round.AddStudy(0);
        Assert.Equal(version + 1, round.Version);
        round.PlanSnapshot(S1, Lowest);
        Assert.Equal(version + 2, round.Version);
        round.FileCompletion(1800, S1, Calendar, Driver, Opened.AddHours(1)).Value();
        Assert.Equal(version + 3, round.Version);
    }

    [Fact]
    [Trait("Rule", "S1-32")]
    public void Thirty_minutes_of_study_meet_two_snapshots_however_they_fall() =>
        Property.Holds(
            Gen.Choose(0, int.MaxValue - 1),
            seed =>
            {
                var below = Below(seed);
                var round = Round.Open(RoundId, DriverId, "渝A", S1, Cycle, Calendar, Opened, below);
                var taken = new List<int>();
                while (round.StudiedSeconds < 1800)
                {
                    round.AddStudy(15);
                    if (round.SnapshotIsDue)
                    {
                        taken.Add(round.StudiedSeconds);
                        round.PlanSnapshot(S1, below);
                    }
                }
                Assert.Equal(2, taken.Count);
                Assert.InRange(taken[0], 60, 899);
                Assert.InRange(taken[1], 960, 1799);
            }
        );
}
