using System.Globalization;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>A video is watched: from the keyboard, with captions, while the study clock goes on.</summary>
public sealed class StudyVideoTests : IAsyncLifetime
{
    private const string Playing =
        "() => { const v = document.getElementById('video'); return !v.paused && v.currentTime > 0.5; }";

    // What the page does to the video on its way out can only be seen afterwards.
    private const string RememberPause = """
        document.addEventListener("pause", (e) => {
          if (!e.target.ended) sessionStorage.setItem("paused", String(e.target.currentTime));
        }, true);
        """;

    private static readonly string Section = StarterContent.Sections.First(s => s.Video is not null).Id;

    private PortalServer _server = null!;

    public async Task InitializeAsync() => _server = await PortalServer.StartAsync(TestClock.China(2026, 3, 10, 10));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task It_plays_from_the_keyboard_with_captions_and_the_minutes_go_on()
    {
        var page = await StudyAsync();
        var fetched = new List<string>();
        page.Request += (_, request) => fetched.Add(request.Url);
        await BeatAsync(page, 15, "0:15");
        Assert.DoesNotContain(fetched, url => url.Contains(".mp4", StringComparison.Ordinal));

        await PlayAsync(page);
        Assert.Contains(fetched, url => url.Contains(".mp4?v=", StringComparison.Ordinal));
        await page.WaitForFunctionAsync(
            """
            () => {
              const track = [...document.getElementById("video").textTracks].find((t) => t.mode === "showing");
              return track?.language === "zh-CN" && track.activeCues?.[0]?.text.includes("十二个月");
            }
            """
        );
        // Nobody scrolls or types meanwhile.
        await BeatAsync(page, 15, "0:30");
        await BeatAsync(page, 15, "0:45");
        Assert.True(await page.EvaluateAsync<bool>(Playing));

        await page.Keyboard.PressAsync("Space");
        await page.WaitForFunctionAsync("() => document.getElementById('video').paused");
        await page.ShotAsync("study-video");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Full_screen_counts_and_a_face_check_that_falls_due_stops_the_video_and_is_shown()
    {
        var page = await StudyAsync();
        await PlayAsync(page);
        await page.EvaluateAsync("() => document.getElementById('video').requestFullscreen()");
        await page.WaitForFunctionAsync("() => document.fullscreenElement?.id === 'video'");
        Assert.False(await page.EvaluateAsync<bool>("() => document.hidden"));
        Assert.Null(await page.EvaluateAsync<string?>("() => sessionStorage.getItem('paused')"));

        // Never within the first minute; and the longest gap that still counts gets there soonest.
        await BeatAsync(page, 45, "0:45");
        Assert.True(await page.EvaluateAsync<bool>(Playing));
        while (!page.Url.EndsWith("/driver/face", StringComparison.Ordinal))
        {
            await BeatAsync(page, 45, null);
        }
        Assert.Contains("拍照", await page.InnerTextAsync("main"));
        var paused = await page.EvaluateAsync<string?>("() => sessionStorage.getItem('paused')");
        Assert.NotNull(paused);
        Assert.True(double.Parse(paused, CultureInfo.InvariantCulture) > 0.5, paused);
        await page.WaitForFunctionAsync("() => document.fullscreenElement === null");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_video_the_network_broke_off_says_so_and_is_tried_again_by_a_button()
    {
        var page = await StudyAsync();
        Assert.False(await page.IsVisibleAsync("#video-failed"));
        await page.RouteAsync("**/*.mp4*", route => route.AbortAsync());
        await page.FocusAsync("#video");
        await page.Keyboard.PressAsync("Space");
        await page.WaitForSelectorAsync("#video-failed");
        await page.ShotAsync("study-video-failed");

        await page.UnrouteAsync("**/*.mp4*");
        await page.FocusAsync("#video-again");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync(Playing);
        Assert.False(await page.IsVisibleAsync("#video-failed"));
        Assert.Equal("video", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Without_script_it_plays_and_is_told_in_words()
    {
        var driver = await _server.Portal.DriverInStudyAsync();
        var page = await Touring.EnterAsync(_server, driver, english: false, script: false);
        await page.GotoAsync($"{_server.Address}/driver/study/{Section}");
        await page.ClickAsync(".video summary");
        Assert.Contains("一个记分周期是十二个月", await page.InnerTextAsync(".video details"));
        await page.FocusAsync("#video");
        var sent = await page.RunAndWaitForResponseAsync(
            () => page.Keyboard.PressAsync("Space"),
            response => response.Url.Contains(".mp4", StringComparison.Ordinal)
        );
        Assert.Equal(206, sent.Status);
        await page.Context.DisposeAsync();
    }

    /// <summary>A driver at a section with a video, whose minutes are being counted.</summary>
    private async Task<IPage> StudyAsync()
    {
        var driver = await _server.Portal.DriverInStudyAsync();
        var page = await Touring.EnterAsync(_server, driver, english: false);
        await page.Clock.InstallAsync(new ClockInstallOptions { TimeDate = _server.Clock.Now.UtcDateTime });
        await page.AddInitScriptAsync(RememberPause);
        await page.GotoAsync($"{_server.Address}/driver/study/{Section}");
        await page.RunAndWaitForResponseAsync(() => page.ClickAsync("#begin button"), IsBeat);
        await page.WaitForSelectorAsync("#say-running");
        return page;
    }

    private static async Task PlayAsync(IPage page)
    {
        await page.FocusAsync("#video");
        await page.Keyboard.PressAsync("Space");
        await page.WaitForFunctionAsync(Playing);
    }

    /// <summary>The next heartbeat, after seconds of the server's time, and what the page shows then.</summary>
    /// <param name="shown">The counted time, or null where a face check may be due instead.</param>
    private async Task BeatAsync(IPage page, int seconds, string? shown)
    {
        _server.Clock.Advance(TimeSpan.FromSeconds(seconds));
        var before = await page.InnerTextAsync("#credited");
        await page.RunAndWaitForResponseAsync(() => page.Clock.RunForAsync(15_000), IsBeat);
        if (shown is null)
        {
            await page.WaitForFunctionAsync(
                "before => location.pathname === '/driver/face' || document.getElementById('credited')?.textContent !== before",
                before
            );
            return;
        }
        await page.WaitForFunctionAsync("now => document.getElementById('credited').textContent === now", shown);
    }

    private static bool IsBeat(IResponse response) =>
        response.Url.EndsWith("/driver/study/beat", StringComparison.Ordinal);
}
