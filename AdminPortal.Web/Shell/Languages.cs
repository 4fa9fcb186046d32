using Microsoft.AspNetCore.Localization;

namespace AdminPortal.Web.Shell;

/// <summary>Chinese unless the user chose English; the choice lives in a cookie, never in the URL or the browser's wishes.</summary>
public static class Languages
{
    private static readonly string[] Supported = ["zh-CN", "en"];

    public static void Configure(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture(Supported[0]).AddSupportedCultures(Supported).AddSupportedUICultures(Supported);
        options.RequestCultureProviders = [new CookieRequestCultureProvider { Options = options }];
        options.ApplyCurrentCultureToResponseHeaders = true;
    }

    /// <summary>Sets the cookie; anything but the two languages is Chinese.</summary>
    public static void Choose(HttpContext context, string? language)
    {
        var culture = new RequestCulture(language == "en" ? "en" : "zh-CN");
        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(culture),
            new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            }
        );
    }
}
