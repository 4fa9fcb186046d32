using AdminPortal.Domain.FaceChecks;
using FsCheck.Fluent;
using static AdminPortal.Domain.FaceChecks.FaceOutcome;

namespace AdminPortal.Tests.Domain.FaceChecks;

public sealed class FaceSeriesTests
{
    [Theory]
    [InlineData(3, "", FaceSeriesState.Open, 0, 3)]
    [InlineData(3, "M", FaceSeriesState.Passed, 0, 3)]
    [InlineData(3, "F", FaceSeriesState.Open, 1, 2)]
    [InlineData(3, "FN", FaceSeriesState.Open, 2, 1)]
    [InlineData(3, "FNM", FaceSeriesState.Passed, 2, 1)]
    [InlineData(3, "FNF", FaceSeriesState.Failed, 3, 0)]
    [InlineData(3, "NNN", FaceSeriesState.Failed, 3, 0)]
    [InlineData(3, "FUFUUF", FaceSeriesState.Failed, 3, 0)]
    [InlineData(3, "UUUUUU", FaceSeriesState.Open, 0, 3)]
    [InlineData(3, "FFFM", FaceSeriesState.Failed, 3, 0)]
    [InlineData(1, "F", FaceSeriesState.Failed, 1, 0)]
    [InlineData(1, "N", FaceSeriesState.Failed, 1, 0)]
    [InlineData(1, "U", FaceSeriesState.Open, 0, 1)]
    [InlineData(1, "UM", FaceSeriesState.Passed, 0, 1)]
    [Trait("Rule", "S1-35")]
    [Trait("Rule", "S0-11")]
    [Trait("Rule", "N-n4")]
    public void Consecutive_failures_end_a_check_and_outages_do_not(
        int allowed,
        string tries,
        FaceSeriesState state,
        int failures,
        int left
    ) => Assert.Equal(new FaceSeries(state, failures, left), FaceSeries.Of(tries.Select(Read), allowed));

    [Fact]
    [Trait("Rule", "S1-35")]
    public void A_check_allows_at_least_one_try()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FaceSeries.Of([], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => FaceSeries.Of([], -1));
    }

    [Fact]
    [Trait("Rule", "N-n4")]
    public void No_face_and_another_face_are_the_drivers_failure_and_an_outage_is_not()
    {
        Assert.True(FaceSeries.CountsAsFailure(Mismatch));
        Assert.True(FaceSeries.CountsAsFailure(NoFace));
        Assert.False(FaceSeries.CountsAsFailure(Match));
        Assert.False(FaceSeries.CountsAsFailure(Unavailable));
    }

    [Fact]
    [Trait("Rule", "S1-35")]
    public void An_outage_anywhere_changes_nothing_and_an_ended_check_stays_ended() =>
        Property.Holds(
            Property.Three(Gen.Elements("MFNU".ToCharArray()).ArrayOf(), Gen.Choose(1, 4), Gen.Choose(0, 20)),
            drawn =>
            {
                var tries = drawn.Item1.Select(Read).ToList();
                var series = FaceSeries.Of(tries, drawn.Item2);
                var at = Math.Min(drawn.Item3, tries.Count);

                Assert.Equal(series, FaceSeries.Of([.. tries[..at], Unavailable, .. tries[at..]], drawn.Item2));
                Assert.Equal(drawn.Item2, series.Failures + series.TriesLeft);
                if (series.State != FaceSeriesState.Open)
                {
                    Assert.Equal(series, FaceSeries.Of([.. tries, Match], drawn.Item2));
                    Assert.Equal(series, FaceSeries.Of([.. tries, NoFace], drawn.Item2));
                }
            }
        );

    private static FaceOutcome Read(char letter) =>
        letter switch
        {
            'M' => Match,
            'F' => Mismatch,
            'N' => NoFace,
            'U' => Unavailable,
            _ => throw new ArgumentException($"{letter}"),
        };
}
