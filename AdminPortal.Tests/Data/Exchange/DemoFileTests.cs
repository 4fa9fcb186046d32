using AdminPortal.Data.Demo;
using AdminPortal.Data.Exchange;
using AdminPortal.Tests.Data.Infrastructure;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Exchange;

/// <summary>The demonstration can be started at any hour.</summary>
public sealed class DemoFileTests
{
    [Theory]
    [Trait("Rule", "S1-14")]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(23)]
    public async Task Its_data_are_never_of_the_future(int hour)
    {
        using var folder = new TemporaryFolder();
        var now = TestClock.China(2026, 3, 10, hour);
        foreach (var path in await DemoDrivers.WriteExchangeAsync(folder.Path, now, default))
        {
            var first = (await File.ReadAllLinesAsync(path))[0];
            var header = System.Text.Json.JsonSerializer.Deserialize<ExchangeRecord>(first, ExchangeRecord.Json);
            Assert.True(((HeaderRecord)header!).AsOf <= now);
        }
    }
}
