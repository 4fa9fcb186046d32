using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Accounts;

/// <summary>What keeps a member of staff out, and the ways back in.</summary>
public sealed class AccountAccessTests : IAsyncLifetime
{
    private const string Password = "Nebel-im-Herbst-7412";

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
    public async Task Ninety_days_without_a_sign_in_lock_an_account_until_it_is_opened_again()
    {
        var used = await _portal.CreateActivatedOfficerAsync();
        var idle = await _portal.CreateActivatedOfficerAsync();
        _portal.Clock.Advance(TimeSpan.FromDays(60));
        Assert.NotNull(await SignInAsync(used));
        _portal.Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromHours(1));

        // The administrators have not signed in either.
        Assert.Equal(3, await _portal.DoAsync(new LockDormantAccounts(), ActorRef.System));
        Assert.Equal(0, await _portal.DoAsync(new LockDormantAccounts(), ActorRef.System));

        Assert.NotNull(await SignInAsync(used));
        Assert.Null(await SignInAsync(idle));
        Assert.Equal(AccountState.Dormant, await StateAsync(idle.Officer));
        await _portal.DoAsync(new UnlockAccount(idle.Officer.Id), _security.Ref);
        Assert.Equal(AccountState.Active, await StateAsync(idle.Officer));
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await SignInAsync(idle));
        // Opened again is as good as used: it is not locked by the next run.
        Assert.Equal(0, await _portal.DoAsync(new LockDormantAccounts(), ActorRef.System));
    }

    [Fact]
    public async Task A_lost_phone_takes_a_code_and_the_password_and_the_old_authenticator_is_dead()
    {
        var officer = await _portal.CreateActivatedOfficerAsync();
        var code = await _portal.DoAsync(new ResetSecondFactor(officer.Officer.Id), _security.Ref);
        Assert.Null(await SignInAsync(officer));

        var enrolment = await _portal.DoAsync(new BeginActivation(officer.Officer.Badge, code), ActorRef.Anonymous);
        Assert.True(enrolment!.KeepsPassword);
        var secret = TestPortal.FromBase32(enrolment.Secret);
        Assert.NotEqual(officer.Secret, secret);
        // Whoever holds the code, the administrator too, needs the password; not before it is done is there a way in.
        Assert.Null(await SignInAsync(officer with { Secret = secret }));
        Assert.Null(await CompleteAsync(officer, code, "Another-Password-99", secret));
        Assert.NotNull(await CompleteAsync(officer, code, Password, secret));

        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await SignInAsync(officer));
        Assert.NotNull(await SignInAsync(officer with { Secret = secret }));
        Assert.Equal([Role.Reviewer], await _portal.RolesAsync(officer.Officer.Id));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_an_enrolment_too()
    {
        var officer = await _portal.CreateActivatedOfficerAsync();
        var code = await _portal.DoAsync(new ResetSecondFactor(officer.Officer.Id), _security.Ref);
        var enrolment = await _portal.DoAsync(new BeginActivation(officer.Officer.Badge, code), ActorRef.Anonymous);
        var secret = TestPortal.FromBase32(enrolment!.Secret);
        for (var i = 0; i < SignInStaff.Tries; i++)
        {
            Assert.Null(await CompleteAsync(officer, code, $"Wrong-Password-{i}", secret));
        }
        Assert.Null(await CompleteAsync(officer, code, Password, secret));
    }

    [Fact]
    public async Task Access_started_anew_has_no_rights_until_they_are_given_again()
    {
        var officer = await _portal.CreateActivatedOfficerAsync();
        var code = await _portal.DoAsync(new RenewActivation(officer.Officer.Id), _system.Ref);

        Assert.Empty(await _portal.RolesAsync(officer.Officer.Id));
        Assert.Equal(AccountState.Invited, await StateAsync(officer.Officer));
        var enrolment = await _portal.DoAsync(new BeginActivation(officer.Officer.Badge, code), ActorRef.Anonymous);
        Assert.False(enrolment!.KeepsPassword);
        var secret = TestPortal.FromBase32(enrolment.Secret);
        Assert.NotNull(await CompleteAsync(officer, code, "Regen-im-Winter-5381", secret));
        Assert.Empty(await _portal.RolesAsync(officer.Officer.Id));
    }

    [Fact]
    public async Task A_closed_account_is_out_at_once_and_comes_back_with_its_roles()
    {
        var officer = await _portal.CreateActivatedOfficerAsync();
        var sessions = _portal.Get<Sessions>();
        var key = await sessions.StartAsync(
            ActorKind.Staff,
            officer.Officer.Id,
            [1],
            _portal.Clock.Now.AddMinutes(15),
            default
        );
        await _portal.DoAsync(new CloseAccount(officer.Officer.Id, true, "调离。"), _system.Ref);
        Assert.Null(await sessions.FindAsync(key, default));
        Assert.Null(await SignInAsync(officer));
        Assert.Equal(
            RefusalCode.AccountState,
            await RefusedAsync(new GrantRole(officer.Officer.Id, Role.Supervisor, "x"), _security)
        );
        await _portal.DoAsync(new CloseAccount(officer.Officer.Id, false, null), _system.Ref);
        // The old session does not come back.
        Assert.Null(await sessions.FindAsync(key, default));
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await SignInAsync(officer));
        Assert.Equal([Role.Reviewer], await _portal.RolesAsync(officer.Officer.Id));
    }

    private async Task<AccountState> StateAsync(TestOfficer officer) =>
        (await _portal.Get<AccountPages>().FindAsync(_system.Ref, officer.Id, default))!.Line.State;

    private Task<Guid?> SignInAsync(ActivatedOfficer officer) =>
        _portal.DoAsync(
            new SignInStaff(officer.Officer.Badge, officer.Password, Totp.Code(officer.Secret, _portal.Clock.Now)),
            ActorRef.Anonymous
        );

    private Task<Guid?> CompleteAsync(ActivatedOfficer officer, string code, string password, byte[] secret) =>
        _portal.DoAsync(
            new ActivateStaff(officer.Officer.Badge, code, password, password, Totp.Code(secret, _portal.Clock.Now)),
            ActorRef.Anonymous
        );

    private async Task<RefusalCode?> RefusedAsync<T>(ICommand<T> command, TestOfficer who) =>
        (await _portal.TryAsync(command, who.Ref) as Outcome<T>.Refused)?.Refusal.Code;
}
