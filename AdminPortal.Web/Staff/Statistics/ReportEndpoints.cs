using AdminPortal.Data.Commands;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Staff.Statistics;

/// <summary>The monthly report as a file. A form with its token asks for it: taking it out is an act.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder app) =>
        app.MapPost($"{StatisticsAddress.Base}/report", ExportAsync).RequireAuthorization(SignIns.Staff);

    private static async Task<IResult> ExportAsync(
        HttpContext context,
        [FromForm] string? month,
        [FromForm] string? reason,
        CommandRunner runner,
        StatisticsWords words,
        CancellationToken ct
    )
    {
        if (context.User.StaffRef() is not { } who)
        {
            return Results.Unauthorized();
        }
        var outcome = await runner.RunAsync(new ExportReport(StatisticsPeriod.ParseMonth(month), reason), who, ct);
        if (outcome is not Outcome<MonthlyReport>.Done { Value: var report })
        {
            return ((Outcome<MonthlyReport>.Refused)outcome).Refusal.Code switch
            {
                RefusalCode.AccountDisabled => Results.Unauthorized(),
                RefusalCode.NotPermitted => Results.StatusCode(StatusCodes.Status403Forbidden),
                // Back to the form, which says it.
                var code => Results.LocalRedirect(
                    QueryHelpers.AddQueryString(StatisticsAddress.Base, "refused", $"{code}")
                ),
            };
        }
        context.Response.Headers.CacheControl = "no-store";
        var name = words.Text("Report_FileName", StatisticsReport.MonthKey(report.Figures.Question.Period.From));
        return Results.File(MonthlyReportFile.Excel(report, words), ExcelWorkbook.MediaType, $"{name}.xlsx");
    }
}
