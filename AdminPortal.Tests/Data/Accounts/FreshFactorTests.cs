using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Exports;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exports;
using AdminPortal.Tests.Data.Commands;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Accounts;

/// <summary>Rare and dangerous acts want the second factor anew (D-STEP-UP): from what the session's row says, not the browser.</summary>
public sealed class FreshFactorTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private TestOfficer _guard = null!;
    private TestOfficer _officer = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _guard = await _portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        _officer = await _portal.CreateOfficerAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public void The_list_of_acts_is_reviewed()
    {
        string[] reviewed =
        [
            nameof(AddPasskey),
            nameof(RemovePasskey),
            nameof(GrantRole),
            nameof(ResetSecondFactor),
            nameof(RenewActivation),
            nameof(ApproveExport),
            // In full only, and confirming only.
            nameof(RequestExport),
            nameof(DecideGrant),
        ];
        var marked = Catalogue
            .All.Select(c => c.Command)
            .Where(t => t.GetProperty(nameof(ICommand<Unit>.NeedsFreshFactor)) is not null)
            .Select(t => t.Name);
        Assert.Equal(reviewed.Order(), marked.Order());
        Assert.False(new DecideGrant(Guid.Empty, false, "").NeedsFreshFactor);
        Assert.True(new DecideGrant(Guid.Empty, true, null).NeedsFreshFactor);
        var masked = new RequestExport(Guid.Empty, TestPortal.BlacklistQuestion, "en", "", ExportedPersons.Masked);
        Assert.False(masked.NeedsFreshFactor);
        Assert.True((masked with { Persons = ExportedPersons.Full }).NeedsFreshFactor);
    }

    [Fact]
    public async Task A_sign_in_is_fresh_for_five_minutes_then_a_code_is_wanted()
    {
        var secret = await _portal.AuthenticatorAsync(_guard.Ref);
        var who = await _portal.SessionAsync(_guard.Ref);
        _portal.Clock.Advance(StepUp.FreshFor);
        await _portal.DoAsync(Grant(Role.QuestionEditor), who);

        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(RefusalCode.FreshFactorNeeded, (await _portal.RefusedAsync(Grant(Role.Supervisor), who)).Code);
        var code = Totp.Code(secret, _portal.Clock.Now);
        Assert.True(await _portal.DoAsync(new ConfirmFactor(who.Session!.Value, code), who));
        await _portal.DoAsync(Grant(Role.Supervisor), who);

        // A code proves it once.
        _portal.Clock.Advance(StepUp.FreshFor + TimeSpan.FromSeconds(1));
        Assert.False(await _portal.DoAsync(new ConfirmFactor(who.Session!.Value, code), who));
    }

    [Fact]
    public async Task What_is_proven_in_one_session_counts_in_no_other()
    {
        var secret = await _portal.AuthenticatorAsync(_guard.Ref);
        var (here, there) = (await _portal.SessionAsync(_guard.Ref), await _portal.SessionAsync(_guard.Ref));
        _portal.Clock.Advance(TimeSpan.FromMinutes(6));
        var code = Totp.Code(secret, _portal.Clock.Now);
        Assert.True(await _portal.DoAsync(new ConfirmFactor(here.Session!.Value, code), here));
        Assert.Equal(RefusalCode.FreshFactorNeeded, (await _portal.RefusedAsync(Grant(Role.Supervisor), there)).Code);
        // Nor can somebody else prove it for one.
        var theirs = await _portal.SessionAsync(_officer.Ref);
        var refused = await _portal.RefusedAsync(new ConfirmFactor(here.Session!.Value, "000000"), theirs);
        Assert.Equal(RefusalCode.NotFound, refused.Code);
    }

    [Fact]
    public async Task The_fifth_wrong_code_locks_the_account_and_ends_the_session()
    {
        await _portal.AuthenticatorAsync(_guard.Ref);
        var who = await _portal.SessionAsync(_guard.Ref);
        for (var i = 1; i <= SignInStaff.Tries; i++)
        {
            Assert.False(await _portal.DoAsync(new ConfirmFactor(who.Session!.Value, "no code"), who));
        }
        var over = await _portal.RefusedAsync(new ConfirmFactor(who.Session!.Value, "no code"), who);
        Assert.Equal(RefusalCode.AccountDisabled, over.Code);
        var another = await _portal.SessionAsync(_guard.Ref);
        var locked = await _portal.RefusedAsync(new ConfirmFactor(another.Session!.Value, "no code"), another);
        Assert.Equal(RefusalCode.AccountLocked, locked.Code);
    }

    [Fact]
    public async Task One_s_own_passkey_proves_it_and_nobody_else_s()
    {
        var own = await _portal.AddPasskeyAsync(_guard.Ref);
        var theirs = await _portal.AddPasskeyAsync(_officer.Ref);
        var who = await _portal.SessionAsync(_guard.Ref);
        _portal.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.False(await ProveAsync(new PasskeyProof(_officer.Id, theirs, 2, false)));
        Assert.False(await ProveAsync(null));
        Assert.Equal(RefusalCode.FreshFactorNeeded, (await _portal.RefusedAsync(Grant(Role.Supervisor), who)).Code);
        Assert.True(await ProveAsync(new PasskeyProof(_guard.Id, own, 2, false)));
        await _portal.DoAsync(Grant(Role.Supervisor), who);

        Task<bool> ProveAsync(PasskeyProof? proof) =>
            _portal.DoAsync(new ConfirmFactorWithPasskey(who.Session!.Value, Guid.NewGuid(), proof), who);
    }

    private GrantRole Grant(Role role) => new(_officer.Id, role, "新任。");
}
