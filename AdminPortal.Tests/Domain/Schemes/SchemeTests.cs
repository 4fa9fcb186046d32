using System.Reflection;
using System.Text;
using System.Text.Json;
using AdminPortal.Domain;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Schemes;

public sealed class SchemeTests
{
    [Fact]
    [Trait("Rule", "S1-01")]
    [Trait("Rule", "S1-02")]
    [Trait("Rule", "S0-02")]
    public void Three_schemes_run_side_by_side_each_from_its_date()
    {
        var shipped = SchemeCatalogue.Shipped;

        Assert.Equal(
            [("N", Day("2022-04-01")), ("S0", Day("2020-03-01")), ("S1", Day("2021-09-10"))],
            shipped.All.Select(scheme => (scheme.Id, scheme.EffectiveFrom))
        );
        Assert.Null(shipped.Find("S0", Day("2020-02-29")));
        Assert.Same(S0, shipped.Find("S0", Day("2020-03-01")));
        Assert.Null(shipped.Find("S1", Day("2021-09-09")));
        Assert.Same(S1, shipped.Find("S1", Day("2021-09-10")));
        Assert.Same(S0, shipped.Find("S0", Day("2021-09-10")));
        Assert.Null(shipped.Find("N", Day("2022-03-31")));
        Assert.Same(N, shipped.Find("N", Day("2022-04-01")));
        Assert.Null(shipped.Find("X", Day("2026-03-04")));
    }

    [Fact]
    [Trait("Rule", "S0-02")]
    public void The_service_of_2020_opens_on_the_first_of_march_and_not_a_day_before()
    {
        var day = Day("2020-01-01");
        while (SchemeCatalogue.Shipped.Find("S0", day) is null)
        {
            day = day.AddDays(1);
        }

        Assert.Equal(Day("2020-03-01"), day);
        Assert.Equal(Day("2020-03-01"), S0.EffectiveFrom);
    }

    [Fact]
    [Trait("Rule", "S1-01/02")]
    public void Two_schemes_overlap_for_twenty_one_days_and_a_round_keeps_the_one_it_began_under()
    {
        // The stop of the old platform on 1 October 00:00 is data: its last day is 30 September.
        var old = S0 with
        {
            EffectiveTo = Day("2021-09-30"),
        };
        var catalogue = new SchemeCatalogue([old, S1]);
        var both = Enumerable
            .Range(0, 60)
            .Select(i => Day("2021-08-20").AddDays(i))
            .Where(day => catalogue.Find("S0", day) is not null && catalogue.Find("S1", day) is not null)
            .ToList();
        Assert.Equal((21, Day("2021-09-10"), Day("2021-09-30")), (both.Count, both[0], both[^1]));
        Assert.All(both, day => Assert.NotNull(SchemeCatalogue.Shipped.Find("S0", day)));
        Assert.All(both, day => Assert.NotNull(SchemeCatalogue.Shipped.Find("S1", day)));

        // Two drivers apply on the last day of the old platform, one under each scheme.
        var applied = At("2021-09-30 09:00");
        var cycle = new PointsCycle(Day("2021-06-15"), Day("2022-06-15"));
        var rounds = new[] { catalogue.Find("S0", Day("2021-09-30"))!, catalogue.Find("S1", Day("2021-09-30"))! }
            .Select(scheme => OpenRound(scheme, applied, cycle))
            .ToList();

        // After the stop nobody begins under it, but the round that did is studied, examined and reduced by its rules.
        Assert.Null(catalogue.Find("S0", Day("2021-10-01")));
        var later = At("2021-10-01 10:00");
        var states = rounds.Select(round =>
        {
            var kept = catalogue.Get(round.SchemeId, round.SchemeFrom);
            round.FileCompletion(1800, kept, Calendar, Driver, later).Value();
            round.StartExam(kept, Driver, later).Value();
            round.PassExam(kept, Calendar, later);
            return (kept, round.SchemeId, round.SchemeFrom, round.State);
        });
        Assert.Equal(
            [(old, "S0", Day("2020-03-01"), RoundState.Reducing), (S1, "S1", Day("2021-09-10"), RoundState.Verifying)],
            states
        );
        Assert.Equal(["S0-13", "S1-23"], rounds.Select(round => round.Deadlines[0].Rule));
    }

