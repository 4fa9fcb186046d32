using System.Security.Claims;
using System.Threading.RateLimiting;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain.Access;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace AdminPortal.Web.Hosting;

/// <summary>Cookies, policies and limits of the two sign-ins.</summary>
public static class SignInServices
{
    private const string Chooser = "Portal";

    /// <summary>The name of the limiter on every form that guesses could be made at.</summary>
    public const string Limit = "sign-in";

    public static void AddPortalSignIns(this IServiceCollection services, bool development)
    {
        services
            .AddAuthentication(Chooser)
            // The two sides never see each other's cookie: the path decides which one counts.
            .AddPolicyScheme(
                Chooser,
                null,
                o =>
                    o.ForwardDefaultSelector = context =>
                        IsDriverPath(context.Request.Path) ? SignIns.Driver : SignIns.Staff
            )
            .AddCookie(
                SignIns.Staff,
                o => Configure(o, "staff", "/account/sign-in", Sessions.Idle(ActorKind.Staff), development)
            )
            .AddCookie(
                SignIns.Driver,
                o => Configure(o, "driver", "/driver/sign-in", Sessions.Idle(ActorKind.Driver), development)
            );
        services.AddSingleton<SessionTickets>();
        services
            .AddSingleton<IPostConfigureOptions<CookieAuthenticationOptions>, UseSessionTickets>()
            .AddAuthorizationBuilder()
            .AddPolicy(SignIns.Staff, Policy(SignIns.Staff))
            .AddPolicy(SignIns.Driver, Policy(SignIns.Driver))
            // A route that forgets its policy is closed, not open.
            .SetFallbackPolicy(Policy(SignIns.Staff));
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = development ? "portal-form" : "__Host-portal-form";
            o.Cookie.SecurePolicy = development ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            o.Cookie.SameSite = SameSiteMode.Strict;
        });
    }

    /// <summary>
    /// Slows guessing from one address. The lock of an account and the limit per identity number are in the database; this
    /// one keeps a single machine from wearing them out for everybody.
    /// </summary>
    public static void AddSignInLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var perMinute = configuration.GetValue("Portal:SignInsPerMinute", 30);
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                IsGuess(context.Request)
                    ? RateLimitPartition.GetFixedWindowLimiter(
                        context.Connection.RemoteIpAddress?.ToString() ?? "",
                        _ => new FixedWindowRateLimiterOptions
                        {
                            PermitLimit = perMinute,
                            Window = TimeSpan.FromMinutes(1),
                        }
                    )
                    : RateLimitPartition.GetNoLimiter("")
            );
        });
    }

    private static bool IsGuess(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && (
            request.Path.StartsWithSegments("/driver/sign-in")
            || request.Path.StartsWithSegments("/account/sign-in")
            || request.Path.StartsWithSegments("/account/activate")
        );

    private static bool IsDriverPath(PathString path) =>
        path.StartsWithSegments("/driver") || path.StartsWithSegments("/dev");

    private static AuthorizationPolicy Policy(string scheme) =>
        new AuthorizationPolicyBuilder(scheme).RequireAuthenticatedUser().Build();

    private static void Configure(
        CookieAuthenticationOptions o,
        string name,
        string signIn,
        TimeSpan idle,
        bool development
    )
    {
        o.Cookie.Name = development ? name : $"__Host-{name}";
        o.Cookie.HttpOnly = true;
        o.Cookie.SameSite = SameSiteMode.Lax;
        o.Cookie.SecurePolicy = development ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        o.CookieManager = new SessionCookies();
        o.ExpireTimeSpan = idle;
        o.SlidingExpiration = true;
        o.LoginPath = signIn;
        o.ReturnUrlParameter = "returnUrl";
        o.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        var toSignIn = o.Events.OnRedirectToLogin;
        o.Events.OnRedirectToLogin = context =>
        {
            // A script that posts wants to know, not to be given a page.
            if (context.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            }
            return toSignIn(context);
        };
    }
}

/// <summary>Gives both cookies the session store.</summary>
internal sealed class UseSessionTickets(SessionTickets tickets, TimeProvider clock)
    : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        options.SessionStore = tickets;
        options.TimeProvider = clock;
    }
}

/// <summary>Keeps authentication tickets in the database; the cookie carries a random key only.</summary>
internal sealed class SessionTickets(Sessions sessions, IDataProtectionProvider protection, FieldCipher cipher)
    : ITicketStore
{
    private readonly IDataProtector _protector = protection.CreateProtector("AdminPortal.Sessions.1");

    public Task<string> StoreAsync(AuthenticationTicket ticket) => StartAsync(ticket, null);

    public Task<string> StoreAsync(
        AuthenticationTicket ticket,
        HttpContext httpContext,
        CancellationToken cancellationToken
    ) => StartAsync(ticket, httpContext);

    public Task RenewAsync(string key, AuthenticationTicket ticket) =>
        sessions.RenewAsync(key, Seal(ticket), ticket.Properties.ExpiresUtc!.Value, CancellationToken.None);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        if (
            await sessions.FindAsync(key, CancellationToken.None) is not { } found
            || TicketSerializer.Default.Deserialize(_protector.Unprotect(found.Ticket)) is not { } ticket
        )
        {
            return null;
        }
        // The row knows better: an act in a circuit keeps the session alive without a request that renews the ticket.
        ticket.Properties.ExpiresUtc = found.ExpiresAt;
        // What lies between the two is what a renewal adds: the idle time, never more.
        ticket.Properties.IssuedUtc = found.ExpiresAt - Sessions.Idle(found.Kind);
        return ticket;
    }

    public Task RemoveAsync(string key) => sessions.EndAsync(key, CancellationToken.None);

    private Task<string> StartAsync(AuthenticationTicket ticket, HttpContext? context)
    {
        var kind = ticket.AuthenticationScheme == SignIns.Staff ? ActorKind.Staff : ActorKind.Driver;
        var subject = Guid.Parse(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier)!);
        var handle = ticket.Principal.SessionHandle() ?? Guid.NewGuid();
        return sessions.StartAsync(
            kind,
            subject,
            Seal(ticket),
            ticket.Properties.ExpiresUtc!.Value,
            CancellationToken.None,
            // Of drivers neither address nor browser is kept, only a keyed digest, for as long as the session (D-LEAD-DEVICE).
            kind == ActorKind.Staff
                ? new SessionOrigin(
                    handle,
                    context?.Connection.RemoteIpAddress?.ToString(),
                    BrowserNames.Of(context?.Request.Headers.UserAgent.ToString())
                )
                : new SessionOrigin(handle, null, null, DeviceKey(context))
        );
    }

    private byte[]? DeviceKey(HttpContext? context) =>
        context?.Connection.RemoteIpAddress is { } address
        && context.Request.Headers.UserAgent.ToString() is { Length: > 0 } browser
            ? cipher.SearchKey("session.device", $"{address}\n{browser}")
            : null;

    private byte[] Seal(AuthenticationTicket ticket) => _protector.Protect(TicketSerializer.Default.Serialize(ticket));
}
