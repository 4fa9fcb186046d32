using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using AdminPortal.Domain.Time;

namespace AdminPortal.Data.Exports;

/// <summary>What the cells of a column hold.</summary>
public enum XlsxKind
{
    Text,
    Number,
    Day,
    Instant,
}

/// <summary>A column of a detail list.</summary>
/// <param name="Head">Its title.</param>
/// <param name="Width">In characters.</param>
public sealed record XlsxColumn(string Head, XlsxKind Kind, double Width = 18);

/// <summary>
/// Writes a detail list of any length as a workbook while it is read: nothing of it is kept, neither here nor by a shared table of
/// strings. Rows that do not fit a sheet go on in the next one. Every text is an inline string, so no cell can be a formula; one
/// that a spreadsheet would take for a formula when edited is marked as text for good.
/// </summary>
public sealed class XlsxWriter : IDisposable
{
    /// <summary>What a sheet of Excel holds, the heads included.</summary>
    public const int MostRows = 1_048_576;

    private static readonly DateTime Epoch = new(1899, 12, 30);

    private readonly ZipArchive _zip;
    private readonly IReadOnlyList<XlsxColumn> _columns;
    private readonly byte[][] _letters;
    private readonly byte[][] _cells;
    private readonly byte[] _digits = new byte[8];
    private readonly string _name;
    private readonly string _footer;
    private readonly int _mostRows;
    private XlsxText? _sheet;
    private int _sheets;
    private int _row;
    private int _digitCount;
    private int _cell;

    /// <param name="output">Written from front to back; need not be seekable.</param>
    /// <param name="name">The tab; further sheets get a number.</param>
    /// <param name="footer">Stands under every printed page: who took the list out, and when.</param>
    /// <param name="mostRows">Rows of a sheet, the heads included; smaller for tests.</param>
    public XlsxWriter(
        Stream output,
        string name,
        IReadOnlyList<XlsxColumn> columns,
        string footer = "",
        int mostRows = MostRows
    )
    {
        _zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        (_name, _columns, _footer, _mostRows) = (name, columns, footer, mostRows);
        _letters = [.. Enumerable.Range(0, columns.Count).Select(column => XlsxParts.Letters(column))];
        _cells = [.. _letters.Select(letters => (byte[])[.. "<c r=\""u8, .. letters])];
        OpenSheet();
    }

    /// <summary>Rows written so far, without the heads.</summary>
    public long Rows { get; private set; }

    public void BeginRow()
    {
        if (_row == _mostRows)
        {
            CloseSheet();
            OpenSheet();
        }
        Begin();
        Rows++;
    }

    public void EndRow() => _sheet!.Raw("</row>"u8);

