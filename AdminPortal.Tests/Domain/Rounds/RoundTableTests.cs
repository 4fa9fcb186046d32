using AdminPortal.Domain.Rounds;

namespace AdminPortal.Tests.Domain.Rounds;

public sealed class RoundTableTests
{
    /// <summary>The reviewed moves: (state or null, act) to state.</summary>
    internal static IReadOnlyDictionary<(RoundState?, RoundAct), RoundState> Reviewed { get; } =
        ExampleFile
            .Lines("Rounds/table.txt")
            .Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(
                cells =>
                    (
                        cells[0] == "-" ? null : (RoundState?)Enum.Parse<RoundState>(cells[0]),
                        Enum.Parse<RoundAct>(cells[1])
                    ),
                cells => Enum.Parse<RoundState>(cells[2])
            );

    [Fact]
    [Trait("Rule", "N-n6")]
    [Trait("Rule", "S1-25")]
    public void Every_state_allows_exactly_the_reviewed_acts()
    {
        RoundState?[] states = [null, .. Enum.GetValues<RoundState>().Cast<RoundState?>()];
        foreach (var state in states)
        {
            foreach (var act in Enum.GetValues<RoundAct>())
            {
                RoundState? expected = Reviewed.TryGetValue((state, act), out var to) ? to : null;
                Assert.True(
                    expected == RoundTable.Next(state, act),
                    $"{state?.ToString() ?? "-"} {act}: reviewed {expected}, allowed {RoundTable.Next(state, act)}"
                );
            }
        }
        Assert.Equal(Reviewed.Count, RoundTable.All.Count);
    }

    /// <summary>The moves that make good for an outage.</summary>
    internal static bool IsOfOutages(RoundAct act) =>
        act is >= RoundAct.ExtendWindow and <= RoundAct.ReopenVerification;

    [Fact]
    [Trait("Rule", "S1-13")]
    public void Only_the_reduction_and_the_void_are_final()
    {
        foreach (var state in Enum.GetValues<RoundState>())
        {
            Assert.Equal(state is RoundState.Reduced or RoundState.Void, RoundTable.IsFinal(state));
            // An outage is the one thing that a void is undone for (D-OUTAGE-ENDED); a reduction, nothing.
            var goesOn = Reviewed.Keys.Any(key => key.Item1 == state && !IsOfOutages(key.Item2));
            Assert.Equal(RoundTable.IsFinal(state), !goesOn);
        }
    }
}