    [Fact]
    [Trait("Rule", "S1-01/02")]
    public void A_round_keeps_the_version_it_began_under_when_a_newer_one_is_in_force()
    {
        var first = S1 with { EffectiveTo = Day("2026-03-31") };
        var second = S1 with { EffectiveFrom = Day("2026-04-01"), StudyMinutes = new(40, "D-X") };
        var catalogue = new SchemeCatalogue([first, second]);
        var before = OpenRound(catalogue.Find("S1", Day("2026-03-31"))!, At("2026-03-31 10:00"));
        var after = OpenRound(catalogue.Find("S1", Day("2026-04-01"))!, At("2026-04-01 10:00"));

        Assert.True(File(before).IsDone());
        Assert.Equal(RefusalCode.NotEnoughStudy, File(after).Reason().Code);

        Outcome<Unit> File(Round round) =>
            round.FileCompletion(
                1800,
                catalogue.Get(round.SchemeId, round.SchemeFrom),
                Calendar,
                Driver,
                At("2026-04-02 10:00")
            );
    }

    [Theory]
    [InlineData("S0", 24)]
    [InlineData("S1", 24)]
    [InlineData("N", 24)]
    [InlineData("S1", 2)]
    [Trait("Rule", "S1-26")]
    public void A_real_person_verification_is_valid_as_long_as_its_scheme_says(string id, int hours)
    {
        var shipped = SchemeOf(id);
        var scheme =
            hours == 24
                ? shipped
                : shipped with
                {
                    VerificationValidity = shipped.VerificationValidity with { Count = hours },
                };
        var verified = At("2026-03-04 23:30");

        var valid = Deadline.Stamp(scheme.VerificationValidity, verified, Calendar);

        // Demanded before study, and relied on for hours of 3,600 seconds from the check, days off or not.
        Assert.True(scheme.Demands(FaceCheckPurpose.Verification));
        Assert.False(valid.HasPassed(verified));
        Assert.False(valid.HasPassed(verified.AddHours(hours).AddTicks(-1)));
        Assert.True(valid.HasPassed(verified.AddHours(hours)));
        Assert.Equal("D-VERIFICATION", valid.Rule);
    }

    // The table of differences of the rulebook, scheme by scheme.

    [Fact]
    [Trait("Rule", "S0-12")]
    [Trait("Rule", "S0-13")]
    [Trait("Rule", "S0-14")]
    [Trait("Rule", "S0-19")]
    public void The_scheme_of_2020_has_the_numbers_of_its_source()
    {
        ExpectCommon(S0);
        Assert.Equal(0, S0.SmallestStretchMinutes.Value);
        Assert.Equal(
            new Period(3, PeriodUnit.NaturalDays, "S0-13", RollsOver: false, FromSameDay: true),
            S0.StudyWindow
        );
        Assert.Equal(StudyWindowEnd.FileWhenEnough, S0.StudyWindowEnd.Value);
        Assert.Equal(new Period(7, PeriodUnit.WorkingDays, "S0-14"), S0.ExamWindow);
        Assert.Equal(new Period(24, PeriodUnit.Hours, "S0-19"), S0.ResitWindow);
        Assert.Equal(
            [FaceCheckPurpose.Verification, FaceCheckPurpose.Study, FaceCheckPurpose.Exam],
            S0.FaceChecks.Value
        );
        Assert.Equal(1, S0.FaceTries.Value);
        Assert.Equal(StudyFaceFailure.VoidsPeriod, S0.StudyFaceFailure.Value);
        Assert.Null(S0.ClosingVerificationWindow);
        Assert.Null(S0.WrongAnswersEndExam);
        Assert.Empty(S0.Reviewable.Value);
        Assert.Null(S0.ReviewFilingWindow);
        Assert.Null(S0.ReviewPeriod);
        Assert.Equal([NoticeChannel.Alipay], S0.NoticeChannels.Value);
        Assert.Null(S0.ResetReminderDays);
    }

    [Fact]
    [Trait("Rule", "S1-05")]
    [Trait("Rule", "S1-23")]
    [Trait("Rule", "S1-24")]
    [Trait("Rule", "S1-38")]
    public void The_unified_scheme_has_the_numbers_of_its_source()
    {
        ExpectCommon(S1);
        ExpectChecksAndReviews(S1);
        Assert.Equal(0, S1.SmallestStretchMinutes.Value);
        Assert.Equal(new Period(3, PeriodUnit.NaturalDays, "S1-23"), S1.StudyWindow);
        Assert.Equal(new Period(7, PeriodUnit.WorkingDays, "S1-28"), S1.ExamWindow);
        Assert.Equal([Reviewable.PassedExam], S1.Reviewable.Value);
        Assert.Equal(new Period(24, PeriodUnit.Hours, "S1-37"), S1.ReviewFilingWindow);
        Assert.Equal(new Period(3, PeriodUnit.WorkingDays, "S1-38"), S1.ReviewPeriod);
    }

