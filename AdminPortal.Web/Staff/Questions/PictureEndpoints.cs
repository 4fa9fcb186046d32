using AdminPortal.Data.Commands;
using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Staff.Questions;

/// <summary>What the picture shelf takes in and gives out: a form with its token brings a picture, editors get the bytes of one.</summary>
internal static class PictureEndpoints
{
    /// <summary>A picture and the rest of its form.</summary>
    private const long LargestRequest = QuestionPictureFile.MostUploaded + 64 * 1024;

    public static void MapQuestionPictures(this IEndpointRouteBuilder app)
    {
        app.MapGet($"{PictureAddress.Base}/{{name}}/file", ShowAsync).RequireAuthorization(SignIns.Staff);
        app.MapPost(PictureAddress.Upload, UploadAsync)
            .RequireAuthorization(SignIns.Staff)
            .WithMetadata(new RequireAntiforgeryTokenAttribute(), new RequestSizeLimitAttribute(LargestRequest))
            .WithFormOptions(multipartBodyLengthLimit: LargestRequest);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        string name,
        QuestionPicturePages pages,
        CancellationToken ct
    )
    {
        if (context.User.StaffRef() is not { } who)
        {
            return Results.Unauthorized();
        }
        // What bears a name never changes.
        return await pages.FileAsync(who, name, ct) is { } picture
            ? QuestionPictureAnswer.Of(context, picture, keep: TimeSpan.FromHours(1))
            : Results.NotFound();
    }

    // Read here and not bound, so that a form too large is told so and is not taken for one without its token.
    private static async Task<IResult> UploadAsync(HttpContext context, CommandRunner runner, CancellationToken ct)
    {
        if (context.User.StaffRef() is not { } who)
        {
            return Results.Unauthorized();
        }
        if (Uploads.IsOversized(context, LargestRequest))
        {
            return Results.LocalRedirect(PictureAddress.Refused(RefusalCode.PictureTooHeavy));
        }
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
        {
            return Results.BadRequest();
        }
        var form = await context.Request.ReadFormAsync(ct);
        var upload = await Uploads.ReadAsync(form.Files["file"], ct);
        return await runner.RunAsync(new UploadQuestionPicture(upload), who, ct) switch
        {
            Outcome<string>.Done { Value: var name } => Results.LocalRedirect(PictureAddress.Uploaded(name)),
            Outcome<string>.Refused { Refusal.Code: RefusalCode.AccountDisabled } => Results.Unauthorized(),
            Outcome<string>.Refused { Refusal.Code: RefusalCode.NotPermitted } => Results.StatusCode(
                StatusCodes.Status403Forbidden
            ),
            Outcome<string>.Refused { Refusal.Code: var code } => Results.LocalRedirect(PictureAddress.Refused(code)),
            _ => Results.NotFound(),
        };
    }
}
