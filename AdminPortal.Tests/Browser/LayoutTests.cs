using System.Text.RegularExpressions;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>Every page in every state fits its screen, also with large text, and speaks one language.</summary>
public sealed partial class LayoutTests(SharedServer shared) : IClassFixture<SharedServer>
{
    // A table may scroll in its own box; the page itself may not.
    private const string TooWide = """
        () => {
          const wide = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
          if (wide <= 0) return null;
          const hidden = (e) => { for (let p = e.parentElement; p !== document.body; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return true; return false; };
          const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !hidden(e));
          return `${wide}px: ${out.slice(-3).map((e) => `${e.outerHTML.slice(0, 120)}`).join(" & ")}`;
        }
        """;

    // What people wrote stays in their language; so do the names of the languages, and code.
    private const string Words = """
        () => {
          const seen = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.parentElement;
            if (at.closest("script, style, code, .quote, .words, [lang=zh-CN], option[lang], [data-free]")) continue;
            seen.push(walk.currentNode.textContent.trim());
          }
          for (const e of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
            seen.push(e.getAttribute("aria-label") ?? "", e.getAttribute("title") ?? "", e.getAttribute("placeholder") ?? "", e.getAttribute("alt") ?? "");
          }
          seen.push(document.title);
          return seen.filter((t) => t.length > 0);
        }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Drivers_pages_fit_a_small_phone_and_large_text_and_are_translated(bool english)
    {
        var found = new List<string>();
        foreach (var person in (await DriverTour.PrepareAsync(shared.Server)).GroupBy(stop => stop.Who))
        {
            var page = await Touring.EnterAsync(shared.Server, person.Key, english);
            foreach (var stop in person)
            {
                await page.GoAsync(shared.Server, stop);
                await FitAsync(page, stop.Name, [(1440, 100), (390, 100), (360, 100), (320, 100), (720, 200)], found);
                if (stop.Path.StartsWith("/dev", StringComparison.Ordinal))
                {
                    // For developers, with the demonstration's Chinese names.
                    continue;
                }
                found.AddRange(Foreign(await page.EvaluateAsync<string[]>(Words), english, stop.Name));
            }
            await page.Context.DisposeAsync();
        }
        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Officers_pages_fit_a_desk_and_a_phone_and_are_translated(bool english)
    {
        var found = new List<string>();
        foreach (var person in (await StaffTour.PrepareAsync(shared.Server)).GroupBy(stop => stop.Who))
        {
            var page = await Touring.EnterOfficeAsync(shared.Server, person.Key, english);
            foreach (var stop in person)
            {
                await page.GoAsync(shared.Server, stop);
                await FitAsync(page, stop.Name, [(1440, 100), (1024, 100), (390, 100)], found);
                found.AddRange(Foreign(await page.EvaluateAsync<string[]>(Words), english, stop.Name));
            }
            await page.Context.DisposeAsync();
        }
        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    [Fact]
    public async Task Planted_faults_are_found_by_the_same_checkers()
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
        await FitAsync(page, "planted", [(390, 100)], found);
        Assert.Single(found);
        Assert.Equal(2, Foreign(await page.EvaluateAsync<string[]>(Words), english: true, "planted").Count());
        await page.Context.DisposeAsync();
    }

    private static async Task FitAsync(IPage page, string name, (int Width, int Text)[] sizes, List<string> found)
    {
        foreach (var (width, text) in sizes)
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EvaluateAsync("size => { document.documentElement.style.fontSize = size; }", $"{text}%");
            if (await page.EvaluateAsync<string?>(TooWide) is { } wide)
            {
                found.Add($"{name} at {width} px, {text} %: {wide}");
            }
        }
        await page.EvaluateAsync("() => { document.documentElement.style.fontSize = ''; }");
    }

    private static IEnumerable<string> Foreign(IEnumerable<string> texts, bool english, string name)
    {
        foreach (var text in texts)
        {
            if (KeyPattern().IsMatch(text))
            {
                yield return $"{name}: the key of a text is shown: {text}";
            }
            var own = NamePattern().Replace(text, "");
            if (english && ChinesePattern().IsMatch(own))
            {
                yield return $"{name}: Chinese on an English page: {text}";
            }
            if (!english && EnglishPattern().IsMatch(own))
            {
                yield return $"{name}: English on a Chinese page: {text}";
            }
        }
    }

    // Names of people, units and authorities are data; so is "交管12123".
    [GeneratedRegex("测试\\d*|测\\*+\\d?|测|警官\\d*|支队|[渝鄂][A-Z]|重庆|武汉|交管12123")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex ChinesePattern();

    [GeneratedRegex(@"\b[A-Za-z]{3,}\s+[a-z]{2,}\s+[a-z]{2,}")]
    private static partial Regex EnglishPattern();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+_[A-Z][A-Za-z_]+")]
    private static partial Regex KeyPattern();
}
