using AdminPortal.Data.Commands;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Domain.Time;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Staff.Questions;

/// <summary>The workbooks of the question bank: the empty one, and the filtered list, which is recorded.</summary>
internal static class QuestionEndpoints
{
    public static void MapQuestionFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/staff/questions/template.xlsx", Template).RequireAuthorization(SignIns.Staff);
        app.MapGet("/staff/questions/export.xlsx", ExportAsync).RequireAuthorization(SignIns.Staff);
    }

    private static IResult Template() =>
        Results.File(QuestionWorkbook.Template(), ExcelWorkbook.MediaType, "questions-template.xlsx");

    private static async Task<IResult> ExportAsync(
        HttpContext context,
        CommandRunner runner,
        TimeProvider clock,
        string? q,
        string? state,
        string? type,
        string? category,
        string? odd,
        string? picture,
        QuestionPages pages,
        CancellationToken ct
    )
    {
        if (context.User.StaffRef() is not { } who)
        {
            return Results.Unauthorized();
        }
        var address = QuestionAddress.Of(q, state, type, category, null, odd, picture: picture);
        var only = await pages.OddAsync(address.Filter, ct);
        switch (await runner.RunAsync(new ExportQuestions(address.Filter, only), who, ct))
        {
            case Outcome<byte[]>.Done { Value: var file }:
                context.Response.Headers.CacheControl = "no-store";
                return Results.File(
                    file,
                    ExcelWorkbook.MediaType,
                    $"questions-{ChinaTime.DateOf(clock.GetUtcNow()):yyyy-MM-dd}.xlsx"
                );
            case Outcome<byte[]>.Refused { Refusal.Code: RefusalCode.AccountDisabled }:
                return Results.Unauthorized();
            case Outcome<byte[]>.Refused { Refusal.Code: RefusalCode.NotPermitted }:
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            default:
                // More rows than a file takes: back to the list, which keeps the filter and says so.
                return Results.LocalRedirect(address.ExportRefusedPath);
        }
    }
}
