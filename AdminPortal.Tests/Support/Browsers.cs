using Microsoft.Playwright;

namespace AdminPortal.Tests.Support;

/// <summary>One headless Chromium for the whole run; a fresh context (cookies, storage) per person.</summary>
public static class Browsers
{
    private const string Shell = "/usr/bin/chromium-headless-shell";

    private static readonly Lazy<Task<IBrowser>> Browser = new(StartAsync);

    /// <summary>A person's browser of their own.</summary>
    /// <param name="width">CSS pixels: 1440 for a desk, 390 for a phone.</param>
    public static async Task<IBrowserContext> NewPersonAsync(int width = 1440, int height = 900, bool script = true)
    {
        var browser = await Browser.Value;
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = height },
                JavaScriptEnabled = script,
                Locale = "zh-CN",
                TimezoneId = "Asia/Shanghai",
            }
        );
        context.SetDefaultTimeout(20_000);
        return context;
    }

    /// <summary>Does something that leads to another page, and waits until that page is there.</summary>
    public static async Task FollowAsync(this IPage page, Func<Task> act)
    {
        var arrived = new TaskCompletionSource();
        page.FrameNavigated += OnNavigated;
        try
        {
            await act();
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
        finally
        {
            page.FrameNavigated -= OnNavigated;
        }
        // Asked of the page itself: the driver's own wait can miss an event that came while it began to listen.
        await page.WaitForFunctionAsync("() => document.readyState !== 'loading'");

        void OnNavigated(object? sender, IFrame frame)
        {
            if (frame == page.MainFrame)
            {
                arrived.TrySetResult();
            }
        }
    }

    /// <summary>True when pictures are kept.</summary>
    public static bool Shooting => Environment.GetEnvironmentVariable("ADMINPORTAL_SCREENSHOTS") is { Length: > 0 };

    /// <summary>Keeps a picture of the page when somebody wants to look at the journeys: ADMINPORTAL_SCREENSHOTS names the folder.</summary>
    public static async Task ShotAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("ADMINPORTAL_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(
                new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true }
            );
        }
    }

    /// <summary>Keeps a file that came out of the product beside the pictures.</summary>
    public static async Task KeepAsync(string name, byte[] file)
    {
        if (Environment.GetEnvironmentVariable("ADMINPORTAL_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), file);
        }
    }

    private static async Task<IBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath =
                    Environment.GetEnvironmentVariable("ADMINPORTAL_CHROMIUM") is { Length: > 0 } set ? set
                    // The shell draws the same pages without a browser's own window and its processes.
                    : File.Exists(Shell) ? Shell
                    : "/usr/bin/chromium",
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
        AppDomain.CurrentDomain.ProcessExit += (_, _) => playwright.Dispose();
        return browser;
    }
}
