using AdminPortal.Data.Accounts;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

// Accounts of staff, their roles and their access.
internal static partial class Catalogue
{
    private static readonly Principal[] SystemAdministrators = [Principal.SystemAdministrator];
    private static readonly Principal[] SecurityAdministrators = [Principal.SecurityAdministrator];
    private static readonly Principal[] Staff =
    [
        Principal.Reviewer,
        Principal.Supervisor,
        Principal.Auditor,
        Principal.QuestionEditor,
        Principal.SystemAdministrator,
        Principal.SecurityAdministrator,
    ];
    private static readonly AccountFacts NewFacts = new("新警官", "新支队", ["渝B"]);

    private static CataloguedCommand[] Accounts =>
        [
            new(
                typeof(OpenAccount),
                SystemAdministrators,
                a => Task.FromResult(a.Act(new OpenAccount("200003", NewFacts, null)))
            )
            {
                Again = Again.Refused,
                AgainRefused = RefusalCode.BadgeTaken,
                Misuse = a => Task.FromResult(a.Act(new OpenAccount("200004", NewFacts, "12345"))),
                Misused = RefusalCode.IdNumberInvalid,
            },
            new(
                typeof(ChangeAccount),
                SystemAdministrators,
                async a =>
                {
                    a.CaseId = (await a.Portal.CreateOfficerAsync()).Id;
                    return a.Act(new ChangeAccount(a.CaseId, await a.Portal.AccountVersionAsync(a.CaseId), NewFacts));
                }
            )
            {
                Misuse = a => Task.FromResult(a.Act(new ChangeAccount(a.CaseId, "old", NewFacts))),
                Misused = RefusalCode.Stale,
            },
            new(
                typeof(CloseAccount),
                SystemAdministrators,
                async a => a.Act(new CloseAccount(a.CaseId = await SignedInAsync(a.Portal), true, "调离。"))
            )
            {
                Misuse = a => Task.FromResult(a.Act(new CloseAccount(a.CaseId, true, " "))),
                Misused = RefusalCode.ReasonRequired,
            },
            new(
                typeof(RenewActivation),
                SystemAdministrators,
                async a => a.Act(new RenewActivation(await SignedInAsync(a.Portal)))
            )
            {
                // Another code, which is the one that works.
                Again = Again.AnotherAct,
                Misuse = a => Task.FromResult(a.Act(new RenewActivation(a.Actor.Id))),
                Misused = RefusalCode.OwnAccount,
            },
            new(
                typeof(GrantRole),
                SecurityAdministrators,
                async a => a.Act(new GrantRole((await WithoutRoleAsync(a)).Id, Role.Reviewer, "新任复核民警。"))
            )
            {
                Misuse = a => Task.FromResult(a.Act(new GrantRole(a.Actor.Id, Role.Reviewer, "给自己。"))),
                Misused = RefusalCode.OwnAccount,
            },
            new(
                typeof(DecideGrant),
                SecurityAdministrators,
                async a => a.Act(new DecideGrant(await ProposedGrantAsync(a), true, null))
            )
            {
                Misuse = async a =>
                {
                    var officer = await a.Portal.CreateOfficerAsync();
                    await a.Portal.DoAsync(new GrantRole(officer.Id, Role.Supervisor, "新任领导。"), a.Actor);
                    return a.Act(new DecideGrant(await a.Portal.GrantAsync(officer.Id), true, null));
                },
                Misused = RefusalCode.SecondPersonNeeded,
            },
            new(
                typeof(RevokeRole),
                SecurityAdministrators,
                async a =>
                {
                    a.CaseId = (await a.Portal.CreateOfficerAsync()).Id;
                    return a.Act(new RevokeRole(a.CaseId, Role.Reviewer, "调离复核岗位。"));
                }
            )
            {
                Misuse = a => Task.FromResult(a.Act(new RevokeRole(a.CaseId, Role.Reviewer, null))),
                Misused = RefusalCode.ReasonRequired,
            },
            new(
                typeof(UnlockAccount),
                SecurityAdministrators,
                async a =>
                {
                    var officer = await a.Portal.CreateOfficerAsync();
                    await a.Portal.ExecuteAsync(
                        "UPDATE staff SET lockout_end = $1 WHERE id = $2",
                        a.Portal.Clock.Now.AddMinutes(9),
                        officer.Id
                    );
                    return a.Act(new UnlockAccount(officer.Id));
                }
            )
            {
                Misuse = a => Task.FromResult(a.Act(new UnlockAccount(Unknown))),
                Misused = RefusalCode.NotFound,
            },
            new(
                typeof(ResetSecondFactor),
                SecurityAdministrators,
                async a => a.Act(new ResetSecondFactor(await SignedInAsync(a.Portal)))
            )
            {
                // Another code, which is the one that works.
                Again = Again.AnotherAct,
                Misuse = async a => a.Act(new ResetSecondFactor((await a.Portal.CreateOfficerAsync()).Id)),
                Misused = RefusalCode.AccountState,
            },
            new(
                typeof(EndSessions),
                SecurityAdministrators,
                async a => a.Act(new EndSessions(await SignedInAsync(a.Portal), null))
            )
            {
                Misuse = a => Task.FromResult(a.Act(new EndSessions(Unknown, null))),
                Misused = RefusalCode.NotFound,
            },
            new(
                typeof(EndMySessions),
                Staff,
                async a =>
                {
                    await a
                        .Portal.Get<Sessions>()
                        .StartAsync(ActorKind.Staff, a.Actor.Id, [1], a.Portal.Clock.Now.AddMinutes(15), default);
                    return a.Act(new EndMySessions(Unknown, true));
                }
            ),
            new(
                typeof(LockDormantAccounts),
                Product,
                async a =>
                {
                    await a.Portal.CreateOfficerAsync();
                    a.Portal.Clock.Advance(TimeSpan.FromDays(StaffAccounts.DormantAfterDays + 1));
                    return a.Act(new LockDormantAccounts());
                }
            ),
        ];

    // An account in use, so that the act has a session to end.
    private static async Task<Guid> SignedInAsync(TestPortal portal)
    {
        var officer = (await portal.CreateActivatedOfficerAsync()).Officer;
        await portal
            .Get<Sessions>()
            .StartAsync(ActorKind.Staff, officer.Id, [1], portal.Clock.Now.AddMinutes(15), default);
        return officer.Id;
    }

    private static async Task<TestOfficer> WithoutRoleAsync(Arranger a)
    {
        var opener = await a.Portal.CreateOfficerAsync(Role.SystemAdministrator, []);
        // With a known person: other accounts of theirs are looked at.
        return await a.Portal.OpenAccountAsync(opener, "200005", TestPeople.Number(8800));
    }

    private static async Task<Guid> ProposedGrantAsync(Arranger a)
    {
        var proposer = await a.Portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        var officer = await a.Portal.CreateOfficerAsync();
        await a.Portal.DoAsync(new GrantRole(officer.Id, Role.Supervisor, "新任领导。"), proposer.Ref);
        return await a.Portal.GrantAsync(officer.Id);
    }
}
