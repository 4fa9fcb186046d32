using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;
using ClosedXML.Excel;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Data.Questions;

/// <summary>Pictures in workbooks: named by the shelf's names, and kept by files that know nothing of them (D-PICTURE-FILE).</summary>
[Trait("Rule", "D-PICTURE")]
public sealed class PictureWorkbookTests : IAsyncLifetime
{
    private const string Sign = "signal-005";

    private static readonly QuestionFilter Signs = new(null, null, null, null) { Picture = new PictureFilter(null) };

    private TestPortal _portal = null!;
    private TestOfficer _editor = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _editor = await _portal.CreateEditorAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task They_go_out_by_name_and_come_in_by_name()
    {
        var file = await ExportAsync();
        using (var book = new XLWorkbook(new MemoryStream(file)))
        {
            var row = RowOf(book, Sign);
            var picture = StarterContent.Questions.Single(q => q.Id == Sign).Picture!;
            Assert.StartsWith("P-000", book.Worksheet(1).Cell(row, Column(QuestionPicture.NameField)).GetString());
            Assert.Equal(
                picture.Description.Zh,
                book.Worksheet(1).Cell(row, Column(QuestionPicture.DescriptionField)).GetString()
            );
            Assert.Equal(
                picture.Description.En,
                book.Worksheet(1).Cell(row, Column(QuestionPicture.EnglishField)).GetString()
            );
        }
        Assert.Equal((0, 8), await PlanAsync(file));

        // Another picture, typed as people type; none for the next.
        var name = await _portal.ShelvedAsync(_editor);
        var changed = Change(
            file,
            book =>
            {
                var sheet = book.Worksheet(1);
                Set(sheet, RowOf(book, Sign), QuestionPicture.NameField, $" {name.ToLowerInvariant()} ");
                foreach (
                    var field in new[]
                    {
                        QuestionPicture.NameField,
                        QuestionPicture.DescriptionField,
                        QuestionPicture.EnglishField,
                    }
                )
                {
                    Set(sheet, RowOf(book, "signal-001"), field, "");
                }
            }
        );
        Assert.Equal((2, 6), await PlanAsync(changed));
        Assert.Equal(
            new ImportResult(0, 2),
            await _portal.DoAsync(new ImportQuestions(Guid.NewGuid(), Read(changed)), _editor.Ref)
        );
        Assert.Equal(name, (await DraftAsync(Sign)).PictureName);
        Assert.Null((await DraftAsync("signal-001")).Picture);
    }

    [Fact]
    public async Task A_name_that_is_not_on_the_shelf_is_a_bad_cell_and_so_is_a_picture_without_words()
    {
        var file = Change(
            await ExportAsync(),
            book =>
            {
                var sheet = book.Worksheet(1);
                Set(sheet, 2, QuestionPicture.NameField, "P-4711");
                Set(sheet, 3, QuestionPicture.NameField, "标志.png");
                Set(sheet, 4, QuestionPicture.DescriptionField, "");
                Set(sheet, 5, QuestionPicture.NameField, "");
            }
        );
        var plan = await _portal.Get<QuestionPages>().PlanAsync(_editor.Ref, Read(file), default);
        Assert.Equal(
            [
                "题目 Questions 2 题图 Picture PictureUnknown",
                "题目 Questions 3 题图 Picture PictureUnknown",
                "题目 Questions 4 题图说明 Picture description FieldRequired",
                "题目 Questions 5 题图 Picture FieldRequired",
            ],
            plan!.Faults.Select(f => $"{f.Sheet} {f.Row} {f.Column} {f.Reason.Code}")
        );
        var refused = await _portal.RefusedAsync(new ImportQuestions(Guid.NewGuid(), Read(file)), _editor.Ref);
        Assert.Equal(RefusalCode.QuestionImportFaulty, refused.Code);
    }

    [Fact]
    public async Task A_file_from_before_there_were_pictures_keeps_those_in_use()
    {
        var before = await _portal.ScalarAsync<Guid>("SELECT id FROM question_versions WHERE question_id = $1", Sign);
        var kept = (await _portal.VersionAsync(before)).Picture!;
        var old = Change(await ExportAsync(), WithoutPictures);
        Assert.Equal((0, 8), await PlanAsync(old));
        var reworded = Change(
            old,
            book =>
            {
                Set(book.Worksheet(1), RowOf(book, Sign), "text", "改过的标志题？");
                // A new question of such a file has none.
                var row = RowOf(book, "signal-002");
                Set(book.Worksheet(1), row, "id", "");
                Set(book.Worksheet(1), row, "text", "一道新题，没有题图？");
            }
        );
        await _portal.DoAsync(new ImportQuestions(Guid.NewGuid(), Read(reworded)), _editor.Ref);
        var draft = await DraftAsync(Sign);
        Assert.Equal(("改过的标志题？", kept), (draft.Text.Zh, draft.Picture));
        await using var db = _portal.Db();
        var fresh = await db.QuestionVersions.SingleAsync(q => q.State == QuestionState.Draft && q.Number == 1);
        Assert.Null(fresh.Picture);
    }

