using System.Diagnostics;
using System.Security.Claims;
using AdminPortal.Web.Hosting;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Shell;

/// <summary>The entrance, the choices of language and theme, and the error pages.</summary>
public static class ShellEndpoints
{
    public static void MapShell(this IEndpointRouteBuilder app, Surface surface, bool development)
    {
        app.MapGet(
                "/",
                () =>
                    surface switch
                    {
                        Surface.Both => new RazorComponentResult<EntrancePage>(new { Development = development }),
                        Surface.Staff => (IResult)Results.Redirect("/staff"),
                        Surface.Driver => Results.Redirect("/driver"),
                    }
            )
            .AllowAnonymous();
        // The framework would compare a form's token with the officer alone, whom the fallback policy looks for.
        var choices = app.MapGroup("").AllowAnonymous().DisableAntiforgery().AddEndpointFilter(RefuseForeignFormAsync);
        choices.MapPost(
            "/language",
            (HttpContext context, [FromForm] string? lang, [FromForm] string? returnUrl) =>
            {
                Languages.Choose(context, lang);
                return Results.LocalRedirect(Local(returnUrl));
            }
        );
        choices.MapPost(
            "/theme",
            (HttpContext context, [FromForm] string? theme, [FromForm] string? returnUrl) =>
            {
                context.Response.Cookies.Append(
                    "theme",
                    theme is "light" or "dark" ? theme : "system",
                    new CookieOptions
                    {
                        MaxAge = TimeSpan.FromDays(365),
                        SameSite = SameSiteMode.Lax,
                        Secure = context.Request.IsHttps,
                        HttpOnly = true,
                    }
                );
                return Results.LocalRedirect(Local(returnUrl));
            }
        );
        // Without it the closed-by-default policy would send people who mistyped an address to the officers' sign-in.
        app.MapFallback(() => Results.NotFound()).AllowAnonymous();
        app.Map("/error", Error).AllowAnonymous().DisableAntiforgery();
        app.Map("/status/{code:int}", (int code) => Page(code, null)).AllowAnonymous().DisableAntiforgery();
    }

    // A choice may come from a page of either side: the token has to be that of the officer, the driver or nobody of this browser.
    private static async ValueTask<object?> RefuseForeignFormAsync(
        EndpointFilterInvocationContext call,
        EndpointFilterDelegate next
    )
    {
        var context = call.HttpContext;
        var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            context.User = (await context.AuthenticateAsync(SignIns.Driver)).Principal ?? new ClaimsPrincipal();
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                return Results.BadRequest();
            }
        }
        return await next(call);
    }

    /// <summary>A local path to return to, or the entrance: never another site.</summary>
    public static string Local(string? url) =>
        url is ['/', ..]
        && !url.StartsWith("//", StringComparison.Ordinal)
        && !url.Contains('\\')
        && !url.Any(char.IsControl)
            ? url
            : "/";

    private static IResult Error(HttpContext context)
    {
        // A body that is not a form, or too large, is the client's error and has its own code.
        var thrown = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var code = thrown is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        return Page(code, code == 500 ? Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier : null);
    }

    private static RazorComponentResult<ErrorPage> Page(int code, string? reference) =>
        new(new { Code = code, Reference = reference }) { StatusCode = code };
}
