using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace AdminPortal.Web.Account;

/// <summary>
/// Which request for a code this browser made, sealed in a short-lived cookie of the sign-in pages: the id alone would let
/// anybody try codes on it, and in an address it would end up in logs and histories.
/// </summary>
internal static class DriverSignInRequest
{
    private const string Name = "portal.driver-code";
    private const string Path = "/driver/sign-in";

    // A little longer than the code itself, so that the page can say that the code has expired.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public static void Write(HttpContext context, Guid requestId) =>
        context.Response.Cookies.Append(
            Name,
            Protector(context).Protect(requestId.ToString("N"), Lifetime),
            Options(context, Lifetime)
        );

    /// <summary>Null when there is none, or it is too old or not ours.</summary>
    public static Guid? Read(HttpContext context)
    {
        if (context.Request.Cookies[Name] is not { } value)
        {
            return null;
        }
        try
        {
            return Guid.ParseExact(Protector(context).Unprotect(value), "N");
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    private static ITimeLimitedDataProtector Protector(HttpContext context) =>
        context
            .RequestServices.GetRequiredService<IDataProtectionProvider>()
            .CreateProtector("driver.sign-in-request")
            .ToTimeLimitedDataProtector();

    private static CookieOptions Options(HttpContext context, TimeSpan? age) =>
        new()
        {
            Path = Path,
            HttpOnly = true,
            IsEssential = true,
            MaxAge = age,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
        };
}
