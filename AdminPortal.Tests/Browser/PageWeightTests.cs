using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>What a driver's page costs on a bad network, as the browser counts it: without photos, with its own cache.</summary>
public sealed partial class PageWeightTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int FirstView = 60 * 1024;
    private const int LaterView = 15 * 1024;

    [Fact]
    public async Task Every_page_is_light_at_first_and_lighter_afterwards()
    {
        var heavy = new List<string>();
        // One state of each page, the one it has last on the tour: what changes between them is a few words.
        var stops = (await DriverTour.PrepareAsync(shared.Server))
            .Where(s => s.Act is null && s.Status == 200)
            .GroupBy(s => Ids().Replace(s.Path, "*"))
            .Select(page => page.Last());
        foreach (
            var person in stops.Where(s => !s.Path.StartsWith("/dev", StringComparison.Ordinal)).GroupBy(s => s.Who)
        )
        {
            var page = await Touring.EnterAsync(shared.Server, person.Key, english: false);
            var session = await page.Context.NewCDPSessionAsync(page);
            await session.SendAsync("Network.enable");
            var bytes = 0L;
            var photos = new ConcurrentDictionary<string, bool>();
            session.Event("Network.requestWillBeSent").OnEvent += (_, data) =>
                photos[Id(data)] = data!.Value.TryGetProperty("type", out var type) && type.GetString() == "Image";
            session.Event("Network.loadingFinished").OnEvent += (_, data) =>
                Interlocked.Add(
                    ref bytes,
                    photos.GetValueOrDefault(Id(data))
                        ? 0
                        : (long)data!.Value.GetProperty("encodedDataLength").GetDouble()
                );
            foreach (var stop in person)
            {
                // Signing in, or the stop before, went through a page of the same style: a fresh view has nothing of it.
                await session.SendAsync("Network.clearBrowserCache");
                var first = await WeighAsync(page, session, stop, () => Interlocked.Exchange(ref bytes, 0));
                var later = await WeighAsync(page, session, stop, () => Interlocked.Exchange(ref bytes, 0));
                if (first > FirstView || later > LaterView)
                {
                    heavy.Add($"{stop.Name}: {first} bytes, then {later}");
                }
                Assert.True(first > 0 && later < first, $"{stop.Name}: {first} bytes, then {later}");
            }
            await page.Context.DisposeAsync();
        }
        Assert.True(heavy.Count == 0, string.Join('\n', heavy));
    }

    [GeneratedRegex("[0-9a-f-]{36}")]
    private static partial Regex Ids();

    private static string Id(JsonElement? data) => data!.Value.GetProperty("requestId").GetString()!;

    private async Task<long> WeighAsync(IPage page, ICDPSession session, TourStop stop, Func<long> take)
    {
        take();
        await page.GotoAsync(
            $"{shared.Server.Address}{stop.Path}",
            new PageGotoOptions { WaitUntil = WaitUntilState.Load }
        );
        // Loaded is everything the page names; what the browser has told of it comes before the answer to a question.
        await session.SendAsync("Network.getCookies");
        return take();
    }
}
