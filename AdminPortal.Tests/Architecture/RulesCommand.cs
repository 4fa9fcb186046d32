using System.Xml.Linq;

namespace AdminPortal.Tests.Architecture;

/// <summary>
/// What eng/rules.sh runs: this assembly started as a program. It lives here because the tests are here, and what it prints must
/// be the same as what <see cref="RulebookTests"/> holds.
/// </summary>
internal static class RulesCommand
{
    /// <summary>Prints rule | tests; 1 when a rule is not proved, 2 when it was not understood.</summary>
    /// <param name="args">Nothing, or the results (trx) of a test run that must have passed.</param>
    public static int Main(string[] args)
    {
        if (args.Length > 1 || args is [var file] && !File.Exists(file))
        {
            Console.Error.WriteLine("usage: eng/rules.sh [--run | RESULTS.trx]");
            return 2;
        }
        return Print(
            Rulebook.Prove(
                Rulebook.Rows,
                Rulebook.Tests,
                args is [var results] ? Rulebook.Passed(XDocument.Load(results)) : null
            ),
            Console.Out,
            Console.Error
        );
    }

    /// <summary>Writes the table, then the rules that are not proved.</summary>
    public static int Print(IReadOnlyCollection<RuleProof> proofs, TextWriter table, TextWriter errors)
    {
        table.WriteLine("rule | tests");
        foreach (var proof in proofs)
        {
            table.WriteLine(proof.Line);
        }
        var faults = proofs.Where(p => p.Fault is not null).ToList();
        table.WriteLine(
            $"{proofs.Count(p => p.Row.IsBuilt && p.Fault is null)} rules proved, "
                + $"{proofs.Count(p => !p.Row.IsBuilt && p.Fault is null)} later, {faults.Count} missing"
        );
        foreach (var proof in faults)
        {
            errors.WriteLine($"{proof.Row.Id} {proof.Fault}");
        }
        return proofs.Count == 0 || faults.Count > 0 ? 1 : 0;
    }
}
