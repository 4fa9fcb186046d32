using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Architecture;
using AdminPortal.Tests.Data.Statistics;
using AdminPortal.Tests.Support;
using AdminPortal.Web.Staff.Statistics;

namespace AdminPortal.Tests.Web;

/// <summary>The monthly report over HTTP: who gets it, what it says, what it leaves in the trail.</summary>
public sealed class StatisticsTests : IAsyncLifetime
{
    private const string Report = "/staff/statistics/report";

    // The figures are drawn by their circuit; a static page of the officers' side carries a token of the same person.
    private const string AnOfficersForm = "/";

    private PortalServer _server = null!;

    private TestPortal Portal => _server.Portal;

    public async Task InitializeAsync() => _server = await PortalServer.StartAsync(StatisticsStory.Start);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task The_workbook_says_the_same_as_the_page_in_both_languages_and_nothing_about_a_person()
    {
        await StatisticsStory.TellAsync(Portal);
        var chief = await Portal.CreateOfficerAsync(Role.Supervisor, StatisticsStory.Authorities);
        var question = new StatisticsQuestion(StatisticsPeriod.MonthOf(new DateOnly(2026, 4, 1)));
        var figures = (await Portal.Get<StatisticsPages>().ReadAsync(chief.Ref, question, default))!;
        foreach (var english in new[] { false, true })
        {
            using var visitor = await Visitors.OfficerAsync(_server, chief);
            if (english)
            {
                var page = await visitor.GetAsync(AnOfficersForm);
                await visitor.PostAsync(page, "/language", ("lang", "en"), ("returnUrl", "/staff"));
            }
            var file = await ExportAsync(visitor, "2026-04", "=4月例会+");

            Assert.Equal(HttpStatusCode.OK, file.Status);
            Assert.Equal("no-store", $"{file.Response.Headers.CacheControl}");
            Assert.Equal(ExcelWorkbook.MediaType, file.Response.Content.Headers.ContentType!.MediaType);
            Assert.EndsWith("2026-04.xlsx", file.Response.Content.Headers.ContentDisposition!.FileNameStar);
            var book = WorkbookFile.Read(await file.Response.Content.ReadAsByteArrayAsync());
            AssertSame(figures, book, Texts(english));
            AssertSetUp(book);
            await AssertNobodyAsync(book);
            Assert.Equal(!english, book.Texts.Contains("参加人次"));
        }
        var entries = await Portal.ColumnAsync<string>(
            "SELECT subject_kind || ' ' || subject_id || ' ' || details FROM audit_entries WHERE act = 'ExportReport'"
        );
        Assert.Equal(2, entries.Count);
        Assert.All(entries, e => Assert.StartsWith("Report 2026-04 ", e));
        Assert.All(entries, e => Assert.Contains("\"reason\":\"=4月例会+\"", e));
    }

    [Fact]
    public async Task A_month_that_still_runs_says_so_and_one_to_come_is_refused()
    {
        var chief = await Portal.CreateOfficerAsync(Role.Supervisor);
        using var visitor = await Visitors.OfficerAsync(_server, chief);
        var running = await ExportAsync(visitor, "2026-03", "例会");
        var cover = WorkbookFile.Read(await running.Response.Content.ReadAsByteArrayAsync()).Sheets[0];
        Assert.Contains(cover.Rows, row => $"{row[1]}".Contains("尚未结束", StringComparison.Ordinal));
        Assert.Contains(cover.Rows, row => Equals(row[1], chief.Badge));
        Assert.Contains(cover.Rows, row => Equals(row[1], "渝A 重庆渝A") || Equals(row[1], "渝A"));

        foreach (
            var (month, reason, code) in new[]
            {
                ("2026-04", "例会", "DateInFuture"),
                ("2026-13", "例会", "FieldRequired"),
                ("", "例会", "FieldRequired"),
                ("2026-03", " ", "ReasonRequired"),
                ("2026-03", new string('长', 201), "FieldTooLong"),
            }
        )
        {
            var refused = await _server.RefusedAsync(() => ExportAsync(visitor, month, reason));
            Assert.Equal(HttpStatusCode.Redirect, refused.Status);
            Assert.Equal($"/staff/statistics?refused={code}", refused.Location);
        }
    }

    [Fact]
    public async Task Only_a_supervisor_takes_it_out_and_only_with_the_forms_token()
    {
        using var reviewer = await Visitors.OfficerAsync(_server, await Portal.CreateOfficerAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await ExportAsync(reviewer, "2026-03", "例会")).Status);
        using var driver = await Visitors.DriverAsync(_server, await Portal.ImportDriverAsync());
        Assert.NotEqual(HttpStatusCode.OK, (await ExportAsync(driver, "2026-03", "例会")).Status);
        using var nobody = new WebVisitor(_server);
        Assert.NotEqual(HttpStatusCode.OK, (await ExportAsync(nobody, "2026-03", "例会")).Status);
        using var chief = await Visitors.OfficerAsync(_server, await Portal.CreateOfficerAsync(Role.Supervisor));
        using var form = new FormUrlEncodedContent([new("month", "2026-03"), new("reason", "例会")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, Report) { Content = form };
        Assert.Equal(HttpStatusCode.BadRequest, (await chief.SendAsync(request)).Status);
        Assert.Equal(
            0,
            await Portal.ScalarAsync<long>("SELECT count(*) FROM audit_entries WHERE act = 'ExportReport'")
        );
    }

