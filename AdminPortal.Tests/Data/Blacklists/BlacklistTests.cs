using AdminPortal.Data.Applications;
using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Exchange;
using AdminPortal.Data.Points;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Data.Races;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Blacklists;

/// <summary>On the blacklist and off it again, by the product's own acts.</summary>
public sealed class BlacklistTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "S1-39")]
    [Trait("Rule", "N-n9")]
    public async Task A_proposal_has_no_effect_and_its_confirmation_ends_the_round_bars_and_tells()
    {
        var driver = await _portal.DriverInStudyAsync();
        var proposer = await _portal.CreateOfficerAsync(Role.Supervisor);
        var entry = await _portal.ProposeAsync(proposer, driver);
        Assert.Equal(RoundState.Studying, (await _portal.RoundOfAsync(driver)).State);
        Assert.Null((await RecordAsync(driver)).BlacklistedUntil);

        // A supervisor may confirm, but not what they proposed.
        var own = await _portal.RefusedAsync(new ConfirmBlacklisting(entry), proposer.Ref);
        Assert.Equal(RefusalCode.SecondPersonNeeded, own.Code);
        var other = await _portal.CreateOfficerAsync(Role.Supervisor);
        await _portal.DoAsync(new ConfirmBlacklisting(entry), other.Ref);

        var round = await _portal.RoundOfAsync(driver);
        Assert.Equal((RoundState.Void, VoidReason.Blacklisted), (round.State, round.VoidReason));
        Assert.Null(round.Running);
        var record = await RecordAsync(driver);
        var today = ChinaTime.DateOf(_portal.Clock.Now);
        Assert.Equal(today.AddYears(3), record.BlacklistedUntil);
        Assert.Equal(today, Assert.Single(record.FraudBars).On);
        Assert.Contains("Blacklisted", await _portal.MessagesToAsync(driver));
        Assert.Contains("RoundBlacklisted", await _portal.MessagesToAsync(driver));
        var refused = await _portal.DoAsync(TestPortal.Application(driver), driver.Ref);
        Assert.False(refused.IsApproved);
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task One_person_with_two_accounts_is_one_person_and_so_is_one_with_two_roles()
    {
        var person = TestPeople.Number(7001);
        var first = await _portal.CreateOfficerAsync(Role.Reviewer, person: person);
        var second = await _portal.CreateOfficerAsync(Role.Supervisor, person: person);
        var entry = await _portal.ProposeAsync(first, await _portal.ImportDriverAsync());

        var refusal = await _portal.RefusedAsync(new ConfirmBlacklisting(entry), second.Ref);
        Assert.Equal(RefusalCode.SecondPersonNeeded, refusal.Code);
        await _portal.ExecuteAsync(
            "INSERT INTO staff_roles (staff_id, role_name, realm) SELECT id, 'Supervisor', 'Work' FROM staff WHERE id = $1",
            first.Id
        );
        refusal = await _portal.RefusedAsync(new ConfirmBlacklisting(entry), first.Ref);
        Assert.Equal(RefusalCode.SecondPersonNeeded, refusal.Code);
        // And if the code were wrong, the table would still refuse.
        var written = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            _portal.ExecuteAsync(
                """
                UPDATE blacklist_entries SET state = 'InForce', checked_by_id = proposed_by_id, checked_at = now(),
                out_of_scheme_until = '2028-01-01', off_online_until = '2029-01-01' WHERE id = $1
                """,
                entry
            )
        );
        Assert.Equal("ck_blacklist_maker_checker", written.ConstraintName);
    }

    [Fact]
    [Trait("Rule", "N-31")]
    [Trait("Rule", "S1-40")]
    public async Task What_rested_on_fraud_is_put_back_once_and_taken_off_again_once()
    {
        var (driver, round) = await _portal.DriverWithReductionAsync();
        Assert.Equal((2, 1), await PointsAsync(driver));

        var entry = await _portal.BlacklistAsync(driver, round);
        await DispatchAsync();
        await DispatchAsync();

        var revocation = Assert.Single(_portal.Points.RevocationsAsked);
        Assert.Equal(round.ToString("N"), revocation.ReductionKey);
        Assert.NotEqual(revocation.ReductionKey, revocation.Request.Key);
        Assert.Equal((3, 0), await PointsAsync(driver));
        Assert.Contains("ReductionRevoked", await _portal.MessagesToAsync(driver));

        await _portal.UpholdAppealAsync(await _portal.AppealAsync(driver, entry));
        await DispatchAsync();
        await DispatchAsync();

        Assert.Equal((2, 1), await PointsAsync(driver));
        Assert.Equal(2, _portal.Points.Asked.Count);
        Assert.Single(_portal.Points.Revoked);
        Assert.Superset(
            new HashSet<string> { "AppealUpheld", "ReductionRestored" },
            (await _portal.MessagesToAsync(driver)).ToHashSet()
        );
        await _portal.AssertAuditIsWholeAsync();
    }

    [Theory]
    [InlineData(PointsFault.LostOnTheWay, 2)]
    [InlineData(PointsFault.AnswerLost, 1)]
    [InlineData(PointsFault.Late, 1)]
    [InlineData(PointsFault.DiesBefore, 1)]
    [InlineData(PointsFault.DiesAfter, 1)]
    [Trait("Rule", "N-31")]
    public async Task One_fault_and_the_points_are_still_put_back_once_under_the_same_key(PointsFault fault, int asked)
    {
        var (driver, round) = await _portal.DriverWithReductionAsync();
        await _portal.BlacklistAsync(driver, round);
        var faults = new Queue<PointsFault>([fault]);
        _portal.Points.Faults = _ => faults.TryDequeue(out var next) ? next : PointsFault.None;

        for (var i = 0; i < 4; i++)
        {
            try
            {
                await DispatchAsync();
            }
            catch (ProcessDiedException)
            {
                // It is started again below.
            }
            _portal.Clock.Advance(TimeSpan.FromMinutes(70));
        }

        Assert.Equal(asked, _portal.Points.RevocationsAsked.Count);
        Assert.Single(_portal.Points.Revoked);
        Assert.Equal((3, 0), await PointsAsync(driver));
    }

    [Fact]
    [Trait("Rule", "N-31")]
    public async Task A_revocation_that_was_never_sent_is_dropped_when_the_appeal_is_upheld()
    {
        var (driver, round) = await _portal.DriverWithReductionAsync();
        var entry = await _portal.BlacklistAsync(driver, round);
        await _portal.UpholdAppealAsync(await _portal.AppealAsync(driver, entry));
        await DispatchAsync();

        Assert.Empty(_portal.Points.RevocationsAsked);
        Assert.Equal((2, 1), await PointsAsync(driver));
    }

    [Theory]
    [InlineData(RecordKind.Blacklist)]
    [InlineData(RecordKind.Fraud)]
    [Trait("Rule", "S1-40")]
    public async Task A_delivered_entry_that_was_lifted_stays_lifted_however_often_it_is_delivered(RecordKind kind)
    {
        var on = ChinaTime.DateOf(_portal.Clock.Now).AddDays(-30);
        DateOnly? until = kind == RecordKind.Blacklist ? on.AddYears(3) : null;
        var driver = await _portal.ImportDriverAsync(more: number => new EntryRecord(number, kind, on, until));
        var entry = Assert.Single(await _portal.Get<BlacklistPages>().OfDriverAsync(driver.Id, default));
        Assert.True(entry is { IsOwn: false, MayAppeal: true });

        await _portal.UpholdAppealAsync(await _portal.AppealAsync(driver, entry.Id));
        await _portal.ImportAsync([new EntryRecord(driver.Person.IdNumber, kind, on, until)]);

        var record = await RecordAsync(driver);
        Assert.Equal((null, 0), (record.BlacklistedUntil, record.Frauds.Count));
        Assert.True((await _portal.DoAsync(TestPortal.Application(driver), driver.Ref)).IsApproved);
    }

    [Fact]
    [Trait("Rule", "S1-40")]
    public async Task A_rejected_appeal_leaves_the_entry_and_tells_why_and_there_is_no_second_one()
    {
        var driver = await _portal.ImportDriverAsync();
        var entry = await _portal.BlacklistAsync(driver);
        var @case = await _portal.AppealAsync(driver, entry, photos: 5);
        Assert.Equal(5, await _portal.ScalarAsync<long>("SELECT count(*) FROM photos WHERE kind = 'Evidence'"));

        await _portal.AnswerAppealAsync(await _portal.CreateOfficerAsync(), @case, uphold: false);

        Assert.Contains("AppealRejected", await _portal.MessagesToAsync(driver));
        var seen = Assert.Single(await _portal.Get<BlacklistPages>().OfDriverAsync(driver.Id, default));
        Assert.True(seen is { Bars: true, MayAppeal: false, Appeal.DecisionReason: "经核查均为本人。" });
        var again = await _portal.RefusedAsync(new FileAppeal(entry, "另外一个理由，共十多个字。", []), driver.Ref);
        Assert.Equal(RefusalCode.AppealOnce, again.Code);
    }

    [Fact]
    [Trait("Rule", "S1-40")]
    public async Task Who_proposed_to_uphold_gets_other_cases_next_and_cannot_confirm()
    {
        var driver = await _portal.ImportDriverAsync();
        var @case = await _portal.AppealAsync(driver, await _portal.BlacklistAsync(driver));
        var chief = await _portal.CreateOfficerAsync(Role.Supervisor);
        await _portal.AnswerAppealAsync(chief, @case, uphold: true);
        Assert.Equal(RefusalCode.QueueEmpty, (await _portal.RefusedAsync(new ClaimNextCase(), chief.Ref)).Code);
        var reviewer = await _portal.CreateOfficerAsync();
        Assert.Equal(RefusalCode.QueueEmpty, (await _portal.RefusedAsync(new ClaimNextCase(), reviewer.Ref)).Code);

        await _portal.DoAsync(new ClaimCase(@case), chief.Ref);
        var seen = (await _portal.CaseAsync(@case)).Version;
        var own = await _portal.RefusedAsync(new ConfirmAppeal(@case, seen, "属实。"), chief.Ref);
        Assert.Equal(RefusalCode.SecondPersonNeeded, own.Code);
        await _portal.DoAsync(new ReleaseCase(@case), chief.Ref);

        var other = await _portal.CreateOfficerAsync(Role.Supervisor);
        Assert.Equal(@case, await _portal.ClaimNextAsync(other));
    }

    [Fact]
    public async Task Fifty_confirmations_at_once_are_one()
    {
        var (driver, round) = await _portal.DriverWithReductionAsync();
        var entry = await _portal.ProposeAsync(await _portal.CreateOfficerAsync(), driver, round);
        var (one, two) = (
            await _portal.CreateOfficerAsync(Role.Supervisor),
            await _portal.CreateOfficerAsync(Role.Supervisor)
        );

        var outcomes = await Race.RunAsync(
            50,
            i => _portal.TryAsync(new ConfirmBlacklisting(entry), (i % 2 == 0 ? one : two).Ref)
        );

        Assert.Equal(25, outcomes.Count(o => o is Outcome<Unit>.Done));
        Assert.All(
            outcomes.OfType<Outcome<Unit>.Refused>(),
            o => Assert.Equal(RefusalCode.CaseDecided, o.Refusal.Code)
        );
        Assert.Equal(1, await _portal.ScalarAsync<long>("SELECT count(*) FROM reduction_changes"));
        Assert.Single(await _portal.MessagesToAsync(driver), m => m == "Blacklisted");

        // The control: look, then write.
        await _portal.ExecuteAsync(
            """
            ALTER TABLE blacklist_entries DROP CONSTRAINT ck_blacklist_checked, DROP CONSTRAINT ck_blacklist_clocks;
            UPDATE blacklist_entries SET state = 'Proposed'
            """
        );
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) FROM blacklist_entries WHERE id = $1 AND state = 'InForce'",
            "UPDATE blacklist_entries SET state = 'InForce' WHERE id = $1",
            entry
        );
        Assert.True(naive > 1);
    }

    [Fact]
    [Trait("Rule", "S1-40")]
    public async Task An_appeal_filed_many_times_at_once_is_one()
    {
        var driver = await _portal.ImportDriverAsync();
        var entry = await _portal.BlacklistAsync(driver);

        var outcomes = await Race.RunAsync(
            30,
            i =>
                _portal.TryAsync(
                    new FileAppeal(entry, i % 2 == 0 ? TestPortal.AppealReason : $"{TestPortal.AppealReason}二", []),
                    driver.Ref
                )
        );

        Assert.Equal(15, outcomes.Count(o => o is Outcome<FiledAppeal>.Done));
        Assert.Equal(1, outcomes.Count(o => o is Outcome<FiledAppeal>.Done { Value.IsNew: true }));
        Assert.Equal(1, await _portal.ScalarAsync<long>("SELECT count(*) FROM appeals"));

        // The control: without the indexes, looking first is not enough.
        const string look = "SELECT count(*) FROM appeals WHERE entry_id = $1 AND reason = 'naive'";
        await _portal.ExecuteAsync(
            """
            DROP INDEX "IX_appeals_entry_id"; ALTER TABLE appeals DROP CONSTRAINT "FK_appeals_cases_case_id"
            """
        );
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            look,
            "INSERT INTO appeals (case_id, entry_id, reason, filed_at) VALUES (gen_random_uuid(), $1, 'naive', now())",
            entry
        );
        Assert.True(naive > 1);
    }

    [Fact]
    [Trait("Rule", "S1-39")]
    public async Task An_application_and_a_confirmation_at_once_never_leave_a_blacklisted_driver_with_an_open_round()
    {
        var supervisor = await _portal.CreateOfficerAsync(Role.Supervisor);
        var proposer = await _portal.CreateOfficerAsync();
        for (var i = 0; i < 10; i++)
        {
            var driver = await _portal.ImportDriverAsync();
            var entry = await _portal.ProposeAsync(proposer, driver);
            await Race.RunAsync(
                2,
                async n =>
                    n == 0
                        ? await _portal.TryAsync(new ConfirmBlacklisting(entry), supervisor.Ref) is Outcome<Unit>.Done
                        : await _portal.TryAsync(TestPortal.Application(driver), driver.Ref)
                            is Outcome<ApplicationDecision>.Done
            );
        }
        Assert.Equal(
            0,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM rounds WHERE state NOT IN ('Void', 'Reduced')")
        );
    }

    private Task<int> DispatchAsync() => _portal.Get<PointsDispatcher>().RunAsync(default);

    private async Task<(int Points, int Reduced)> PointsAsync(TestDriver driver)
    {
        var record = await RecordAsync(driver);
        return (record.Points, record.PointsReduced);
    }

    private async Task<DriverRecord> RecordAsync(TestDriver driver)
    {
        await using var db = _portal.Db();
        var today = ChinaTime.DateOf(_portal.Clock.Now);
        return (await DriverRecords.LoadAsync(db, SchemeCatalogue.Shipped, driver.Id, today, default))!.Record;
    }
}
