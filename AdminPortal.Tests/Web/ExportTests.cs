using System.Net;
using System.Security.Cryptography;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exports;
using AdminPortal.Tests.Support;
using AdminPortal.Web.Staff.Exports;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Web;

/// <summary>An exported file over HTTP: its owner gets it, whole and in their language, and nobody else.</summary>
public sealed class ExportTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string AnOfficersForm = "/";

    private TestPortal Portal => shared.Server.Portal;

    [Theory]
    [InlineData("zh-CN", "待领取", "遮蔽")]
    [InlineData("en", "Waiting", "Masked")]
    [Trait("Rule", "N-33")]
    public async Task Its_owner_downloads_the_very_file_in_the_language_it_was_asked_for(
        string language,
        string state,
        string masked
    )
    {
        await Portal.SeedCasesAsync(3);
        var chief = await Portal.CreateOfficerAsync(Role.Supervisor);
        var id = Guid.NewGuid();
        var question = new CasesAsked(new QueueQuery(QueueFilter.All));
        await Portal.DoAsync(new RequestExport(id, question, language, "=年度核对", ExportedPersons.Masked), chief.Ref);
        await WriteAsync();

        using var visitor = await Visitors.OfficerAsync(shared.Server, chief);
        var answer = await visitor.PostAsync(await visitor.GetAsync(AnOfficersForm), FileOf(id));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("no-store", $"{answer.Response.Headers.CacheControl}");
        Assert.Equal(ExcelWorkbook.MediaType, answer.Response.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith(".xlsx", answer.Response.Content.Headers.ContentDisposition!.FileNameStar);
        var bytes = await answer.Response.Content.ReadAsByteArrayAsync();
        var export = await Portal.ExportAsync(id);
        Assert.Equal(export.Size, bytes.Length);
        Assert.Equal(export.Digest, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        var file = WorkbookFile.Read(bytes);
        var cells = file
            .Sheets.SelectMany(sheet => sheet.Rows)
            .SelectMany(row => row)
            .Select(cell => $"{cell}")
            .ToHashSet();
        Assert.Contains(masked, cells);
        Assert.Contains(state, cells);
        Assert.Contains("=年度核对", cells);
        Assert.DoesNotContain(cells, cell => cell.Contains('_', StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task Another_officer_a_form_without_its_token_and_a_file_that_is_gone_get_nothing()
    {
        var chief = await Portal.CreateOfficerAsync(Role.Supervisor);
        var id = await Portal.RequestExportAsync(chief.Ref, TestPortal.BlacklistQuestion);
        await WriteAsync();
        using var owner = await Visitors.OfficerAsync(shared.Server, chief);
        using var other = await Visitors.OfficerAsync(shared.Server, await Portal.CreateOfficerAsync(Role.Supervisor));
        using var reviewer = await Visitors.OfficerAsync(shared.Server, await Portal.CreateOfficerAsync());
        var page = await owner.GetAsync(AnOfficersForm);

        var strangers = await other.PostAsync(await other.GetAsync(AnOfficersForm), FileOf(id));
        Assert.Equal((HttpStatusCode.Redirect, ExportAddress.Base), (strangers.Status, strangers.Location));
        var mayNot = await reviewer.PostAsync(await reviewer.GetAsync(AnOfficersForm), FileOf(id));
        Assert.Equal(HttpStatusCode.Forbidden, mayNot.Status);
        var forged = await owner.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, FileOf(id)) { Content = new FormUrlEncodedContent([]) }
        );
        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        await Portal.DoAsync(new CancelExport(id), chief.Ref);
        var gone = await owner.PostAsync(page, FileOf(id));
        Assert.Equal((HttpStatusCode.Redirect, ExportAddress.Base), (gone.Status, gone.Location));
        Assert.Equal(
            0,
            await Portal.ScalarAsync<long>(
                "SELECT count(*) FROM audit_entries WHERE act = 'DownloadExport' AND subject_id = $1",
                $"{id}"
            )
        );
    }

    [Theory]
    [InlineData("?list=cases&filter=overdue&kind=appeal&authority=渝A&number=0123abcd")]
    [InlineData("?list=cases&authority=鄂A")]
    [InlineData("?list=blacklist&state=inforce&page=3")]
    [InlineData("?list=attendances")]
    [InlineData("?list=figures&figure=ExamsPassed&part=&from=2026-03-01&to=2026-03-31&by=month")]
    [InlineData("?list=audit&badge=100001&from=2026-03-01&before=7")]
    public void An_address_asks_for_the_list_it_was_made_of(string query)
    {
        var question = Parse(query)!;
        Assert.Equal(question.List.ToString().ToLowerInvariant(), query.Split('&')[0]["?list=".Length..]);
        switch (question)
        {
            case CasesAsked { Query: var asked }:
                // Another authority than one's own is no word.
                Assert.Equal(query.Contains("渝A", StringComparison.Ordinal) ? "渝A" : null, asked.Authority);
                break;
            case AuditAsked { Search: var search }:
                // All of the search, not what follows after the page that was open.
                Assert.Null(search.Before);
                break;
            case FiguresAsked figures:
                Assert.Equal((Figure.ExamsPassed, null), (figures.Figure, figures.Part));
                break;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("?list=")]
    [InlineData("?list=staff")]
    [InlineData("?list=figures&figure=0")]
    [InlineData("?list=figures&figure=ExamsPassed&from=x")]
    public void Any_other_address_is_no_list(string query) => Assert.Null(Parse(query));

    private static ExportQuestion? Parse(string query) =>
        ExportAddress.Parse(query, ["渝A"], ["S1", "N"], new DateOnly(2026, 3, 10));

    private static string FileOf(Guid id) => $"{ExportAddress.Base}/{id}/file";

    // With the words of the product, as its job does.
    private async Task WriteAsync()
    {
        await using var scope = shared.Server.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<ExportWork>()
            .RunAsync(scope.ServiceProvider.GetRequiredService<ListWords>(), default);
    }
}
