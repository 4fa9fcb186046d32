using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AdminPortal.Benchmarks.Driver;

/// <summary>
/// What the drivers' side is measured against: the least that the same server can do. One address; it answers with a page of
/// given length from memory, and reads what is posted.
/// </summary>
internal static class BarePeer
{
    /// <summary>The first argument that makes this program the peer.</summary>
    public const string Word = "peer";

    /// <summary>Serves until killed.</summary>
    public static async Task ServeAsync(string port, int length)
    {
        var builder = WebApplication.CreateBuilder(["--urls", $"http://127.0.0.1:{port}"]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        var page = new string('x', length);
        app.MapGet("/", () => Results.Text(page, "text/html"));
        app.MapPost(
            "/",
            async (HttpRequest request) =>
            {
                await request.Body.CopyToAsync(Stream.Null);
                return Results.Ok();
            }
        );
        await app.RunAsync();
    }
}
