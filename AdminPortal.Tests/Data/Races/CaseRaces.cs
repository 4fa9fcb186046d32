using AdminPortal.Data.Casework;
using AdminPortal.Data.Reviews;
using AdminPortal.Domain;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Races;

/// <summary>Officers who press the same key at the same moment.</summary>
public sealed class CaseRaces : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Fifty_officers_take_twenty_cases_each_case_once()
    {
        var cases = await _portal.SeedCasesAsync(20);
        var officers = new List<TestOfficer>();
        for (var i = 0; i < 50; i++)
        {
            officers.Add(await _portal.CreateOfficerAsync());
        }

        var outcomes = await Race.RunAsync(50, i => _portal.TryAsync(new ClaimNextCase(), officers[i].Ref));

        var claimed = outcomes.OfType<Outcome<Guid>.Done>().Select(o => o.Value).ToList();
        Assert.Equal(cases.Order(), claimed.Order());
        Assert.All(outcomes.OfType<Outcome<Guid>.Refused>(), o => Assert.Equal(RefusalCode.QueueEmpty, o.Refusal.Code));
        Assert.Equal(
            20,
            await _portal.ScalarAsync<long>("SELECT count(DISTINCT holder_id) FROM cases WHERE state = 'Claimed'")
        );
        await _portal.AssertAuditIsWholeAsync();

        // The control: look which one is free, then write one's name on it.
        var free = await _portal.ScalarAsync<Guid>("SELECT id FROM cases LIMIT 1");
        await _portal.ExecuteAsync("UPDATE cases SET state = 'Waiting', holder_id = NULL, lease_until = NULL");
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) FROM cases WHERE id = $1 AND state = 'Claimed'",
            "UPDATE cases SET state = 'Claimed', holder_id = gen_random_uuid(), lease_until = now() WHERE id = $1",
            free
        );
        Assert.True(naive > 1);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public async Task A_case_is_decided_once_however_often_and_by_whomever_it_is_decided()
    {
        var cases = await _portal.SeedCasesAsync(3);
        var (holder, other) = (await _portal.CreateOfficerAsync(), await _portal.CreateOfficerAsync());
        var versions = new Dictionary<Guid, int>();
        foreach (var id in cases)
        {
            await _portal.DoAsync(new ClaimCase(id), holder.Ref);
            versions[id] = (await _portal.CaseAsync(id)).Version;
        }

        // The same decision, clicked fifty times: the same success, once.
        var clicks = await Race.RunAsync(50, _ => DecideAsync(cases[0], holder, true));
        Assert.All(clicks, o => Assert.IsType<Outcome<Unit>.Done>(o));
        // Two tabs of one officer, one upholds and one rejects.
        var tabs = await Race.RunAsync(50, i => DecideAsync(cases[1], holder, i % 2 == 0));
        Assert.Single(
            tabs.Select((o, i) => (Done: o is Outcome<Unit>.Done, Upheld: i % 2 == 0)).Where(t => t.Done).Distinct()
        );
        Assert.All(tabs.OfType<Outcome<Unit>.Refused>(), o => Assert.Equal(RefusalCode.CaseDecided, o.Refusal.Code));
        // Two officers: only the one who holds it.
        var both = await Race.RunAsync(50, i => DecideAsync(cases[2], i % 2 == 0 ? holder : other, true));
        Assert.Equal(25, both.Where((_, i) => i % 2 == 0).Count(o => o is Outcome<Unit>.Done));
        Assert.All(
            both.Where((_, i) => i % 2 == 1),
            o =>
                Assert.Contains(
                    Assert.IsType<Outcome<Unit>.Refused>(o).Refusal.Code,
                    new[] { RefusalCode.CaseTaken, RefusalCode.CaseDecided }
                )
        );

        Assert.Equal(
            [1L, 1L, 1L],
            await _portal.ColumnAsync<long>(
                "SELECT count(*) FROM case_steps WHERE to_state IN ('Upheld', 'Rejected') GROUP BY case_id"
            )
        );
        var upheld = await _portal.ScalarAsync<long>("SELECT count(*) FROM cases WHERE state = 'Upheld'");
        Assert.Equal(upheld, await _portal.ScalarAsync<long>("SELECT count(*) FROM reductions"));
        Assert.Equal(3, (await _portal.ActsAsync()).Count(a => a == "DecideReview"));

        Task<Outcome<Unit>> DecideAsync(Guid id, TestOfficer officer, bool uphold) =>
            _portal.TryAsync(new DecideReview(id, versions[id], uphold, "确为本人。"), officer.Ref);
    }

    [Fact]
    public async Task Only_the_index_stops_a_second_decision_that_looks_first()
    {
        var decided = (await _portal.SeedCasesAsync(1))[0];
        const string look = "SELECT count(*) FROM case_steps WHERE case_id = $1 AND to_state IN ('Upheld', 'Rejected')";
        const string write = """
            INSERT INTO case_steps (case_id, number, from_state, act, to_state, happened_at, by_kind, by_id, by_name)
            VALUES ($1, (random() * 1000000000)::int, 'Claimed', 'Uphold', 'Upheld', now(), 'Staff', $1, '1')
            """;
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            NaiveControl.LookThenWriteAsync(_portal, 20, look, write, decided)
        );
        Assert.Equal("ux_case_steps_one_decision", refused.ConstraintName);
        Assert.Equal(1, await _portal.ScalarAsync<long>(look, decided));

        await _portal.ExecuteAsync(
            "DROP INDEX ux_case_steps_one_decision; ALTER TABLE case_steps DISABLE TRIGGER USER"
        );
        await _portal.ExecuteAsync("DELETE FROM case_steps WHERE to_state = 'Upheld'");
        Assert.True(await NaiveControl.LookThenWriteAsync(_portal, 20, look, write, decided) > 1);
    }

    [Fact]
    public async Task An_officer_whose_lease_lapsed_meanwhile_cannot_decide()
    {
        var id = (await _portal.SeedCasesAsync(1))[0];
        var (slow, quick) = (await _portal.CreateOfficerAsync(), await _portal.CreateOfficerAsync());
        await _portal.DoAsync(new ClaimCase(id), slow.Ref);
        var seen = (await _portal.CaseAsync(id)).Version;
        _portal.Clock.Advance(TimeSpan.FromMinutes(30));

        var late = await _portal.RefusedAsync(new DecideReview(id, seen, true, "确为本人。"), slow.Ref);
        Assert.Equal(RefusalCode.LeaseLapsed, late.Code);

        await _portal.DoAsync(new ClaimCase(id), quick.Ref);
        var zombie = await _portal.RefusedAsync(new DecideReview(id, seen, true, "确为本人。"), slow.Ref);
        Assert.Equal(RefusalCode.CaseTaken, zombie.Code);
        Assert.Equal(quick.Badge, zombie.Facts[0]);
    }

    [Fact]
    public async Task A_decision_on_an_old_picture_of_the_case_says_who_changed_it_and_when()
    {
        var id = (await _portal.SeedCasesAsync(1))[0];
        var officer = await _portal.CreateOfficerAsync();
        await _portal.DoAsync(new ClaimCase(id), officer.Ref);
        var seen = (await _portal.CaseAsync(id)).Version;
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await _portal.DoAsync(new AddNote(id, "已联系驾驶人。"), officer.Ref);

        var stale = await _portal.RefusedAsync(new DecideReview(id, seen, true, "确为本人。"), officer.Ref);

        Assert.Equal(RefusalCode.Stale, stale.Code);
        Assert.Equal<object>([officer.Badge, _portal.Clock.Now], stale.Facts);
    }
}
