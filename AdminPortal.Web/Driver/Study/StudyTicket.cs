namespace AdminPortal.Web.Driver.Study;

/// <summary>
/// The latest heartbeat ticket with its section, in a cookie that only the study pages receive: it must survive a reload and
/// must not stand in an address that is shared, logged or kept in the history.
/// </summary>
internal static class StudyTicket
{
    private const string Name = "portal.study";
    private const string Path = "/driver/study";

    public static void Write(HttpContext context, string sectionId, string ticket) =>
        context.Response.Cookies.Append(Name, $"{sectionId}.{ticket}", Options(context));

    /// <summary>The ticket of a section, or null when another section (or none) is being read in this browser.</summary>
    public static string? Read(HttpContext context, string sectionId) =>
        context.Request.Cookies[Name] is { } value && value.StartsWith($"{sectionId}.", StringComparison.Ordinal)
            ? value[(sectionId.Length + 1)..]
            : null;

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    private static CookieOptions Options(HttpContext context) =>
        new()
        {
            Path = Path,
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
        };
}
