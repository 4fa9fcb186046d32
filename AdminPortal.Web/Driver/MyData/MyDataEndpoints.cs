using System.Globalization;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Exports;
using AdminPortal.Data.MyData;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Domain.Time;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Resources;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Driver.MyData;

/// <summary>/driver/data: what is stored about the driver, who looked at it, the photos, a copy.</summary>
public static class MyDataEndpoints
{
    public static void MapMyData(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/data", ShowAsync);
        app.MapPost("/driver/data/identity", ShowIdentityAsync);
        app.MapPost("/driver/data/export", ExportAsync);
        app.MapGet("/driver/data/photos", ShowPhotosAsync);
        app.MapGet("/driver/data/photos/{id:guid}", ShowPhotoAsync);
        app.MapGet("/driver/data/photos/{id:guid}/picture", ShowPictureAsync);
        app.MapGet(
            "/driver/data/accesses",
            (HttpContext c, long? before) => ShowAccessesAsync(c, AccessBy.Others, before)
        );
        app.MapGet(
            "/driver/data/accesses/mine",
            (HttpContext c, long? before) => ShowAccessesAsync(c, AccessBy.Me, before)
        );
        app.MapGet(
            "/driver/data/accesses/product",
            (HttpContext c, long? before) => ShowAccessesAsync(c, AccessBy.Product, before)
        );
    }

    private static Task<IResult> ShowAsync(HttpContext context, CancellationToken ct) =>
        PageAsync(context, null, null, ct);

    // The answer to the post is the page itself: what it reveals has no address that could be opened again.
    private static async Task<IResult> ShowIdentityAsync(
        HttpContext context,
        CommandRunner runner,
        Words words,
        CancellationToken ct
    ) =>
        await runner.RunAsync(new ShowMyIdentity(), context.DriverRef(), ct) switch
        {
            Outcome<FullIdentity>.Done { Value: var identity } => await PageAsync(context, identity, null, ct),
            Outcome<FullIdentity>.Refused { Refusal: var refusal } => await PageAsync(
                context,
                null,
                FormProblem.Of(words, refusal),
                ct
            ),
            _ => Pages.NotFound(words),
        };

    private static async Task<IResult> ExportAsync(
        HttpContext context,
        [FromForm] string? format,
        CommandRunner runner,
        MyDataWords data,
        Words words,
        IStringLocalizer<DriverTexts> texts,
        CancellationToken ct
    )
    {
        var wanted = format == "json" ? ExportFormat.Json : ExportFormat.Excel;
        var outcome = await runner.RunAsync(new ExportMyData(wanted, words.English), context.DriverRef(), ct);
        if (outcome is not Outcome<PersonalData>.Done { Value: var copy })
        {
            var refusal = ((Outcome<PersonalData>.Refused)outcome).Refusal;
            return await PageAsync(context, null, FormProblem.Of(words, refusal), ct);
        }
        await data.ReadTitlesAsync(ct);
        // A copy of everything about a person is kept by no cache.
        context.Response.Headers.CacheControl = "no-store";
        var day = ChinaTime.Local(copy.At).ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture);
        var name = $"{texts["MyData_FileName"]}-{day}";
        return wanted == ExportFormat.Json
            ? Results.File(PersonalDataFiles.Json(copy, data), "application/json", $"{name}.json")
            : Results.File(PersonalDataFiles.Excel(copy, data), ExcelWorkbook.MediaType, $"{name}.xlsx");
    }

    private static async Task<IResult> ShowPhotosAsync(HttpContext context, MyDataPages pages, CancellationToken ct) =>
        Pages.Of<PhotosPage>(new { Photos = await pages.PhotosAsync(context.DriverRef().Id, ct) });

    private static async Task<IResult> ShowPhotoAsync(
        HttpContext context,
        Guid id,
        MyDataPages pages,
        Words words,
        CancellationToken ct
    ) =>
        (await pages.PhotosAsync(context.DriverRef().Id, ct)).FirstOrDefault(p => p.Id == id) is { } photo
            ? Pages.Of<PhotoPage>(new { Photo = photo })
            : Pages.NotFound(words);

    private static async Task<IResult> ShowPictureAsync(
        HttpContext context,
        Guid id,
        CommandRunner runner,
        PhotoFiles photos,
        CancellationToken ct
    )
    {
        var outcome = await runner.RunAsync(new ViewMyPhoto(id), context.DriverRef(), ct);
        return outcome is Outcome<ShownFile>.Done { Value: var file }
            ? PhotoAnswer.Of(context, file, await photos.ReadAsync(file.Id, ct))
            : Results.NotFound();
    }

    private static async Task<IResult> ShowAccessesAsync(HttpContext context, AccessBy by, long? before)
    {
        var pages = context.RequestServices.GetRequiredService<AccessPages>();
        return Pages.Of<AccessesPage>(
            new
            {
                By = by,
                IsFirst = before is null,
                Page = await pages.ReadAsync(context.DriverRef().Id, by, before, context.RequestAborted),
            }
        );
    }

    private static async Task<IResult> PageAsync(
        HttpContext context,
        FullIdentity? identity,
        FormProblem? problem,
        CancellationToken ct
    )
    {
        var services = context.RequestServices;
        var driver = context.DriverRef().Id;
        var english = services.GetRequiredService<Words>().English;
        await services.GetRequiredService<MyDataWords>().ReadTitlesAsync(ct);
        return Pages.Of<MyDataPage>(
            new
            {
                Tables = await services.GetRequiredService<MyDataPages>().ReadAsync(driver, english, ct),
                Consent = await services.GetRequiredService<ConsentPages>().ReadAsync(driver, ct),
                Identity = identity,
                Problem = problem,
            },
            problem?.Status ?? StatusCodes.Status200OK
        );
    }
}
