using AdminPortal.Data.Commands;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Sections;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AdminPortal.Web.Staff.Sections;

/// <summary>
/// The files of study videos at the editors' desk: sent to the browser as drivers get them, and taken from it as a plain post. The post
/// is read as a stream, so a hundred megabytes never lie in memory; who may not is told before any of it is read.
/// </summary>
internal static class StudyVideoEndpoints
{
    /// <summary>The video and what comes with it.</summary>
    public const long LargestRequest = Mp4File.LargestFile + 4 * 1024 * 1024;

    /// <summary>Where an editor's browser posts to.</summary>
    public const string UploadPath = $"{SectionAddress.Videos}/upload";

    private const string Token = "RequestVerificationToken";
    private const int LongestText = 1024;

    public static void MapStudyVideoFiles(this IEndpointRouteBuilder app)
    {
        app.MapMethods($"{SectionAddress.Videos}/{{id:guid}}/{{file}}", [HttpMethods.Get, HttpMethods.Head], SendAsync)
            .RequireAuthorization(SignIns.Staff);
        app.MapPost(UploadPath, UploadAsync)
            .RequireAuthorization(SignIns.Staff)
            .WithMetadata(new RequestSizeLimitAttribute(LargestRequest));
    }

    private static async Task<IResult> SendAsync(
        HttpContext context,
        Guid id,
        string file,
        SectionPages pages,
        StudyVideoFiles files,
        CancellationToken ct
    )
    {
        if (context.User.StaffRef() is not { } who)
        {
            return Results.Unauthorized();
        }
        var found = (await pages.VideoAsync(who, id, ct))?.Ready.Files.Values.FirstOrDefault(f => f.Name == file);
        return found is null ? Results.NotFound() : VideoAnswer.Of(context, found, files);
    }

    private static async Task<IResult> UploadAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        SectionPages pages,
        CommandRunner runner,
        Words words,
        CancellationToken ct
    )
    {
        if (context.User.StaffRef() is not { } who)
        {
            return Results.Unauthorized();
        }
        // In a header: looked for in the form, the whole body would be read before it is known who sent it.
        if (!context.Request.Headers.ContainsKey(Token) || !await antiforgery.IsRequestValidAsync(context))
        {
            return Refused(words, new Refusal(RefusalCode.NotPermitted), StatusCodes.Status400BadRequest);
        }
        if (!await pages.MayEditAsync(who, ct))
        {
            return Refused(words, new Refusal(RefusalCode.NotPermitted), StatusCodes.Status403Forbidden);
        }
        var tooLarge = new Refusal(RefusalCode.VideoTooLarge, "video", Mp4File.LargestMegabytes);
        if (context.Request.ContentLength > LargestRequest)
        {
            return Refused(words, tooLarge, StatusCodes.Status413PayloadTooLarge);
        }
        await using var video = Temporary();
        try
        {
            var form = await ReadAsync(context.Request, video, ct);
            if (form is null || !Guid.TryParse(form.Text("id"), out var id))
            {
                return Refused(words, new Refusal(RefusalCode.FieldRequired, "video"));
            }
            var looked = CheckedVideo.Of(form.Sent(video));
            if (looked is not Outcome<CheckedVideo>.Done { Value: var good })
            {
                return Refused(words, ((Outcome<CheckedVideo>.Refused)looked).Refusal);
            }
            return await runner.RunAsync(new UploadStudyVideo(id, good), who, ct) is Outcome<Unit>.Refused refused
                ? Refused(words, refused.Refusal)
                : Results.Json(new { path = $"{SectionAddress.Videos}/{id:D}" });
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refused(words, tooLarge, StatusCodes.Status413PayloadTooLarge);
        }
        catch (InvalidDataException)
        {
            // No form, or one that broke off.
            return Refused(words, new Refusal(RefusalCode.VideoDamaged, "video"));
        }
    }

    /// <summary>What a form held beside the video, which lies in a file of its own; null when it is no form with files.</summary>
    private static async Task<SentForm?> ReadAsync(HttpRequest request, Stream video, CancellationToken ct)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary
        )
        {
            return null;
        }
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4096 };
        var form = new SentForm();
        for (var parts = 0; await ReadingAsync(reader.ReadNextSectionAsync(ct)) is { } part; parts++)
        {
            if (parts >= 12 || part.GetContentDispositionHeader() is not { } disposition)
            {
                throw new InvalidDataException("This is not the form of a video.");
            }
            var field = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            switch (field)
            {
                case "video":
                    video.SetLength(0);
                    await CopyAsync(part.Body, video, Mp4File.LargestFile + 1, ct);
                    break;
                case "poster" or "captionsZh" or "captionsEn":
                    // One byte more than is taken: what is too large is told as that.
                    var most = field == "poster" ? JpegSanitizer.MaxBytes : CaptionRules.LargestFile;
                    form.Files[field] = await BytesAsync(part.Body, most + 1, ct);
                    break;
                case "id" or "title" or "titleEn":
                    form.Files[field] = await BytesAsync(part.Body, LongestText, ct);
                    break;
            }
        }
        return form;
    }

    private static async Task<byte[]> BytesAsync(Stream from, long most, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await CopyAsync(from, bytes, most, ct);
        return bytes.ToArray();
    }

    // The rest of a part that is too large is passed over by the reader of the next one, within the limit of the request.
    private static async Task CopyAsync(Stream from, Stream to, long most, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        while (most > 0)
        {
            var got = await ReadingAsync(
                from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most)), ct).AsTask()
            );
            if (got == 0)
            {
                return;
            }
            await to.WriteAsync(buffer.AsMemory(0, got), ct);
            most -= got;
        }
    }

    // A post that breaks off is the sender's; a disk that takes nothing is ours, and must not read as a damaged video.
    private static async Task<T> ReadingAsync<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (IOException e)
            when (e is not BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            throw new InvalidDataException("The form broke off.", e);
        }
    }

    // Gone with the request, even when the process ends in the middle of it.
    private static FileStream Temporary() =>
        new(
            Path.Combine(Path.GetTempPath(), $"adminportal-video-{Guid.NewGuid():N}"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            }
        );

    private static IResult Refused(Words words, Refusal refusal, int? status = null) =>
        Results.Json(
            new { field = refusal.Field, text = words.Of(refusal) },
            statusCode: status ?? StatusCodes.Status422UnprocessableEntity
        );

    private sealed class SentForm
    {
        public Dictionary<string, byte[]> Files { get; } = [];

        public string Text(string field) => System.Text.Encoding.UTF8.GetString(Bytes(field));

        public SentVideo Sent(Stream video) =>
            new(
                new BilingualText(Text("title"), Text("titleEn")),
                video,
                Bytes("poster"),
                Bytes("captionsZh"),
                Bytes("captionsEn")
            );

        private byte[] Bytes(string field) => Files.GetValueOrDefault(field, []);
    }
}
