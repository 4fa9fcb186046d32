using AdminPortal.Data.Accounts;
using AdminPortal.Domain;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

// Passkeys, and the second factor anew.
internal static partial class Catalogue
{
    private static CataloguedCommand[] PasskeyActs =>
        [
            new(
                typeof(AddPasskey),
                Staff,
                async a =>
                {
                    await a.Portal.EnrolAsync(a.Actor);
                    return a.Act(new AddPasskey(Guid.NewGuid(), TestPortal.MadeFor(a.Actor.Id), "钥匙扣"));
                }
            )
            {
                Misuse = a =>
                    Task.FromResult(a.Act(new AddPasskey(Guid.NewGuid(), TestPortal.MadeFor(a.Actor.Id), " "))),
                Misused = RefusalCode.FieldRequired,
                Stranger = RefusalCode.PasskeyNotAccepted,
            },
            new(typeof(RenamePasskey), Staff, async a => a.Act(new RenamePasskey(await PasskeyAsync(a), "手机")))
            {
                Misuse = async a =>
                {
                    await a.Portal.AddPasskeyAsync(a.Actor, "备用");
                    return a.Act(new RenamePasskey(a.CaseId, "备用"));
                },
                Misused = RefusalCode.PasskeyNameTaken,
                Stranger = RefusalCode.NotFound,
            },
            new(typeof(RemovePasskey), Staff, async a => a.Act(new RemovePasskey(await PasskeyAsync(a))))
            {
                Misuse = async a =>
                {
                    var other = await a.Portal.CreateOfficerAsync();
                    var theirs = await a.Portal.AddPasskeyAsync(other.Ref);
                    return a.Act(new RemovePasskey(await a.Portal.PasskeyIdAsync(theirs)));
                },
                Misused = RefusalCode.NotFound,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(SignInWithPasskey),
                Nobody,
                async a =>
                {
                    var officer = (await a.Portal.CreateActivatedOfficerAsync()).Officer;
                    var credential = await a.Portal.AddPasskeyAsync(officer.Ref);
                    return a.Act(
                        new SignInWithPasskey(Guid.NewGuid(), new PasskeyProof(officer.Id, credential, 2, false))
                    );
                }
            )
            {
                // The question is answered, so the second time is another try, and yields nobody.
                Again = Again.AnotherAct,
            },
            new(
                typeof(ConfirmFactor),
                Staff,
                async a =>
                {
                    var secret = await a.Portal.AuthenticatorAsync(a.Actor);
                    var session = (await a.Portal.SessionAsync(a.Actor)).Session!.Value;
                    return a.Act(new ConfirmFactor(session, Totp.Code(secret, a.Portal.Clock.Now)));
                }
            )
            {
                // The code is used up, so the second time is a wrong try, and counts.
                Again = Again.AnotherAct,
                Misuse = a => Task.FromResult(a.Act(new ConfirmFactor(Unknown, "000000"))),
                Misused = RefusalCode.NotFound,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(ConfirmFactorWithPasskey),
                Staff,
                async a =>
                {
                    var credential = await a.Portal.AddPasskeyAsync(a.Actor);
                    var session = (await a.Portal.SessionAsync(a.Actor)).Session!.Value;
                    var proof = new PasskeyProof(a.Actor.Id, credential, 2, false);
                    return a.Act(new ConfirmFactorWithPasskey(session, Guid.NewGuid(), proof));
                }
            )
            {
                Again = Again.AnotherAct,
                Misuse = a => Task.FromResult(a.Act(new ConfirmFactorWithPasskey(Unknown, Guid.NewGuid(), null))),
                Misused = RefusalCode.NotFound,
                Stranger = RefusalCode.NotFound,
            },
        ];

    private static async Task<Guid> PasskeyAsync(Arranger a) =>
        a.CaseId = await a.Portal.PasskeyIdAsync(await a.Portal.AddPasskeyAsync(a.Actor));
}
