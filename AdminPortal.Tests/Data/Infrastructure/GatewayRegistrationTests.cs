using AdminPortal.Data.Gateways;
using AdminPortal.Data.Gateways.StandIns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Data.Infrastructure;

public sealed class GatewayRegistrationTests
{
    private static readonly Dictionary<string, string?> Real = new()
    {
        ["Gateways:Face:BaseAddress"] = "https://face.example/",
        ["Gateways:Face:ApiKey"] = "k",
        ["Gateways:Messages:BaseAddress"] = "https://messages.example/",
        ["Gateways:Messages:ApiKey"] = "k",
        ["Gateways:Points:BaseAddress"] = "https://points.example/",
        ["Gateways:Points:ApiKey"] = "k",
        ["Gateways:Points:Timeout"] = "00:00:10",
    };

    [Fact]
    public void Configured_gateways_are_real()
    {
        using var services = Build(Real, development: false);

        Assert.IsType<HttpFaceComparison>(services.GetRequiredService<IFaceComparison>());
        Assert.IsType<HttpMessageGateway>(services.GetRequiredService<IMessageGateway>());
        Assert.IsType<HttpPointsGateway>(services.GetRequiredService<IPointsGateway>());
    }

    [Fact]
    public void In_development_stand_ins_fill_the_gaps()
    {
        var settings = new Dictionary<string, string?>(Real) { ["Gateways:Messages:BaseAddress"] = "" };
        using var services = Build(settings, development: true);

        Assert.IsType<HttpFaceComparison>(services.GetRequiredService<IFaceComparison>());
        Assert.Same(
            services.GetRequiredService<StandInMessageGateway>(),
            services.GetRequiredService<IMessageGateway>()
        );
    }

    [Theory]
    [InlineData("Gateways:Face:BaseAddress", null)]
    [InlineData("Gateways:Messages:BaseAddress", "")]
    [InlineData("Gateways:Points:BaseAddress", null)]
    [InlineData("Gateways:Points:BaseAddress", "http://points.example/")]
    [InlineData("Gateways:Points:BaseAddress", "points.example")]
    [InlineData("Gateways:Points:ApiKey", " ")]
    [InlineData("Gateways:Points:Timeout", "-1")]
    [InlineData("Gateways:Points:Timeout", "soon")]
    public void Outside_development_the_wrong_setting_is_named(string setting, string? value)
    {
        var settings = new Dictionary<string, string?>(Real) { [setting] = value };

        var e = Assert.Throws<InvalidOperationException>(() => Build(settings, development: false));

        Assert.Contains(setting, e.Message);
    }

    private static ServiceProvider Build(Dictionary<string, string?> settings, bool development) =>
        new ServiceCollection()
            .AddLogging()
            .AddGateways(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), development)
            .BuildServiceProvider();
}
