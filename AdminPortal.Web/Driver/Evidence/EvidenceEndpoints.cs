using AdminPortal.Data.Casework;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver.Evidence;

/// <summary>/driver/evidence/{case}: what an officer asks for, and the form to hand it in (D-EVIDENCE).</summary>
public static class EvidenceEndpoints
{
    // What was typed, kept for the page that shows the form again.
    private const string Typed = "evidence-text";

    /// <summary>The inputs of the files.</summary>
    public static readonly IReadOnlyList<string> Inputs =
    [
        .. Enumerable.Range(1, EvidenceService.MostPhotos).Select(n => $"photo{n}"),
    ];

    public static void MapEvidence(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/evidence/{caseId:guid}", ShowAsync);
        app.MapPost("/driver/evidence/{caseId:guid}", GiveAsync).TakesPhoto(Uploads.LargestLetter);
    }

    /// <summary>The page again with what was refused.</summary>
    internal static async Task<IResult> AgainAsync(HttpContext context, Refusal? refusal, CancellationToken ct)
    {
        var services = context.RequestServices;
        var words = services.GetRequiredService<Words>();
        var id = Guid.Parse((string)context.Request.RouteValues["caseId"]!);
        if (
            await services.GetRequiredService<EvidencePages>().FindAsync(context.DriverRef().Id, id, ct)
            is not { } asked
        )
        {
            return Pages.NotFound(words);
        }
        var problem = refusal is null ? null : FormProblem.Of(words, refusal);
        return Pages.Of<EvidencePage>(
            new
            {
                Asked = asked,
                Text = context.Items[Typed] as string ?? "",
                Problem = problem,
            },
            problem?.Status ?? StatusCodes.Status200OK
        );
    }

    private static Task<IResult> ShowAsync(HttpContext context, CancellationToken ct) => AgainAsync(context, null, ct);

    // Read here and not bound, so that an oversized form gets its own answer.
    private static async Task<IResult> GiveAsync(
        HttpContext context,
        Guid caseId,
        EvidenceService evidence,
        CancellationToken ct
    )
    {
        var form = await context.Request.ReadFormAsync(ct);
        var text = form["text"].ToString();
        context.Items[Typed] = text;
        var photos = new List<PhotoUpload>();
        foreach (var file in form.Files.Where(f => f.Length > 0))
        {
            var field = Inputs.Contains(file.Name) ? file.Name : Inputs[0];
            photos.Add(new PhotoUpload(field, await Uploads.ReadAsync(file, ct)));
        }
        var outcome = await evidence.GiveAsync(context.DriverRef(), caseId, text, photos, ct);
        return outcome is Outcome<bool>.Refused { Refusal: var refusal }
            ? await AgainAsync(context, refusal, ct)
            : Pages.Go($"/driver/evidence/{caseId}");
    }
}
