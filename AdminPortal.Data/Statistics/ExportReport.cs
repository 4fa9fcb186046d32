using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Statistics;

/// <summary>What goes into the workbook of a month.</summary>
/// <param name="MadeBy">Badge number.</param>
/// <param name="IsOver">False while the month still runs: its figures will grow.</param>
/// <param name="Names">What the authorities are called, where they have a name.</param>
public sealed record MonthlyReport(
    string MadeBy,
    bool IsOver,
    IReadOnlyDictionary<string, string> Names,
    StatisticsReport Figures
);

/// <summary>
/// A supervisor takes the report of a month out of the portal. It holds counts and no person; who took which month and why stands
/// in the audit trail (N-33).
/// </summary>
/// <param name="Month">Any day of the month; null when none was given.</param>
/// <param name="Reason">What it is for.</param>
public sealed record ExportReport(DateOnly? Month, string? Reason) : ICommand<MonthlyReport>
{
    /// <summary>The longest reason, in characters.</summary>
    public const int ReasonLimit = 200;

    public Permission Permission => Permission.ExportReports;

    public async Task<Outcome<MonthlyReport>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var why = Reason?.Trim() ?? "";
        if (Month is not { } day)
        {
            return new Refusal(RefusalCode.FieldRequired, "month");
        }
        var month = StatisticsPeriod.MonthOf(day);
        if (month.From > scope.Today)
        {
            return new Refusal(RefusalCode.DateInFuture, "month");
        }
        if (why.Length is 0 or > ReasonLimit)
        {
            return why.Length == 0
                ? new Refusal(RefusalCode.ReasonRequired, "reason", 1)
                : new Refusal(RefusalCode.FieldTooLong, "reason", ReasonLimit);
        }
        var reader = new StatisticsReader(scope.Db, scope.Schemes, scope.Actor);
        var figures = await reader.ReadAsync(new StatisticsQuestion(month), scope.Now, ct);
        var names = await scope
            .Db.Authorities.Where(a => figures.Authorities.Contains(a.Authority))
            .OrderBy(a => a.From)
            .Select(a => new { a.Authority, a.Name })
            .ToListAsync(ct);
        scope.Audit(
            "Report",
            StatisticsReport.MonthKey(month.From),
            null,
            new { reason = why, authorities = figures.Authorities }
        );
        return new MonthlyReport(
            scope.Actor.Name,
            month.To < scope.Today,
            // The name it has now, where it changed.
            names.GroupBy(n => n.Authority).ToDictionary(g => g.Key, g => g.Last().Name),
            figures
        );
    }
}
