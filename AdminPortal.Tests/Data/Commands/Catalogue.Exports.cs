using AdminPortal.Data.Audit;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Exports;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exports;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

// Lists on their way out.
internal static partial class Catalogue
{
    private static Principal[] Exporters => [Principal.Supervisor, Principal.Auditor];

    private static CataloguedCommand[] Exports =>
        [
            new(
                typeof(RequestExport),
                Exporters,
                async a =>
                    a.Act(
                        new RequestExport(Unknown, await QuestionAsync(a), "zh-CN", "年度核对", ExportedPersons.Masked)
                    )
            )
            {
                Misuse = async a =>
                    a.Act(new RequestExport(Unknown, await QuestionAsync(a), "zh-CN", " ", ExportedPersons.Masked)),
                Misused = RefusalCode.ReasonRequired,
            },
            new(typeof(ApproveExport), Supervisors, async a => a.Act(new ApproveExport(await OthersAsync(a))))
            {
                Misuse = async a =>
                    a.Act(
                        new ApproveExport(
                            await a.Portal.RequestExportAsync(
                                a.Actor,
                                TestPortal.BlacklistQuestion,
                                ExportedPersons.Full
                            )
                        )
                    ),
                Misused = RefusalCode.SecondPersonNeeded,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(DeclineExport),
                Supervisors,
                async a => a.Act(new DeclineExport(await OthersAsync(a), "用途不明。"))
            )
            {
                Misuse = async a => a.Act(new DeclineExport(await OthersAsync(a), " ")),
                Misused = RefusalCode.ReasonRequired,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(CancelExport),
                Exporters,
                async a => a.Act(new CancelExport(await a.Portal.RequestExportAsync(a.Actor, await QuestionAsync(a))))
            )
            {
                Misuse = async a => a.Act(new CancelExport(await OthersAsync(a))),
                Misused = RefusalCode.NotFound,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(DownloadExport),
                Exporters,
                async a =>
                {
                    var id = await a.Portal.RequestExportAsync(a.Actor, await QuestionAsync(a));
                    await a.Portal.WriteExportsAsync();
                    return a.Act(new DownloadExport(id));
                }
            )
            {
                Again = Again.AnotherAct,
                Misuse = async a =>
                    a.Act(new DownloadExport(await a.Portal.RequestExportAsync(a.Actor, await QuestionAsync(a)))),
                Misused = RefusalCode.ExportGone,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(TakeExport),
                Product,
                async a =>
                {
                    await OwnAsync(a);
                    return a.Act(new TakeExport());
                }
            ),
            new(
                typeof(RevealExportedPersons),
                Supervisors,
                async a =>
                {
                    await a.Portal.BlacklistAsync(await a.Portal.ImportDriverAsync());
                    var id = await a.Portal.AgreedExportAsync(a.Actor, TestPortal.BlacklistQuestion);
                    await a.Portal.DoAsync(new TakeExport(), ActorRef.System);
                    return a.Act(new RevealExportedPersons(id));
                }
            )
            {
                Again = Again.AnotherAct,
                Misuse = async a => a.Act(new RevealExportedPersons(await OthersAsync(a))),
                Misused = RefusalCode.NotFound,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(FinishExport),
                Product,
                async a => a.Act(new FinishExport(await BegunAsync(a), 1, 3, 1_000, 1, new string('0', 64), "{}"))
            )
            {
                Again = Again.Refused,
                AgainRefused = RefusalCode.WrongState,
                Misuse = async a =>
                    a.Act(new FinishExport(await OwnAsync(a), 1, 3, 1_000, 1, new string('0', 64), "{}")),
                Misused = RefusalCode.WrongState,
            },
            new(
                typeof(FailExport),
                Product,
                async a => a.Act(new FailExport(await BegunAsync(a), 1, RefusalCode.ExportTooLong))
            )
            {
                Again = Again.Refused,
                AgainRefused = RefusalCode.WrongState,
                Misuse = async a => a.Act(new FailExport(await BegunAsync(a), 2, RefusalCode.ExportTooLong)),
                Misused = RefusalCode.WrongState,
            },
            new(
                typeof(ExpireExports),
                Product,
                async a =>
                {
                    await OwnAsync(a);
                    await a.Portal.WriteExportsAsync();
                    a.Portal.Clock.Advance(ListExport.Keep);
                    return a.Act(new ExpireExports());
                }
            ),
        ];

    // An auditor has one list, a supervisor others.
    private static async Task<ExportQuestion> QuestionAsync(Arranger a) =>
        await a.Portal.ScalarAsync<long>(
            "SELECT count(*) FROM staff_roles WHERE staff_id = $1 AND role_name = 'Auditor'",
            a.Actor.Id
        ) == 1
            ? new AuditAsked(new AuditSearch(null, null, null, null, null))
            : TestPortal.BlacklistQuestion;

    // Somebody else's, in full, of the same authority.
    private static async Task<Guid> OthersAsync(Arranger a) =>
        await a.Portal.RequestExportAsync(
            (await a.Portal.CreateOfficerAsync(Role.Supervisor)).Ref,
            TestPortal.BlacklistQuestion,
            ExportedPersons.Full
        );

    private static async Task<Guid> OwnAsync(Arranger a) =>
        await a.Portal.RequestExportAsync(
            (await a.Portal.CreateOfficerAsync(Role.Supervisor)).Ref,
            TestPortal.BlacklistQuestion
        );

    private static async Task<Guid> BegunAsync(Arranger a)
    {
        await OwnAsync(a);
        return (await a.Portal.DoAsync(new TakeExport(), ActorRef.System))!.Id;
    }
}