    [Fact]
    [Trait("Rule", "N-27")]
    [Trait("Rule", "N-n1")]
    [Trait("Rule", "N-n2")]
    [Trait("Rule", "N-n5")]
    [Trait("Rule", "N-36")]
    public void The_national_scheme_has_the_numbers_of_its_source()
    {
        ExpectCommon(N);
        ExpectChecksAndReviews(N);
        Assert.Equal(5, N.SmallestStretchMinutes.Value);
        Assert.Equal(new Period(3, PeriodUnit.NaturalDays, "N-36", RollsOver: true), N.StudyWindow);
        Assert.Equal(new Period(7, PeriodUnit.WorkingDays, "N-n6"), N.ExamWindow);
        Assert.Equal([Reviewable.PassedExam, Reviewable.Exam, Reviewable.Study], N.Reviewable.Value);
        Assert.Equal(new Period(24, PeriodUnit.Hours, "N-n5"), N.ReviewFilingWindow);
        Assert.Equal(new Period(3, PeriodUnit.WorkingDays, "N-n5"), N.ReviewPeriod);
    }

    private static void ExpectCommon(Scheme scheme)
    {
        Assert.Equal((1, 6, 12), (scheme.PointsPerRound.Value, scheme.CapPerCycle.Value, scheme.FullMark.Value));
        Assert.Equal(30, scheme.StudyMinutes.Value);
        Assert.Equal((2, 3), (scheme.Resits.Value, scheme.Attempts));
        Assert.Equal(15, scheme.MinutesPerSnapshot.Value);
        Assert.Equal((24, PeriodUnit.Hours), (scheme.VerificationValidity.Count, scheme.VerificationValidity.Unit));
        Assert.Equal(new PaperMix(8, 8, 4), scheme.Paper.Value);
        Assert.Equal((60, 18), (scheme.SecondsPerQuestion.Value, scheme.PassMark.Value));
        Assert.Equal(24, scheme.DataLagHours.Value);
    }

    private static void ExpectChecksAndReviews(Scheme scheme)
    {
        Assert.Equal(StudyWindowEnd.Void, scheme.StudyWindowEnd.Value);
        Assert.Equal((24, PeriodUnit.Hours), (scheme.ResitWindow.Count, scheme.ResitWindow.Unit));
        Assert.All(Enum.GetValues<FaceCheckPurpose>(), purpose => Assert.True(scheme.Demands(purpose)));
        Assert.Equal(3, scheme.FaceTries.Value);
        Assert.Equal(StudyFaceFailure.EndsSession, scheme.StudyFaceFailure.Value);
        Assert.Equal(
            (24, PeriodUnit.Hours),
            (scheme.ClosingVerificationWindow!.Count, scheme.ClosingVerificationWindow.Unit)
        );
        Assert.Equal(3, scheme.WrongAnswersEndExam!.Value);
        Assert.Equal([NoticeChannel.Sms, NoticeChannel.App], scheme.NoticeChannels.Value);
        Assert.Equal(30, scheme.ResetReminderDays!.Value);
    }

    [Fact]
    [Trait("Rule", "S1-22")]
    public void Every_number_of_every_scheme_carries_a_rule_that_exists()
    {
        HashSet<string> known = [.. ExampleFile.Lines("Schemes/rule-ids.txt")];
        foreach (var scheme in SchemeCatalogue.Shipped.All)
        {
            var rules = RulesOf(scheme).ToList();

            Assert.True(rules.Count > 25, scheme.Id);
            Assert.All(
                rules,
                rule => Assert.True(known.Contains(rule) || rule.StartsWith("D-", StringComparison.Ordinal), rule)
            );
        }
    }

    // Contradictions that keep the product from starting.