    [Fact]
    public void Every_figure_and_table_has_its_words_in_both_languages()
    {
        foreach (var english in new[] { false, true })
        {
            var texts = Texts(english);
            string[] wanted =
            [
                .. FigureTables.Ids.SelectMany(id => new[] { $"Figure_{id}", $"Figure_{id}_About" }),
                .. FigureTables.All.Select(table => $"Table_{table.Id}"),
                .. FigureTables.Parts.SelectMany(table => new[] { $"Table_{table.Id}", $"Table_{table.Id}_Part" }),
                .. FigureTables.Parts.Single(t => t.Id == "Ground").Parts.Select(ground => $"RefusedFor_{ground}"),
                .. Enum.GetNames<StatisticsGrouping>().Select(grouping => $"Stat_{grouping}"),
            ];
            Assert.Empty(wanted.Except(texts.Keys));
        }
    }

    [Theory]
    [InlineData(null, null, null, "2026-03-01", "2026-03-31", StatisticsGrouping.Day)]
    [InlineData("2026-01-01", "2026-02-28", "month", "2026-01-01", "2026-02-28", StatisticsGrouping.Month)]
    [InlineData("x", "2026-02-28", "nothing", "x", "2026-02-28", StatisticsGrouping.Day)]
    public void An_address_is_what_is_shown(
        string? from,
        string? to,
        string? by,
        string first,
        string last,
        StatisticsGrouping grouping
    )
    {
        var address = StatisticsAddress.Of(from, to, by, "渝B", "S9", ["渝A"], ["S1"], new DateOnly(2026, 3, 31));
        Assert.Equal(new StatisticsAddress(first, last, grouping, null, null), address);
        Assert.Equal(first == "x", address.Question is null);
        Assert.StartsWith($"/staff/statistics?from={first}&to={last}&by=", address.Path);
    }

    [Fact]
    public void A_row_leads_to_what_it_is_made_of()
    {
        var address = new StatisticsAddress("2026-01-10", "2026-03-05", StatisticsGrouping.Month, null, null);
        Assert.Equal(("2026-01-10", "2026-01-31"), Ends(address.Within("2026-01")!));
        Assert.Equal(("2026-02-01", "2026-02-28"), Ends(address.Within("2026-02")!));
        Assert.Equal(("2026-03-01", "2026-03-05"), Ends(address.Within("2026-03")!));
        Assert.Equal("渝A", (address with { Grouping = StatisticsGrouping.Authority }).Within("渝A")!.Authority);
        Assert.Equal("N", (address with { Grouping = StatisticsGrouping.Scheme }).Within("N")!.Scheme);
        var day = (address with { Grouping = StatisticsGrouping.Day }).Within("2026-01-10")!;
        Assert.Equal(("2026-01-10", "2026-01-10"), Ends(day));
        Assert.Null(day.Within("2026-01-10"));
        Assert.Equal(
            "/staff/statistics/list?from=2026-01-10&to=2026-01-10&by=day&figure=Reductions&part=OnSite&page=2",
            day.ListPath(Figure.Reductions, "OnSite", 2)
        );

        static (string, string) Ends(StatisticsAddress within) => (within.From, within.To);
    }

    private static async Task<Visit> ExportAsync(WebVisitor visitor, string month, string reason) =>
        await visitor.PostAsync(await visitor.GetAsync(AnOfficersForm), Report, ("month", month), ("reason", reason));

