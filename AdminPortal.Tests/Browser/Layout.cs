using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>A page as it stands fits its screen, also with large text, and speaks one language.</summary>
internal static partial class Layout
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
            if (at.closest("script, style, code, textarea, .quote, .words, [lang=zh-CN], option[lang], [data-free]")) continue;
            seen.push(walk.currentNode.textContent.trim());
          }
          for (const e of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
            seen.push(e.getAttribute("aria-label") ?? "", e.getAttribute("title") ?? "", e.getAttribute("placeholder") ?? "", e.getAttribute("alt") ?? "");
          }
          seen.push(document.title);
          return seen.filter((t) => t.length > 0);
        }
        """;

    /// <summary>Where the page is wider than its screen.</summary>
    /// <param name="sizes">Widths in CSS pixels with the size of text in per cent.</param>
    public static async Task FitAsync(IPage page, string name, (int Width, int Text)[] sizes, List<string> found)
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

    /// <summary>What is not in the language of the page, or is no text at all.</summary>
    public static async Task<IEnumerable<string>> ForeignAsync(IPage page, bool english, string name) =>
        Foreign(await page.EvaluateAsync<string[]>(Words), english, name);

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
    [GeneratedRegex("测试\\d*|测\\*+\\d?|测|警官\\d*|支队|[渝鄂豫][A-Z]|重庆|武汉|交管12123")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex ChinesePattern();

    [GeneratedRegex(@"\b[A-Za-z]{3,}\s+[a-z]{2,}\s+[a-z]{2,}")]
    private static partial Regex EnglishPattern();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+_[A-Z][A-Za-z_]+")]
    private static partial Regex KeyPattern();
}