    [Fact]
    public async Task The_same_words_about_another_picture_are_another_question()
    {
        const string Words = "这个标志表示什么？";
        var same = Change(
            await ExportAsync(),
            book => Enumerable.Range(2, 8).ToList().ForEach(row => Set(book.Worksheet(1), row, "text", Words))
        );
        // Those that ship show eight pictures, and a file without them tells its questions apart by their ids.
        Assert.Equal((8, 0), await PlanAsync(same));
        var plan = await _portal.Get<QuestionPages>().PlanAsync(_editor.Ref, Read(same), default);
        Assert.Equal([], plan!.Alike);
        Assert.Equal((8, 0), await PlanAsync(Change(same, WithoutPictures)));
        var twice = Change(
            same,
            book =>
            {
                var sheet = book.Worksheet(1);
                var name = sheet.Cell(2, Column(QuestionPicture.NameField)).GetString();
                Set(sheet, 3, QuestionPicture.NameField, name);
            }
        );
        Assert.Equal(RefusalCode.QuestionTwiceInFile, Assert.Single(Read(twice).Faults).Reason.Code);
    }

    [Fact]
    public async Task A_file_without_pictures_keeps_the_one_a_retired_question_had_last()
    {
        var version = await _portal.VersionAsync(
            await _portal.ScalarAsync<Guid>("SELECT id FROM question_versions WHERE question_id = $1", Sign)
        );
        var old = Change(await ExportAsync(), WithoutPictures);
        await _portal.DoAsync(new RetireQuestion(version.Id, version.Revision), _editor.Ref);
        await _portal.DoAsync(new ImportQuestions(Guid.NewGuid(), Read(old)), _editor.Ref);
        Assert.Equal(version.Picture, (await DraftAsync(Sign)).Picture);
    }

    [Fact]
    public async Task Words_about_a_picture_in_a_file_without_its_column_are_a_bad_cell()
    {
        var file = Change(
            await ExportAsync(),
            book => book.Worksheet(1).Column(Column(QuestionPicture.NameField)).Delete()
        );
        var faults = Read(file).Faults;
        Assert.Equal(8, faults.Count);
        Assert.All(faults, f => Assert.Equal(("题图 Picture", RefusalCode.FieldRequired), (f.Column, f.Reason.Code)));
    }

    private static void WithoutPictures(XLWorkbook book)
    {
        book.Worksheet(1).Column(Column(QuestionPicture.EnglishField)).Delete();
        book.Worksheet(1).Column(Column(QuestionPicture.DescriptionField)).Delete();
        book.Worksheet(1).Column(Column(QuestionPicture.NameField)).Delete();
    }

    private Task<byte[]> ExportAsync() => _portal.DoAsync(new ExportQuestions(Signs), _editor.Ref);

    private async Task<(int Drafts, int Unchanged)> PlanAsync(byte[] file)
    {
        var plan = await _portal.Get<QuestionPages>().PlanAsync(_editor.Ref, Read(file), default);
        Assert.Equal([], plan!.Faults);
        return (plan.Drafts.Count, plan.Unchanged);
    }

    private async Task<QuestionVersion> DraftAsync(string questionId)
    {
        await using var db = _portal.Db();
        return await db.QuestionVersions.SingleAsync(q => q.QuestionId == questionId && q.State == QuestionState.Draft);
    }

    private static QuestionImport Read(byte[] file) =>
        Assert.IsType<Outcome<QuestionImport>.Done>(QuestionWorkbook.Read(file)).Value;

    private static int Column(string field) => QuestionColumns.All.Select(c => c.Field).ToList().IndexOf(field) + 1;

    private static int RowOf(XLWorkbook book, string id) =>
        Enumerable.Range(2, 8).Single(row => book.Worksheet(1).Cell(row, 1).GetString() == id);

    private static void Set(IXLWorksheet sheet, int row, string field, string text) =>
        sheet.Cell(row, Column(field)).SetValue(text).SetDataType(XLDataType.Text);

    private static byte[] Change(byte[] file, Action<XLWorkbook> change)
    {
        using var book = new XLWorkbook(new MemoryStream(file));
        change(book);
        using var bytes = new MemoryStream();
        book.SaveAs(bytes);
        return bytes.ToArray();
    }
}
