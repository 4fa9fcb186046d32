namespace AdminPortal.Web.Shared;

/// <summary>How a stored photo leaves the server, whoever may see it.</summary>
internal static class PhotoAnswer
{
    /// <summary>A face is kept by no cache, embedded by no other site, and can do nothing if opened by itself.</summary>
    public static IResult Of(HttpContext context, byte[] jpeg)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Results.Bytes(jpeg, "image/jpeg");
    }
}
