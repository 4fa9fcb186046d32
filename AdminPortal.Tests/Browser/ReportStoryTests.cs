using System.Globalization;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>A supervisor looks at last month's figures and takes the report out, in a real browser on the page as it is.</summary>
public sealed class ReportStoryTests
{
    [Fact]
    [Trait("Rule", "N-33")]
    public async Task A_supervisor_chooses_a_month_sees_its_figures_and_exports_the_report()
    {
        await using var server = await PortalServer.StartAsync(TestClock.China(2026, 3, 10, 9));
        var portal = server.Portal;
        await portal.DriverWithReductionAsync();
        await portal.DriverWithReductionAsync();
        await portal.SeedCasesAsync(3);
        server.Clock.Now = TestClock.China(2026, 4, 2, 9);
        await portal.ApplyAsync(await portal.ImportDriverAsync());
        await using var desk = await Browsers.NewPersonAsync();
        var page = await desk.NewPageAsync();
        await new OfficerJourney(server, page).ActivateAsync("200001", Role.Supervisor);

        // This month first, by day, until today.
        await page.GotoAsync($"{server.Address}/staff/statistics");
        await page.WaitForSelectorAsync("html[data-keys] #Applications");
        await ExpectAsync(page, "#Participations", "1");
        await Assertions.Expect(page.Locator("#Applications tbody tr")).ToHaveCountAsync(2);

        await page.FillAsync("#from", "2026-03-01");
        await page.FillAsync("#to", "2026-03-31");
        await page.ClickAsync(".statistics form[role=search] button");
        await Assertions
            .Expect(page)
            .ToHaveURLAsync($"{server.Address}/staff/statistics?from=2026-03-01&to=2026-03-31&by=day");
        await ExpectAsync(page, "#Participations", "5");
        await ExpectAsync(page, "#Reductions", "2");
        await Assertions.Expect(page.Locator("#Applications tbody tr")).ToHaveCountAsync(31);
        Assert.NotEqual(0, await page.Locator(".chart rect").CountAsync());
        await page.Locator(".definitions summary").First.ClickAsync();
        await Assertions.Expect(page.Locator(".definitions[open] dt").First).ToContainTextAsync("Participations");

        // A number with a list behind it leads to the list, which is as long as the number.
        await page.ClickAsync("#headlines a:has(#Participations)");
        await Assertions.Expect(page.Locator("#figure-list tbody tr")).ToHaveCountAsync(5);
        await page.GoBackAsync();
        await ExpectAsync(page, "#Participations", "5");
        await page.ClickAsync("#headlines a[href*=overdue]");
        await page.WaitForSelectorAsync("html[data-keys~=n] .counters");
        Assert.Equal(3, await page.Locator("table.list tbody tr").CountAsync());
        await page.GoBackAsync();
        await ExpectAsync(page, "#OverdueNow", "3");

        Assert.Equal("2026-03", await page.InputValueAsync("#month"));
        await page.FillAsync("#reason", "四月例会使用");
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("#report button"));
        Assert.Equal("学法减分月报-2026-03.xlsx", download.SuggestedFilename);
        var file = await File.ReadAllBytesAsync(await download.PathAsync());
        await Browsers.KeepAsync(download.SuggestedFilename, file);
        var book = WorkbookFile.Read(file);
        Assert.Equal(
            await TableAsync(page, "Applications"),
            book["按日"]
                .Rows.Skip(1)
                .Select(row =>
                    string.Join('|', row.Skip(1).Take(3).Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)))
                )
        );
        // The page is still there; the trail has the month and the reason.
        await ExpectAsync(page, "#Participations", "5");
        Assert.Equal(
            1,
            await portal.ScalarAsync<long>(
                "SELECT count(*) FROM audit_entries WHERE act = 'ExportReport' AND subject_id = '2026-03' AND details LIKE '%四月例会使用%'"
            )
        );
    }

    private static Task ExpectAsync(IPage page, string selector, string text) =>
        Assertions.Expect(page.Locator(selector)).ToHaveTextAsync(text);

    /// <summary>The first three numbers of every day, as the page shows them.</summary>
    private static async Task<string[]> TableAsync(IPage page, string id) =>
        await page.EvaluateAsync<string[]>(
            "id => [...document.querySelectorAll(`#${id} tbody tr`)].map(r => [...r.querySelectorAll('td')].slice(0, 3).map(d => d.innerText).join('|'))",
            id
        );
}