    public static TheoryData<string, Func<Scheme, Scheme>> Contradictions =>
        new()
        {
            { "no points per round", s => s with { PointsPerRound = new(0, "D-X") } },
            { "more points per round than the cap", s => s with { PointsPerRound = new(7, "D-X") } },
            { "no cap", s => s with { CapPerCycle = new(0, "D-X"), PointsPerRound = new(0, "D-X") } },
            { "a cap above six", s => s with { CapPerCycle = new(7, "D-X") } },
            { "another full mark", s => s with { FullMark = new(11, "D-X") } },
            { "no study", s => s with { StudyMinutes = new(0, "D-X") } },
            { "a stretch below nothing", s => s with { SmallestStretchMinutes = new(-1, "D-X") } },
            { "an empty paper", s => s with { Paper = new(new PaperMix(0, 0, 0), "D-X"), PassMark = new(0, "D-X") } },
            { "nothing to pass", s => s with { PassMark = new(0, "D-X") } },
            { "less than nothing to pass", s => s with { PassMark = new(-1, "D-X") } },
            { "no time for the exam", s => s with { ExamLimitMinutes = new(0, "D-X") } },
            { "an end before its beginning", s => s with { EffectiveTo = s.EffectiveFrom.AddDays(-1) } },
            { "no study window", s => s with { StudyWindow = s.StudyWindow with { Count = 0 } } },
            { "no exam window", s => s with { ExamWindow = s.ExamWindow with { Count = 0 } } },
            { "no resit window", s => s with { ResitWindow = s.ResitWindow with { Count = 0 } } },
            { "a window below nothing", s => s with { ResitWindow = s.ResitWindow with { Count = -1 } } },
            {
                "a verification that is never valid",
                s => s with { VerificationValidity = s.VerificationValidity with { Count = 0 } }
            },
            {
                "no time for the closing check",
                s => s with { ClosingVerificationWindow = s.ClosingVerificationWindow! with { Count = 0 } }
            },
            {
                "no time to file a review",
                s => s with { ReviewFilingWindow = s.ReviewFilingWindow! with { Count = 0 } }
            },
            { "no time for a review", s => s with { ReviewPeriod = s.ReviewPeriod! with { Count = 0 } } },
            { "a pass mark above the paper", s => s with { PassMark = new(21, "D-X") } },
            { "no time to answer", s => s with { SecondsPerQuestion = new(0, "D-X") } },
            { "no face try", s => s with { FaceTries = new(0, "D-X") } },
            { "fewer than no resits", s => s with { Resits = new(-1, "D-X") } },
            { "no room for a snapshot", s => s with { MinutesPerSnapshot = new(2, "D-X") } },
            { "a review without its filing window", s => s with { ReviewFilingWindow = null } },
            { "a review without its period", s => s with { ReviewPeriod = null } },
            { "reviewable without periods", s => s with { ReviewPeriod = null, ReviewFilingWindow = null } },
            { "periods without anything reviewable", s => s with { Reviewable = new([], "D-X") } },
            { "no channel", s => s with { NoticeChannels = new([], "D-X") } },
            { "no ground", s => s with { Grounds = [] } },
            { "a closing check without its window", s => s with { ClosingVerificationWindow = null } },
            { "a window without its closing check", s => s with { FaceChecks = new([FaceCheckPurpose.Exam], "D-X") } },
            { "an invalid result that nobody may review", s => s with { Reviewable = new([Reviewable.Study], "D-X") } },
        };

    [Theory]
    [MemberData(nameof(Contradictions))]
    [Trait("Rule", "S1-02")]
    public void A_scheme_that_contradicts_itself_keeps_the_product_from_starting(
        string what,
        Func<Scheme, Scheme> change
    )
    {
        Assert.NotEmpty(what);
        _ = new SchemeCatalogue([S1]);

        var thrown = Assert.Throws<InvalidSchemeException>(() => new SchemeCatalogue([S0, change(S1), N]));

        Assert.Contains("S1", thrown.Message);
    }

