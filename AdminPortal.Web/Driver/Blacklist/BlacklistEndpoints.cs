using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver.Blacklist;

/// <summary>/driver/blacklist: the entries against a driver, what they mean, and the appeal (S1-39, S1-40).</summary>
public static class BlacklistEndpoints
{
    /// <summary>The largest request taken: every file at its largest, which is a PDF, and the words.</summary>
    public const long LargestRequest = Appeal.MostPhotos * (long)PdfFiles.MaxBytes + 1024 * 1024;

    /// <summary>The input of the evidence.</summary>
    public const string Photos = "photos";

    // What was typed, kept for the page that shows the form again.
    private const string Typed = "appeal-reason";

    public static void MapBlacklist(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/blacklist", ShowAsync);
        app.MapGet("/driver/blacklist/{entry:guid}/appeal", ShowAppealAsync);
        app.MapPost("/driver/blacklist/{entry:guid}/appeal", FileAsync).TakesPhoto(LargestRequest);
    }

    /// <summary>The appeal page again with what was refused.</summary>
    internal static async Task<IResult> AgainAsync(HttpContext context, Refusal? refusal, CancellationToken ct)
    {
        var services = context.RequestServices;
        var words = services.GetRequiredService<Words>();
        var entries = await services.GetRequiredService<BlacklistPages>().OfDriverAsync(context.DriverRef().Id, ct);
        var id = Guid.Parse((string)context.Request.RouteValues["entry"]!);
        if (entries.SingleOrDefault(e => e.Id == id) is not { } entry)
        {
            return Pages.NotFound(words);
        }
        var problem = refusal is null ? null : FormProblem.Of(words, refusal);
        if (entry.Appeal is { } appeal)
        {
            return Pages.Of<AppealStatePage>(
                new
                {
                    Entry = entry,
                    Appeal = appeal,
                    Problem = problem,
                },
                problem?.Status ?? StatusCodes.Status200OK
            );
        }
        return entry.MayAppeal
            ? Pages.Of<AppealFormPage>(
                new
                {
                    Entry = entry,
                    Reason = context.Items[Typed] as string ?? "",
                    Problem = problem,
                    Target = await services.GetRequiredService<BlacklistPages>().AppealTargetAsync(entry.Authority, ct),
                },
                problem?.Status ?? StatusCodes.Status200OK
            )
            : Pages.Go("/driver/blacklist");
    }

    private static async Task<IResult> ShowAsync(HttpContext context, BlacklistPages pages, CancellationToken ct)
    {
        var entries = await pages.OfDriverAsync(context.DriverRef().Id, ct);
        return entries.Count == 0 ? Pages.Go("/driver") : Pages.Of<BlacklistPage>(new { Entries = entries });
    }

    private static Task<IResult> ShowAppealAsync(HttpContext context, CancellationToken ct) =>
        AgainAsync(context, null, ct);

    // Read here and not bound, so that an oversized form gets its own answer.
    private static async Task<IResult> FileAsync(
        HttpContext context,
        Guid entry,
        AppealService appeals,
        CancellationToken ct
    )
    {
        var form = await context.Request.ReadFormAsync(ct);
        var reason = form["reason"].ToString();
        context.Items[Typed] = reason;
        var uploads = new List<ReadOnlyMemory<byte>>();
        // A file input that was left alone sends one empty part.
        foreach (var file in form.Files.GetFiles(Photos).Where(f => f.Length > 0 || f.FileName.Length > 0))
        {
            uploads.Add(await Uploads.ReadAsync(file, ct));
        }
        var outcome = await appeals.FileAsync(context.DriverRef(), entry, reason, uploads, ct);
        return outcome is Outcome<FiledAppeal>.Refused { Refusal: var refusal }
            ? await AgainAsync(context, refusal, ct)
            : Pages.Go($"/driver/blacklist/{entry}/appeal");
    }
}
