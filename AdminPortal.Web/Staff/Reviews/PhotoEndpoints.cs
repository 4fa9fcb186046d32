using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>Photos of a case, and PDF files handed in with it. Each look is recorded before a byte leaves (N-33).</summary>
internal static class PhotoEndpoints
{
    public static void MapCasePhotos(this IEndpointRouteBuilder app) =>
        app.MapGet("/staff/reviews/{caseId:guid}/photos/{photoId:guid}", ShowAsync).RequireAuthorization(SignIns.Staff);

    private static async Task<IResult> ShowAsync(
        Guid caseId,
        Guid photoId,
        HttpContext context,
        CommandRunner runner,
        PhotoFiles photos,
        CancellationToken ct
    )
    {
        if (context.User.StaffRef() is not { } who)
        {
            return Results.Unauthorized();
        }
        return await runner.RunAsync(new ViewCasePhoto(caseId, photoId), who, ct) switch
        {
            Outcome<ShownFile>.Done { Value: var file } => PhotoAnswer.Of(
                context,
                file,
                await photos.ReadAsync(file.Id, ct)
            ),
            Outcome<ShownFile>.Refused { Refusal.Code: RefusalCode.AccountDisabled } => Results.Unauthorized(),
            Outcome<ShownFile>.Refused { Refusal.Code: RefusalCode.NotPermitted } => Results.StatusCode(403),
            _ => Results.NotFound(),
        };
    }
}
