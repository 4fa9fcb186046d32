using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Blacklists;

public sealed class BlacklistEntryTests
{
    private const string Facts = "抓拍照片显示由他人代为参加考试。";
    private static readonly DateTimeOffset Now = At("2026-03-04 11:00");
    private static readonly byte[] DriverKey = [9, 9, 9];

    [Theory]
    [InlineData("2015-06-15", "2026-03-04", "2028-06-14", "2029-03-04")] // in the middle of a cycle
    [InlineData("2015-06-15", "2026-06-14", "2028-06-14", "2029-06-14")] // its last day
    [InlineData("2015-06-15", "2026-06-15", "2029-06-14", "2029-06-15")] // the first day of the next one
    [InlineData("2016-02-29", "2026-02-27", "2028-02-28", "2029-02-27")] // a first licence on 29 February
    [InlineData("2016-02-29", "2026-02-28", "2029-02-27", "2029-02-28")]
    [InlineData("2015-06-15", "2024-02-29", "2026-06-14", "2027-02-28")] // a day that has no namesake three years later
    [Trait("Rule", "N-n9")]
    [Trait("Rule", "S1-39")]
    public void Both_clocks_are_stamped_to_the_day(string licensed, string confirmed, string scheme, string online)
    {
        var clocks = BlacklistClocks.From(Day(licensed), Day(confirmed));

        Assert.Equal(new BlacklistClocks(Day(scheme), Day(online)), clocks);
        var last = clocks.OutOfSchemeUntil > clocks.OffOnlineUntil ? clocks.OutOfSchemeUntil : clocks.OffOnlineUntil;
        Assert.True(clocks.Run(last));
        Assert.False(clocks.Run(last.AddDays(1)));
    }

    [Fact]
    [Trait("Rule", "N-n9")]
    [Trait("Rule", "N-26")]
    public void The_stamped_end_is_the_day_on_which_the_three_cycles_of_the_grounds_end()
    {
        for (var on = Day("2024-01-01"); on < Day("2026-12-31"); on = on.AddDays(1))
        {
            var until = BlacklistClocks.From(Spotless.FirstLicensedOn, on).OutOfSchemeUntil;
            var delivered = Spotless with { Frauds = [on] };
            Assert.False(Holds(N, delivered, Ground.NoFraudInThreeCycles, until));
            Assert.True(Holds(N, delivered, Ground.NoFraudInThreeCycles, until.AddDays(1)));
        }
    }

    [Theory]
    [InlineData("S1", Ground.NoFraud)]
    [InlineData("N", Ground.NoFraudInThreeCycles)]
    [Trait("Rule", "S1-20")]
    [Trait("Rule", "N-26")]
    public void An_own_entry_bars_until_its_date_and_not_a_day_longer(string scheme, Ground ground)
    {
        var driver = Spotless with { FraudBars = [new FraudBar(Day("2026-03-04"), Day("2028-06-14"))] };

        Assert.False(Holds(SchemeOf(scheme), driver, ground, Day("2028-06-14")));
        Assert.True(Holds(SchemeOf(scheme), driver, ground, Day("2028-06-15")));
    }

