using AdminPortal.Data.Commands;
using AdminPortal.Data.Exports;
using AdminPortal.Domain;
using AdminPortal.Domain.Time;
using AdminPortal.Web.Shared;
using Microsoft.Net.Http.Headers;

namespace AdminPortal.Web.Staff.Exports;

/// <summary>The file of an export. A form with its token asks for it: downloading is an act.</summary>
internal static class ExportEndpoints
{
    public static void MapExports(this IEndpointRouteBuilder app) =>
        app.MapGroup($"{ExportAddress.Base}/{{id:guid}}").RequireAuthorization(SignIns.Staff).MapFiles();

    private static void MapFiles(this RouteGroupBuilder group)
    {
        group.MapPost("/file", DownloadAsync);
        group.MapGet("/manifest", ManifestAsync);
    }

    // Names nobody but the officers and holds no row: reading one's own is no act.
    private static async Task<IResult> ManifestAsync(
        HttpContext context,
        Guid id,
        ExportPages pages,
        ListWords words,
        CancellationToken ct
    )
    {
        if (context.User.StaffRef() is not { } who || await pages.ManifestAsync(who, id, ct) is not var (export, text))
        {
            return Results.NotFound();
        }
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(
            System.Text.Encoding.UTF8.GetBytes(text),
            "application/json",
            $"{words.Of(export.List)}-{ChinaTime.Local(export.EndedAt!.Value):yyyyMMdd-HHmm}.manifest.json"
        );
    }

    private static async Task<IResult> DownloadAsync(
        HttpContext context,
        Guid id,
        // Empty but for the token: a form that is bound is a form whose token is checked.
        IFormCollection form,
        CommandRunner runner,
        ExportFiles files,
        ListWords words,
        CancellationToken ct
    )
    {
        _ = form;
        if (context.User.StaffRef() is not { } who)
        {
            return Results.Unauthorized();
        }
        var outcome = await runner.RunAsync(new DownloadExport(id), who, ct);
        if (outcome is not Outcome<ExportFile>.Done { Value: var file })
        {
            return ((Outcome<ExportFile>.Refused)outcome).Refusal.Code switch
            {
                RefusalCode.AccountDisabled => Results.Unauthorized(),
                RefusalCode.NotPermitted => Results.StatusCode(StatusCodes.Status403Forbidden),
                // Back to the list, which shows where it stands now.
                _ => Results.LocalRedirect(ExportAddress.Base),
            };
        }
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        response.ContentType = ExcelWorkbook.MediaType;
        response.ContentLength = file.Size;
        var name = $"{words.Of(file.List)}-{ChinaTime.Local(file.MadeAt):yyyyMMdd-HHmm}.xlsx";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        response.Headers.ContentDisposition = disposition.ToString();
        await foreach (var part in files.ReadAsync(file, ct))
        {
            await response.Body.WriteAsync(part, ct);
        }
        return Results.Empty;
    }
}
