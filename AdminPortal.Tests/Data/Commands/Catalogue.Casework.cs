using AdminPortal.Data.Casework;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;

namespace AdminPortal.Tests.Data.Commands;

// What officers do with a case together.
internal static partial class Catalogue
{
    private static IReadOnlyList<CataloguedCommand> Casework =>
        [
            new(
                typeof(HandOverCase),
                Officers,
                async a =>
                {
                    var id = await ClaimedCaseAsync(a);
                    return a.Act(new HandOverCase(id, (await a.Portal.CreateOfficerAsync()).Id, "休假。"));
                }
            )
            {
                Again = Again.Refused,
                AgainRefused = RefusalCode.CaseTaken,
                Misuse = async a =>
                {
                    var id = await ClaimedCaseAsync(a);
                    var elsewhere = await a.Portal.CreateOfficerAsync(authorities: ["鄂A"]);
                    return a.Act(new HandOverCase(id, elsewhere.Id, "休假。"));
                },
                Misused = RefusalCode.OfficerCannotTake,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(AssignCase),
                [Principal.Supervisor],
                async a =>
                {
                    var id = await SeedCaseAsync(a);
                    return a.Act(new AssignCase(id, (await a.Portal.CreateOfficerAsync()).Id, "请你办理。"));
                }
            )
            {
                Again = Again.Refused,
                AgainRefused = RefusalCode.CaseTheirs,
                Misuse = async a =>
                    a.Act(
                        new AssignCase(
                            await SeedCaseAsync(a),
                            (await a.Portal.CreateOfficerAsync(Role.Auditor, [])).Id,
                            "x"
                        )
                    ),
                Misused = RefusalCode.OfficerCannotTake,
                Stranger = RefusalCode.NotFound,
            },
            new(typeof(EscalateCase), Officers, async a => a.Act(new EscalateCase(await ClaimedCaseAsync(a), "疑难。")))
            {
                Again = Again.Refused,
                AgainRefused = RefusalCode.NotYourCase,
                Misuse = async a => a.Act(new EscalateCase(await ClaimedCaseAsync(a), " ")),
                Misused = RefusalCode.ReasonRequired,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(AskEvidence),
                Officers,
                async a => a.Act(new AskEvidence(await ClaimedCaseAsync(a), "请补交当天的照片。"))
            )
            {
                Again = Again.Refused,
                AgainRefused = RefusalCode.NotYourCase,
                Misuse = async a => a.Act(new AskEvidence(await ClaimedCaseAsync(a), null)),
                Misused = RefusalCode.ReasonRequired,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(GiveEvidence),
                Drivers,
                async a =>
                {
                    var (driver, attempt) = await a.Portal.DriverWithInvalidResultAsync();
                    a.Driver = driver;
                    a.CaseId = await a.Portal.FileReviewAsync(driver, attempt);
                    var officer = await a.Portal.CreateOfficerAsync();
                    await a.Portal.DoAsync(new ClaimCase(a.CaseId), officer.Ref);
                    await a.Portal.DoAsync(new AskEvidence(a.CaseId, "请补交当天的照片。"), officer.Ref);
                    return a.ActOfDriver(new GiveEvidence(a.CaseId, "当天在车内，光线暗。", []));
                }
            )
            {
                Misuse = a => Task.FromResult(a.ActOfDriver(new GiveEvidence(a.CaseId, " ", []))),
                Misused = RefusalCode.EvidenceEmpty,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(AskOpinion),
                Officers,
                async a => a.Act(new AskOpinion(await ClaimedCaseAsync(a), "是否同一人？"))
            )
            {
                Again = Again.Refused,
                AgainRefused = RefusalCode.OpinionAsked,
                Misuse = async a => a.Act(new AskOpinion(await ClaimedCaseAsync(a), "")),
                Misused = RefusalCode.ReasonRequired,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(GiveOpinion),
                Officers,
                async a =>
                {
                    var (id, holder) = (await SeedCaseAsync(a), await a.Portal.CreateOfficerAsync());
                    await a.Portal.DoAsync(new ClaimCase(id), holder.Ref);
                    await a.Portal.DoAsync(new AskOpinion(id, "是否同一人？"), holder.Ref);
                    return a.Act(new GiveOpinion(id, false, "不像。"));
                }
            )
            {
                Again = Again.Refused,
                AgainRefused = RefusalCode.OpinionNotAsked,
                Misuse = async a => a.Act(new GiveOpinion(await SeedCaseAsync(a), true, "像。")),
                Misused = RefusalCode.NotYourCase,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(SaveView),
                Officers,
                a => Task.FromResult(a.Act(new SaveView("我的申诉", "?filter=mine&kind=appeal")))
            )
            {
                Misuse = a => Task.FromResult(a.Act(new SaveView(" ", ""))),
                Misused = RefusalCode.FieldRequired,
            },
            new(
                typeof(ForgetView),
                Officers,
                async a =>
                {
                    await a.Portal.DoAsync(new SaveView("到期", "?filter=today"), a.Actor);
                    return a.Act(new ForgetView(1));
                }
            ),
            new(
                typeof(EditTemplates),
                [Principal.Supervisor],
                async a =>
                {
                    // The authority and its scheme come with its first driver.
                    await a.Portal.ImportDriverAsync();
                    return a.Act(new EditTemplates("S1", CaseKind.ExamReview, true, ["确为本人。"], 0));
                }
            )
            {
                Misuse = a =>
                    Task.FromResult(
                        a.Act(new EditTemplates("S1", CaseKind.ExamReview, true, [new string('长', 201)], 0))
                    ),
                Misused = RefusalCode.FieldTooLong,
                Stranger = RefusalCode.NotFound,
            },
        ];
}
