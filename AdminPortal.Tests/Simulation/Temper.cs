using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation;

/// <summary>What kind of driver takes this round, with what face and what network. In per cent.</summary>
/// <param name="Skill">Right answers.</param>
/// <param name="Stranger">Faces that do not match.</param>
/// <param name="Outage">Comparisons without an answer.</param>
/// <param name="Loss">Acts that never arrive; as many answers get lost.</param>
/// <param name="Delay">Acts put off for long.</param>
internal sealed record Temper(int Skill, int Stranger, int Outage, int Loss, int Delay)
{
    public static Temper Of(Dice dice) =>
        new(
            dice.Pick(100, 100, 98, 95, 85),
            dice.Pick(0, 2, 5, 15, 40),
            dice.Pick(0, 2, 5, 30),
            dice.Pick(0, 2, 10),
            dice.Pick(1, 3, 15)
        );
}
