using System.Globalization;
using AdminPortal.Data.Questions;

namespace AdminPortal.Web.Shared;

/// <summary>How a picture of a question leaves the server, on either side.</summary>
internal static class QuestionPictureAnswer
{
    /// <summary>
    /// Kept by the browser that asked and by nothing between, and by no name: a tag of its contents would tell which picture it is.
    /// </summary>
    /// <param name="keep">How long it need not be asked for again.</param>
    public static IResult Of(HttpContext context, ShownPicture picture, TimeSpan keep)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={keep.TotalSeconds:0}");
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(
            picture.Bytes,
            picture.Format switch
            {
                PictureFormat.Png => "image/png",
                PictureFormat.Jpeg => "image/jpeg",
            }
        );
    }
}
