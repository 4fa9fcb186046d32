using AdminPortal.Data.Outages;
using AdminPortal.Domain;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Outages;

namespace AdminPortal.Tests.Data.Commands;

// Outages of the service.
internal static partial class Catalogue
{
    private static CataloguedCommand[] Outages =>
        [
            new(
                typeof(PreviewOutage),
                Supervisors,
                async a =>
                {
                    await LostExamAsync(a);
                    return a.Act(new PreviewOutage(a.Portal.OutageNow(ServicePart.Everything)));
                }
            )
            {
                Again = Again.AnotherAct,
                Misuse = a => Task.FromResult(a.Act(new PreviewOutage(NotOver(a)))),
                Misused = RefusalCode.OutageNotOver,
                Stranger = RefusalCode.FieldRequired,
            },
            new(
                typeof(DeclareOutage),
                Supervisors,
                a => Task.FromResult(a.Act(new DeclareOutage(a.Portal.OutageNow(ServicePart.Exam))))
            )
            {
                Misuse = a => Task.FromResult(a.Act(new DeclareOutage(NotOver(a)))),
                Misused = RefusalCode.OutageNotOver,
                Stranger = RefusalCode.FieldRequired,
            },
            new(
                typeof(ConfirmOutage),
                Supervisors,
                async a =>
                {
                    await LostExamAsync(a);
                    var form = a.Portal.OutageNow(ServicePart.Everything);
                    return a.Act(new ConfirmOutage(await a.Portal.DeclareOutageAsync(form)));
                }
            )
            {
                Misuse = async a =>
                    a.Act(
                        new ConfirmOutage(
                            await a.Portal.DoAsync(new DeclareOutage(a.Portal.OutageNow(ServicePart.Study)), a.Actor)
                        )
                    ),
                Misused = RefusalCode.SecondPersonNeeded,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(DeclineOutage),
                Supervisors,
                async a =>
                    a.Act(
                        new DeclineOutage(
                            a.CaseId = await a.Portal.DeclareOutageAsync(a.Portal.OutageNow(ServicePart.Exam)),
                            "没有故障记录。"
                        )
                    )
            )
            {
                Misuse = a => Task.FromResult(a.Act(new DeclineOutage(a.CaseId, " "))),
                Misused = RefusalCode.FieldRequired,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(ViewOutage),
                Supervisors,
                async a =>
                    a.Act(new ViewOutage(await a.Portal.DeclareOutageAsync(a.Portal.OutageNow(ServicePart.Everything))))
            )
            {
                Again = Again.AnotherAct,
                Misuse = a => Task.FromResult(a.Act(new ViewOutage(Unknown))),
                Misused = RefusalCode.NotFound,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(ApplyOutages),
                Product,
                async a =>
                {
                    await LostExamAsync(a);
                    await a.Portal.ConfirmOutageAsync(a.Portal.OutageNow(ServicePart.Everything), apply: false);
                    return a.Act(new ApplyOutages());
                }
            )
            {
                // The round, and then the end of it all.
                Again = Again.AnotherAct,
            },
        ];

    private static OutageForm NotOver(Arranger a) =>
        a.Portal.OutageNow(ServicePart.Exam) with
        {
            To = a.Portal.Clock.Now.AddMinutes(1),
        };

    private static async Task LostExamAsync(Arranger a)
    {
        a.Driver = await a.Portal.DriverBeforeExamAsync();
        a.AttemptId = await a.Portal.StartExamAsync(a.Driver);
        Assert.Equal(ExamState.Failed, await a.Portal.AnswerAllAsync(a.Driver, a.AttemptId, wrong: 3));
        a.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
    }
}
