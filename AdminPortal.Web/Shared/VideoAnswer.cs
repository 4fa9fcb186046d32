using AdminPortal.Data.Sections;
using Microsoft.Net.Http.Headers;

namespace AdminPortal.Web.Shared;

/// <summary>Where the files of study videos are, and how one is sent: whole or in parts, kept by the browser, never by a proxy.</summary>
internal static class VideoAnswer
{
    public const string Drivers = "/driver/study/video";

    /// <summary>The address of a file; it carries a version that follows from what is in it.</summary>
    /// <param name="folder">The address before its name: drivers and editors have one each.</param>
    public static string Address(this ReadyVideo video, VideoFileKind kind, string folder = Drivers) =>
        $"{folder}/{video.Files[kind].Name}?v={video.Files[kind].Version}";

    public static IResult Of(HttpContext context, StudyVideoFile file, StudyVideoFiles files)
    {
        var isCurrent = context.Request.Query["v"] == file.Version;
        context.Response.OnStarting(() =>
        {
            // Parts too: a phone that plays a video again has what it fetched. A refused range is not to be remembered.
            if (context.Response.StatusCode < StatusCodes.Status400BadRequest)
            {
                context.Response.Headers.CacheControl = isCurrent
                    ? "private, max-age=31536000, immutable"
                    : "private, no-cache";
            }
            return Task.CompletedTask;
        });
        return Results.Stream(
            files.Open(file),
            file.ContentType,
            entityTag: new EntityTagHeaderValue($"\"{file.Version}\""),
            enableRangeProcessing: true
        );
    }
}
