using AdminPortal.Tests.Support;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Web;

/// <summary>Every route has a policy or stands in the reviewed list of what anybody may open.</summary>
public sealed class RouteTests(SharedServer shared) : IClassFixture<SharedServer>
{
    /// <summary>Reviewed: sign-in and activation, the entrance, choices without an account, errors, health, files, and Development.</summary>
    private static readonly string[] ForAnybody =
    [
        "/",
        "/language",
        "/theme",
        "/error",
        "/status/{code:int}",
        "/health",
        "/driver/sign-in",
        "/driver/sign-in/code",
        "/driver/language",
        "/account/sign-in",
        "/account/sign-in/passkey",
        "/account/sign-in/passkey/question",
        "/account/activate",
        "/account/sign-out",
        "/{*path:nonfile}",
        "/account/activate/complete",
        "/dev",
        "/dev/inbox",
        "/dev/sign-in",
        "/dev/samples/{name}.jpg",
        "/{**path}",
    ];

    /// <summary>The framework's own, in Development: a file that was added after the start. Closed by the fallback policy.</summary>
    private const string NewFiles = "{**path:file}";

    [Fact]
    public void A_route_is_closed_or_reviewed()
    {
        var open = Routes()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => !IsFile(route))
            .Distinct();
        Assert.Empty(open.Except(ForAnybody));
    }

    [Fact]
    public void Every_other_route_names_its_side()
    {
        var closed = Routes()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.RoutePattern.RawText != NewFiles)
            .ToList();
        Assert.NotEmpty(closed);
        Assert.Empty(
            closed
                .Where(e =>
                    !e
                        .Metadata.GetOrderedMetadata<IAuthorizeData>()
                        .Any(a => a.Policy is SignIns.Staff or SignIns.Driver)
                )
                .Select(e => e.RoutePattern.RawText)
        );
    }

    [Fact]
    public void Drivers_routes_are_drivers_only_and_officers_routes_officers_only()
    {
        Assert.All(
            Routes(),
            endpoint =>
            {
                var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
                var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).ToList();
                if (path.StartsWith("/driver", StringComparison.Ordinal))
                {
                    Assert.DoesNotContain(SignIns.Staff, policies);
                }
                if (
                    path.StartsWith("/staff", StringComparison.Ordinal)
                    || path.StartsWith("/_blazor", StringComparison.Ordinal)
                )
                {
                    Assert.DoesNotContain(SignIns.Driver, policies);
                }
            }
        );
    }

    private static bool IsFile(string route) =>
        route.StartsWith("/_content/", StringComparison.Ordinal)
        || route.StartsWith("/_framework/", StringComparison.Ordinal)
        || Path.GetExtension(route) is ".css" or ".js" or ".svg" or ".gz" or ".br" or ".map" or ".woff2" or ".txt";

    private IEnumerable<RouteEndpoint> Routes() =>
        shared.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
