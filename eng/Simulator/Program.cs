using System.Diagnostics;
using System.Globalization;
using AdminPortal.Tests.Simulation;

// Lives many random lives and prints one line; the exit code is 1 when an invariant did not hold.
var (drivers, seed, only, isVerbose) = (10_000, 20_220_401UL, -1, false);
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--drivers" when i + 1 < args.Length && int.TryParse(args[i + 1], out drivers) && drivers > 0:
        case "--driver" when i + 1 < args.Length && int.TryParse(args[i + 1], out only) && only >= 0:
        case "--seed" when i + 1 < args.Length && ulong.TryParse(args[i + 1], out seed):
            i++;
            break;
        case "--verbose":
            isVerbose = true;
            break;
        default:
            Console.Error.WriteLine("usage: eng/simulate.sh [--drivers N] [--seed S] [--driver ONLY] [--verbose]");
            return 2;
    }
}

var watch = Stopwatch.StartNew();
var report = only >= 0 ? Simulator.Run(seed, [only], Invariants.All) : Simulator.Run(seed, drivers);
if (isVerbose)
{
    Console.WriteLine(report.Coverage);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.0} s"));
}
foreach (var violation in report.Violations.DistinctBy(v => v.Invariant.Name).Take(5))
{
    Console.Error.WriteLine(violation);
}
Console.WriteLine(report.Summary);
return report.Violations.Count == 0 ? 0 : 1;
