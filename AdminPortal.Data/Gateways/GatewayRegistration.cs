using System.Globalization;
using AdminPortal.Data.Gateways.StandIns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AdminPortal.Data.Gateways;

/// <summary>Chooses the gateways: the real ones where configured, stand-ins only in development.</summary>
public static class GatewayRegistration
{
    /// <summary>
    /// Registers <see cref="IFaceComparison"/>, <see cref="IMessageGateway"/> and <see cref="IPointsGateway"/>. Settings per gateway
    /// (<c>Face</c>, <c>Messages</c>, <c>Points</c>): <c>Gateways:Face:BaseAddress</c>, <c>:ApiKey</c>, <c>:Timeout</c>
    /// (<c>00:00:05</c>). Stand-ins keep their files in <c>Gateways:StandIns:Folder</c>.
    /// </summary>
    /// <param name="services">Where to register. A stand-in is also registered as its own type, for development pages.</param>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="development">Whether stand-ins and plain HTTP are allowed.</param>
    /// <exception cref="InvalidOperationException">A setting is missing or wrong; the message names it.</exception>
    public static IServiceCollection AddGateways(
        this IServiceCollection services,
        IConfiguration configuration,
        bool development
    )
    {
        services.TryAddSingleton(TimeProvider.System);
        var folder = configuration["Gateways:StandIns:Folder"] is { Length: > 0 } set ? set : DefaultFolder();

        Add<IFaceComparison, StandInFaceComparison>(
            "Face",
            (http, options, log) => new HttpFaceComparison(http, options, log.CreateLogger<HttpFaceComparison>()),
            _ => new StandInFaceComparison()
        );
        Add<IMessageGateway, StandInMessageGateway>(
            "Messages",
            (http, options, log) => new HttpMessageGateway(http, options, log.CreateLogger<HttpMessageGateway>()),
            s => new StandInMessageGateway(folder, s.GetRequiredService<TimeProvider>())
        );
        Add<IPointsGateway, StandInPointsGateway>(
            "Points",
            (http, options, log) => new HttpPointsGateway(http, options, log.CreateLogger<HttpPointsGateway>()),
            _ => new StandInPointsGateway(folder)
        );
        return services;

        void Add<TPort, TStandIn>(
            string name,
            Func<HttpClient, GatewayOptions, ILoggerFactory, TPort> real,
            Func<IServiceProvider, TStandIn> standIn
        )
            where TPort : class
            where TStandIn : class, TPort
        {
            if (Options(configuration, name, development) is { } options)
            {
                services.AddSingleton(s =>
                    real(GatewayHttp.CreateClient(), options, s.GetRequiredService<ILoggerFactory>())
                );
                return;
            }
            services.AddSingleton(standIn);
            services.AddSingleton<TPort>(s => s.GetRequiredService<TStandIn>());
        }
    }

    /// <summary>Reads one gateway's settings; null when it is not configured, and need not be.</summary>
    private static GatewayOptions? Options(IConfiguration configuration, string name, bool development)
    {
        var section = $"Gateways:{name}";
        var address = configuration[$"{section}:BaseAddress"];
        if (string.IsNullOrWhiteSpace(address))
        {
            return development
                ? null
                : throw new InvalidOperationException(
                    $"{section}:BaseAddress is not set. Stand-ins are for development only: configure the real gateway."
                );
        }
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new InvalidOperationException($"{section}:BaseAddress is no HTTP address: {address}");
        }
        if (uri.Scheme == Uri.UriSchemeHttp && !development)
        {
            throw new InvalidOperationException($"{section}:BaseAddress must be https outside development: {address}");
        }
        var apiKey = configuration[$"{section}:ApiKey"];
        if (string.IsNullOrWhiteSpace(apiKey))
        {
            throw new InvalidOperationException($"{section}:ApiKey is not set.");
        }
        var options = new GatewayOptions { BaseAddress = uri, ApiKey = apiKey };
        if (configuration[$"{section}:Timeout"] is not { Length: > 0 } timeout)
        {
            return options;
        }
        return
            TimeSpan.TryParse(timeout, CultureInfo.InvariantCulture, out var limit)
            && limit > TimeSpan.Zero
            && limit <= TimeSpan.FromMinutes(1)
            ? options with
            {
                Timeout = limit,
            }
            : throw new InvalidOperationException($"{section}:Timeout must be a time up to one minute: {timeout}");
    }

    private static string DefaultFolder() =>
        Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify
            ),
            "AdminPortal",
            "stand-ins"
        );
}