    [Fact]
    [Trait("Rule", "S1-02")]
    public void The_smallest_and_largest_allowed_numbers_are_allowed()
    {
        Assert.Single(new SchemeCatalogue([S1 with { PassMark = new(1, "D-X") }]).All);
        Assert.Single(
            new SchemeCatalogue([
                S1 with
                {
                    EffectiveTo = S1.EffectiveFrom,
                    ExamLimitMinutes = new(1, "D-X"),
                    StudyWindow = S1.StudyWindow with { Count = 1 },
                    ExamWindow = S1.ExamWindow with { Count = 1 },
                    ResitWindow = S1.ResitWindow with { Count = 1 },
                    VerificationValidity = S1.VerificationValidity with { Count = 1 },
                    ClosingVerificationWindow = S1.ClosingVerificationWindow! with { Count = 1 },
                    ReviewFilingWindow = S1.ReviewFilingWindow! with { Count = 1 },
                    ReviewPeriod = S1.ReviewPeriod! with { Count = 1 },
                    PointsPerRound = new(6, "D-X"),
                    SmallestStretchMinutes = new(0, "D-X"),
                    StudyMinutes = new(1, "D-X"),
                    PassMark = new(20, "D-X"),
                    SecondsPerQuestion = new(1, "D-X"),
                    FaceTries = new(1, "D-X"),
                    Resits = new(0, "D-X"),
                    MinutesPerSnapshot = new(3, "D-X"),
                },
            ]).All
        );
    }

    [Fact]
    [Trait("Rule", "S1-02")]
    public void A_new_version_begins_after_the_old_one_ended_and_a_round_finds_the_one_it_began_under()
    {
        var first = S1 with { EffectiveTo = Day("2023-12-31") };
        var second = S1 with { EffectiveFrom = Day("2024-01-01"), StudyMinutes = new(40, "D-X") };
        var catalogue = new SchemeCatalogue([second, first]);

        Assert.Equal([first, second], catalogue.All);
        Assert.Same(first, catalogue.Find("S1", Day("2023-12-31")));
        Assert.Same(second, catalogue.Find("S1", Day("2024-01-01")));
        Assert.Same(first, catalogue.Get("S1", first.EffectiveFrom));
        Assert.Same(second, catalogue.Get("S1", second.EffectiveFrom));
        var thrown = Assert.Throws<InvalidSchemeException>(() => catalogue.Get("S1", Day("2025-01-01")));
        Assert.Contains("2025-01-01", thrown.Message);
    }

    [Theory]
    [InlineData(null, "2024-01-01")]
    [InlineData("2024-01-01", "2024-01-01")]
    [InlineData("2024-06-30", "2024-01-01")]
    [InlineData("2099-12-31", "2021-09-10")]
    [Trait("Rule", "S1-02")]
    public void Two_versions_on_one_day_keep_the_product_from_starting(string? to, string from) =>
        Assert.Throws<InvalidSchemeException>(() =>
            new SchemeCatalogue([
                S1 with
                {
                    EffectiveTo = to is null ? null : Day(to),
                },
                S1 with
                {
                    EffectiveFrom = Day(from),
                },
            ])
        );

    [Fact]
    [Trait("Rule", "S1-02")]
    public void A_scheme_between_its_versions_is_in_force_for_nobody()
    {
        var catalogue = new SchemeCatalogue([
            S1 with
            {
                EffectiveTo = Day("2023-12-31"),
            },
            S1 with
            {
                EffectiveFrom = Day("2024-02-01"),
            },
        ]);

        Assert.Null(catalogue.Find("S1", Day("2024-01-15")));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"id\": \"S1\", \"studyMinuts\": {\"value\": 30, \"rule\": \"S1-05\"}}")]
    [Trait("Rule", "S1-02")]
    public void A_text_that_is_no_scheme_is_refused(string text) =>
        Assert.Throws<JsonException>(() => SchemeCatalogue.Parse(new MemoryStream(Encoding.UTF8.GetBytes(text))));

    private static IEnumerable<string> RulesOf(object value)
    {
        if (value is Period period)
        {
            yield return period.Rule;
            yield break;
        }
        if (value is IEnumerable<Ruled<Ground>> grounds)
        {
            foreach (var ground in grounds)
            {
                yield return ground.Rule;
            }
            yield break;
        }
        if (value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Ruled<>))
        {
            yield return (string)type.GetProperty("Rule")!.GetValue(value)!;
            yield break;
        }
        if (value is not Scheme)
        {
            yield break;
        }
        foreach (var property in typeof(Scheme).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetValue(value) is not { } part)
            {
                continue;
            }
            var plain = part is string or DateOnly || property.Name == nameof(Scheme.Attempts);
            var rules = RulesOf(part).ToList();
            // A number without a rule is a number nobody can look up.
            Assert.True(plain || rules.Count > 0, property.Name);
            foreach (var rule in rules)
            {
                yield return rule;
            }
        }
    }
}
