using AdminPortal.Data;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Points;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdminPortal.Tests.Support;

/// <summary>
/// The real web program on loopback, on a database of its own and a clock the test moves. Jobs run only when the test says so.
/// </summary>
public sealed class PortalServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PortalServer(WebApplication app, TestPortal portal)
    {
        (_app, Portal) = (app, portal);
    }

    /// <summary>The same database, files and clock without the web, to bring people to where a test begins.</summary>
    public TestPortal Portal { get; }

    public TestClock Clock => Portal.Clock;

    /// <summary>Such as http://127.0.0.1:41234, without a slash at the end.</summary>
    public string Address => _app.Urls.First().TrimEnd('/');

    public IServiceProvider Services => _app.Services;

    public CommandRunner Runner => Services.GetRequiredService<CommandRunner>();

    /// <param name="now">What the clock says at first.</param>
    /// <param name="environment">Development has demonstration sign-in, sample photos and stand-ins.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<PortalServer> StartAsync(
        DateTimeOffset now,
        string environment = "Development",
        IReadOnlyDictionary<string, string?>? settings = null
    )
    {
        var portal = await TestPortal.StartAsync(now);
        var builder = PortalWeb.CreateBuilder(["--urls", "http://127.0.0.1:0"], environment);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Jobs:Enabled"] = "false", ["Portal:SignInsPerMinute"] = "1000" }
        );
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        var setup = new PortalSetup(
            Engine.PostgreSql,
            portal.ConnectionString,
            TestPostgres.Cipher,
            TestPostgres.AuditKey,
            portal.Folder,
            null
        );
        var app = PortalWeb.Build(builder, setup, portal.Clock);
        await app.StartAsync();
        return new PortalServer(app, portal);
    }

    /// <summary>Runs an act that has to succeed.</summary>
    public async Task<T> DoAsync<T>(ICommand<T> command, ActorRef who)
    {
        var outcome = await Runner.RunAsync(command, who, CancellationToken.None);
        return outcome is Outcome<T>.Done done
            ? done.Value
            : throw new InvalidOperationException(((Outcome<T>.Refused)outcome).Refusal.ToString());
    }

    /// <summary>What the jobs would do by now.</summary>
    public async Task RunJobsAsync()
    {
        await Runner.RunAsync(new ExpireRounds(), ActorRef.System, CancellationToken.None);
        await Services.GetRequiredService<PointsDispatcher>().RunAsync(CancellationToken.None);
        await Services.GetRequiredService<MessageDispatcher>().RunAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Portal.DisposeAsync();
    }
}
