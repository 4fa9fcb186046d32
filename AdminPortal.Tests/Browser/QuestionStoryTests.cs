using AdminPortal.Data.Questions;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;
using ClosedXML.Excel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>Questions travel: from a workbook by one editor, past another one, onto a driver's paper.</summary>
public sealed class QuestionStoryTests
{
    [Fact]
    [Trait("Rule", "S1-30")]
    public async Task From_the_workbook_over_the_review_of_another_editor_onto_a_paper()
    {
        await using var server = await PortalServer.StartAsync(TestClock.China(2026, 3, 10, 10));
        var portal = server.Portal;
        var (writer, reviewer) = (await portal.CreateEditorAsync(), await portal.CreateEditorAsync());
        var page = await Touring.EnterOfficeAsync(server, writer, english: false);

        // A picture goes on the shelf and gets its name.
        await page.GotoAsync($"{server.Address}/staff/questions/pictures");
        await page.WaitForSelectorAsync("html[data-keys] .shelf");
        await page.SetInputFilesAsync(
            "#file",
            new FilePayload
            {
                Name = "sign.png",
                MimeType = "image/png",
                Buffer = TestPortal.APicture(),
            }
        );
        await page.ClickAsync("#upload button");
        await page.WaitForSelectorAsync("html[data-keys] #picture-uploaded");
        var picture = await page.GetAttributeAsync(".shelf li", "id");
        await page.WaitForFunctionAsync("name => document.querySelector(`#${name} img`).naturalWidth === 160", picture);
        await page.ShotAsync("picture-shelf");

        // A file with a wrong cell is named by that cell, and nothing is taken over.
        await page.GotoAsync($"{server.Address}/staff/questions/import");
        await page.WaitForSelectorAsync("html[data-keys] #file");
        await page.SetInputFilesAsync("#file", Upload(Workbook("Q")));
        await page.WaitForSelectorAsync("#faults");
        Assert.Contains("答案 Answer", await page.InnerTextAsync("#faults"));
        await page.SetInputFilesAsync("#file", Upload("not a workbook"u8.ToArray()));
        await page.WaitForSelectorAsync("#import-error");

        await page.SetInputFilesAsync("#file", Upload(Workbook("A", picture)));
        await page.ClickAsync("#import");
        await page.WaitForSelectorAsync("#import-done");

        await page.GotoAsync($"{server.Address}/staff/questions?state=draft");
        await page.ClickAsync("a[data-row]");
        await page.WaitForSelectorAsync("html[data-keys] #act-submit");
        await page.ClickAsync("#act-submit");
        await page.WaitForSelectorAsync("#act-blocked");
        Assert.Equal(0, await page.Locator("#act-publish").CountAsync());
        await SeenAsync(page, ".preview-card img");
        var address = page.Url;

        var other = await Touring.EnterOfficeAsync(server, reviewer, english: false);
        await other.GotoAsync(address);
        await other.WaitForSelectorAsync("html[data-keys] #act-publish");
        await other.ClickAsync("#act-publish");
        await other.ClickAsync("#confirm-yes");
        await other.WaitForSelectorAsync("#state.state-done");
        await other.ShotAsync("question-published");

        // With it there are as many single-choice questions in use as a paper of N takes: it has to be on the paper.
        var version = await PublishedAsync(portal);
        await portal.ExecuteAsync(
            "UPDATE question_versions SET state = 'Retired' WHERE question_type = 'Single' AND id <> $1 AND id NOT IN (SELECT id FROM question_versions WHERE question_type = 'Single' AND state = 'Published' AND id <> $1 LIMIT 7)",
            version
        );
        var driver = await portal.DriverBeforeExamAsync("鄂A");
        var attempt = await portal.StartExamAsync(driver);
        await using var db = portal.Db();
        Assert.True(await db.ExamItems.AnyAsync(i => i.AttemptId == attempt && i.VersionId == version));

        // The driver sees it on a small telephone, with room kept for it; nobody leads there question by question.
        await portal.ExecuteAsync(
            "UPDATE exam_attempts SET ordinal = (SELECT ordinal FROM exam_items WHERE attempt_id = $1 AND version_id = $2) WHERE id = $1",
            attempt,
            version
        );
        var telephone = await Touring.EnterAsync(server, driver, english: false, script: false);
        await telephone.SetViewportSizeAsync(320, 640);
        await telephone.GotoAsync($"{server.Address}/driver/exam/{attempt}");
        await SeenAsync(telephone, "img.picture");
        Assert.True(await telephone.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 320"));
        await telephone.ShotAsync("question-with-picture");
        await telephone.Context.DisposeAsync();
        await page.Context.DisposeAsync();
        await other.Context.DisposeAsync();
    }

    [Fact]
    public async Task What_was_typed_is_still_there_after_the_circuit_is_lost_and_errors_stand_at_their_fields()
    {
        await using var server = await PortalServer.StartAsync(TestClock.China(2026, 3, 10, 10));
        var page = await Touring.EnterOfficeAsync(server, await server.Portal.CreateEditorAsync(), english: false);
        await page.GotoAsync($"{server.Address}/staff/questions/new");
        await page.WaitForSelectorAsync("html[data-keys] #question-form");
        await page.FillAsync("#text", "雨天怎样行驶？");
        await page.FillAsync("#option0", "减速");
        await page.CheckAsync("#right0");

        // The server forgets everything it knew of this page.
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("html[data-keys] #restored");
        Assert.Equal("雨天怎样行驶？", await page.InputValueAsync("#text"));
        Assert.True(await page.IsCheckedAsync("#right0"));
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync("#article-error");
        Assert.Equal("true", await page.GetAttributeAsync("#category", "aria-invalid"));

        // A double is named while it is written, and again before it is saved.
        var known = StarterContent.Questions.First(q => q.Type == QuestionType.Single);
        await page.FillAsync("#text", known.Text.Zh);
        await page.PressAsync("#text", "Tab");
        await page.WaitForSelectorAsync($"#alike a[href$='{known.Id}']");
        await page.FillAsync("#text", "雨天怎样行驶？");
        await page.PressAsync("#text", "Tab");
        await page.Locator("#alike").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.FillAsync("#article", "第八十一条");
        await page.FillAsync("#category", "rain");
        await page.FillAsync("#option1", "加速");
        await page.FillAsync("#text", $"{known.Text.Zh}？");
        await page.PressAsync("#text", "Control+Enter");
        await page.WaitForSelectorAsync("#alike");
        await page.ShotAsync("question-alike");
        Assert.Equal("加速", await page.InputValueAsync("#option1"));
        await page.ClickAsync("#save");
        await page.WaitForURLAsync("**/staff/questions/rain-001");
        await page.WaitForSelectorAsync("html[data-keys] #act-submit");
        await page.GotoAsync($"{server.Address}/staff/questions/new");
        await page.WaitForSelectorAsync("html[data-keys] #question-form");
        Assert.Equal("", await page.InputValueAsync("#text"));

        // More than a file takes: no bare error, but the list again, with its filter.
        await server.Portal.ExecuteAsync(
            "INSERT INTO question_versions SELECT (jsonb_populate_record(q, jsonb_build_object('id', gen_random_uuid(), 'question_id', 'bulk-' || n, 'state', 'Retired'))).* FROM question_versions q, generate_series(1, 1000) n WHERE question_id = 'points-001'"
        );
        await page.GotoAsync($"{server.Address}/staff/questions/export.xlsx?category=points");
        await page.WaitForSelectorAsync("html[data-keys] #export-refused");
        Assert.EndsWith("/staff/questions?category=points&export=refused", page.Url);
        Assert.Equal(0, await page.Locator("#export").CountAsync());
        await page.Context.DisposeAsync();
    }

    private static async Task<Guid> PublishedAsync(TestPortal portal)
    {
        await using var db = portal.Db();
        return await db
            .QuestionVersions.Where(q => q.QuestionId == "fog-001" && q.State == QuestionState.Published)
            .Select(q => q.Id)
            .SingleAsync();
    }

    private static Task SeenAsync(IPage page, string image) =>
        page.WaitForFunctionAsync("image => document.querySelector(image)?.naturalWidth === 160", image);

    private static FilePayload Upload(byte[] file) =>
        new()
        {
            Name = "questions.xlsx",
            MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Buffer = file,
        };

    /// <summary>The template with one single-choice question, filled in as a person would.</summary>
    internal static byte[] Workbook(string key, string? picture = null)
    {
        using var book = new XLWorkbook(new MemoryStream(QuestionWorkbook.Template()));
        var sheet = book.Worksheet(1);
        (string Field, string Text)[] cells =
        [
            ("type", "单选"),
            ("category", "fog"),
            ("article", "第八十一条"),
            ("text", "雾天怎样行驶？"),
            ("option0", "减速"),
            ("option1", "加速"),
            ("key", key),
            ("difficulty", "1"),
            (QuestionPicture.NameField, picture ?? ""),
            (QuestionPicture.DescriptionField, picture is null ? "" : "雾中的道路，前方只看得见一盏红灯"),
        ];
        foreach (var (field, text) in cells)
        {
            sheet.Cell(2, QuestionColumns.All.Select(c => c.Field).ToList().IndexOf(field) + 1).SetValue(text);
        }
        using var bytes = new MemoryStream();
        book.SaveAs(bytes);
        return bytes.ToArray();
    }
}
