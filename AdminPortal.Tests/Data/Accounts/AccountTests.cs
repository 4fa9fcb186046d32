using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Data.Races;
using AdminPortal.Tests.Support;
using Npgsql;

namespace AdminPortal.Tests.Data.Accounts;

/// <summary>Accounts of staff: three separated administrators, two persons for what matters.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private TestOfficer _system = null!;
    private TestOfficer _security = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _system = await _portal.CreateOfficerAsync(Role.SystemAdministrator, []);
        _security = await _portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Neither_administrator_alone_makes_an_officer()
    {
        var officer = await _portal.OpenAccountAsync(_system, "300001");
        Assert.Empty(await _portal.RolesAsync(officer.Id));
        Assert.Equal(
            RefusalCode.NotPermitted,
            await RefusedAsync(new GrantRole(officer.Id, Role.Reviewer, "x"), _system)
        );

        await _portal.DoAsync(new GrantRole(officer.Id, Role.Reviewer, "新任复核民警。"), _security.Ref);

        Assert.Equal([Role.Reviewer], await _portal.RolesAsync(officer.Id));
        Assert.Equal(
            RefusalCode.NotPermitted,
            await RefusedAsync(new OpenAccount("300002", new AccountFacts("x", "x", []), null), _security)
        );
    }

    [Fact]
    public async Task What_takes_two_persons_counts_only_when_another_one_has_confirmed()
    {
        var officer = await _portal.CreateOfficerAsync();
        var second = await _portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        await _portal.DoAsync(new GrantRole(officer.Id, Role.Supervisor, "新任领导。"), _security.Ref);
        Assert.Equal([Role.Reviewer], await _portal.RolesAsync(officer.Id));
        Assert.Equal(
            RefusalCode.GrantProposed,
            await RefusedAsync(new GrantRole(officer.Id, Role.Supervisor, "再来一次。"), second)
        );
        var grant = await _portal.GrantAsync(officer.Id);
        Assert.Equal(RefusalCode.SecondPersonNeeded, await RefusedAsync(new DecideGrant(grant, true, null), _security));

        await _portal.DoAsync(new DecideGrant(grant, true, null), second.Ref);

        Assert.Equal([Role.Reviewer, Role.Supervisor], await _portal.RolesAsync(officer.Id));
        var third = await _portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        Assert.Equal(RefusalCode.CaseDecided, await RefusedAsync(new DecideGrant(grant, false, "晚了"), third));
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    public async Task A_role_that_came_in_between_stops_the_confirmation_and_a_decline_leaves_nothing()
    {
        var officer = await _portal.OpenAccountAsync(_system, "300003");
        var second = await _portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        await _portal.DoAsync(new GrantRole(officer.Id, Role.Auditor, "新任审计员。"), _security.Ref);
        await _portal.DoAsync(new GrantRole(officer.Id, Role.Reviewer, "先去复核。"), _security.Ref);
        var grant = await _portal.GrantAsync(officer.Id);

        Assert.Equal(RefusalCode.RolesExclusive, await RefusedAsync(new DecideGrant(grant, true, null), second));
        await _portal.DoAsync(new DecideGrant(grant, false, "已任复核。"), second.Ref);

        Assert.Equal([Role.Reviewer], await _portal.RolesAsync(officer.Id));
        // Once the last role is gone the other realm is open.
        await _portal.DoAsync(new RevokeRole(officer.Id, Role.Reviewer, "转岗。"), second.Ref);
        await _portal.DoAsync(new GrantRole(officer.Id, Role.Auditor, "转岗审计。"), _security.Ref);
        await _portal.DoAsync(new DecideGrant(await _portal.GrantAsync(officer.Id), true, null), second.Ref);
        Assert.Equal([Role.Auditor], await _portal.RolesAsync(officer.Id));
    }

    [Fact]
    public async Task Two_accounts_of_one_person_are_one_person_for_the_three_administrators_too()
    {
        var person = TestPeople.Number(4100);
        await _portal.CreateOfficerAsync(Role.Auditor, [], person);
        var other = await _portal.OpenAccountAsync(_system, "300004", person);
        Assert.Equal(
            RefusalCode.RolesExclusive,
            await RefusedAsync(new GrantRole(other.Id, Role.Reviewer, "第二个账号。"), _security)
        );
    }

    public static TheoryData<Role, Role> Pairs
    {
        get
        {
            var pairs = new TheoryData<Role, Role>();
            foreach (var one in Enum.GetValues<Role>())
            {
                foreach (var other in Enum.GetValues<Role>().Where(r => !Permissions.MayBeHeldTogether([one, r])))
                {
                    pairs.Add(one, other);
                }
            }
            return pairs;
        }
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task The_database_holds_the_three_administrators_apart_whoever_writes()
    {
        var holders = new Dictionary<Role, TestOfficer>();
        foreach (var role in Enum.GetValues<Role>())
        {
            holders[role] = await _portal.CreateOfficerAsync(role, []);
        }
        foreach (var pair in Pairs)
        {
            var (held, added) = ((Role)pair[0], (Role)pair[1]);
            var id = holders[held].Id;
            // With its own realm, with the realm that is held, and with a second realm beside it.
            await RefusesAsync(
                "FK_staff_roles_staff_realms_staff_id_realm",
                Insert(id, added, Permissions.RealmOf(added))
            );
            await RefusesAsync("ck_staff_roles_realm", Insert(id, added, Permissions.RealmOf(held)));
            await RefusesAsync(
                "ux_staff_realms_one",
                $"INSERT INTO staff_realms (staff_id, realm) VALUES ('{id}', '{Permissions.RealmOf(added)}')"
            );
        }
        // The control: two roles of one realm are no matter.
        Assert.Equal(1, await _portal.ExecuteAsync(Insert(holders[Role.Reviewer].Id, Role.Supervisor, Realm.Work)));

        static string Insert(Guid id, Role role, Realm realm) =>
            $"INSERT INTO staff_roles (staff_id, role_name, realm) VALUES ('{id}', '{role}', '{realm}')";

        async Task RefusesAsync(string constraint, string sql) =>
            Assert.Equal(
                constraint,
                (await Assert.ThrowsAsync<PostgresException>(() => _portal.ExecuteAsync(sql))).ConstraintName
            );
    }

    [Fact]
    public async Task Of_grants_of_two_realms_at_once_one_wins_where_the_naive_control_gives_both()
    {
        var officer = await _portal.OpenAccountAsync(_system, "300005");
        var second = await _portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        await _portal.DoAsync(new GrantRole(officer.Id, Role.Auditor, "审计。"), _security.Ref);
        var grant = await _portal.GrantAsync(officer.Id);

        await Race.RunAsync(
            8,
            async i =>
                i % 2 == 0
                    ? await _portal.TryAsync(new DecideGrant(grant, true, null), second.Ref)
                    : await _portal.TryAsync(new GrantRole(officer.Id, Role.Reviewer, "复核。"), _security.Ref)
        );

        Assert.Single(await _portal.RolesAsync(officer.Id));

        // The control: look for a role, then write one, with nothing in the database to stop it.
        await _portal.ExecuteAsync("CREATE TABLE naive (staff_id uuid, role_name text)");
        var wrote = await NaiveControl.LookThenWriteAsync(
            _portal,
            4,
            "SELECT count(*) FROM naive WHERE staff_id = $1",
            "INSERT INTO naive (staff_id, role_name) VALUES ($1, 'Auditor')",
            officer.Id
        );
        Assert.True(wrote > 1);
    }

    [Fact]
    public async Task Nobody_changes_their_own_account_by_whichever_act()
    {
        var person = TestPeople.Number(4200);
        var both = await _portal.CreateOfficerAsync(Role.SecurityAdministrator, [], person);
        var twin = await _portal.OpenAccountAsync(_system, "300006", person);
        Assert.Equal(RefusalCode.OwnAccount, await RefusedAsync(new UnlockAccount(both.Id), both));
        Assert.Equal(RefusalCode.OwnAccount, await RefusedAsync(new UnlockAccount(twin.Id), both));
        Assert.Equal(RefusalCode.OwnAccount, await RefusedAsync(new ResetSecondFactor(both.Id), both));
        Assert.Equal(
            RefusalCode.OwnAccount,
            await RefusedAsync(new RevokeRole(both.Id, Role.SecurityAdministrator, "x"), both)
        );
        Assert.Equal(RefusalCode.OwnAccount, await RefusedAsync(new CloseAccount(_system.Id, true, "x"), _system));
        Assert.Equal(
            RefusalCode.OwnAccount,
            await RefusedAsync(
                new ChangeAccount(
                    _system.Id,
                    await _portal.AccountVersionAsync(_system.Id),
                    new AccountFacts("x", "x", ["渝A"])
                ),
                _system
            )
        );
    }

    [Fact]
    public async Task The_list_finds_by_text_authority_role_and_state_and_shows_itself_to_administrators_only()
    {
        var pages = _portal.Get<AccountPages>();
        var invited = await _portal.CreateOfficerAsync(Role.Supervisor, ["渝B"]);
        var active = await _portal.CreateActivatedOfficerAsync();
        var bare = await _portal.OpenAccountAsync(_system, "300007");

        async Task<string[]> FindAsync(AccountFilter filter) =>
            [.. (await pages.ListAsync(_system.Ref, filter, 1, default))!.Lines.Select(l => l.Badge)];

        Assert.Equal(5, (await FindAsync(AccountFilter.None)).Length);
        Assert.Equal([bare.Badge], await FindAsync(AccountFilter.None with { Text = "00007" }));
        Assert.Equal([invited.Badge], await FindAsync(AccountFilter.None with { Authority = "渝B" }));
        Assert.Equal([invited.Badge], await FindAsync(AccountFilter.None with { Role = Role.Supervisor }));
        Assert.Equal([active.Officer.Badge], await FindAsync(AccountFilter.None with { State = AccountState.Active }));
        foreach (var state in Enum.GetValues<AccountState>())
        {
            var page = await pages.ListAsync(_system.Ref, AccountFilter.None with { State = state }, 1, default);
            Assert.All(page!.Lines, line => Assert.Equal(state, line.State));
        }
        Assert.Null(await pages.ListAsync(active.Officer.Ref, AccountFilter.None, 1, default));
        Assert.Null(await pages.FindAsync(active.Officer.Ref, bare.Id, default));
        Assert.Null(await pages.FindAsync(_system.Ref, Guid.NewGuid(), default));
    }

    private async Task<RefusalCode?> RefusedAsync<T>(ICommand<T> command, TestOfficer who) =>
        (await _portal.TryAsync(command, who.Ref) as Outcome<T>.Refused)?.Refusal.Code;
}
