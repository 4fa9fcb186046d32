using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;
using Microsoft.Net.Http.Headers;

namespace AdminPortal.Web.Driver.Study;

/// <summary>/driver/study/video/…: the videos, their posters and captions, for signed-in drivers.</summary>
public static class StudyVideoEndpoints
{
    public static void MapStudyVideos(this IEndpointRouteBuilder app) =>
        // Some players ask for the size first.
        app.MapMethods("/driver/study/video/{file}", [HttpMethods.Get, HttpMethods.Head], Send);

    private static IResult Send(HttpContext context, string file, StudyVideos videos, Words words)
    {
        if (videos.Find(file) is not { } found)
        {
            return Pages.NotFound(words);
        }
        var isCurrent = context.Request.Query["v"] == found.Version;
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
        return Results.File(
            found.Path,
            found.ContentType,
            entityTag: new EntityTagHeaderValue($"\"{found.Version}\""),
            enableRangeProcessing: true
        );
    }
}
