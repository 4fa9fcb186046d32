using System.Globalization;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Architecture;
using AdminPortal.Tests.Domain.Rounds;
using AdminPortal.Tests.Simulation.Checks;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation;

/// <summary>
/// Random years of random drivers on the pure domain. The full run is <c>eng/simulate.sh</c>; a failure names what leads back
/// to it.
/// </summary>
public sealed class SimulatorTests
{
    private const ulong Seed = 20_220_401;

    // Shared by the tests that only read it.
    private static readonly Lazy<Report> Lives = new(() => Simulator.Run(Seed, 1000));

    [Fact]
    public void Every_invariant_holds_in_every_life()
    {
        var report = Lives.Value;
        Assert.True(report.Violations.Count == 0, Text(report));
    }

    [Fact]
    public void Every_invariant_holds_in_lives_nobody_has_seen()
    {
        // A new seed every day; SIMULATOR_SEED brings one back.
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("SIMULATOR_SEED"), out var given)
            ? given
            : ulong.Parse(DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        var report = Simulator.Run(seed, 200);
        Assert.True(report.Violations.Count == 0, Text(report));
    }

    [Fact]
    public void The_lives_reach_every_act_every_move_and_every_end()
    {
        var coverage = Lives.Value.Coverage;
        string[] schemes = ["S0", "S1", "N"];
        var isOfReviews = (SimAct act) => act is >= SimAct.FileReview and <= SimAct.RefuseIdPhoto or SimAct.LapseClaims;
        var rareActs =
            from act in Enum.GetValues<SimAct>()
            from scheme in schemes
            where scheme != "S0" || !isOfReviews(act)
            where scheme == "N" || act != SimAct.FileStudyReview
            where coverage.Acts(act, scheme, true) < 3
            select $"{act} {scheme}";
        var rareMoves =
            from move in RoundTable.All
            // Together: that a cycle ends in the one hour of an exam is rare in any one scheme.
            // The blacklist is the police's own act; nobody in these lives is put on it, its own tests do that.
            where move.Act != RoundAct.Blacklist
            // Nor is any question of these lives corrected.
            where move.Act is < RoundAct.RemarkPassed or > RoundAct.RemarkResit
            // Nor does the service fail: what an outage does has its own tests.
            where !RoundTableTests.IsOfOutages(move.Act)
            where schemes.Sum(scheme => coverage.Facts($"step {scheme} {move.From} {move.Act} {move.To}")) < 2
            select $"{move.From} {move.Act} {move.To}";
        var rareEnds =
            from end in Enum.GetNames<VoidReason>().Except([nameof(VoidReason.Blacklisted)]).Append("Reduced")
            from scheme in schemes
            where coverage.Facts($"end {scheme} {end}") < 5
            select $"{scheme} {end}";
        Assert.Empty(rareActs.Concat(rareMoves).Concat(rareEnds));
    }

    [Fact]
    public void A_violation_says_where_it_is_and_its_seed_leads_back_to_it()
    {
        var planted = new Invariant("planted", "D-X", s => s.File?.Round.State == RoundState.Reduced ? "found" : null);
        Invariant[] invariants = [.. Invariants.All, planted];

        var first = Simulator.Run(77, Enumerable.Range(0, 40), invariants).Violations[^1];
        var again = Simulator.Run(77, [first.Driver], invariants).Violations.Single();

        Assert.Equal(first.ToString(), again.ToString());
        Assert.Equal(20, first.Recent.Count);
        Assert.Contains($"seed 77, driver {first.Driver}, step {first.Step}", first.ToString());
        Assert.Contains("\"planted\" (D-X) does not hold: found", first.ToString());
    }

    [Fact]
    public void The_same_seed_lives_the_same_lives()
    {
        Assert.Equal(Simulator.Run(5, 10).Coverage.ToString(), Simulator.Run(5, 10).Coverage.ToString());
        Assert.NotEqual(Simulator.Run(5, 10).Coverage.ToString(), Simulator.Run(6, 10).Coverage.ToString());
    }

    [Fact]
    public void Every_invariant_has_its_own_name_and_a_rule_of_the_rulebook()
    {
        var known = Repository.Read("docs/rulebook.md") + Repository.Read(Decisions);
        Assert.Equal(Invariants.All.Count, Invariants.All.Select(i => i.Name).Distinct().Count());
        Assert.Empty(Invariants.All.Where(i => !known.Contains($"| {i.Rule} |")).Select(i => i.Rule));
    }

    [Theory]
    [InlineData("2026-02-13", "2026-02-25")]
    [InlineData("2026-02-14", "2026-02-26")]
    [InlineData("2026-09-30", "2026-10-10")]
    [InlineData("2025-12-31", "2026-01-06")]
    [InlineData("2026-12-29", null)]
    public void The_naive_calendar_knows_the_examples_of_the_rulebook(string opened, string? due)
    {
        var years = Enumerable.Range(2020, 7).ToHashSet();
        var term = Book.ReviewTerm(NaiveCalendar.EndOf(Domain.Frozen.Day(opened)).AddHours(-6), years);
        Assert.Equal(due is null ? null : NaiveCalendar.EndOf(Domain.Frozen.Day(due)), term.At);
        Assert.Equal(due is null ? 2027 : null, term.AwaitedYear);
    }

    private const string Decisions = "docs/decisions/003-decisions-where-the-sources-are-silent.md";

    private static string Text(Report report) =>
        $"{report.Summary}\n{string.Join("\n", report.Violations.Take(3).Select(v => v.ToString()))}";
}
