using System.CommandLine;
using System.Security.Cryptography;
using AdminPortal.Data;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Questions;
using AdminPortal.Data.Sections;
using AdminPortal.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Web.Operators;

/// <summary>migrate, demo, health, keys create, keys renew-export.</summary>
internal static class DatabaseCommands
{
    public static Command Migrate()
    {
        var command = new Command(
            "migrate",
            "Brings the database up to date and adds the starter questions that are missing."
        );
        command.SetAction((_, ct) => OperatorHost.RunAsync(MigrateAsync, ct));
        return command;
    }

    public static Command Demo()
    {
        var command = new Command(
            "demo",
            "Development only: migrates and loads the demonstration. A second run changes nothing."
        );
        command.SetAction((_, ct) => OperatorHost.RunAsync(DemoAsync, ct));
        return command;
    }

    public static Command Health()
    {
        var command = new Command(
            "health",
            "Says whether the database answers and is up to date; exit code 1 when not."
        );
        command.SetAction((_, ct) => OperatorHost.RunAsync(HealthAsync, ct));
        return command;
    }

    public static Command Keys()
    {
        var create = new Command(
            "create",
            "Makes the keys of personal fields, of the audit trail and of signed exports in the data folder, once."
        );
        create.SetAction(
            async (_, _) =>
            {
                try
                {
                    var builder = Host.CreateApplicationBuilder(OperatorHost.Settings);
                    var folder = PortalSetup.FolderOf(builder.Configuration, builder.Environment.IsDevelopment());
                    PortalSetup.CreateKeys(folder);
                    Console.WriteLine(
                        $"Keys made in {Path.GetDirectoryName(folder.FieldKeys)}. Back them up apart from the database."
                    );
                    return 0;
                }
                catch (SetupException e)
                {
                    return await OperatorHost.FailAsync(e.Message);
                }
            }
        );
        var renew = new Command(
            "renew-export",
            "Makes another key for signing exports, used from the next start on; older manifests can still be verified."
        );
        renew.SetAction(
            async (_, _) =>
            {
                try
                {
                    var builder = Host.CreateApplicationBuilder(OperatorHost.Settings);
                    var folder = PortalSetup.FolderOf(builder.Configuration, builder.Environment.IsDevelopment());
                    Console.WriteLine(
                        $"Exports are signed with the key {ExportKeys.Renew(folder.ExportKeys)} from the next start on."
                    );
                    return 0;
                }
                catch (Exception e) when (e is SetupException or CryptographicException)
                {
                    return await OperatorHost.FailAsync(e.Message);
                }
            }
        );
        return new Command("keys", "Keys of this installation.") { create, renew };
    }

    private static async Task<int> MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(ct);
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        await db.Database.MigrateAsync(ct);
        var runner = services.GetRequiredService<CommandRunner>();
        await runner.RunAsync(new SeedStarterBank(), ActorRef.Operator, ct);
        await runner.RunAsync(new SeedStudyContent(), ActorRef.Operator, ct);
        Console.WriteLine(
            pending.Count == 0 ? "Up to date already." : $"Applied {pending.Count}: {string.Join(", ", pending)}"
        );
        return 0;
    }

    private static async Task<int> DemoAsync(IServiceProvider services, CancellationToken ct)
    {
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return await OperatorHost.FailAsync("The demonstration is for Development only.");
        }
        await MigrateAsync(services, ct);
        await services.GetRequiredService<DemoLoader>().LoadAsync(ct);
        Console.WriteLine("The demonstration is loaded.");
        return 0;
    }

    private static async Task<int> HealthAsync(IServiceProvider services, CancellationToken ct)
    {
        var databases = services.GetRequiredService<IDbContextFactory<PortalDb>>();
        var result = await new DatabaseHealth(databases).CheckHealthAsync(new(), ct);
        Console.WriteLine($"{result.Status}{(result.Description is { } why ? $": {why}" : "")}");
        return result.Status == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy ? 0 : 1;
    }
}
