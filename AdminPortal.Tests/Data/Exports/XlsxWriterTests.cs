using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using AdminPortal.Data.Exports;
using AdminPortal.Tests.Support;
using ClosedXML.Excel;

namespace AdminPortal.Tests.Data.Exports;

/// <summary>The writer of detail lists, read back by a reader that knows nothing of it.</summary>
public sealed class XlsxWriterTests
{
    private static readonly XNamespace Main = WorkbookFile.Main;

    private static readonly XlsxColumn[] Columns =
    [
        new("文字", XlsxKind.Text),
        new("数", XlsxKind.Number),
        new("日", XlsxKind.Day),
        new("时", XlsxKind.Instant),
    ];

    [Fact]
    public void What_was_written_is_read_with_its_types_and_formats()
    {
        var bytes = Write(
            10,
            "100003 & 例会",
            writer =>
            {
                Row(writer, "一", 7, new DateOnly(2026, 3, 31), TestClock.China(2026, 4, 1, 9, 30));
                Row(writer, null, null, null, null);
                Row(writer, "三", -1_234_567_890_123, new DateOnly(1900, 3, 1), TestClock.China(2026, 1, 1));
            }
        );

        var book = WorkbookFile.Read(bytes);
        Assert.Equal(["件", "说明"], book.Sheets.Select(sheet => sheet.Name));
        var list = book.Sheets[0];
        Assert.Equal(Columns.Select(column => column.Head), list.Heads.Select(head => $"{head}"));
        Assert.Equal(
            ["一", 7.0, Serial(2026, 3, 31), Serial(2026, 4, 1) + 9.5 / 24],
            list.Rows[1].Select(value => value is double number ? Math.Round(number, 7) : value),
            (expected, found) =>
                expected is double number ? Math.Abs(number - (double)found!) < 1e-7 : Equals(expected, found)
        );
        Assert.Empty(list.Rows[2]);
        Assert.Equal(-1_234_567_890_123.0, list.Rows[3][1]);
        Assert.Equal(("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"), (book.FormatOf(list, "C2"), book.FormatOf(list, "D2")));
        Assert.Equal("frozen", list.Xml.Descendants(Main + "pane").Single().Attribute("state")!.Value);
        Assert.Equal("A1:D4", list.Xml.Descendants(Main + "autoFilter").Single().Attribute("ref")!.Value);
        Assert.Equal("&L100003 && 例会&R&P / &N", list.Xml.Descendants(Main + "oddFooter").Single().Value);
        Assert.Equal(["理由", "=例会"], book.Sheets[1].Rows[0]);
        // And by the library that people's programs are built with.
        using var opened = new XLWorkbook(new MemoryStream(bytes));
        var sheet = opened.Worksheet("件");
        Assert.Equal("一", sheet.Cell("A2").GetString());
        Assert.Equal(new DateTime(2026, 4, 1, 9, 30, 0), sheet.Cell("D2").GetDateTime());
        Assert.Equal(1, sheet.SheetView.SplitRow);
    }

    [Fact]
    public void Rows_that_do_not_fit_go_on_in_a_sheet_with_the_same_heads()
    {
        var book = WorkbookFile.Read(
            Write(
                4,
                "",
                writer =>
                {
                    for (var row = 1; row <= 7; row++)
                    {
                        Row(writer, $"{row}", row, null, null);
                    }
                    Assert.Equal(7, writer.Rows);
                }
            )
        );

        Assert.Equal(["件", "件 2", "件 3", "说明"], book.Sheets.Select(sheet => sheet.Name));
        Assert.All(book.Sheets.SkipLast(1), sheet => Assert.Equal("文字", sheet.Heads[0]));
        Assert.Equal(
            Enumerable.Range(1, 7).Select(row => (double)row),
            book.Sheets.SkipLast(1).SelectMany(sheet => sheet.Rows.Skip(1)).Select(row => (double)row[1]!)
        );
        Assert.Equal(
            ["A1:D4", "A1:D4", "A1:D2"],
            book.Sheets.SkipLast(1).Select(s => s.Xml.Descendants(Main + "autoFilter").Single().Attribute("ref")!.Value)
        );
        Assert.Equal(1_048_576, XlsxWriter.MostRows);
    }

