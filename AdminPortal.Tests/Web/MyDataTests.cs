using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdminPortal.Data.Exports;
using AdminPortal.Data.MyData;
using AdminPortal.Tests.Architecture;
using AdminPortal.Tests.Support;
using ClosedXML.Excel;

namespace AdminPortal.Tests.Web;

/// <summary>A driver's data over HTTP: shown masked, copied in full, only one's own.</summary>
public sealed class MyDataTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string[] TablesByDriver =
    [
        "licence=licences",
        "record=driver_entries",
        "violations=violations",
        "vehicles=vehicles",
        "applications=applications",
        "rounds=rounds",
        "exams=exam_attempts",
        "faceChecks=face_checks",
        "photos=photos",
        "consents=face_consents",
        "reductions=reductions",
        "exports=data_exports",
        "messages=messages",
    ];

    private PortalServer Server => shared.Server;

    private TestPortal Portal => shared.Server.Portal;

    [Fact]
    public async Task The_identity_is_masked_until_it_is_asked_for_and_asking_is_recorded()
    {
        var driver = await Portal.ImportDriverAsync();
        using var visitor = await Visitors.DriverAsync(Server, driver);
        var page = await visitor.GetAsync("/driver/data");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain(driver.Person.IdNumber, page.Body);
        Assert.DoesNotContain(driver.Person.Mobile, page.Body);
        Assert.DoesNotContain(driver.Person.Name, page.Body);

        var shown = await visitor.PostAsync(page, "/driver/data/identity");

        Assert.Contains(driver.Person.IdNumber, shown.Body);
        Assert.Contains(driver.Person.Mobile, shown.Body);
        Assert.Equal("no-store", $"{shown.Response.Headers.CacheControl}");
        Assert.Equal(1, await ActsAsync(driver, "ShowMyIdentity"));
        Assert.DoesNotContain(driver.Person.IdNumber, (await visitor.GetAsync("/driver/data")).Body);
    }

    [Fact]
    public async Task The_JSON_copy_holds_everything_of_this_driver_in_full_and_nothing_of_another()
    {
        var (driver, other) = (await StoryAsync(), await StoryAsync());
        using var visitor = await Visitors.DriverAsync(Server, driver);
        var page = await visitor.GetAsync("/driver/data");

        var file = await visitor.PostAsync(page, "/driver/data/export", ("format", "json"));

        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Equal("no-store", $"{file.Response.Headers.CacheControl}");
        Assert.Equal("application/json", file.Response.Content.Headers.ContentType!.MediaType);
        var disposition = file.Response.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", disposition.DispositionType);
        Assert.Matches(@"^我的数据-\d{8}-\d{4}\.json$", disposition.FileNameStar);
        using var json = JsonDocument.Parse(file.Body);
        Assert.Equal(PersonalDataFiles.Format, json.RootElement.GetProperty("format").GetString());
        var categories = json
            .RootElement.GetProperty("categories")
            .EnumerateArray()
            .ToDictionary(
                c => c.GetProperty("name").GetString()!,
                c => c.GetProperty("rows").EnumerateArray().ToList()
            );
        var identity = Assert.Single(categories["identity"]);
        Assert.Equal(driver.Person.IdNumber, identity.GetProperty("idNumber").GetString());
        Assert.Equal(driver.Person.Name, identity.GetProperty("name").GetString());
        Assert.Equal(driver.Person.Mobile, identity.GetProperty("mobile").GetString());
        Assert.Equal(driver.Person.Mobile, categories["applications"][0].GetProperty("mobile").GetString());
        foreach (var pair in TablesByDriver.Select(p => p.Split('=')))
        {
            var stored = await Portal.ScalarAsync<long>(
                $"SELECT count(*) FROM {pair[1]} WHERE driver_id = $1",
                driver.Id
            );
            Assert.True(stored == categories[pair[0]].Count, $"{pair[0]}: {categories[pair[0]].Count} of {stored}");
        }
        Assert.Equal("=1+1是本人", categories["cases"][0].GetProperty("reason").GetString());
        Assert.Contains(categories["accesses"], a => a.GetProperty("did").GetString() == "ViewCase");
        Assert.DoesNotContain(other.Person.IdNumber, file.Body);
        Assert.DoesNotContain(other.Person.Mobile, file.Body);
        Assert.DoesNotContain($"{other.Id:N}", file.Body.Replace("-", ""));
        Assert.Equal(1, await ActsAsync(driver, "ExportMyData"));
    }

    [Fact]
    public async Task The_workbook_says_the_same_as_the_database()
    {
        var driver = await StoryAsync();
        using var visitor = await Visitors.DriverAsync(Server, driver);
        var page = await visitor.GetAsync("/driver/data");

        var file = await visitor.PostAsync(page, "/driver/data/export", ("format", "xlsx"));

        Assert.Equal(ExcelWorkbook.MediaType, file.Response.Content.Headers.ContentType!.MediaType);
        using var book = new XLWorkbook(new MemoryStream(await file.Response.Content.ReadAsByteArrayAsync()));
        var identity = book.Worksheet("身份信息");
        Assert.Equal(driver.Person.Name, identity.Cell(2, 1).GetString());
        Assert.Equal(driver.Person.IdNumber, identity.Cell(2, 2).GetString());
        Assert.Equal(XLDataType.Text, identity.Cell(2, 2).DataType);
        var contents = book.Worksheet(1)
            .RowsUsed()
            .Skip(1)
            .ToDictionary(r => r.Cell(1).GetString(), r => r.Cell(5).GetDouble());
        Assert.Equal(book.Worksheets.Count - 1, contents.Count);
        foreach (var sheet in book.Worksheets.Skip(1))
        {
            Assert.Equal(contents[sheet.Name], sheet.RowsUsed().Count() - 1);
        }
        Assert.Equal(
            await Portal.ScalarAsync<long>("SELECT count(*) FROM face_checks WHERE driver_id = $1", driver.Id),
            (long)contents["人脸比对结果"]
        );
        Assert.DoesNotContain(book.Worksheets.SelectMany(s => s.CellsUsed()), c => c.HasFormula);
        var reasons = book.Worksheet("复核").Column(4).CellsUsed().Select(c => c.GetString());
        Assert.Contains("=1+1是本人", reasons);
    }

    [Fact]
    public async Task A_copy_a_minute_also_for_two_at_once()
    {
        var driver = await Portal.ImportDriverAsync();
        using var visitor = await Visitors.DriverAsync(Server, driver);
        var page = await visitor.GetAsync("/driver/data");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => visitor.PostAsync(page, "/driver/data/export", ("format", "json")))
        );
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(4, answers.Count(a => a.Status == HttpStatusCode.TooManyRequests));
        Assert.Equal(1, await ActsAsync(driver, "ExportMyData"));

        Server.Clock.Advance(ExportMyData.Pause);

        Assert.Equal(
            HttpStatusCode.OK,
            (await visitor.PostAsync(page, "/driver/data/export", ("format", "json"))).Status
        );
    }

    [Fact]
    public async Task A_copy_taken_during_an_exam_gives_nothing_of_it_away()
    {
        var driver = await Portal.DriverBeforeExamAsync();
        var attempt = await Portal.StartExamAsync(driver);
        var (_, ordinal, right) = await Portal.OpenQuestionAsync(attempt);
        await Portal.DoAsync(new AdminPortal.Data.Exams.AnswerQuestion(attempt, ordinal, right), driver.Ref);
        using var visitor = await Visitors.DriverAsync(Server, driver);
        var page = await visitor.GetAsync("/driver/data");

        var file = await visitor.PostAsync(page, "/driver/data/export", ("format", "json"));

        using var json = JsonDocument.Parse(file.Body);
        var exam = json
            .RootElement.GetProperty("categories")
            .EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == "exams")
            .GetProperty("rows")[0];
        Assert.Equal(JsonValueKind.Null, exam.GetProperty("right").ValueKind);
        Assert.DoesNotMatch(new Regex("isRight|snapshot(At|Before)|\"key\"", RegexOptions.IgnoreCase), file.Body);
    }

    [Fact]
    public async Task Photos_are_shown_to_their_driver_and_are_not_there_for_another()
    {
        var driver = await Portal.DriverInStudyAsync();
        var photo = await Portal.ScalarAsync<Guid>(
            "SELECT id FROM photos WHERE driver_id = $1 AND kind = 'Live'",
            driver.Id
        );
        using var visitor = await Visitors.DriverAsync(Server, driver);
        using var stranger = await Visitors.DriverAsync(Server, await Portal.ImportDriverAsync());

        Assert.Contains($"{photo}", (await visitor.GetAsync("/driver/data/photos")).Body);
        var picture = await visitor.GetAsync($"/driver/data/photos/{photo}/picture");

        Assert.Equal("image/jpeg", picture.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store", $"{picture.Response.Headers.CacheControl}");
        Assert.Equal(1, await ActsAsync(driver, "ViewMyPhoto"));
        foreach (var path in new[] { $"/driver/data/photos/{photo}", $"/driver/data/photos/{photo}/picture" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Server.RefusedAsync(() => stranger.GetAsync(path))).Status);
        }
    }

    [Fact]
    [Trait("Rule", "D-FACE-CONSENT")]
    public async Task Consent_is_asked_apart_never_ticked_withdrawn_in_two_steps_and_given_again()
    {
        var driver = await Portal.ImportDriverAsync();
        using var visitor = await Visitors.DriverAsync(Server, driver);
        var form = await visitor.GetAsync("/driver/application");
        Assert.Equal(2, form.Html.QuerySelectorAll("form[action='/driver/application'] input[type=checkbox]").Length);
        Assert.Null(form.Html.QuerySelector("input[type=checkbox][checked]"));
        await Portal.ApplyAsync(driver);

        Assert.Contains("/driver/data/consent/withdrawal", (await visitor.GetAsync("/driver/data/consent")).Body);
        var confirm = await visitor.GetAsync("/driver/data/consent/withdrawal");
        Assert.Contains("现场学习1小时", confirm.Body);
        var withdrawn = await visitor.PostAsync(confirm, "/driver/data/consent/withdrawal");
        Assert.Equal("/driver/data/consent", withdrawn.Location);

        var face = await visitor.GetAsync("/driver/face");
        Assert.Equal(HttpStatusCode.Conflict, face.Status);
        Assert.Contains("现场学习1小时", face.Body);
        Assert.Empty(face.Html.QuerySelectorAll("input[type=file]"));
        Assert.Contains("不能在网上继续", (await visitor.GetAsync("/driver")).Body);

        var again = await visitor.GetAsync("/driver/data/consent");
        var refused = await visitor.PostAsync(again, "/driver/data/consent", ("faceNoticeVersion", "2026-1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        await visitor.PostAsync(
            again,
            "/driver/data/consent",
            ("faceNoticeVersion", "2026-1"),
            ("faceConsent", "true")
        );
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/driver/face")).Status);
    }

    [Fact]
    public async Task The_number_of_unread_messages_stands_in_the_head_until_they_are_opened()
    {
        var driver = await Portal.ImportDriverAsync();
        await Portal.ApplyAsync(driver);
        using var visitor = await Visitors.DriverAsync(Server, driver);
        Assert.Equal("1", (await visitor.GetAsync("/driver")).Html.QuerySelector(".count")?.TextContent);

        var inbox = await visitor.GetAsync("/driver/messages");

        Assert.NotNull(inbox.Html.QuerySelector(".unread"));
        Assert.Null(inbox.Html.QuerySelector(".count"));
        Assert.Null((await visitor.GetAsync("/driver/messages")).Html.QuerySelector(".unread"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".en")]
    public async Task Every_category_and_column_has_its_words(string language)
    {
        var path = Path.Combine(Repository.Root, $"AdminPortal.Web/Resources/DriverTexts{language}.resx");
        var texts = XDocument.Load(path).Root!.Elements("data").Select(e => e.Attribute("name")!.Value).ToHashSet();
        var driver = await Portal.ImportDriverAsync();
        var data = await Portal.DoAsync(new ExportMyData(ExportFormat.Json, false), driver.Ref);
        var wanted = data.Tables.SelectMany(t =>
            t.Columns.Select(c => $"Column_{c}")
                .Concat(
                    new[] { "", "_Purpose", "_Source", "_Kept" }.Select(part =>
                        string.Create(CultureInfo.InvariantCulture, $"Data_{t.Name}{part}")
                    )
                )
        );
        Assert.Empty(wanted.Distinct().Except(texts));
    }

    /// <summary>Every table has something in it: to the decided review, with data of the authorities beside it.</summary>
    private async Task<TestDriver> StoryAsync()
    {
        var (driver, attempt) = await Portal.DriverWithInvalidResultAsync();
        var @case = await Portal.FileReviewAsync(driver, attempt, "=1+1是本人");
        var officer = await Portal.CreateOfficerAsync();
        await Portal.DoAsync(new AdminPortal.Data.Casework.ViewCase(@case), officer.Ref);
        await Portal.DecideAsync(officer, @case, uphold: true);
        await Server.RunJobsAsync();
        return driver;
    }

    private Task<long> ActsAsync(TestDriver driver, string act) =>
        Portal.ScalarAsync<long>(
            "SELECT count(*) FROM audit_entries WHERE driver_id = $1 AND act = $2",
            driver.Id,
            act
        );
}
