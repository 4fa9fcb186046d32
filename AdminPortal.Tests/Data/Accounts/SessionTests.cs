using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Accounts;

/// <summary>Sessions of staff: what has ended may do nothing, in a circuit too; who sees and ends which.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private Sessions _sessions = null!;
    private SessionPages _pages = null!;
    private TestOfficer _officer = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _sessions = _portal.Get<Sessions>();
        _pages = _portal.Get<SessionPages>();
        _officer = await _portal.CreateOfficerAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_circuit_whose_session_has_ended_may_do_nothing_at_its_next_act()
    {
        await _portal.SeedCasesAsync(1);
        var (here, _) = await StartAsync(_officer);
        var (there, _) = await StartAsync(_officer);
        var guard = await _portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        Assert.Equal(2, (await _pages.ListAsync(guard.Ref, _officer.Badge, default))!.Count);

        Assert.Equal(1, await _portal.DoAsync(new EndSessions(_officer.Id, here), guard.Ref));

        Assert.Equal(RefusalCode.AccountDisabled, await RefusedAsync(_officer.Ref with { Session = here }));
        Assert.Null(await _pages.OwnAsync(_officer.Ref with { Session = here }, default));
        Assert.Null(await _portal.Get<StaffProfiles>().ReadAsync(_officer.Ref with { Session = here }, default));
        // The control: the other window goes on.
        Assert.Null(await RefusedAsync(_officer.Ref with { Session = there }));
    }

    [Fact]
    public async Task A_session_of_somebody_else_opens_nothing()
    {
        var other = await _portal.CreateOfficerAsync();
        var (session, _) = await StartAsync(other);
        Assert.Equal(RefusalCode.AccountDisabled, await RefusedAsync(_officer.Ref with { Session = session }));
        Assert.Equal(0, await _portal.DoAsync(new EndMySessions(session, false), _officer.Ref));
        Assert.Single((await _pages.OwnAsync(other.Ref, default))!);
    }

    [Fact]
    public async Task Everybody_sees_and_ends_their_own_and_only_the_security_administrator_those_of_others()
    {
        var (here, _) = await StartAsync(_officer);
        await StartAsync(_officer);
        await StartAsync(_officer);
        Assert.Null(await _pages.ListAsync(_officer.Ref, null, default));
        Assert.Equal(3, (await _pages.OwnAsync(_officer.Ref, default))!.Count);

        Assert.Equal(2, await _portal.DoAsync(new EndMySessions(here, true), _officer.Ref with { Session = here }));

        var left = Assert.Single((await _pages.OwnAsync(_officer.Ref, default))!);
        Assert.Equal((here, "10.1.2.3", "Firefox · Linux"), (left.Handle, left.Address, left.Browser));
    }

    [Fact]
    public async Task An_act_in_a_circuit_keeps_a_session_alive_fifteen_idle_minutes_or_eight_hours_end_it()
    {
        var (session, key) = await StartAsync(_officer);
        for (var minutes = 0; minutes < 8 * 60 - 14; minutes += 14)
        {
            _portal.Clock.Advance(TimeSpan.FromMinutes(14));
            await _sessions.TouchAsync(session, default);
            await _sessions.SweepAsync(default);
            Assert.NotNull(await _sessions.FindAsync(key, default));
        }
        var seen = Assert.Single((await _pages.OwnAsync(_officer.Ref, default))!);
        Assert.Equal(_portal.Clock.Now, seen.LastSeenAt);
        _portal.Clock.Advance(TimeSpan.FromMinutes(14));
        await _sessions.TouchAsync(session, default);
        await _sessions.SweepAsync(default);
        // However active.
        Assert.Null(await _sessions.FindAsync(key, default));
        Assert.Equal(0, await _portal.ScalarAsync<long>("SELECT count(*) FROM sessions"));

        var (idle, idleKey) = await StartAsync(_officer);
        _portal.Clock.Advance(TimeSpan.FromMinutes(15));
        // What has ended is not called back by a late act.
        await _sessions.TouchAsync(idle, default);
        Assert.Null(await _sessions.FindAsync(idleKey, default));
        Assert.Empty((await _pages.OwnAsync(_officer.Ref, default))!);
    }

    private async Task<(Guid Handle, string Key)> StartAsync(TestOfficer officer)
    {
        var handle = Guid.NewGuid();
        var key = await _sessions.StartAsync(
            ActorKind.Staff,
            officer.Id,
            [1],
            _portal.Clock.Now + Sessions.Idle(ActorKind.Staff),
            default,
            new SessionOrigin(handle, "10.1.2.3", "Firefox · Linux")
        );
        return (handle, key);
    }

    private async Task<RefusalCode?> RefusedAsync(ActorRef who) =>
        (await _portal.TryAsync(new AdminPortal.Data.Casework.ClaimNextCase(), who) as Outcome<Guid>.Refused)
            ?.Refusal
            .Code;
}
