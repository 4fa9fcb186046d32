using AdminPortal.Data.Drivers;
using AdminPortal.Data.IdPhotoChecks;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Rounds;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver.IdPhoto;

/// <summary>/driver/id-photo: the photo with the identity card, when the real-person verification failed (S1-27).</summary>
public static class IdPhotoEndpoints
{
    public static void MapIdPhoto(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/id-photo", ShowAsync);
        app.MapPost("/driver/id-photo", FileAsync).TakesPhoto();
    }

    /// <summary>The page again with what was refused; the home page when no photo can be asked for.</summary>
    internal static async Task<IResult> AgainAsync(HttpContext context, Refusal? refusal, CancellationToken ct)
    {
        var services = context.RequestServices;
        var round = await services.GetRequiredService<DriverPages>().RoundAsync(context.DriverRef().Id, ct);
        if (round is not { Scheme.IdPhotoPeriod: not null })
        {
            return Pages.Go("/driver");
        }
        var problem = refusal is null ? null : FormProblem.Of(services.GetRequiredService<Words>(), refusal);
        var last = round.Requests.LastOrDefault(r => r.Kind == CaseKind.IdPhoto);
        var mayFile = round.State == RoundState.Studying && Left(round) > 0;
        return last is null && !mayFile
            ? Pages.Go("/driver")
            : Pages.Of<IdPhotoPage>(
                new
                {
                    Round = round,
                    Last = last,
                    MayFile = mayFile,
                    Left = Left(round),
                    Problem = problem,
                },
                problem?.Status ?? StatusCodes.Status200OK
            );
    }

    private static int Left(RoundView round) =>
        round.Scheme.IdPhotoTries.Value - round.Requests.Count(r => r.Kind == CaseKind.IdPhoto);

    private static Task<IResult> ShowAsync(HttpContext context, CancellationToken ct) => AgainAsync(context, null, ct);

    // Read here and not bound, so that an oversized form gets its own answer.
    private static async Task<IResult> FileAsync(HttpContext context, IdPhotoService photos, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        if (form.Files["photo"] is not { } photo)
        {
            return await AgainAsync(context, new Refusal(RefusalCode.PhotoEmpty, "photo"), ct);
        }
        var upload = await Uploads.ReadAsync(photo, ct);
        return await photos.FileAsync(context.DriverRef(), upload, ct) is Outcome<Guid>.Refused { Refusal: var refusal }
            ? await AgainAsync(context, refusal, ct)
            : Pages.Go("/driver/id-photo");
    }
}
