using System.Globalization;

namespace AdminPortal.Tests.Simulation;

/// <summary>The first thing that went wrong in a life, with all that is needed to see it again.</summary>
/// <param name="Recent">The last twenty acts, the one that failed last.</param>
internal sealed record Violation(
    ulong Seed,
    int Driver,
    int Step,
    Invariant Invariant,
    string Found,
    IReadOnlyList<string> Recent
)
{
    public override string ToString() =>
        $"""
            "{Invariant.Name}" ({Invariant.Rule}) does not hold: {Found}
            seed {Seed}, driver {Driver}, step {Step}; again with: eng/simulate.sh --seed {Seed} --driver {Driver}
              {string.Join("\n  ", Recent)}
            """;
}

/// <summary>What many lives led to.</summary>
internal sealed record Report(
    ulong Seed,
    int Drivers,
    long Steps,
    IReadOnlyList<Violation> Violations,
    Coverage Coverage
)
{
    /// <summary>The one line that says it all.</summary>
    public string Summary =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"simulator: seed {Seed}, drivers {Drivers}, steps {Steps}, invariants {Invariants.All.Count}, violations {Violations.Count}"
        );
}

/// <summary>Runs lives. A life depends on its seed and its number alone, so they may run side by side.</summary>
internal static class Simulator
{
    public static Report Run(ulong seed, int drivers) => Run(seed, Enumerable.Range(0, drivers), Invariants.All);

    /// <summary>Runs chosen lives under chosen invariants.</summary>
    public static Report Run(ulong seed, IEnumerable<int> drivers, IReadOnlyList<Invariant> invariants)
    {
        var lives = drivers.AsParallel().AsOrdered().Select(driver => Life.Live(seed, driver, invariants)).ToList();
        var coverage = new Coverage();
        lives.ForEach(life => coverage.Add(life.Coverage));
        return new Report(
            seed,
            lives.Count,
            lives.Sum(life => (long)life.Steps),
            [.. lives.Select(life => life.Violation).OfType<Violation>()],
            coverage
        );
    }
}
