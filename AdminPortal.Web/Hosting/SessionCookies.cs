using AdminPortal.Data.Accounts;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace AdminPortal.Web.Hosting;

/// <summary>
/// On the pages of signing in nobody is signed in. Otherwise the framework would go on with the session that is still there when
/// somebody signs in over it: its key, which another person may know, would open the new person's account (session fixation).
/// </summary>
internal sealed class SessionCookies : ICookieManager
{
    // Pages and forms: the token of a form is of whom its page was drawn for.
    private static readonly string[] Entrances =
    [
        "/account/sign-in",
        "/account/activate",
        "/driver/sign-in/code",
        "/dev/sign-in",
    ];

    // The form alone: who is signed in is led on from its page.
    private const string DriverEntrance = "/driver/sign-in";
    private const string DemonstrationEntrance = "/dev";

    private readonly ChunkingCookieManager _cookies = new();

    public string? GetRequestCookie(HttpContext context, string key) =>
        IsEntrance(context.Request) ? null : Read(context, key);

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _cookies.AppendResponseCookie(context, key, value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _cookies.DeleteCookie(context, key, options);

    private static bool IsEntrance(HttpRequest request) =>
        Entrances.Any(entrance => request.Path.StartsWithSegments(entrance))
        || request.Path == DemonstrationEntrance
        || HttpMethods.IsPost(request.Method) && request.Path.StartsWithSegments(DriverEntrance);

    internal string? Read(HttpContext context, string key) => _cookies.GetRequestCookie(context, key);
}

/// <summary>Signs somebody in under a new session; the one this browser had before ends.</summary>
internal static class Entering
{
    // The framework's name of the claim that holds the key in its cookie.
    private const string SessionKey = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    public static async Task EnterAsync(this HttpContext context, string scheme, Guid id)
    {
        var options = context
            .RequestServices.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(scheme);
        if (
            new SessionCookies().Read(context, options.Cookie.Name!) is { } cookie
            && options.TicketDataFormat.Unprotect(cookie)?.Principal.FindFirst(SessionKey) is { } before
        )
        {
            await context.RequestServices.GetRequiredService<Sessions>().EndAsync(before.Value, context.RequestAborted);
        }
        await context.SignInAsync(scheme, SignIns.Principal(scheme, id));
    }
}
