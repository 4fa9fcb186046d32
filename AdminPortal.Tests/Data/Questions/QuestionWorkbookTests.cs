using System.IO.Compression;
using System.Text;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;
using ClosedXML.Excel;

namespace AdminPortal.Tests.Data.Questions;

/// <summary>Questions go out as a workbook and come in again: read by our own reader and, apart from it, by another library.</summary>
public sealed class QuestionWorkbookTests : IAsyncLifetime
{
    private static readonly QuestionFilter All = new(null, null, null, null);

    private TestPortal _portal = null!;
    private TestOfficer _editor = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _editor = await _portal.CreateEditorAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task What_was_exported_comes_back_unchanged_and_nothing_is_to_be_done()
    {
        var file = await _portal.DoAsync(new ExportQuestions(All), _editor.Ref);
        using (var book = new XLWorkbook(new MemoryStream(file)))
        {
            var sheet = book.Worksheet(QuestionWorkbook.SheetName);
            Assert.Equal(StarterContent.Questions.Count + 1, sheet.LastRowUsed().RowNumber());
            var first = StarterContent.Questions.OrderBy(q => q.Id, StringComparer.Ordinal).First();
            Assert.Equal(first.Id, sheet.Cell(2, 1).GetString());
            Assert.Equal(first.Text.Zh, sheet.Cell(2, 5).GetString());
        }
        var import = Read(file);
        Assert.Equal([], import.Faults);
        var plan = await _portal.Get<QuestionPages>().PlanAsync(_editor.Ref, import, default);
        Assert.Equal((0, StarterContent.Questions.Count), (plan!.Drafts.Count, plan.Unchanged));
        Assert.Equal([], plan.Faults);
    }

