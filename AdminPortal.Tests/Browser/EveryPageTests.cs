using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>The drivers' side; one class for each language, because classes run beside each other.</summary>
public sealed class EveryDriverPageInChineseTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public Task It_is_accessible_fits_and_is_translated() => EveryPage.OfDriversAsync(shared.Server, english: false);
}

/// <inheritdoc cref="EveryDriverPageInChineseTests"/>
public sealed class EveryDriverPageInEnglishTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public Task It_is_accessible_fits_and_is_translated() => EveryPage.OfDriversAsync(shared.Server, english: true);
}

/// <summary>The officers' side; see <see cref="EveryDriverPageInChineseTests"/>.</summary>
public sealed class EveryStaffPageInChineseTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public Task It_is_accessible_fits_and_is_translated() => EveryPage.OfStaffAsync(shared.Server, english: false);
}

/// <inheritdoc cref="EveryStaffPageInChineseTests"/>
public sealed class EveryStaffPageInEnglishTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public Task It_is_accessible_fits_and_is_translated() => EveryPage.OfStaffAsync(shared.Server, english: true);
}

/// <summary>
/// Every page in every state, in both languages: axe finds nothing, it fits its screens, also with large text, and it speaks one
/// language. One tour for all of it: coming into a state is what takes the time.
/// </summary>
internal static class EveryPage
{
    // English words are longer: where it fits, Chinese does, and is looked at where room is scarcest.
    private static (int, int)[] DriverSizes(bool english) =>
        english ? [(1440, 100), (390, 100), (320, 100), (720, 200)] : [(390, 100), (320, 100)];

    private static (int, int)[] StaffSizes(bool english) =>
        english ? [(1440, 100), (1024, 100), (390, 100)] : [(1024, 100), (390, 100)];

    public static async Task OfDriversAsync(PortalServer server, bool english)
    {
        var found = new List<string>();
        var number = 0;
        foreach (var person in (await DriverTour.PrepareAsync(server)).GroupBy(stop => stop.Who))
        {
            var page = await Touring.EnterAsync(server, person.Key, english);
            foreach (var stop in person)
            {
                await page.GoAsync(server, stop);
                await ShotsAsync(page, "driver", stop.Name, number, english);
                await CheckAsync(page, stop.Name, number++, english, found);
                await Layout.FitAsync(page, stop.Name, DriverSizes(english), found);
                if (!stop.Path.StartsWith("/dev", StringComparison.Ordinal))
                {
                    // Those are for developers, with the demonstration's Chinese names.
                    found.AddRange(await Layout.ForeignAsync(page, english, stop.Name));
                }
            }
            await page.Context.DisposeAsync();
        }
        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    public static async Task OfStaffAsync(PortalServer server, bool english)
    {
        var found = new List<string>();
        var number = 0;
        var stops = await StaffTour.PrepareAsync(server);
        // What is not open to somebody is told by one component on every page: each page in one language, in the other one of them.
        var told = english ? [] : stops.Where(stop => stop.Ready == ".sheet").Skip(1).ToHashSet();
        foreach (var person in stops.Where(stop => !told.Contains(stop)).GroupBy(stop => stop.Who))
        {
            var page = await Touring.EnterOfficeAsync(server, person.Key, english);
            foreach (var stop in person)
            {
                await page.GoAsync(server, stop);
                await ShotsAsync(page, "staff", stop.Name, number, english);
                await CheckAsync(page, stop.Name, number++, english, found);
                await Layout.FitAsync(page, stop.Name, StaffSizes(english), found);
                found.AddRange(await Layout.ForeignAsync(page, english, stop.Name));
            }
            await page.Context.DisposeAsync();
        }
        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    // For people to look at, when somebody asks for it: wide in both schemes, narrow in one of them.
    private static async Task ShotsAsync(IPage page, string side, string name, int number, bool english)
    {
        if (!Browsers.Shooting)
        {
            return;
        }
        var narrow = number % 2 == 0 ? ColorScheme.Light : ColorScheme.Dark;
        foreach (var (width, scheme) in new[] { (1440, ColorScheme.Light), (1440, ColorScheme.Dark), (390, narrow) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(
                new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce }
            );
            await page.ShotAsync(
                $"{side}-{(english ? "en" : "zh")}-{width}-{scheme}-{number:000}-{name.Replace('/', '-')}"
            );
        }
    }

    // Axe is the dearest check of all and does not read: each stop meets it in one of the languages, widths and schemes, crossed
    // from stop to stop.
    private static async Task CheckAsync(IPage page, string name, int number, bool english, List<string> found)
    {
        if (number % 2 == 0 ^ english)
        {
            return;
        }
        var wide = number % 4 < 2;
        var scheme = number % 8 < 4 ? ColorScheme.Light : ColorScheme.Dark;
        found.AddRange(await Accessibility.FaultsAsync(page, name, wide ? 1440 : 390, scheme));
    }
}

/// <summary>The checkers find what was planted.</summary>
public sealed class PlantedFaultTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Planted_faults_of_access_are_found_by_the_same_checker()
    {
        var page = await Touring.EnterAsync(shared.Server, null, english: true);
        await page.GotoAsync($"{shared.Server.Address}/driver/sign-in");
        Assert.Empty(await Accessibility.ViolationsAsync(page));
        await page.EvaluateAsync(
            """
            () => {
              const image = document.createElement("img");
              image.src = "/driver/icon.svg";
              const faint = document.createElement("p");
              faint.textContent = "Hardly to be read";
              faint.style.color = "#999";
              faint.style.background = "#aaa";
              document.querySelector("main").append(image, faint);
              document.querySelector("label[for=name]").remove();
            }
            """
        );
        var found = string.Join('\n', await Accessibility.ViolationsAsync(page));
        await page.Context.DisposeAsync();
        Assert.Contains("image-alt", found);
        Assert.Contains("color-contrast", found);
        Assert.Contains("label", found);
    }

    [Fact]
    public async Task Planted_faults_of_layout_and_language_are_found_by_the_same_checkers()
    {
        var page = await Touring.EnterAsync(shared.Server, null, english: true);
        await page.GotoAsync($"{shared.Server.Address}/driver/sign-in");
        await page.EvaluateAsync(
            """
            () => {
              const wide = document.createElement("p");
              wide.style.width = "2000px";
              wide.textContent = "未翻译 Next_Apply_Detail";
              document.querySelector("main").append(wide);
            }
            """
        );
        var found = new List<string>();
        await Layout.FitAsync(page, "planted", [(390, 100)], found);
        Assert.Single(found);
        Assert.Equal(2, (await Layout.ForeignAsync(page, english: true, "planted")).Count());
        await page.Context.DisposeAsync();
    }
}