    private static void AssertSame(StatisticsReport figures, WorkbookFile book, Dictionary<string, string> texts)
    {
        var columns = FigureTables.All.SelectMany(table => table.Columns).ToList();
        var days = book[texts["Report_ByDay"]];
        Assert.Equal(
            columns.Select(column => texts[$"Figure_{column.Id}"]).Prepend(texts["Stat_Day"]),
            days.Heads.Select(head => $"{head}")
        );
        Assert.Equal(1 + 30, days.Rows.Count);
        foreach (var (group, row) in figures.By(StatisticsGrouping.Day).Zip(days.Rows.Skip(1)))
        {
            Assert.Equal(DateOnly.Parse(group.Key), DateOnly.FromDateTime(DateTime.FromOADate((double)row[0]!)));
            AssertRow(columns, group.Figures, row, 1);
        }
        var totals = book[texts["Report_Totals"]];
        Assert.Equal(columns.Select(column => column.Id), totals.Rows.Skip(1).Select(row => $"{row[2]}"));
        AssertRow(columns, figures.Total, [.. totals.Rows.Skip(1).Select(row => row[1])], 0);
        var authorities = book[texts["Report_ByAuthority"]];
        foreach (var (group, row) in figures.By(StatisticsGrouping.Authority).Zip(authorities.Rows.Skip(1)))
        {
            Assert.Equal(group.Key, row[0]);
            AssertRow(columns, group.Figures, row, 1);
        }
        var both = book[texts["Report_ByBoth"]];
        Assert.Equal(figures.ByDayAndAuthority().Count + 1, both.Rows.Count);
        Assert.Equal(figures.Total[Figure.Participations], (long)both.Rows.Skip(1).Sum(row => (double)row[2]!));
        foreach (var table in FigureTables.Parts)
        {
            var sheet = book[texts[$"Table_{table.Id}"]];
            Assert.Equal(table.Parts.Count + 1, sheet.Rows.Count);
            foreach (var (part, row) in table.Parts.Zip(sheet.Rows.Skip(1)))
            {
                foreach (var (number, column) in table.Columns.Index())
                {
                    AssertValue(column.Value(figures, part), row.ElementAtOrDefault(number + 1));
                }
            }
        }
        var questions = book[texts["Table_Questions"]];
        Assert.Equal(figures.Questions.Select(q => q.QuestionId), questions.Rows.Skip(1).Select(row => $"{row[0]}"));
        Assert.Equal(figures.Questions.Sum(q => q.Given), (long)questions.Rows.Skip(1).Sum(row => (double)row[3]!));
        Assert.NotEmpty(figures.Questions);
        var definitions = book[texts["Stat_Definitions"]];
        Assert.Equal(FigureTables.Ids, definitions.Rows.Skip(1).Select(row => $"{row[0]}"));
        Assert.All(definitions.Rows.Skip(1), row => Assert.Equal(texts[$"Figure_{row[0]}_About"], row[2]));
    }

    private static void AssertRow(List<FigureColumn> columns, FigureSet figures, IReadOnlyList<object?> row, int first)
    {
        foreach (var (number, column) in columns.Index())
        {
            AssertValue(column.Value(figures), row.ElementAtOrDefault(first + number));
        }
    }

    private static void AssertValue(decimal? expected, object? found)
    {
        Assert.Equal(expected is null, found is null);
        if (expected is { } value)
        {
            Assert.Equal((double)value, (double)found!, 9);
        }
    }

    private static void AssertSetUp(WorkbookFile book)
    {
        var main = WorkbookFile.Main;
        Assert.DoesNotContain(book.Sheets, sheet => sheet.Xml.Descendants(main + "f").Any());
        Assert.All(
            book.Sheets,
            sheet =>
            {
                Assert.StartsWith("frozen", sheet.Xml.Descendants(main + "pane").Single().Attribute("state")!.Value);
                var setup = sheet.Xml.Descendants(main + "pageSetup").Single();
                Assert.Equal("landscape", setup.Attribute("orientation")!.Value);
                Assert.Equal("9", setup.Attribute("paperSize")!.Value);
                Assert.Contains(sheet.Xml.Descendants(main + "pageSetUpPr"), p => (bool)p.Attribute("fitToPage")!);
                Assert.Contains("2026-04", sheet.Xml.Descendants(main + "oddHeader").Single().Value);
            }
        );
        // Cover and definitions are read, the tables are filtered.
        Assert.All(book.Sheets.Skip(2), sheet => Assert.Single(sheet.Xml.Descendants(main + "autoFilter")));
        var titles = book
            .Book.Descendants(main + "definedName")
            .Where(name => name.Attribute("name")!.Value == "_xlnm.Print_Titles");
        Assert.Equal(book.Sheets.Count, titles.Count());
        var days = book.Sheets[^3];
        Assert.Equal("yyyy-mm-dd", book.FormatOf(days, "A2"));
        Assert.Equal("#,##0.0", book.FormatOf(days, "E2"));
        Assert.Equal("0.0%", book.FormatOf(book.Sheets[2], "B8"));
    }

    private async Task AssertNobodyAsync(WorkbookFile book)
    {
        var all = string.Join('\n', book.Texts);
        Assert.DoesNotMatch(new Regex(@"\d{17}[\dX]|\b1\d{10}\b"), all);
        var people = Enumerable.Range(1, (int)await Portal.ScalarAsync<long>("SELECT count(*) FROM drivers"));
        Assert.All(people, number => Assert.DoesNotContain(TestPeople.Number(number).Name, all));
    }

    private static Dictionary<string, string> Texts(bool english) =>
        XDocument
            .Load(Path.Combine(Repository.Root, $"AdminPortal.Web/Resources/StaffTexts{(english ? ".en" : "")}.resx"))
            .Root!.Elements("data")
            .ToDictionary(e => e.Attribute("name")!.Value, e => e.Element("value")!.Value);
}
