using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Points;
using AdminPortal.Domain;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

// The blacklist and the appeals against it.
internal static partial class Catalogue
{
    private static readonly Principal[] Supervisors = [Principal.Supervisor];

    private static CataloguedCommand[] Blacklists =>
        [
            new(
                typeof(LookUpDriver),
                Officers,
                async a =>
                {
                    a.Driver = await a.Portal.ImportDriverAsync();
                    return a.Act(new LookUpDriver(a.Driver.Person.IdNumber, "举报线索核查"));
                }
            )
            {
                Again = Again.AnotherAct,
                Misuse = a => Task.FromResult(a.Act(new LookUpDriver(a.Driver.Person.IdNumber, " "))),
                Misused = RefusalCode.ReasonRequired,
            },
            new(
                typeof(ProposeBlacklisting),
                Officers,
                async a =>
                {
                    a.Driver = await a.Portal.ImportDriverAsync();
                    return a.Act(
                        new ProposeBlacklisting(a.Driver.Id, BlacklistGround.Impersonation, TestPortal.Facts, null)
                    );
                }
            )
            {
                Again = Again.Refused,
                AgainRefused = RefusalCode.ProposalExists,
                Misuse = a =>
                    Task.FromResult(a.Act(new ProposeBlacklisting(a.Driver.Id, BlacklistGround.Fraud, "太短", null))),
                Misused = RefusalCode.ReasonRequired,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(ConfirmBlacklisting),
                Supervisors,
                async a => a.Act(new ConfirmBlacklisting(await ProposedEntryAsync(a)))
            )
            {
                Misuse = async a =>
                    a.Act(
                        new ConfirmBlacklisting(
                            await a.Portal.DoAsync(
                                new ProposeBlacklisting(
                                    (await a.Portal.ImportDriverAsync()).Id,
                                    BlacklistGround.Fraud,
                                    TestPortal.Facts,
                                    null
                                ),
                                a.Actor
                            )
                        )
                    ),
                Misused = RefusalCode.SecondPersonNeeded,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(DeclineBlacklisting),
                Supervisors,
                async a => a.Act(new DeclineBlacklisting(a.CaseId = await ProposedEntryAsync(a), "证据不足。"))
            )
            {
                Misuse = a => Task.FromResult(a.Act(new DeclineBlacklisting(a.CaseId, " "))),
                Misused = RefusalCode.ReasonRequired,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(ViewBlacklistEntry),
                Officers,
                async a => a.Act(new ViewBlacklistEntry(await ProposedEntryAsync(a)))
            )
            {
                Again = Again.AnotherAct,
                Misuse = a => Task.FromResult(a.Act(new ViewBlacklistEntry(Unknown))),
                Misused = RefusalCode.NotFound,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(FileAppeal),
                Drivers,
                async a =>
                {
                    a.Driver = await a.Portal.ImportDriverAsync();
                    a.AttemptId = await a.Portal.BlacklistAsync(a.Driver);
                    return a.ActOfDriver(
                        new FileAppeal(
                            a.AttemptId,
                            TestPortal.AppealReason,
                            [new StoredPhoto(Guid.NewGuid(), PhotoFormat.Jpeg, new byte[32], 1000, 480, 640)]
                        )
                    );
                }
            )
            {
                Misuse = a => Task.FromResult(a.ActOfDriver(new FileAppeal(a.AttemptId, "不服", []))),
                Misused = RefusalCode.ReasonRequired,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(DecideAppeal),
                Officers,
                async a =>
                {
                    await AppealCaseAsync(a);
                    await a.Portal.DoAsync(new ClaimCase(a.CaseId), a.Actor);
                    var seen = (await a.Portal.CaseAsync(a.CaseId)).Version;
                    return a.Act(new DecideAppeal(a.CaseId, seen, true, "确为本人。"));
                }
            )
            {
                Misuse = async a =>
                    a.Act(
                        new DecideAppeal(a.CaseId, (await a.Portal.CaseAsync(a.CaseId)).Version - 1, false, "理由。")
                    ),
                Misused = RefusalCode.Stale,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(ConfirmAppeal),
                Supervisors,
                async a =>
                {
                    await AppealCaseAsync(a);
                    await a.Portal.AnswerAppealAsync(await a.Portal.CreateOfficerAsync(), a.CaseId, true);
                    await a.Portal.DoAsync(new ClaimCase(a.CaseId), a.Actor);
                    var seen = (await a.Portal.CaseAsync(a.CaseId)).Version;
                    return a.Act(new ConfirmAppeal(a.CaseId, seen, "材料属实。"));
                }
            )
            {
                Misuse = async a =>
                    a.Act(new ConfirmAppeal(a.CaseId, (await a.Portal.CaseAsync(a.CaseId)).Version, " ")),
                Misused = RefusalCode.ReasonRequired,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(TakeReductionChange),
                Product,
                async a =>
                {
                    await RevokedReductionAsync(a);
                    return a.Act(new TakeReductionChange());
                }
            ),
            new(
                typeof(SettleReductionChange),
                Product,
                async a =>
                {
                    await RevokedReductionAsync(a);
                    var order = await a.Portal.DoAsync(new TakeReductionChange(), ActorRef.System);
                    return a.Act(new SettleReductionChange(order!.Id, true, null));
                }
            ),
        ];

    private static async Task<Guid> ProposedEntryAsync(Arranger a)
    {
        a.Driver = await a.Portal.ImportDriverAsync();
        return await a.Portal.ProposeAsync(await a.Portal.CreateOfficerAsync(), a.Driver);
    }

    private static async Task AppealCaseAsync(Arranger a)
    {
        a.Driver = await a.Portal.ImportDriverAsync();
        a.CaseId = await a.Portal.AppealAsync(a.Driver, await a.Portal.BlacklistAsync(a.Driver));
    }

    private static async Task RevokedReductionAsync(Arranger a)
    {
        var (driver, round) = await a.Portal.DriverWithReductionAsync();
        await a.Portal.BlacklistAsync(driver, round);
    }
}
