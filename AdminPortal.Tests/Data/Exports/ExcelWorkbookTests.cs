using System.IO.Compression;
using System.Xml.Linq;
using AdminPortal.Data.Exports;
using ClosedXML.Excel;

namespace AdminPortal.Tests.Data.Exports;

/// <summary>Workbooks hold what was put in, and never a formula: read back by the library and, apart from it, as XML.</summary>
public sealed class ExcelWorkbookTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static TheoryData<string> Dangerous =>
        [
            "=1+1",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM(A1)",
            "=HYPERLINK(\"http://x\",\"y\")",
            "+1",
            "-1+2",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "=cmd|' /C calc'!A0",
        ];

    [Theory]
    [MemberData(nameof(Dangerous))]
    public void Text_that_looks_like_a_formula_stays_text(string text)
    {
        Assert.True(ExcelWorkbook.LooksLikeFormula(text));
        var file = Write(text);

        Assert.DoesNotContain(Parts(file), part => part.Descendants(Main + "f").Any());
        var cell = Assert.Single(Sheet(file).Descendants(Main + "c"), c => c.Attribute("r")!.Value == "A2");
        Assert.Equal("s", cell.Attribute("t")!.Value);
        // Also when somebody edits it.
        var format = Styles(file).Descendants(Main + "cellXfs").Elements().ElementAt((int)cell.Attribute("s")!);
        Assert.Equal("1", format.Attribute("quotePrefix")!.Value);
        using var book = Open(file);
        var read = book.Worksheet(1).Cell(2, 1);
        Assert.False(read.HasFormula);
        Assert.Equal(text.Replace('\r', '\n'), read.GetString().Replace("\r\n", "\n").Replace('\r', '\n'));
    }

    [Theory]
    [InlineData("'=1")]
    [InlineData("012345")]
    [InlineData("990000199001010017")]
    [InlineData("张三 & <b>\"一\"</b>")]
    [InlineData("TRUE")]
    [InlineData("2026-03-10")]
    [InlineData("1E5")]
    public void Other_text_is_kept_to_the_letter(string text)
    {
        using var book = Open(Write(text));
        var cell = book.Worksheet(1).Cell(2, 1);
        Assert.Equal(XLDataType.Text, cell.DataType);
        Assert.Equal(text, cell.GetString());
    }

    [Fact]
    public void Values_keep_their_kind_and_instants_are_on_the_clock_of_China()
    {
        object?[] row =
        [
            7,
            0.25m,
            true,
            new DateOnly(2026, 3, 10),
            new DateTimeOffset(2026, 3, 10, 16, 30, 5, TimeSpan.Zero),
            null,
            "a\u0001b",
        ];
        var file = ExcelWorkbook.Write([new ExcelSheet("值", ["1", "2", "3", "4", "5", "6", "7"], [row])]);
        using var book = Open(file);
        var sheet = book.Worksheet("值");
        Assert.Equal(7, sheet.Cell(2, 1).GetDouble());
        Assert.Equal(0.25, sheet.Cell(2, 2).GetDouble());
        Assert.True(sheet.Cell(2, 3).GetBoolean());
        Assert.Equal(new DateTime(2026, 3, 10), sheet.Cell(2, 4).GetDateTime());
        Assert.Equal(new DateTime(2026, 3, 11, 0, 30, 5), sheet.Cell(2, 5).GetDateTime());
        Assert.True(sheet.Cell(2, 6).IsEmpty());
        Assert.Equal("a\uFFFDb", sheet.Cell(2, 7).GetString());
    }

    [Fact]
    public void Columns_have_a_width_of_our_own_and_tabs_a_name_that_Excel_takes()
    {
        var file = ExcelWorkbook.Write([
            new ExcelSheet(
                "a/b:c*d?e[f]" + new string('长', 40),
                ["x"],
                [
                    [new string('宽', 100)],
                ]
            ),
            new ExcelSheet("same", ["x"], []),
            new ExcelSheet("same", ["x"], []),
        ]);
        using var book = Open(file);
        Assert.Equal(60, book.Worksheet(1).Column(1).Width, 1);
        Assert.Equal(10, book.Worksheet(2).Column(1).Width, 1);
        Assert.All(book.Worksheets, s => Assert.InRange(s.Name.Length, 1, 31));
        Assert.Equal(3, book.Worksheets.Select(s => s.Name).Distinct().Count());
    }

    private static byte[] Write(string text) =>
        ExcelWorkbook.Write([
            new ExcelSheet(
                "一",
                ["列"],
                [
                    [text],
                ]
            ),
        ]);

    private static XLWorkbook Open(byte[] file) => new(new MemoryStream(file));

    private static XDocument Sheet(byte[] file) => Part(file, "xl/worksheets/sheet1.xml");

    private static XDocument Styles(byte[] file) => Part(file, "xl/styles.xml");

    private static XDocument Part(byte[] file, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var part = zip.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }

    private static List<XDocument> Parts(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return
        [
            .. zip
                .Entries.Where(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal))
                .Select(e =>
                {
                    using var part = e.Open();
                    return XDocument.Load(part);
                }),
        ];
    }
}
