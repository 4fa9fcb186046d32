using System.Net;
using System.Text;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Photos;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>A PDF as evidence over HTTP: taken by its bytes, given out as a download and to nobody else.</summary>
[Trait("Rule", "D-PDF")]
public sealed class PdfEvidenceTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly byte[] Paper = SamplePaper.Bytes.ToArray();

    private PortalServer Server => shared.Server;

    private TestPortal Portal => Server.Portal;

    [Fact]
    public async Task It_is_downloaded_under_a_neutral_name_a_photo_beside_it_is_shown_and_nobody_else_gets_either()
    {
        var driver = await Portal.ImportDriverAsync();
        var id = await Portal.AppealAsync(driver, await Portal.BlacklistAsync(driver), photos: 1, pdfs: 1);
        var (photo, pdf) = (await FileAsync(id, 1), await FileAsync(id, 2));
        var number = (await Portal.CaseAsync(id)).Number;
        var (onDesk, own) = ($"/staff/reviews/{id}/photos", "/driver/data/photos");
        using var officer = await Visitors.OfficerAsync(Server, await Portal.CreateOfficerAsync());
        using var visitor = await Visitors.DriverAsync(Server, driver);

        foreach (var (who, path) in new[] { (officer, $"{onDesk}/{pdf}"), (visitor, $"{own}/{pdf}/picture") })
        {
            var looks = await LooksAsync(pdf);
            var answer = await who.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            var (headers, content) = (answer.Response.Headers, answer.Response.Content.Headers);
            Assert.Equal("application/pdf", content.ContentType?.MediaType);
            Assert.Equal("attachment", content.ContentDisposition?.DispositionType);
            Assert.Equal($"{number}-2.pdf", content.ContentDisposition?.FileName);
            Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
            Assert.StartsWith("sandbox;", Assert.Single(headers.GetValues("Content-Security-Policy")));
            Assert.Equal("no-store", $"{headers.CacheControl}");
            Assert.Equal(Paper, await answer.Response.Content.ReadAsByteArrayAsync());
            Assert.Equal(looks + 1, await LooksAsync(pdf));
        }
        foreach (var (who, path) in new[] { (officer, $"{onDesk}/{photo}"), (visitor, $"{own}/{photo}/picture") })
        {
            var shown = (await who.GetAsync(path)).Response.Content.Headers;
            Assert.Equal(
                ("image/jpeg", null),
                (shown.ContentType?.MediaType, shown.ContentDisposition?.DispositionType)
            );
        }

        // The driver's pages lead to the download and draw no picture of it.
        foreach (var path in new[] { own, $"{own}/{pdf}" })
        {
            var page = (await visitor.GetAsync(path)).Html;
            Assert.NotNull(page.QuerySelector($"a[download][href='{own}/{pdf}/picture']"));
            Assert.Null(page.QuerySelector($"img[src*='{pdf}']"));
        }

        using var auditor = await Visitors.OfficerAsync(Server, await Portal.CreateOfficerAsync(Role.Auditor, []));
        using var far = await Visitors.OfficerAsync(Server, await Portal.CreateOfficerAsync(Role.Reviewer, ["渝F"]));
        using var stranger = await Visitors.DriverAsync(Server, await Portal.ImportDriverAsync());
        var before = await LooksAsync(pdf);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync($"{onDesk}/{pdf}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await far.GetAsync($"{onDesk}/{pdf}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"{own}/{pdf}/picture")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync($"{onDesk}/{pdf}")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await officer.GetAsync($"{own}/{pdf}/picture")).Status);
        Assert.Equal(before, await LooksAsync(pdf));
    }

    [Fact]
    public async Task A_form_takes_it_by_its_bytes_and_says_what_is_wrong_with_another_file()
    {
        var driver = await Portal.ImportDriverAsync();
        var path = $"/driver/blacklist/{await Portal.BlacklistAsync(driver)}/appeal";
        using var visitor = await Visitors.DriverAsync(Server, driver);
        var form = await visitor.GetAsync(path);
        Assert.Equal("image/jpeg,application/pdf", form.Html.QuerySelector("#photos")!.GetAttribute("accept"));
        (byte[] File, HttpStatusCode Status, string Zh, string En)[] faults =
        [
            (
                [.. Encoding.ASCII.GetBytes("<script>alert(1)</script>"), .. Paper],
                HttpStatusCode.UnprocessableEntity,
                "只接受JPEG照片和PDF文件。",
                "Only JPEG photos and PDF files are accepted."
            ),
            (Paper[..100], HttpStatusCode.UnprocessableEntity, "PDF不完整", "The PDF is incomplete"),
            (
                [.. Paper, .. new byte[PdfFiles.MaxBytes]],
                HttpStatusCode.RequestEntityTooLarge,
                "PDF太大，最大5 MB。",
                "The PDF is too large; at most 5 MB."
            ),
        ];
        foreach (var english in new[] { false, true })
        {
            if (english)
            {
                await visitor.ChooseEnglishAsync();
            }
            foreach (var (file, status, zh, en) in faults)
            {
                var refused = await Server.RefusedAsync(() => SendAsync(file, "receipt.pdf"));
                Assert.Equal(status, refused.Status);
                Assert.Contains(english ? en : zh, refused.Html.QuerySelector("#photos-error")!.TextContent);
            }
        }

        // The language is English by now.
        var tooMuch = await Server.RefusedAsync(() => AnnounceAsync(visitor, form, path, 27));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooMuch.Status);
        Assert.Contains(
            "The files are too large: a photo at most 2 MB, a PDF at most 5 MB.",
            tooMuch.Html.QuerySelector("#photos-error")!.TextContent
        );

        var filed = await SendAsync(Paper, "holiday.jpg");
        Assert.Equal((HttpStatusCode.Redirect, path), (filed.Status, filed.Location));
        Assert.Equal(
            ["Pdf"],
            await Portal.ColumnAsync<string>(
                "SELECT format FROM photos WHERE driver_id = $1 AND kind = 'Evidence'",
                driver.Id
            )
        );

        Task<Visit> SendAsync(byte[] file, string name) =>
            visitor.UploadAsync(form, path, "photos", file, name, ("reason", TestPortal.AppealReason));
    }

    // More than a request may have: the server says so before the body is sent, as it does to a browser that asks.
    private static async Task<Visit> AnnounceAsync(WebVisitor visitor, Visit form, string path, int megabytes)
    {
        using var content = new MultipartFormDataContent
        {
            { new StringContent(WebVisitor.TokenOf(form)), "__RequestVerificationToken" },
            { new ByteArrayContent(new byte[megabytes * 1024 * 1024]), "photos", "receipt.pdf" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.ExpectContinue = true;
        return await visitor.SendAsync(request);
    }

    private Task<Guid> FileAsync(Guid caseId, int number) =>
        Portal.ScalarAsync<Guid>("SELECT photo_id FROM case_files WHERE case_id = $1 AND number = $2", caseId, number);

    private Task<long> LooksAsync(Guid file) =>
        Portal.ScalarAsync<long>("SELECT count(*) FROM audit_entries WHERE subject_id = $1", $"{file}");
}
