using AdminPortal.Data.Drivers;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Authentication;

namespace AdminPortal.Web.Driver.Home;

/// <summary>/driver: what is next and by when.</summary>
public static class HomeEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver", ShowAsync);
        // As a route handler: with the context as its only parameter it would be taken for a bare request delegate.
        app.MapPost("/driver/sign-out", (Delegate)SignOutAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        DriverPages drivers,
        Words words,
        CancellationToken ct
    ) =>
        await drivers.HomeAsync(context.DriverRef().Id, words.English, ct) is { } home
            ? Pages.Of<HomePage>(new { Home = home })
            : Pages.Of<NoLicencePage>(new { });

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(SignIns.Driver);
        return Pages.Go("/driver/sign-in");
    }
}
