using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>Axe (WCAG 2.2 AA) on a page as it stands.</summary>
internal static class Accessibility
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

    /// <summary>What axe finds in one width and one colour scheme. Without transitions: a colour half way to dark is nobody's choice.</summary>
    public static async Task<IEnumerable<string>> FaultsAsync(IPage page, string name, int width, ColorScheme scheme)
    {
        await page.SetViewportSizeAsync(width, 900);
        await page.EmulateMediaAsync(
            new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce }
        );
        return (await ViolationsAsync(page)).Select(v => $"{name} ({width}, {scheme}): {v}");
    }

    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Axe);
        }
        return await page.EvaluateAsync<string[]>(Check, Tags);
    }
}