    /// <summary>A cell with a text; an empty one for null.</summary>
    public void Text(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            _cell++;
            return;
        }
        TextCell(value, ExcelWorkbook.LooksLikeFormula(value) ? QuotedText : PlainText);
    }

    public void Number(long? value)
    {
        if (value is not { } number)
        {
            _cell++;
            return;
        }
        Open("\"><v>"u8);
        _sheet!.Number(number);
        _sheet.Raw("</v></c>"u8);
    }

    public void Day(DateOnly? value) => Serial(value?.ToDateTime(TimeOnly.MinValue), "\" s=\"4\"><v>"u8);

    /// <summary>An instant on the clocks of China.</summary>
    public void Instant(DateTimeOffset? value) =>
        Serial(value is { } instant ? ChinaTime.Local(instant).DateTime : null, "\" s=\"5\"><v>"u8);

    /// <summary>Ends the workbook with a sheet that says what it is.</summary>
    /// <param name="about">Words and what they stand for.</param>
    public void Complete(string aboutName, IEnumerable<(string Word, string Value)> about)
    {
        CloseSheet();
        using (var text = Part($"xl/worksheets/sheet{_sheets + 1}.xml"))
        {
            text.Raw(XlsxParts.AboutStart);
            foreach (var (word, value) in about)
            {
                text.Raw("<row>"u8);
                foreach (var cell in new[] { word, value })
                {
                    text.Raw(
                        ExcelWorkbook.LooksLikeFormula(cell)
                            ? "<c s=\"3\" t=\"inlineStr\">"u8
                            : "<c s=\"2\" t=\"inlineStr\">"u8
                    );
                    text.Inline(cell);
                }
                text.Raw("</row>"u8);
            }
            text.Raw("</sheetData></worksheet>"u8);
        }
        Whole("xl/styles.xml", XlsxParts.Styles);
        Whole("xl/workbook.xml", XlsxParts.Workbook(_name, _sheets, aboutName));
        Whole("xl/_rels/workbook.xml.rels", XlsxParts.WorkbookRelations(_sheets + 1));
        Whole("_rels/.rels", XlsxParts.Relations);
        Whole("[Content_Types].xml", XlsxParts.ContentTypes(_sheets + 1));
    }

    /// <summary>Without <see cref="Complete"/> before it what was written is no workbook.</summary>
    public void Dispose()
    {
        _sheet?.Dispose();
        _zip.Dispose();
    }

    private void OpenSheet()
    {
        _sheets++;
        _row = 0;
        _sheet = Part($"xl/worksheets/sheet{_sheets}.xml");
        _sheet.Raw(XlsxParts.SheetStart);
        for (var column = 0; column < _columns.Count; column++)
        {
            _sheet.Raw(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<col min=\"{column + 1}\" max=\"{column + 1}\" width=\"{_columns[column].Width}\" customWidth=\"1\"/>"
                )
            );
        }
        _sheet.Raw("</cols><sheetData>"u8);
        Begin();
        foreach (var column in _columns)
        {
            TextCell(column.Head, Head);
        }
        EndRow();
    }

    private void CloseSheet()
    {
        _sheet!.Raw("</sheetData><autoFilter ref=\"A1:"u8);
        _sheet.Raw(_letters[^1]);
        _sheet.Number(_row);
        _sheet.Raw(
            "\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter><oddFooter>&amp;L"u8
        );
        // In a footer & begins a code.
        _sheet.Escaped(_footer.Replace("&", "&&", StringComparison.Ordinal));
        _sheet.Raw("&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"u8);
        _sheet.Dispose();
        _sheet = null;
    }

    private void Begin()
    {
        _row++;
        _cell = 0;
        Utf8Formatter.TryFormat(_row, _digits, out _digitCount);
        _sheet!.Cell("<row r=\""u8, _digits.AsSpan(0, _digitCount), "\">"u8);
    }

    private void Open(ReadOnlySpan<byte> rest) => _sheet!.Cell(_cells[_cell++], _digits.AsSpan(0, _digitCount), rest);

    private void TextCell(string value, ReadOnlySpan<byte> style)
    {
        Open(style);
        _sheet!.Inline(value);
    }

    // Days since the end of 1899, the time as the part of a day.
    private void Serial(DateTime? value, ReadOnlySpan<byte> style)
    {
        if (value is not { } moment)
        {
            _cell++;
            return;
        }
        Open(style);
        _sheet!.Days((moment - Epoch).Ticks);
        _sheet.Raw("</v></c>"u8);
    }

    // What follows the place of a text: its format (XlsxParts.Styles) and its type.
    private static ReadOnlySpan<byte> Head => "\" s=\"1\" t=\"inlineStr\">"u8;
    private static ReadOnlySpan<byte> PlainText => "\" s=\"2\" t=\"inlineStr\">"u8;
    private static ReadOnlySpan<byte> QuotedText => "\" s=\"3\" t=\"inlineStr\">"u8;

    private XlsxText Part(string name) => new(_zip.CreateEntry(name, CompressionLevel.Optimal).Open());

    private void Whole(string name, string xml)
    {
        using var part = Part(name);
        part.Raw(xml);
    }
}