    [Fact]
    public void A_list_without_rows_is_a_workbook_with_heads()
    {
        var book = WorkbookFile.Read(Write(10, "", _ => { }));
        Assert.Equal("文字", Assert.Single(book.Sheets[0].Rows)[0]);
    }

    [Fact]
    public void A_hundred_thousand_hostile_texts_come_back_as_they_were_and_none_is_a_formula()
    {
        var texts = Hostile(100_000);
        var bytes = Write(
            XlsxWriter.MostRows,
            "",
            writer =>
            {
                foreach (var text in texts)
                {
                    Row(writer, text, null, null, null);
                }
            }
        );

        var book = WorkbookFile.Read(bytes);
        var list = book.Sheets[0];
        Assert.Equal(texts.Select(Kept), list.Rows.Skip(1).Select(row => row.Count == 0 ? "" : (string)row[0]!));
        Assert.Empty(list.Xml.Descendants(Main + "f"));
        var prefixed = book
            .Styles.Descendants(Main + "cellXfs")
            .Elements()
            .Select(xf => xf.Attribute("quotePrefix")?.Value == "1")
            .ToList();
        var cells = list.Xml.Descendants(Main + "c").Skip(Columns.Length).ToList();
        Assert.All(cells, cell => Assert.Equal("inlineStr", cell.Attribute("t")!.Value));
        Assert.Equal(
            texts.Where(text => text.Length > 0).Select(text => "=+-@\t\r＝＋－＠".Contains(text[0])),
            cells.Select(cell => prefixed[(int)cell.Attribute("s")!])
        );
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.DoesNotContain(zip.Entries, entry => entry.FullName.Contains("external", StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_longer_than_a_cell_is_cut_and_says_so()
    {
        var book = WorkbookFile.Read(Write(10, "", writer => Row(writer, new string('长', 40_000), null, null, null)));
        var text = (string)book.Sheets[0].Rows[1][0]!;
        Assert.Equal(32_767, text.Length);
        Assert.EndsWith("长…", text);
    }

    private static List<string> Hostile(int count)
    {
        var random = new Random(20260301);
        string[] parts =
        [
            "=",
            "+",
            "-",
            "@",
            "\t",
            "\r",
            "\n",
            "＝",
            "＋",
            "－",
            "＠",
            "'",
            "\"",
            "&",
            "<",
            ">",
            "<f>1+1</f>",
            "]]>",
            "_x003D_",
            "_x000D_",
            "_X0041_",
            "_",
            "_x",
            "_x00",
            "\0",
            "\u0008",
            "\u001F",
            "\uFFFE",
            "\uD83D",
            "\uDE00",
            "😀",
            "𠮷",
            "张三",
            " ",
            "cmd|' /C calc'!A0",
            "HYPERLINK(\"http://x\",\"y\")",
            "DDE",
            "1",
            "{",
            "}",
            "\u200B",
            "\u202E",
            "a",
        ];
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    string.Concat(Enumerable.Range(0, random.Next(0, 7)).Select(_ => parts[random.Next(parts.Length)]))
                ),
        ];
    }

    // What a file of this kind cannot hold is replaced, never left out.
    private static string Kept(string text)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            kept.Append(
                rune.Value is >= 0x20 and not (0xFFFE or 0xFFFF) or '\t' or '\n' or '\r' ? rune : Rune.ReplacementChar
            );
        }
        return kept.ToString();
    }

    private static double Serial(int year, int month, int day) => new DateTime(year, month, day).ToOADate();

    private static void Row(XlsxWriter writer, string? text, long? number, DateOnly? day, DateTimeOffset? instant)
    {
        writer.BeginRow();
        writer.Text(text);
        writer.Number(number);
        writer.Day(day);
        writer.Instant(instant);
        writer.EndRow();
    }

    private static byte[] Write(int mostRows, string footer, Action<XlsxWriter> rows)
    {
        using var bytes = new MemoryStream();
        using (var writer = new XlsxWriter(bytes, "件", Columns, footer, mostRows))
        {
            rows(writer);
            writer.Complete("说明", [("理由", "=例会")]);
        }
        return bytes.ToArray();
    }
}
