using AdminPortal.Data;
using AdminPortal.Data.Gateways;
using AdminPortal.Domain;
using AdminPortal.Web.Hosting;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Operators;

/// <summary>The product's services without the web, for one command.</summary>
internal static class OperatorHost
{
    /// <summary>The same settings and the same environment as the web program.</summary>
    public static HostApplicationBuilderSettings Settings =>
        new()
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName =
                Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
                ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"),
        };

    /// <summary>Runs an action with the services; says what is wrong in one line when the surroundings are not right.</summary>
    public static async Task<int> RunAsync(
        Func<IServiceProvider, CancellationToken, Task<int>> action,
        CancellationToken ct
    )
    {
        try
        {
            var builder = Host.CreateApplicationBuilder(OperatorHost.Settings);
            builder.Logging.ClearProviders();
            var development = builder.Environment.IsDevelopment();
            await using var setup = await PortalSetup.OpenAsync(builder.Configuration, development, ct);
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddPortalData(
                setup.Engine,
                setup.ConnectionString,
                setup.Cipher,
                setup.AuditKey,
                setup.Folder
            );
            builder.Configuration["Gateways:StandIns:Folder"] ??= setup.Folder.StandIns;
            if (development)
            {
                builder.Services.AddGateways(builder.Configuration, development);
            }
            builder.Services.AddLocalization();
            builder.Services.AddScoped<Words>();
            using var host = builder.Build();
            return await action(host.Services, ct);
        }
        catch (Exception e) when (e is SetupException or LocalPostgresMissingException)
        {
            return await FailAsync(e.Message);
        }
        catch (Exception e) when (DatabaseFaults.Text(e) is not null)
        {
            return await FailAsync(DatabaseFaults.Text(e)!);
        }
    }

    /// <summary>Says why and yields exit code 1.</summary>
    public static async Task<int> FailAsync(string reason)
    {
        await Console.Error.WriteLineAsync(reason);
        return 1;
    }

    /// <summary>Says why an act was refused, in English: operators' logs are read by machines too.</summary>
    public static Task<int> RefusedAsync(IServiceProvider services, Refusal refusal)
    {
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("en");
        using var scope = services.CreateScope();
        var text = scope.ServiceProvider.GetRequiredService<Words>().Of(refusal);
        return FailAsync(refusal.Field is { } field ? $"{field}: {text}" : text);
    }
}
