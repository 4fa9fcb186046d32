using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Photos;

namespace AdminPortal.Web.Shared;

/// <summary>How a stored photo leaves the server, whoever may see it.</summary>
internal static class PhotoAnswer
{
    /// <summary>A photo to be shown, or a PDF to be downloaded under a name that is none of the driver's words.</summary>
    public static IResult Of(HttpContext context, ShownFile file, byte[] bytes) =>
        file.Format switch
        {
            PhotoFormat.Jpeg => Of(context, bytes),
            PhotoFormat.Pdf => Guarded(context, Results.File(bytes, "application/pdf", file.DownloadName)),
        };

    /// <summary>A face is kept by no cache, embedded by no other site, and can do nothing if opened by itself.</summary>
    public static IResult Of(HttpContext context, byte[] jpeg) => Guarded(context, Results.Bytes(jpeg, "image/jpeg"));

    private static IResult Guarded(HttpContext context, IResult answer)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return answer;
    }
}
