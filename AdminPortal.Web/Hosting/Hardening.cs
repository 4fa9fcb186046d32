using AdminPortal.Web.Shell;

namespace AdminPortal.Web.Hosting;

/// <summary>Headers and checks that the framework leaves open (docs/security.md lists each with its test).</summary>
public static class Hardening
{
    private const string Csp =
        "default-src 'self'; script-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; ";

    /// <summary>Sets the security headers of every response, error pages included.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(() =>
                {
                    Apply(context);
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );

    /// <summary>
    /// The circuit takes any origin and several transports by default: here only WebSockets from the portal's own pages.
    /// </summary>
    public static void UseCircuitOrigin(this IApplicationBuilder app)
    {
        // Makes a WebSocket request known as one here, before the circuit's own endpoint would.
        app.UseWebSockets();
        app.Use(
            async (context, next) =>
            {
                if (context.Request.Path.StartsWithSegments("/_blazor", out var rest) && !IsOwnCircuit(context, rest))
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return;
                }
                await next(context);
            }
        );
    }

    private static bool IsOwnCircuit(HttpContext context, PathString rest)
    {
        // A script file list without any state; browsers send no origin when they read from their own site.
        if (rest == "/initializers" && HttpMethods.IsGet(context.Request.Method))
        {
            return true;
        }
        var own = $"{context.Request.Scheme}://{context.Request.Host}";
        if (context.Request.Headers.Origin != own)
        {
            return false;
        }
        // Everything but the negotiation and what a page unload posts has to be a WebSocket.
        return rest == "/negotiate" || rest == "/disconnect" || context.WebSockets.IsWebSocketRequest;
    }

    private static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        var isStaff =
            context.Request.Path.StartsWithSegments("/staff") || context.Request.Path.StartsWithSegments("/_blazor");
        if (!headers.ContainsKey("Content-Security-Policy"))
        {
            // The component library writes inline styles; scripts never come from the page. One exception, documented.
            headers.ContentSecurityPolicy = Csp + (isStaff ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'");
        }
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = context.Request.Path.StartsWithSegments("/driver")
            ? "camera=(self), microphone=(), geolocation=()"
            : "camera=(), microphone=(), geolocation=()";
        headers.XFrameOptions = "DENY";
        if (headers.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal))
        {
            // Pages show personal data: neither a shared computer nor a proxy keeps them.
            headers.CacheControl = "no-store";
        }
        else if (
            context.Request.Query["v"] is [{ } version]
            && context.Response.StatusCode == StatusCodes.Status200OK
            && context
                .RequestServices.GetRequiredService<VersionedFiles>()
                .IsCurrent(context.Request.Path.Value!, version)
        )
        {
            headers.CacheControl = "public, max-age=31536000, immutable";
        }
    }
}
