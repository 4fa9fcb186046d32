using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AdminPortal.Tests.Architecture;

/// <summary>A row of docs/rulebook.md.</summary>
/// <param name="Id">As the row has it; S1-01/02 stands for S1-01 and S1-02.</param>
internal sealed record RulebookRow(string Id, bool IsBuilt)
{
    /// <summary>The row's id and, where it stands for a pair, both of the pair.</summary>
    public IReadOnlyList<string> Names { get; } =
        Id.Split('/') is [var first, var second] ? [Id, first, first[..^second.Length] + second] : [Id];

    /// <summary>The rules of one-page payment are not in the product yet, and nobody says they were.</summary>
    public bool MayComeLater => Id.StartsWith("S2-", StringComparison.Ordinal);
}

/// <summary>A test method with the rules it names.</summary>
/// <param name="Class">Full name of its class.</param>
internal sealed record RuleTest(string Class, string Method, IReadOnlyList<string> Rules)
{
    /// <summary>Without the part that all of them share.</summary>
    public string Name => $"{Class.Replace("AdminPortal.Tests.", "", StringComparison.Ordinal)}.{Method}";
}

/// <summary>A rule with the tests that name it.</summary>
/// <param name="Fault">Why the rule is not proved, or null.</param>
internal sealed record RuleProof(RulebookRow Row, IReadOnlyList<RuleTest> Tests, string? Fault)
{
    /// <summary>One line of the table.</summary>
    public string Line =>
        $"{Row.Id} | {(Tests.Count > 0 ? string.Join(", ", Tests.Select(t => t.Name)) : Row.IsBuilt ? "none" : "later")}";
}

/// <summary>The rules of docs/rulebook.md and the tests that name them (<c>[Trait("Rule", …)]</c>).</summary>
internal static partial class Rulebook
{
    /// <summary>Every row of the rulebook, in its order.</summary>
    public static IReadOnlyList<RulebookRow> Rows { get; } = Parse(Repository.Read("docs/rulebook.md"));

    /// <summary>Every test of this assembly that names a rule. What the test framework does not run is no test.</summary>
    public static IReadOnlyList<RuleTest> Tests { get; } =
    [
        .. Assembly
            .GetExecutingAssembly()
            .GetTypes()
            .Where(t => t is { IsVisible: true, IsAbstract: false })
            .SelectMany(In),
    ];

    public static IReadOnlyList<RulebookRow> Parse(string markdown) =>
        [
            .. RowPattern()
                .Matches(markdown)
                .Select(m => new RulebookRow(m.Groups["id"].Value, m.Groups["state"].Value == "built")),
        ];

    /// <summary>The tests of a class that name a rule; a name on a method that is no test counts for nothing.</summary>
    public static IReadOnlyList<RuleTest> In(Type type) =>
        [
            .. from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            where method.GetCustomAttributes<FactAttribute>().Any()
            let rules = Named(type).Concat(Named(method)).Distinct().ToList()
            where rules.Count > 0
            select new RuleTest(type.FullName!, method.Name, rules),
        ];

    /// <summary>The table: every rule with its tests, and what is wrong with it.</summary>
    /// <param name="passed">
    /// The outcome of a test run by <see cref="RuleTest.Class"/> and method: true when all its cases passed. Null when no run is
    /// judged, and the existence of a test is enough.
    /// </param>
    public static IReadOnlyList<RuleProof> Prove(
        IEnumerable<RulebookRow> rows,
        IReadOnlyCollection<RuleTest> tests,
        IReadOnlyDictionary<(string Class, string Method), bool>? passed = null
    )
    {
        return
        [
            .. from row in rows
            let naming = tests.Where(t => t.Rules.Intersect(row.Names).Any()).ToList()
            select new RuleProof(row, naming, Fault(row, naming)),
        ];

        string? Fault(RulebookRow row, IReadOnlyCollection<RuleTest> naming)
        {
            if (!row.IsBuilt)
            {
                return row.MayComeLater ? null : "is not built yet";
            }
            if (naming.Count == 0)
            {
                return "has no test that names it";
            }
            if (passed is null)
            {
                return null;
            }
            var ran = naming.Where(t => passed.ContainsKey((t.Class, t.Method))).ToList();
            var failed = ran.FirstOrDefault(t => !passed[(t.Class, t.Method)]);
            return failed is not null ? $"has a test that failed: {failed.Name}"
                : ran.Count == 0 ? "has no test that was run"
                : null;
        }
    }

    /// <summary>Reads what passed from the results file (trx) of a test run.</summary>
    public static IReadOnlyDictionary<(string Class, string Method), bool> Passed(XDocument results)
    {
        var space = results.Root!.Name.Namespace;
        var methods = results
            .Descendants(space + "UnitTest")
            .ToDictionary(
                test => (string)test.Attribute("id")!,
                test =>
                {
                    var method = test.Element(space + "TestMethod")!;
                    return (Class: (string)method.Attribute("className")!, Method: (string)method.Attribute("name")!);
                }
            );
        return results
            .Descendants(space + "UnitTestResult")
            .GroupBy(
                result => methods[(string)result.Attribute("testId")!],
                result => (string?)result.Attribute("outcome") == "Passed"
            )
            .ToDictionary(outcomes => outcomes.Key, outcomes => outcomes.All(isPassed => isPassed));
    }

    private static IEnumerable<string> Named(MemberInfo member) =>
        from data in member.GetCustomAttributesData()
        where data.AttributeType == typeof(TraitAttribute) && (string)data.ConstructorArguments[0].Value! == "Rule"
        select (string)data.ConstructorArguments[1].Value!;

    [GeneratedRegex(@"^\| (?<id>(S0|S1|S2|N)-[0-9a-z/]+) \|.*\| (?<state>built|later) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex RowPattern();
}
