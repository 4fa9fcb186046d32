using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AdminPortal.Tests.Architecture;

/// <summary>Holds docs/rulebook.md against the tests: a rule said to be built has a test that names it, and no test names an unknown rule.</summary>
public sealed partial class RulebookTests
{
    [Fact]
    public void Every_rule_said_to_be_built_has_a_test_that_names_it()
    {
        Assert.NotEmpty(Rulebook.Rows);
        var unproved = Rulebook.Prove(Rulebook.Rows, Rulebook.Tests).Where(p => p.Row.IsBuilt && p.Fault is not null);
        Assert.Empty(unproved.Select(p => $"{p.Row.Id} {p.Fault}"));
    }

    [Fact]
    public void No_test_names_a_rule_that_does_not_exist()
    {
        var known = Rulebook.Rows.SelectMany(row => row.Names).ToHashSet();
        var unknown =
            from test in Rulebook.Tests
            from rule in test.Rules
            where !rule.StartsWith("D-", StringComparison.Ordinal) && !known.Contains(rule)
            select $"{test.Name}: {rule}";
        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_rule_that_code_or_scheme_data_names_is_in_the_rulebook()
    {
        var known = Rulebook.Rows.SelectMany(row => row.Names).ToHashSet();
        var unknown =
            from folder in new[] { "AdminPortal.Domain", "AdminPortal.Data" }
            from file in Repository.Files(folder, "*.*")
            where Path.GetExtension(file) is ".cs" or ".json"
            from Match match in IdPattern().Matches(File.ReadAllText(file))
            where !known.Contains(match.Value)
            select $"{Path.GetFileName(file)}: {match.Value}";
        Assert.Empty(unknown.Distinct());
    }

    [Fact]
    public void A_rule_without_a_test_and_a_rule_that_is_not_built_are_named_and_fail_the_command()
    {
        var rows = Rulebook.Parse(
            """
            | S0-01 | The driver comes to a home page | built |
            | S1-01/02 | Two schemes | built |
            | S1-98 | Planted: nothing tests it | built |
            | N-99 | Planted: not there yet | later |
            | S2-20 | A hundred thousand at once | later |
            """
        );
        RuleTest[] tests = [new("AdminPortal.Tests.Home", "Opens", ["S0-01"]), new("Two", "Schemes", ["S1-02"])];
        var (table, errors) = (new StringWriter(), new StringWriter());

        Assert.Equal(1, RulesCommand.Print(Rulebook.Prove(rows, tests), table, errors));

        Assert.Equal(
            [
                "rule | tests",
                "S0-01 | Home.Opens",
                "S1-01/02 | Two.Schemes",
                "S1-98 | none",
                "N-99 | later",
                "S2-20 | later",
                "2 rules proved, 1 later, 2 missing",
            ],
            Lines(table)
        );
        Assert.Equal(["S1-98 has no test that names it", "N-99 is not built yet"], Lines(errors));
        // Without the planted faults it succeeds; with no rulebook at all it does not.
        Assert.Equal(0, Print([rows[0], rows[1], rows[4]]));
        Assert.Equal(1, Print([]));

        int Print(RulebookRow[] some) => RulesCommand.Print(Rulebook.Prove(some, tests), table, errors);
    }

    [Fact]
    public void Given_results_a_rule_is_proved_by_what_was_run_and_passed_alone()
    {
        var results = XDocument.Parse(
            """
            <TestRun xmlns="urn:trx">
              <Results>
                <UnitTestResult testId="1" outcome="Passed" />
                <UnitTestResult testId="2" outcome="Passed" />
                <UnitTestResult testId="3" outcome="Failed" />
              </Results>
              <TestDefinitions>
                <UnitTest id="1"><TestMethod className="A" name="Good" /></UnitTest>
                <UnitTest id="2"><TestMethod className="A" name="Half" /></UnitTest>
                <UnitTest id="3"><TestMethod className="A" name="Half" /></UnitTest>
              </TestDefinitions>
            </TestRun>
            """
        );
        RulebookRow[] rows = [new("S0-01", true), new("S0-02", true), new("S0-04", true)];
        RuleTest[] tests =
        [
            new("A", "Good", ["S0-01"]),
            new("A", "NotRun", ["S0-01", "S0-04"]),
            new("A", "Half", ["S0-02"]),
        ];

        var proofs = Rulebook.Prove(rows, tests, Rulebook.Passed(results));

        Assert.Equal([null, "has a test that failed: A.Half", "has no test that was run"], proofs.Select(p => p.Fault));
    }

    [Fact]
    public void A_rule_named_on_what_is_no_test_counts_for_nothing()
    {
        Assert.Equal([nameof(Hidden.Test)], Rulebook.In(typeof(Hidden)).Select(t => t.Method));
        Assert.DoesNotContain(Rulebook.Tests, t => t.Class == typeof(Hidden).FullName);
    }

    private static IEnumerable<string> Lines(StringWriter writer) =>
        writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\b(S0|S1|S2|N)-n?\d{1,2}\b")]
    private static partial Regex IdPattern();

#pragma warning disable xUnit1000 // That the framework does not run it is the point.
    private sealed class Hidden
    {
        [Fact]
        [Trait("Rule", "S0-01")]
        public void Test() { }

        [Trait("Rule", "S0-02")]
        public void Helper() { }
    }
#pragma warning restore xUnit1000
}
