using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Accounts;

/// <summary>Passkeys of staff: whose they are, what they open, what takes them away (D-PASSKEY).</summary>
public sealed class PasskeyActTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private ActivatedOfficer _staff = null!;

    private TestOfficer Officer => _staff.Officer;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _staff = await _portal.CreateActivatedOfficerAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task One_passkey_opens_the_account_of_its_owner_and_is_remembered()
    {
        var credential = await _portal.AddPasskeyAsync(Officer.Ref);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(Officer.Id, await SignInAsync(credential, 2));

        var line = Assert.Single((await _portal.Get<PasskeyPages>().OwnAsync(Officer.Ref, default))!);
        Assert.Equal(("办公室电脑", (DateTimeOffset?)_portal.Clock.Now), (line.Name, line.UsedAt));
    }

    [Fact]
    public async Task A_count_that_goes_back_is_refused_and_stands_in_the_trail()
    {
        var credential = await _portal.AddPasskeyAsync(Officer.Ref);
        Assert.NotNull(await SignInAsync(credential, 9));
        Assert.Null(await SignInAsync(credential, 9));
        Assert.Null(await SignInAsync(credential, 8));
        Assert.Contains("count 9 > 8", await LastDetailsAsync());
        Assert.NotNull(await SignInAsync(credential, 10));
    }

    [Fact]
    public async Task A_passkey_opens_no_account_that_a_password_would_not_open()
    {
        var credential = await _portal.AddPasskeyAsync(Officer.Ref);
        (string Shut, string Open)[] states =
        [
            ("is_active = false", "is_active = true"),
            ("dormant_since = now()", "dormant_since = NULL"),
            ("activation_key = '\\x01'", "activation_key = NULL"),
        ];
        var count = 1;
        foreach (var (shut, open) in states)
        {
            await SetAsync(shut);
            Assert.Null(await SignInAsync(credential, ++count));
            await SetAsync(open);
        }
        // A stranger's wrong passwords do not keep the owner out.
        await SetAsync("lockout_end = '2099-01-01Z'");
        Assert.NotNull(await SignInAsync(credential, ++count));
    }

    [Fact]
    public async Task Whose_access_begins_anew_adds_none_before_it_has()
    {
        await _portal.AddPasskeyAsync(Officer.Ref);
        var guard = await _portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        await _portal.DoAsync(new ResetSecondFactor(Officer.Id), guard.Ref);
        Assert.Equal(
            RefusalCode.AccountDisabled,
            (
                await _portal.RefusedAsync(
                    new AddPasskey(Guid.NewGuid(), TestPortal.MadeFor(Officer.Id), "找到的手机"),
                    Officer.Ref
                )
            ).Code
        );
    }

    [Fact]
    public async Task An_answer_counts_once_and_not_for_somebody_else()
    {
        var credential = await _portal.AddPasskeyAsync(Officer.Ref);
        var question = Guid.NewGuid();
        Assert.NotNull(await SignInAsync(credential, 2, question));
        Assert.Null(await SignInAsync(credential, 3, question));
        Assert.Contains("replayed", await LastDetailsAsync());
        var other = await _portal.CreateOfficerAsync();
        Assert.Null(
            await _portal.DoAsync(
                new SignInWithPasskey(Guid.NewGuid(), new PasskeyProof(other.Id, credential, 4, false)),
                ActorRef.Anonymous
            )
        );
        // What was not in order spends its question, too.
        question = Guid.NewGuid();
        Assert.Null(await _portal.DoAsync(new SignInWithPasskey(question, null), ActorRef.Anonymous));
        Assert.Null(await SignInAsync(credential, 5, question));
    }

    [Fact]
    public async Task There_are_five_with_names_of_their_own_and_none_of_somebody_else()
    {
        for (var i = 1; i <= Passkeys.MostPerPerson; i++)
        {
            await _portal.AddPasskeyAsync(Officer.Ref, $"第{i}个");
        }
        var sixth = await _portal.RefusedAsync(Add(TestPortal.MadeFor(Officer.Id), "第6个"), Officer.Ref);
        Assert.Equal((RefusalCode.PasskeysFull, 5), (sixth.Code, sixth.Facts[0]));
        var again = await _portal.RefusedAsync(Add(TestPortal.MadeFor(Officer.Id), " 第3个"), Officer.Ref);
        Assert.Equal((RefusalCode.PasskeyNameTaken, "name"), (again.Code, again.Field));

        // Whoever writes: there is no sixth place.
        var held = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            _portal.ExecuteAsync("UPDATE staff_passkeys SET slot = slot + 1")
        );
        Assert.Contains(held.ConstraintName, new[] { "ck_staff_passkeys_slot", "ux_staff_passkeys_slot" });

        var other = await _portal.CreateOfficerAsync();
        var known = TestPortal.MadeFor(other.Id) with { CredentialId = await _portal.AddPasskeyAsync(other.Ref) };
        var third = await _portal.CreateOfficerAsync();
        var stolen = await _portal.RefusedAsync(Add(known with { StaffId = third.Id }, "别人的"), third.Ref);
        Assert.Equal(RefusalCode.PasskeyNotAccepted, stolen.Code);
        Assert.Equal(RefusalCode.PasskeyNotAccepted, (await _portal.RefusedAsync(Add(null, "坏的"), third.Ref)).Code);
        // Asked for by one person, answered for another.
        var foreign = await _portal.RefusedAsync(Add(TestPortal.MadeFor(other.Id), "别人的"), third.Ref);
        Assert.Equal(RefusalCode.PasskeyNotAccepted, foreign.Code);
    }

    [Fact]
    public async Task A_removed_one_opens_nothing_and_its_place_is_free()
    {
        var credential = await _portal.AddPasskeyAsync(Officer.Ref);
        await _portal.DoAsync(new RemovePasskey(await _portal.PasskeyIdAsync(credential)), Officer.Ref);
        Assert.Null(await SignInAsync(credential, 2));
        Assert.Contains("removed", await LastDetailsAsync());
        await _portal.AddPasskeyAsync(Officer.Ref);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_ways_back_in_take_all_passkeys_away(bool reset)
    {
        var credential = await _portal.AddPasskeyAsync(Officer.Ref);
        var (role, act) = reset
            ? (Role.SecurityAdministrator, (ICommand<string>)new ResetSecondFactor(Officer.Id))
            : (Role.SystemAdministrator, new RenewActivation(Officer.Id));
        var administrator = await _portal.CreateOfficerAsync(role, []);
        Assert.Equal(
            1,
            (await _portal.Get<AccountPages>().FindAsync(administrator.Ref, Officer.Id, default))!.Passkeys
        );

        await _portal.DoAsync(act, administrator.Ref);

        Assert.Equal(
            0,
            (await _portal.Get<AccountPages>().FindAsync(administrator.Ref, Officer.Id, default))!.Passkeys
        );
        Assert.Null(await SignInAsync(credential, 2));
    }

    private static AddPasskey Add(NewPasskey? made, string name) => new(Guid.NewGuid(), made, name);

    private Task<Guid?> SignInAsync(byte[] credential, long count, Guid? question = null) =>
        _portal.DoAsync(
            new SignInWithPasskey(question ?? Guid.NewGuid(), new PasskeyProof(Officer.Id, credential, count, false)),
            ActorRef.Anonymous
        );

    private Task<int> SetAsync(string what) =>
        _portal.ExecuteAsync($"UPDATE staff SET {what} WHERE id = $1", Officer.Id);

    private Task<string> LastDetailsAsync() =>
        _portal.ScalarAsync<string>("SELECT details FROM audit_entries ORDER BY entry_number DESC LIMIT 1");
}
