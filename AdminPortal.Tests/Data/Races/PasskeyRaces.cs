using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Races;

/// <summary>Answers of authenticators and new passkeys, by many at once.</summary>
public sealed class PasskeyRaces : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task An_answer_sent_by_fifty_at_once_signs_in_once()
    {
        var officer = (await _portal.CreateActivatedOfficerAsync()).Officer;
        // One that does not count: nothing but the question tells the second from the first.
        var credential = await _portal.AddPasskeyAsync(officer.Ref);
        await _portal.ExecuteAsync("UPDATE staff_passkeys SET sign_count = 0");
        var answer = new SignInWithPasskey(Guid.NewGuid(), new PasskeyProof(officer.Id, credential, 0, false));

        var outcomes = await Race.RunAsync(50, _ => _portal.TryAsync(answer, ActorRef.Anonymous));

        Assert.Single(outcomes, o => o is Outcome<Guid?>.Done { Value: not null });
        Assert.DoesNotContain(outcomes, o => o is Outcome<Guid?>.Refused);

        // The control: look whether the question was answered, then note that it is.
        await _portal.ExecuteAsync("ALTER TABLE spent_challenges DROP CONSTRAINT \"PK_spent_challenges\"");
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) FROM spent_challenges WHERE id = $1",
            "INSERT INTO spent_challenges (id, spent_at) VALUES ($1, now())",
            Guid.NewGuid()
        );
        Assert.True(naive > 1);
    }

    [Fact]
    public async Task Of_twenty_passkeys_added_at_once_five_stay()
    {
        var officer = await _portal.CreateOfficerAsync();
        await _portal.EnrolAsync(officer.Ref);

        var outcomes = await Race.RunAsync(
            20,
            i => _portal.TryAsync(new AddPasskey(Guid.NewGuid(), TestPortal.MadeFor(officer.Id), $"{i}"), officer.Ref)
        );

        Assert.Equal(Passkeys.MostPerPerson, outcomes.OfType<Outcome<Guid>.Done>().Count());
        Assert.All(
            outcomes.OfType<Outcome<Guid>.Refused>(),
            o => Assert.Equal(RefusalCode.PasskeysFull, o.Refusal.Code)
        );

        // The control: count them, then add one.
        await _portal.ExecuteAsync("DROP INDEX ux_staff_passkeys_slot; DELETE FROM staff_passkeys");
        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) / 5 FROM staff_passkeys WHERE staff_id = $1",
            """
            INSERT INTO staff_passkeys (id, staff_id, slot, credential_id, public_key, sign_count, name, transports, is_backup_eligible, is_backed_up, created_at)
            SELECT gen_random_uuid(), $1, 1, decode(md5(random()::text), 'hex'), '\x01', 0, md5(random()::text), '', false, false, now()
            """,
            officer.Id
        );
        Assert.True(naive > Passkeys.MostPerPerson);
    }

    [Fact]
    public async Task A_code_sent_by_fifty_at_once_proves_the_second_factor_once()
    {
        var officer = await _portal.CreateOfficerAsync();
        var secret = await _portal.AuthenticatorAsync(officer.Ref);
        var who = await _portal.SessionAsync(officer.Ref);
        var code = new ConfirmFactor(who.Session!.Value, Totp.Code(secret, _portal.Clock.Now));

        var outcomes = await Race.RunAsync(50, _ => _portal.TryAsync(code, who));

        Assert.Single(outcomes, o => o is Outcome<bool>.Done { Value: true });
        // The control of the same column is in SignInRaces.
    }
}
