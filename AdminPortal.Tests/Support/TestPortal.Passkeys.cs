using System.Security.Cryptography;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

// Passkeys and sessions, with what an authenticator would have shown.
public sealed partial class TestPortal
{
    /// <summary>What an authenticator made for somebody, as if it had been checked.</summary>
    public static NewPasskey MadeFor(Guid staffId) =>
        new(staffId, RandomNumberGenerator.GetBytes(32), [1, 2, 3], 1, ["internal"], false, false);

    /// <summary>Adds a passkey; yields its credential's identifier.</summary>
    public async Task<byte[]> AddPasskeyAsync(ActorRef who, string name = "办公室电脑")
    {
        var made = MadeFor(who.Id);
        await EnrolAsync(who);
        await DoAsync(new AddPasskey(Guid.NewGuid(), made, name), who);
        return made.CredentialId;
    }

    /// <summary>The activation code is used up, as of whoever can sign in.</summary>
    public Task EnrolAsync(ActorRef who) =>
        ExecuteAsync("UPDATE staff SET activation_key = NULL WHERE id = $1", who.Id);

    public async Task<Guid> PasskeyIdAsync(byte[] credential)
    {
        await using var db = Db();
        return await db.Passkeys.Where(p => p.CredentialId == credential).Select(p => p.Id).SingleAsync();
    }

    /// <summary>A session that begins now; its reference names it.</summary>
    public async Task<ActorRef> SessionAsync(ActorRef who)
    {
        var handle = Guid.NewGuid();
        await Get<Sessions>()
            .StartAsync(
                ActorKind.Staff,
                who.Id,
                [1],
                Clock.Now + Sessions.Idle(ActorKind.Staff),
                default,
                new SessionOrigin(handle, null, null)
            );
        return who with { Session = handle };
    }

    /// <summary>Gives somebody an authenticator.</summary>
    public async Task<byte[]> AuthenticatorAsync(ActorRef who)
    {
        var secret = Totp.NewSecret();
        await ExecuteAsync(
            "UPDATE staff SET totp_secret = $1 WHERE id = $2",
            TestPostgres.Cipher.EncryptBytes("staff.totp", secret),
            who.Id
        );
        return secret;
    }
}
