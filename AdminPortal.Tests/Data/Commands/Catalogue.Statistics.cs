using AdminPortal.Data.Statistics;
using AdminPortal.Domain;

namespace AdminPortal.Tests.Data.Commands;

// Taking figures out of the portal.
internal static partial class Catalogue
{
    private static CataloguedCommand[] Statistics =>
        [
            new(
                typeof(ExportReport),
                Supervisors,
                a => Task.FromResult(a.Act(new ExportReport(new DateOnly(2026, 2, 28), "月度例会使用")))
            )
            {
                Again = Again.AnotherAct,
                Misuse = a => Task.FromResult(a.Act(new ExportReport(new DateOnly(2026, 2, 28), " "))),
                Misused = RefusalCode.ReasonRequired,
            },
        ];
}
