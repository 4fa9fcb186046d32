namespace AdminPortal.Web.Staff;

/// <summary>The look a member of staff has chosen, kept in a cookie so that the first byte of the page has it.</summary>
public static class Themes
{
    public const string Cookie = "theme";
    public const string Light = "light";
    public const string Dark = "dark";

    /// <summary>Follows the computer. Also what an unknown cookie means.</summary>
    public const string System = "system";

    public static readonly IReadOnlyList<string> All = [System, Light, Dark];

    public static string Of(HttpContext context) =>
        context.Request.Cookies[Cookie] switch
        {
            Light => Light,
            Dark => Dark,
            _ => System,
        };
}