    [Fact]
    public async Task A_good_file_becomes_drafts_once_however_often_it_is_confirmed()
    {
        var known = await _portal.InUseAsync(QuestionType.Single);
        var import = Read(
            Fill(
                Row("", "单选", "雨天怎样行驶？", "A"),
                Row(known.QuestionId, "多选", "=下列哪些正确？", "a、C"),
                Row("", "判断", "雾天可以开远光灯。", "错误", options: 0)
            )
        );
        Assert.Equal([], import.Faults);
        var command = new ImportQuestions(Guid.NewGuid(), import);

        var done = await _portal.DoAsync(command, _editor.Ref);
        Assert.Equal(done, await _portal.DoAsync(command, _editor.Ref));

        Assert.Equal(new ImportResult(2, 1), done);
        Assert.Equal(
            3,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM question_versions WHERE state = 'Draft'")
        );
        var file = await _portal.Get<QuestionPages>().ReadAsync(_editor.Ref, known.QuestionId, default);
        Assert.Equal((QuestionType.Multiple, "=下列哪些正确？"), (file!.Open!.Type, file.Open.Text.Zh));
        Assert.Equal([0, 2], file.Open.Key);
        Assert.Equal(known.Id, file.InUse!.Id);
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    public async Task Every_bad_cell_is_named_and_nothing_of_the_file_is_taken_over()
    {
        var import = Read(
            Fill(
                Row("", "单选", "好的一题？", "A"),
                Row("", "问答", "题型不对？", "A"),
                Row("", "单选", "", "D"),
                Row("fog-404", "单选", "没有此题？", "B"),
                Row("", "多选", "好的一题？", "A")
            )
        );
        var plan = await _portal.Get<QuestionPages>().PlanAsync(_editor.Ref, import, default);
        Assert.Equal(
            [
                "题目 Questions 3 题型 Type QuestionTypeUnknown",
                "题目 Questions 4 题干 Text FieldRequired",
                "题目 Questions 4 答案 Answer QuestionKeyUnknown",
                "题目 Questions 5 编号 Id NotFound",
                "题目 Questions 6 答案 Answer QuestionMultipleKey",
                "题目 Questions 6 题干 Text QuestionTwiceInFile",
            ],
            plan!.Faults.Select(f => $"{f.Sheet} {f.Row} {f.Column} {f.Reason.Code}")
        );
        var refused = await _portal.RefusedAsync(new ImportQuestions(Guid.NewGuid(), import), _editor.Ref);
        Assert.Equal(RefusalCode.QuestionImportFaulty, refused.Code);
        Assert.Equal(
            0,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM question_versions WHERE state = 'Draft'")
        );
    }

    [Fact]
    public void Formulas_and_missing_columns_and_empty_files_are_named()
    {
        var formula = Fill(Row("", "单选", "题目？", "A"));
        using (var book = new XLWorkbook(new MemoryStream(formula)))
        {
            book.Worksheet(1).Cell(2, 4).FormulaA1 = "1+1";
            formula = Save(book);
        }
        var fault = Read(formula).Faults.First();
        Assert.Equal((2, "法条 Article", RefusalCode.WorkbookFormula), (fault.Row, fault.Column, fault.Reason.Code));
        Assert.Equal(RefusalCode.WorkbookEmpty, Refused(QuestionWorkbook.Template()).Code);
        var missing = Refused(
            ExcelWorkbook.Write([
                new ExcelSheet(
                    "x",
                    ["编号 Id"],
                    [
                        ["1"],
                    ]
                ),
            ])
        );
        Assert.Equal((RefusalCode.WorkbookColumnMissing, "题型 Type"), (missing.Code, missing.Facts[0]));
        var many = Enumerable.Range(0, QuestionWorkbook.MostRows + 1).Select(i => Row("", "单选", $"第{i}题？", "A"));
        Assert.Equal(RefusalCode.WorkbookTooManyRows, Refused(Fill([.. many])).Code);
    }

    private static readonly Dictionary<string, (byte[] File, RefusalCode Code)> HostileFiles = new()
    {
        ["nothing"] = ([], RefusalCode.WorkbookNotExcel),
        ["a text"] = ("编号,题型"u8.ToArray(), RefusalCode.WorkbookNotExcel),
        ["an old workbook"] = ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], RefusalCode.WorkbookNotExcel),
        ["a broken archive"] = ("PK\u0003\u0004 and nothing more"u8.ToArray(), RefusalCode.WorkbookNotExcel),
        ["another archive"] = (Zip(("readme.txt", "x")), RefusalCode.WorkbookNotExcel),
        ["too large"] = (new byte[ExcelReader.LargestFile + 1], RefusalCode.WorkbookTooLarge),
        ["a document type"] = (Book("<!DOCTYPE x [<!ENTITY a \"b\">]>" + Sheet("")), RefusalCode.WorkbookNotExcel),
        ["a bomb"] = (Book(Sheet("") + new string(' ', 40_000_000)), RefusalCode.WorkbookTooMuchInside),
        ["a cell as large as a book"] = (
            Book(Sheet($"<row><c t=\"inlineStr\"><is><t>{new string('a', 40_000)}</t></is></c></row>")),
            RefusalCode.WorkbookTooMuchInside
        ),
        ["too many parts"] = (
            Zip([.. Enumerable.Range(0, 300).Select(i => ($"{i}", "x"))]),
            RefusalCode.WorkbookTooMuchInside
        ),
        ["a string that is not there"] = (
            Book(Sheet("<row><c t=\"s\"><v>9</v></c></row>")),
            RefusalCode.WorkbookNotExcel
        ),
        ["a number that is none"] = (Book(Sheet("<row><c t=\"s\"><v>x</v></c></row>")), RefusalCode.WorkbookNotExcel),
        ["broken XML"] = (Book("<worksheet"), RefusalCode.WorkbookNotExcel),
    };

    public static TheoryData<string> Hostile => [.. HostileFiles.Keys];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_file_that_is_no_workbook_of_ours_is_refused_in_words(string what) =>
        Assert.Equal(HostileFiles[what].Code, Refused(HostileFiles[what].File).Code);

    [Fact]
    public void Cells_are_read_as_they_are_shown_wherever_they_stand()
    {
        var read = ExcelReader.Read(
            Book(
                Sheet(
                    "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><r><t>一</t></r><r><t xml:space=\"preserve\"> 二</t></r><rPh><t>yi</t></rPh></is></c>"
                        + "<c r=\"D3\"><v>7</v></c><c t=\"b\"><v>1</v></c></row><row r=\"9\"/>"
                )
            ),
            10
        );
        var row = Assert.Single(Assert.IsType<Outcome<ExcelTable>.Done>(read).Value.Rows);
        Assert.Equal(3, row.Number);
        Assert.Equal(
            ["1 一 二", "3 7", "4 TRUE"],
            row.Cells.OrderBy(c => c.Key).Select(c => $"{c.Key} {c.Value.Text}")
        );
    }

    private static QuestionImport Read(byte[] file) =>
        Assert.IsType<Outcome<QuestionImport>.Done>(QuestionWorkbook.Read(file)).Value;

    private static Refusal Refused(byte[] file) =>
        Assert.IsType<Outcome<QuestionImport>.Refused>(QuestionWorkbook.Read(file)).Refusal;

    private static Dictionary<string, string> Row(string id, string type, string text, string key, int options = 3)
    {
        var row = new Dictionary<string, string>
        {
            ["id"] = id,
            ["type"] = type,
            ["category"] = "fog",
            ["article"] = "第八十一条",
            ["text"] = text,
            ["key"] = key,
            ["difficulty"] = "2",
        };
        for (var i = 0; i < options; i++)
        {
            row[QuestionContent.OptionField(i)] = $"选项{i}";
        }
        return row;
    }

    // The product's own template, filled in by another library as a person would.
    private static byte[] Fill(params Dictionary<string, string>[] rows)
    {
        using var book = new XLWorkbook(new MemoryStream(QuestionWorkbook.Template()));
        for (var row = 0; row < rows.Length; row++)
        {
            foreach (var (field, text) in rows[row])
            {
                var column = QuestionColumns.All.Select(c => c.Field).ToList().IndexOf(field) + 1;
                book.Worksheet(1).Cell(row + 2, column).SetValue(text).SetDataType(XLDataType.Text);
            }
        }
        return Save(book);
    }

    private static byte[] Save(XLWorkbook book)
    {
        using var bytes = new MemoryStream();
        book.SaveAs(bytes);
        return bytes.ToArray();
    }

    private static string Sheet(string rows) =>
        $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>";

    private static byte[] Book(string sheet) =>
        Zip(
            (
                "xl/workbook.xml",
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"一\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
            ("xl/worksheets/sheet1.xml", sheet)
        );

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return bytes.ToArray();
    }
}
