using AdminPortal.Data.Sections;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver.Study;

/// <summary>/driver/study/video/…: the videos, their posters and captions, for signed-in drivers.</summary>
public static class StudyVideoEndpoints
{
    public static void MapStudyVideos(this IEndpointRouteBuilder app) =>
        // Some players ask for the size first.
        app.MapMethods($"{VideoAnswer.Drivers}/{{file}}", [HttpMethods.Get, HttpMethods.Head], SendAsync);

    private static async Task<IResult> SendAsync(
        HttpContext context,
        string file,
        StudyReader reader,
        StudyVideoFiles files,
        Words words,
        CancellationToken ct
    ) =>
        // Looked up among the files of videos that were published, so no name leads to anything else.
        (await reader.ReadAsync(ct)).File(file)
            is { } found
            ? VideoAnswer.Of(context, found, files)
            : Pages.NotFound(words);
}
