using AdminPortal.Domain;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Driver.Parts;

/// <summary>Shows a form again with what was refused.</summary>
internal delegate Task<IResult> FormAgain(HttpContext context, Refusal? refusal, CancellationToken ct);

/// <summary>What every page with a photo upload shares.</summary>
internal static class Uploads
{
    /// <summary>The largest request taken; a photo in it may have 2 MB.</summary>
    public const long LargestRequest = 3 * 1024 * 1024;

    /// <summary>
    /// The same for a form in which people write and attach three files: large enough that photos as telephones take them, and
    /// PDF files over their 5 MB, are refused one by one, and what was written is kept.
    /// </summary>
    public const long LargestLetter = 24 * 1024 * 1024;

    /// <summary>
    /// A group whose posts may carry a photo. That one is too large is said by the length the browser announces, or by where
    /// the server stopped reading when none was: the antiforgery check finds no token in such a body and would answer with the
    /// wrong reason, so the size is judged outside the other filters.
    /// </summary>
    /// <param name="field">The input that a request too large is laid to.</param>
    /// <param name="tooLarge">What is said then; another reason where PDF is taken, which may be larger than a photo.</param>
    public static RouteGroupBuilder MapUploads(
        this IEndpointRouteBuilder app,
        FormAgain again,
        long largest = LargestRequest,
        string field = "photo",
        RefusalCode tooLarge = RefusalCode.PhotoTooLarge
    ) =>
        app.MapGroup("")
            .AddEndpointFilter(
                async (call, next) =>
                {
                    var context = call.HttpContext;
                    return HttpMethods.IsPost(context.Request.Method) && IsOversized(context, largest)
                        ? await again(context, new Refusal(tooLarge, field), context.RequestAborted)
                        : await next(call);
                }
            )
            .WithDriverRules();

    /// <summary>Lets a post carry a photo.</summary>
    public static void TakesPhoto(this RouteHandlerBuilder post, long largest = LargestRequest) =>
        post.WithMetadata(new RequestSizeLimitAttribute(largest)).WithFormOptions(multipartBodyLengthLimit: largest);

    /// <summary>The bytes of a file of a form; empty when there is none.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(IFormFile? file, CancellationToken ct)
    {
        if (file is null)
        {
            return default;
        }
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, ct);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    /// <summary>True when a request was announced, or turned out, to be larger than what is taken.</summary>
    internal static bool IsOversized(HttpContext context, long largest) =>
        context.Request.ContentLength > largest
        || context.Features.Get<IAntiforgeryValidationFeature>()?.Error?.InnerException
            is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge };
}
