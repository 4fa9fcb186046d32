using AdminPortal.Data.Drivers;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver.Round;

/// <summary>/driver/round: everything that happened in the running round, or in the last one.</summary>
public static class RoundEndpoints
{
    public static void MapRound(this IEndpointRouteBuilder app) => app.MapGet("/driver/round", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, DriverPages drivers, CancellationToken ct) =>
        await drivers.RoundAsync(context.DriverRef().Id, ct) is { } round
            ? Pages.Of<RoundPage>(new { Round = round })
            : Pages.Of<NoRoundPage>(new { });
}
