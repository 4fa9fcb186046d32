using AdminPortal.Data.Commands;
using AdminPortal.Data.Leads;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Staff.Leads;

/// <summary>Photos of a lead. Each look is recorded before a byte leaves (N-33).</summary>
internal static class LeadPhotoEndpoints
{
    public static void MapLeadPhotos(this IEndpointRouteBuilder app) =>
        app.MapGet("/staff/leads/{leadId:guid}/photos/{photoId:guid}", ShowAsync).RequireAuthorization(SignIns.Staff);

    private static async Task<IResult> ShowAsync(
        Guid leadId,
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
        return await runner.RunAsync(new ViewLeadPhoto(leadId, photoId), who, ct) switch
        {
            Outcome<Guid>.Done done => PhotoAnswer.Of(context, await photos.ReadAsync(done.Value, ct)),
            Outcome<Guid>.Refused { Refusal.Code: RefusalCode.AccountDisabled } => Results.Unauthorized(),
            Outcome<Guid>.Refused { Refusal.Code: RefusalCode.NotPermitted } => Results.StatusCode(403),
            _ => Results.NotFound(),
        };
    }
}
