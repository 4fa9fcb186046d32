using AdminPortal.Data;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Sections;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Web.Hosting;

/// <summary>The web program from start to stop.</summary>
public static class PortalProgram
{
    /// <summary>Serves until stopped. Exit codes: 0 stopped, 1 a setting or the database is wrong.</summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        var demo = args.Contains("--demo");
        var builder = PortalWeb.CreateBuilder([.. args.Where(a => a is not ("serve" or "--demo"))]);
        try
        {
            var development = builder.Environment.IsDevelopment();
            if (demo && !development)
            {
                throw new SetupException("--demo is for Development only.");
            }
            await using var setup = await PortalSetup.OpenAsync(
                builder.Configuration,
                development,
                CancellationToken.None
            );
            await using var app = PortalWeb.Build(builder, setup);
            await PrepareDatabaseAsync(app, development, demo);
            await app.StartAsync();
            if (development)
            {
                Announce(app, demo);
            }
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (e is SetupException or LocalPostgresMissingException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (Exception e) when (DatabaseFaults.Text(e) is not null)
        {
            await Console.Error.WriteLineAsync(DatabaseFaults.Text(e));
            return 1;
        }
    }

    /// <summary>Brings the database up to date in Development; elsewhere an operator does that with "migrate".</summary>
    public static async Task PrepareDatabaseAsync(WebApplication app, bool migrate, bool demo)
    {
        var databases = app.Services.GetRequiredService<IDbContextFactory<PortalDb>>();
        await using var db = await databases.CreateDbContextAsync();
        if (migrate)
        {
            await db.Database.MigrateAsync();
        }
        else if ((await db.Database.GetPendingMigrationsAsync()).Any())
        {
            throw new SetupException("The database is not up to date. Run once: migrate");
        }
        // A release may bring sections to study that are not there yet.
        await app
            .Services.GetRequiredService<CommandRunner>()
            .RunAsync(new SeedStudyContent(), ActorRef.Operator, CancellationToken.None);
        if (demo)
        {
            await app.Services.GetRequiredService<DemoLoader>().LoadAsync(CancellationToken.None);
        }
    }

    private static void Announce(WebApplication app, bool demo)
    {
        var address = app.Urls.First();
        Console.WriteLine(
            $"""

            学法减分 · Points reduction portal                           Development

              Start here      {address}
              Sign in         {address}/dev        any demonstration officer or driver, one click
              Officers        {address}/staff      {(
                demo ? string.Join("  ", DemoLoader.Officers.Select(Officer)) : "none loaded; start with --demo"
            )}
              Drivers         {address}/driver
              Messages        {address}/dev/inbox  SMS and app messages arrive here
              Stop            Ctrl+C

            """
        );

        static string Officer(DemoOfficer o) =>
            $"{o.Badge} {(o.Role == Role.Auditor ? "auditor" : o.Role.ToString().ToLowerInvariant())}";
    }
}
