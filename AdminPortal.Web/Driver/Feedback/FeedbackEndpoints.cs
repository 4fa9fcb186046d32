using AdminPortal.Data.Feedback;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Domain.Feedback;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver.Feedback;

/// <summary>/driver/feedback: ask, report, and read the officers' answers (S0-21, S0-22).</summary>
public static class FeedbackEndpoints
{
    private static readonly string[] Inputs = ["photo1", "photo2", "photo3"];

    public static void MapFeedback(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/feedback", (Delegate)ShowAsync);
        app.MapPost("/driver/feedback", FileAsync).TakesPhoto(Uploads.LargestLetter);
        app.MapGet("/driver/feedback/{caseId:guid}", ShowTicketAsync);
        app.MapGet("/driver/feedback/{caseId:guid}/photos/{number:int}", ShowPhotoAsync);
    }

    /// <summary>The page again when the request was too large to be read: what was written is not known then.</summary>
    internal static Task<IResult> TooLargeAsync(HttpContext context, Refusal? refusal, CancellationToken ct) =>
        PageAsync(context, FeedbackDraft.Empty, refusal, ct);

    private static Task<IResult> ShowAsync(HttpContext context, CancellationToken ct) =>
        PageAsync(context, FeedbackDraft.Empty, null, ct);

    private static async Task<IResult> PageAsync(
        HttpContext context,
        FeedbackDraft draft,
        Refusal? refusal,
        CancellationToken ct
    )
    {
        var services = context.RequestServices;
        var problem = refusal is null ? null : FormProblem.Of(services.GetRequiredService<Words>(), refusal);
        return Pages.Of<FeedbackPage>(
            new
            {
                Home = await services.GetRequiredService<FeedbackPages>().HomeAsync(context.DriverRef().Id, ct),
                Draft = draft,
                Problem = problem,
            },
            problem?.Status ?? StatusCodes.Status200OK
        );
    }

    // Read here and not bound, so that an oversized form gets its own answer.
    private static async Task<IResult> FileAsync(HttpContext context, FeedbackService feedback, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        var draft = FeedbackDraft.Of(form);
        var photos = new List<PhotoUpload>();
        foreach (var file in form.Files.Where(f => f.Length > 0))
        {
            // A name the form does not have is nobody's mistake but the sender's; the first input stands for it.
            var field = Inputs.Contains(file.Name) ? file.Name : Inputs[0];
            photos.Add(new PhotoUpload(field, await Uploads.ReadAsync(file, ct)));
        }
        var outcome = await feedback.FileAsync(context.DriverRef(), draft.FormKey, draft.Kind, draft.Text, photos, ct);
        if (outcome is Outcome<FiledFeedback>.Done { Value: var filed })
        {
            return Pages.Go($"/driver/feedback/{filed.CaseId}");
        }
        var refusal = ((Outcome<FiledFeedback>.Refused)outcome).Refusal;
        return await PageAsync(
            context,
            draft with
            {
                // Sent before with other words: what stands here now may be sent as another ticket.
                FormKey = refusal.Code == RefusalCode.FeedbackSent ? Guid.NewGuid() : draft.FormKey,
                HadPhotos = photos.Count > 0,
            },
            refusal,
            ct
        );
    }

    private static async Task<IResult> ShowTicketAsync(
        HttpContext context,
        Guid caseId,
        FeedbackPages pages,
        Words words,
        CancellationToken ct
    ) =>
        await pages.FindAsync(context.DriverRef().Id, caseId, ct) is { } ticket
            ? Pages.Of<TicketPage>(new { Ticket = ticket })
            : Pages.NotFound(words);

    private static async Task<IResult> ShowPhotoAsync(
        HttpContext context,
        Guid caseId,
        int number,
        FeedbackPages pages,
        PhotoFiles photos,
        CancellationToken ct
    ) =>
        await pages.FileAsync(context.DriverRef().Id, caseId, number, ct) is { } file
            ? PhotoAnswer.Of(context, file, await photos.ReadAsync(file.Id, ct))
            : Results.NotFound();
}

/// <summary>What stands in the form.</summary>
/// <param name="FormKey">One per form shown, so that a second click files nothing twice.</param>
/// <param name="HadPhotos">Photos were sent with it: a browser forgets them when the form comes back.</param>
public sealed record FeedbackDraft(Guid FormKey, FeedbackKind? Kind, string Text, bool HadPhotos)
{
    /// <summary>A form nobody has filled in yet.</summary>
    public static FeedbackDraft Empty => new(Guid.NewGuid(), null, "", false);

    /// <summary>What was sent; a form without its key is one of its own.</summary>
    public static FeedbackDraft Of(IFormCollection form) =>
        new(
            Guid.TryParse(form["formKey"], out var key) ? key : Guid.NewGuid(),
            Enum.TryParse<FeedbackKind>(form["kind"], out var kind) && Enum.IsDefined(kind) ? kind : null,
            form["text"].ToString(),
            false
        );
}
