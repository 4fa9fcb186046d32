using AdminPortal.Domain;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Drivers;

public sealed class EligibilityTests
{
    internal sealed record Overrides(
        string? Authority,
        string? LicenceClasses,
        string? LicenceStatus,
        DateOnly? FirstLicensedOn,
        bool? IsInternational,
        int? Points,
        int? PointsReduced,
        IReadOnlyList<DateOnly>? FullMarkEducations,
        IReadOnlyList<string[]>? Offences,
        IReadOnlyList<DateOnly>? Frauds,
        IReadOnlyList<string>? VehiclesOverdue,
        int? ViolationsUnhandled,
        DateOnly? BlacklistedUntil,
        bool? HasOpenRound,
        bool? AuthorityIsOpen
    );

    internal sealed record Judged(
        string Scheme,
        Ground Ground,
        DateOnly Today,
        Overrides Driver,
        bool Holds,
        string Finding
    );

    internal sealed record Head(string Rule);

    [Theory, Examples("Drivers/S0-02.json")]
    [Trait("Rule", "S0-02")]
    public void The_authority_takes_part_in_the_service_of_2020(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-05.json")]
    [Trait("Rule", "S1-05")]
    public void At_most_six_points_are_reduced_in_a_cycle(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-08.json")]
    [Trait("Rule", "S1-08")]
    public void The_issuing_authority_is_open_for_the_service(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-09.json")]
    [Trait("Rule", "S1-09")]
    public void International_licences_are_excluded(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-10.json")]
    [Trait("Rule", "S1-10")]
    public void There_are_points_in_the_cycle(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/N-n8.json")]
    [Trait("Rule", "N-n8")]
    public void Points_cannot_be_saved_up(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-11.json")]
    [Trait("Rule", "S1-11")]
    public void At_twelve_points_only_full_mark_study_is_left(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-15.json")]
    [Trait("Rule", "S1-15")]
    public void Two_full_mark_records_or_six_points_in_this_cycle_bar(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-16.json")]
    [Trait("Rule", "S1-16")]
    public void Two_full_mark_records_in_the_previous_cycle_bar(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-17.json")]
    [Trait("Rule", "S1-17")]
    public void Serious_offences_of_the_last_three_cycles_bar(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-18.json")]
    [Trait("Rule", "S1-18")]
    public void Probation_and_four_status_letters_bar(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-19.json")]
    [Trait("Rule", "S1-19")]
    public void Overdue_vehicles_bar(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-20.json")]
    [Trait("Rule", "S1-20")]
    public void Any_fraud_on_record_bars(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-21.json")]
    [Trait("Rule", "S1-21")]
    public void An_unfinished_application_bars(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/S1-39.json")]
    [Trait("Rule", "S1-39")]
    public void The_blacklist_bars_to_its_last_day(string file, string title) => Expect(file, title);

    [Theory, Examples("Drivers/N-25.json")]
    [Trait("Rule", "N-25")]
    public void All_violations_are_handled_and_twelve_and_six_are_kept(string file, string title) =>
        Expect(file, title);

    [Theory, Examples("Drivers/N-26.json")]
    [Trait("Rule", "N-26")]
    public void Five_grounds_of_the_national_rules_bar(string file, string title) => Expect(file, title);

    [Theory]
    [InlineData("S0", 5)]
    [InlineData("S1", 14)]
    [InlineData("N", 15)]
    [Trait("Rule", "S1-22")]
    [Trait("Rule", "S2-05")]
    public void Every_ground_is_shown_with_the_time_of_the_data_when_all_hold(string scheme, int grounds)
    {
        var report = Eligibility.Evaluate(SchemeOf(scheme), Spotless, Day("2026-03-04"));

        Assert.True(report.IsEligible);
        Assert.Empty(report.Failed);
        Assert.Equal(grounds, report.Findings.Select(finding => finding.Ground).Distinct().Count());
        Assert.Equal(grounds, report.Findings.Count);
        Assert.All(report.Findings, finding => Assert.Equal(At("2026-03-04 06:00"), finding.AsOf));
    }

    [Theory]
    [InlineData("S0", 4)] // no points is not twelve points, so one of the two always holds
    [InlineData("S1", 13)]
    [InlineData("N", 14)]
    [Trait("Rule", "S1-22")]
    [Trait("Rule", "S1-14")]
    [Trait("Rule", "S2-05")]
    public void All_failed_grounds_are_shown_and_not_only_the_first(string scheme, int failed)
    {
        var report = Eligibility.Evaluate(
            SchemeOf(scheme),
            Spotless with
            {
                IsInternational = true,
                AuthorityIsOpen = false,
                Points = 12,
                PointsReduced = 6,
                FirstLicensedOn = Day("2025-06-15"),
                FullMarkEducations = [Day("2024-07-01"), Day("2024-08-01"), Day("2025-07-01"), Day("2025-08-01")],
                Offences = [(SeriousOffence.DrinkDriving, Day("2025-08-01"))],
                LicenceStatus = "US",
                VehiclesOverdue = ["渝A12345"],
                Frauds = [Day("2025-08-01")],
                ViolationsUnhandled = 2,
                BlacklistedUntil = Day("2028-08-01"),
                HasOpenRound = true,
            },
            Day("2026-03-04")
        );

        Assert.False(report.IsEligible);
        Assert.Equal(failed, report.Failed.Count());
        Assert.Equal(Ground.HasPoints, Assert.Single(report.Findings, finding => finding.Holds).Ground);
        Assert.All(report.Findings, finding => Assert.Equal(At("2026-03-04 06:00"), finding.AsOf));
    }

    [Theory]
    [InlineData("S0")]
    [InlineData("S1")]
    [InlineData("N")]
    [Trait("Rule", "S2-05")]
    [Trait("Rule", "S1-22")]
    public void Passed_and_failed_grounds_are_reported_together_in_the_order_of_the_scheme(string id)
    {
        var scheme = SchemeOf(id);

        var report = Eligibility.Evaluate(
            scheme,
            Spotless with
            {
                AuthorityIsOpen = false,
                HasOpenRound = true,
            },
            Day("2026-03-04")
        );

        Assert.Equal(
            scheme.Grounds.Select(ground =>
                (ground.Value, ground.Rule, ground.Value is not (Ground.AuthorityIsOpen or Ground.NoOpenRound))
            ),
            report.Findings.Select(finding => (finding.Ground, finding.Rule, finding.Holds))
        );
        Assert.Equal(2, report.Failed.Count());
    }

    [Theory]
    [InlineData("S0")]
    [InlineData("S1")]
    [InlineData("N")]
    [Trait("Rule", "S1-12")]
    [Trait("Rule", "S1-05")]
    public void Rounds_follow_each_other_without_limit_until_six_points_are_reduced(string id)
    {
        var scheme = SchemeOf(id);
        var driver = Spotless with { Points = 11 };
        var rounds = 0;
        // All on one day: nothing but the six points sets a limit.
        while (Eligibility.Evaluate(scheme, driver, Day("2026-03-04")).IsEligible)
        {
            rounds++;
            Assert.True(rounds <= 6);
            var round = OpenRound(scheme, At("2026-03-04 10:00"));
            Assert.Equal(
                Ground.NoOpenRound,
                Assert
                    .Single(
                        Eligibility
                            .Evaluate(scheme, driver with { HasOpenRound = round.IsOpen }, Day("2026-03-04"))
                            .Failed
                    )
                    .Ground
            );
            Reduce(scheme, round);
            driver = driver with
            {
                Points = driver.Points - scheme.PointsPerRound.Value,
                PointsReduced = driver.PointsReduced + scheme.PointsPerRound.Value,
                HasOpenRound = round.IsOpen,
            };
        }

        // Thirty minutes and a passed exam took one point each, and what is left is not why it ends.
        Assert.Equal((6, 6, 5), (rounds, driver.PointsReduced, driver.Points));
        Assert.Equal(
            Ground.BelowCap,
            Assert.Single(Eligibility.Evaluate(scheme, driver, Day("2026-03-04")).Failed).Ground
        );
        // The next cycle counts from nothing.
        Assert.True(Eligibility.Evaluate(scheme, driver with { PointsReduced = 0 }, Day("2026-06-15")).IsEligible);
    }

    private static void Reduce(Scheme scheme, Round round)
    {
        var now = At("2026-03-04 12:00");
        Assert.Equal(
            RefusalCode.NotEnoughStudy,
            round.FileCompletion((30 * 60) - 1, scheme, Calendar, Driver, now).Reason().Code
        );
        round.FileCompletion(30 * 60, scheme, Calendar, Driver, now).Value();
        round.StartExam(scheme, Driver, now).Value();
        round.PassExam(scheme, Calendar, now);
        if (round.State == RoundState.Verifying)
        {
            Assert.True(round.PassVerification(scheme, Calendar, now));
        }
        round.ConfirmReduction(now);
        Assert.Equal(RoundState.Reduced, round.State);
    }

    [Fact]
    [Trait("Rule", "N-16")]
    public void More_points_reduced_than_the_cap_is_still_only_a_refusal()
    {
        var report = Eligibility.Evaluate(N, Spotless with { PointsReduced = 8 }, Day("2026-03-04"));

        Assert.Equal(Ground.BelowCap, Assert.Single(report.Failed).Ground);
    }

    private static void Expect(string file, string title)
    {
        var rule = ExampleFile.Head<Head>(file).Rule;
        var example = ExampleFile.Get<Judged>(file, title);
        var with = example.Driver;
        var driver = Spotless with
        {
            Authority = with.Authority ?? Spotless.Authority,
            LicenceClasses = with.LicenceClasses ?? Spotless.LicenceClasses,
            LicenceStatus = with.LicenceStatus ?? Spotless.LicenceStatus,
            FirstLicensedOn = with.FirstLicensedOn ?? Spotless.FirstLicensedOn,
            IsInternational = with.IsInternational ?? Spotless.IsInternational,
            Points = with.Points ?? Spotless.Points,
            PointsReduced = with.PointsReduced ?? Spotless.PointsReduced,
            FullMarkEducations = with.FullMarkEducations ?? [],
            Offences = [.. (with.Offences ?? []).Select(o => (Enum.Parse<SeriousOffence>(o[0]), Day(o[1])))],
            Frauds = with.Frauds ?? [],
            VehiclesOverdue = with.VehiclesOverdue ?? [],
            ViolationsUnhandled = with.ViolationsUnhandled ?? 0,
            BlacklistedUntil = with.BlacklistedUntil,
            HasOpenRound = with.HasOpenRound ?? false,
            AuthorityIsOpen = with.AuthorityIsOpen ?? true,
        };

        var report = Eligibility.Evaluate(SchemeOf(example.Scheme), driver, example.Today);

        var finding = Assert.Single(report.Findings, finding => finding.Ground == example.Ground);
        Assert.Equal(example.Holds, finding.Holds);
        Assert.Equal(example.Finding, finding.Finding);
        Assert.Equal(rule, finding.Rule);
    }
}
