using AdminPortal.Data.Drivers;
using AdminPortal.Data.Exchange;
using AdminPortal.Data.Schemes;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Data.Races;
using AdminPortal.Tests.Support;
using Npgsql;

namespace AdminPortal.Tests.Data.Schemes;

/// <summary>Authorities and what they work under: two persons, no day with two schemes, rounds keep theirs.</summary>
[Trait("Rule", "D-ASSIGNMENT")]
public sealed class AuthorityTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private TestOfficer _first = null!;
    private TestOfficer _second = null!;

    private DateOnly Today => ChinaTime.DateOf(_portal.Clock.Now);

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _first = await _portal.CreateAdministratorAsync();
        _second = await _portal.CreateAdministratorAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task From_its_day_on_new_rounds_begin_under_the_other_scheme_and_open_ones_keep_theirs()
    {
        // All of them before: the file they come with still has the old end.
        var early = await _portal.ImportDriverAsync();
        var today = await _portal.ImportDriverAsync();
        var next = await _portal.ImportDriverAsync();
        await _portal.ApplyAsync(early);
        var id = Guid.NewGuid();
        await _portal.DoAsync(new AssignScheme(id, "渝A", "N", Today.AddDays(1)), _first.Ref);
        var pages = _portal.Get<AuthorityPages>();
        var proposed = (await pages.FindAsync(_second.Ref, "渝A", default))!;
        Assert.Equal((1, null, id), (proposed.OpenRounds, proposed.MayCheck, proposed.Proposed!.Id));
        Assert.Single(proposed.Periods);
        await _portal.DoAsync(new ConfirmAssignment(id), _second.Ref);

        var line = (await pages.FindAsync(_first.Ref, "渝A", default))!.Periods;
        Assert.Equal(
            [new("N", Today.AddDays(1), null), new SchemePeriod("S1", new DateOnly(2021, 9, 10), Today)],
            line
        );
        await _portal.ApplyAsync(today);
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("S1", (await _portal.RoundOfAsync(today)).SchemeId);
        Assert.Equal("S1", (await _portal.RoundOfAsync(early)).SchemeId);
        var home = await _portal.Get<DriverPages>().HomeAsync(next.Id, false, default);
        Assert.Equal("N", home!.Scheme!.Id);
    }

    [Fact]
    public async Task A_new_authority_is_there_once_confirmed_and_changes_nobodys_rights()
    {
        var id = Guid.NewGuid();
        var add = new AddAuthority(id, " 豫a ", "郑州支队", "0371-12345", "S1", Today);
        await _portal.DoAsync(add, _first.Ref);
        var pages = _portal.Get<AuthorityPages>();
        var list = (await pages.ListAsync(_second.Ref, new AuthorityFilter("豫", null), 1, default))!;
        Assert.Empty(list.Lines);
        Assert.Equal("豫A", Assert.Single(list.New).Authority);
        var rights = await _portal.ScalarAsync<long>("SELECT count(*) FROM staff_authorities");
        await _portal.DoAsync(new ConfirmAssignment(id), _second.Ref);

        var view = (await pages.FindAsync(_first.Ref, "豫A", default))!;
        Assert.Equal(("郑州支队", "0371-12345", 0), (view.Name, view.Hotline, view.Accounts));
        Assert.Equal(rights, await _portal.ScalarAsync<long>("SELECT count(*) FROM staff_authorities"));
        var again = new AddAuthority(Guid.NewGuid(), "豫A", "郑州支队", null, "S1", Today);
        Assert.Equal(RefusalCode.AuthorityKnown, (await _portal.RefusedAsync(again, _first.Ref)).Code);
        await _portal.DoAsync(new ChangeAuthority("豫A", "郑州车管所", null, view.Version), _first.Ref);
        var late = new ChangeAuthority("豫A", "郑州", null, view.Version);
        Assert.Equal(RefusalCode.Stale, (await _portal.RefusedAsync(late, _second.Ref)).Code);
        Assert.Null(await pages.FindAsync(_first.Ref, "豫B", default));
        var officer = await _portal.CreateOfficerAsync(Role.Supervisor);
        Assert.Null(await pages.FindAsync(officer.Ref, "豫A", default));
        Assert.Null(await pages.ListAsync(officer.Ref, new AuthorityFilter(null, null), 1, default));
    }

    [Fact]
    public async Task A_delivered_file_cannot_undo_it_and_a_file_that_contradicts_itself_is_told_so()
    {
        var code = await _portal.NewAuthorityAsync();
        var id = Guid.NewGuid();
        await _portal.DoAsync(new AssignScheme(id, code, "N", Today.AddDays(7)), _first.Ref);
        await _portal.DoAsync(new ConfirmAssignment(id), _second.Ref);
        var old = TestPortal.Line(new AuthorityRecord(code, "支队", "S1", new DateOnly(2021, 9, 10)));
        Assert.Contains("overlaps", await FaultAsync(old));
        Assert.Contains(
            "overlaps",
            await FaultAsync(
                TestPortal.Line(new AuthorityRecord("豫Z", "支队", "S1", new DateOnly(2021, 9, 10))),
                TestPortal.Line(new AuthorityRecord("豫Z", "支队", "N", new DateOnly(2022, 9, 10)))
            )
        );
    }

    [Fact]
    public async Task However_many_propose_and_confirm_at_once_one_counts()
    {
        var code = await _portal.NewAuthorityAsync();
        var administrators = new List<TestOfficer>();
        for (var i = 0; i < 8; i++)
        {
            administrators.Add(await _portal.CreateAdministratorAsync());
        }
        var proposed = await Race.RunAsync(
            administrators.Count,
            i => _portal.TryAsync(new AssignScheme(Guid.NewGuid(), code, "N", Today), administrators[i].Ref)
        );
        Assert.Single(proposed, o => o is Outcome<Unit>.Done);
        Assert.All(
            proposed.OfType<Outcome<Unit>.Refused>(),
            refused => Assert.Equal(RefusalCode.AssignmentProposed, refused.Refusal.Code)
        );
        var id = await _portal.ProposedAssignmentAsync(code);
        var confirmed = await Race.RunAsync(
            administrators.Count,
            i => _portal.TryAsync(new ConfirmAssignment(id), administrators[i].Ref)
        );
        Assert.Single(confirmed, o => o is Outcome<Unit>.Done);
        Assert.Equal(2, await _portal.ScalarAsync<long>("SELECT count(*) FROM authorities WHERE authority = $1", code));
    }

    [Fact]
    public async Task No_two_periods_of_an_authority_overlap_whoever_writes_them_at_once()
    {
        const string insert = """
            INSERT INTO authorities (authority, valid_from, valid_to, name, scheme_id, version)
            SELECT '豫Y', date '2026-01-01' + (random() * 300)::int, '2027-12-31', 'x', 'S1', 0
            """;
        var wrote = await Race.RunAsync(
            20,
            async _ =>
            {
                try
                {
                    return await _portal.ExecuteAsync(insert);
                }
                catch (PostgresException e)
                    when (e.SqlState is PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.UniqueViolation)
                {
                    return 0;
                }
            }
        );
        Assert.Equal(1, wrote.Sum());
        await Assert.ThrowsAsync<PostgresException>(() =>
            _portal.ExecuteAsync("UPDATE authorities SET valid_to = '2020-01-01' WHERE authority = '豫Y'")
        );

        // The control: who only looks and writes makes days with two schemes.
        await _portal.ExecuteAsync(
            "DROP TRIGGER tr_authorities_no_overlap ON authorities; DELETE FROM authorities WHERE authority = '豫Y'"
        );
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            8,
            "SELECT count(*) FROM authorities WHERE authority = '豫Y'",
            insert + " ON CONFLICT DO NOTHING"
        );
        Assert.True(naive > 1, "The control wrote once: this was no race.");
    }

    private async Task<string> FaultAsync(params string[] lines)
    {
        var header = TestPortal.Line(
            new HeaderRecord(HeaderRecord.KnownFormat, _portal.Clock.Now.AddHours(-1), "测试")
        );
        var path = await _portal.WriteExchangeAsync([header, .. lines]);
        return string.Join('\n', (await _portal.Get<ExchangeImporter>().ImportAsync(path, default)).Faults);
    }
}