    [Fact]
    [Trait("Rule", "S1-39")]
    [Trait("Rule", "N-n9")]
    public void One_proposes_and_another_one_confirms_and_only_then_the_clocks_run()
    {
        var entry = Proposed(Li);
        Assert.Equal((BlacklistState.Proposed, Facts, null), (entry.State, entry.Description, entry.Clocks));
        Assert.False(entry.Bars(Day("2026-03-04")));

        entry.Confirm(Day("2015-06-15"), Day("2026-03-04"), DriverKey, Chief, Now).Value();

        Assert.Equal(BlacklistState.InForce, entry.State);
        Assert.Equal((Chief.Id, Chief.Name, Now), (entry.CheckedById, entry.CheckedByName, entry.CheckedAt));
        Assert.Equal(new BlacklistClocks(Day("2028-06-14"), Day("2029-03-04")), entry.Clocks);
        Assert.True(entry.Bars(Day("2029-03-04")));
        Assert.False(entry.Bars(Day("2029-03-05")));
        Assert.Equal(2, entry.Version);
        Assert.Equal(RefusalCode.CaseDecided, entry.Decline("理由", DriverKey, Chief, Now).Reason().Code);
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public void Nobody_confirms_what_they_proposed_whatever_roles_and_accounts_they_have()
    {
        var both = Officer(5, "100005", Role.Reviewer, Role.Supervisor);
        var second = Officer(6, "100006", Role.Supervisor) with { PersonKey = both.PersonKey };
        var entry = Proposed(both);

        foreach (var same in new[] { both, second })
        {
            Assert.Equal(RefusalCode.SecondPersonNeeded, entry.Check(DriverKey, same)?.Code);
            Assert.Equal(RefusalCode.SecondPersonNeeded, Confirm(entry, same).Reason().Code);
            Assert.Equal(RefusalCode.SecondPersonNeeded, entry.Decline("理由", DriverKey, same, Now).Reason().Code);
        }
        Assert.Equal(RefusalCode.NotPermitted, Confirm(entry, Wang).Reason().Code);
        Assert.Equal((BlacklistState.Proposed, 1), (entry.State, entry.Version));
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public void Nobody_acts_in_their_own_case()
    {
        Assert.Equal(
            RefusalCode.OwnCase,
            BlacklistEntry
                .Propose(Guid.NewGuid(), DriverId, "渝A", BlacklistGround.Proxy, Facts, null, Li.PersonKey, Li, Now)
                .Reason()
                .Code
        );
        Assert.Equal(
            RefusalCode.OwnCase,
            Proposed(Li).Confirm(Day("2015-06-15"), Day("2026-03-04"), Chief.PersonKey, Chief, Now).Reason().Code
        );
    }

    [Theory]
    [InlineData(null, RefusalCode.ReasonRequired)]
    [InlineData("  不足十个字  ", RefusalCode.ReasonRequired)]
    [Trait("Rule", "S1-39")]
    public void A_proposal_says_what_happened(string? description, RefusalCode refusal) =>
        Assert.Equal(
            refusal,
            BlacklistEntry
                .Propose(Guid.NewGuid(), DriverId, "渝A", BlacklistGround.Fraud, description, null, null, Li, Now)
                .Reason()
                .Code
        );

    [Fact]
    [Trait("Rule", "S1-40")]
    public void An_appeal_is_due_in_ten_working_days_by_a_target_of_the_house()
    {
        var (appeal, opened) = Appeal
            .Open(
                CaseId,
                RoundId,
                true,
                "渝A",
                DriverId,
                "照片里的人就是我本人，附照片。",
                5,
                S1,
                Calendar,
                Driver,
                Now
            )
            .Value();

        Assert.Equal((RoundId, null), (appeal.EntryId, appeal.DeliveredId));
        Assert.Equal(("D-APPEAL", 10, PeriodUnit.WorkingDays), (opened.DueRule, opened.TermCount, opened.TermUnit));
        Assert.Equal(Day("2026-03-18"), opened.DueOn);
        Assert.Equal(RefusalCode.TooManyPhotos, Filed("照片里的人就是我本人，附照片。", 6).Reason().Code);
        Assert.Equal(RefusalCode.ReasonRequired, Filed("不服这个决定", 0).Reason().Code);
        Assert.Equal(RefusalCode.FieldTooLong, Filed(new string('字', 1001), 0).Reason().Code);
        Assert.True(Filed(new string('字', 1000), 0).IsDone());
    }

    private static Outcome<(Appeal, AdminPortal.Domain.Casework.Case)> Filed(string reason, int photos) =>
        Appeal.Open(CaseId, RoundId, false, "渝A", DriverId, reason, photos, S1, Calendar, Driver, Now);

    private static BlacklistEntry Proposed(Actor by) =>
        BlacklistEntry
            .Propose(Guid.NewGuid(), DriverId, "渝A", BlacklistGround.Proxy, $" {Facts} ", RoundId, DriverKey, by, Now)
            .Value();

    private static Outcome<Unit> Confirm(BlacklistEntry entry, Actor actor) =>
        entry.Confirm(Day("2015-06-15"), Day("2026-03-04"), DriverKey, actor, Now);

    private static bool Holds(Scheme scheme, DriverRecord driver, Ground ground, DateOnly today) =>
        Eligibility.Evaluate(scheme, driver, today).Findings.Single(f => f.Ground == ground).Holds;
}
