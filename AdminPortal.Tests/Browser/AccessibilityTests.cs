using AdminPortal.Tests.Support;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>Axe (WCAG 2.2 AA) on every page in every state, in both languages, widths and colour schemes.</summary>
public sealed class AccessibilityTests(SharedServer shared) : IClassFixture<SharedServer>
{
    // By itself instead of through its adapter, which opens a second page for every check: the pages have no frames.
    private const string Check = """
        async tags => {
          const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
          return violations.map((v) => `${v.id} ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
        }
        """;

    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Axe_finds_nothing_on_the_drivers_side(bool english)
    {
        var found = new List<string>();
        foreach (var person in (await DriverTour.PrepareAsync(shared.Server)).GroupBy(stop => stop.Who))
        {
            var page = await Touring.EnterAsync(shared.Server, person.Key, english);
            foreach (var stop in person)
            {
                await page.GoAsync(shared.Server, stop);
                await CheckAsync(page, stop.Name, english, found);
            }
            await page.Context.DisposeAsync();
        }
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Axe_finds_nothing_on_the_officers_side(bool english)
    {
        var found = new List<string>();
        foreach (var person in (await StaffTour.PrepareAsync(shared.Server)).GroupBy(stop => stop.Who))
        {
            var page = await Touring.EnterOfficeAsync(shared.Server, person.Key, english);
            foreach (var stop in person)
            {
                await page.GoAsync(shared.Server, stop);
                await CheckAsync(page, stop.Name, english, found);
            }
            await page.Context.DisposeAsync();
        }
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task Planted_faults_are_found_by_the_same_checker()
    {
        var page = await Touring.EnterAsync(shared.Server, null, english: true);
        await page.GotoAsync($"{shared.Server.Address}/driver/sign-in");
        Assert.Empty(await ViolationsAsync(page));
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
        var found = string.Join('\n', await ViolationsAsync(page));
        await page.Context.DisposeAsync();
        Assert.Contains("image-alt", found);
        Assert.Contains("color-contrast", found);
        Assert.Contains("label", found);
    }

    // Each language meets each width and each scheme. Without transitions: a colour half way to dark is nobody's choice.
    private static async Task CheckAsync(IPage page, string name, bool english, List<string> found)
    {
        foreach (
            var (width, scheme) in new[]
            {
                (1440, english ? ColorScheme.Dark : ColorScheme.Light),
                (390, english ? ColorScheme.Light : ColorScheme.Dark),
            }
        )
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(
                new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce }
            );
            found.AddRange((await ViolationsAsync(page)).Select(v => $"{name} ({width}, {scheme}): {v}"));
        }
    }

    private static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Axe);
        }
        return await page.EvaluateAsync<string[]>(Check, Tags);
    }
}
