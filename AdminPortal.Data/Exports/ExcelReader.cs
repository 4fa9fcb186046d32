using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using AdminPortal.Domain;

namespace AdminPortal.Data.Exports;

/// <summary>A cell as its text.</summary>
/// <param name="IsFormula">A formula or an error: what it shows is not what somebody typed.</param>
public readonly record struct ExcelCell(string? Text, bool IsFormula);

/// <param name="Number">As the sheet shows it.</param>
/// <param name="Cells">By column, from 0; empty ones are missing.</param>
public sealed record ExcelRow(int Number, IReadOnlyDictionary<int, ExcelCell> Cells);

/// <summary>The first sheet of a workbook, without its empty rows.</summary>
public sealed record ExcelTable(string Sheet, IReadOnlyList<ExcelRow> Rows);

/// <summary>
/// Reads workbooks of strangers: only the parts that are needed, as a stream, within limits that are counted while unpacking, and
/// without document types or links. A library would load whatever a small file unpacks to.
/// </summary>
public static class ExcelReader
{
    /// <summary>The largest file that is opened.</summary>
    public const int LargestFile = 2 * 1024 * 1024;

    /// <summary>The most that everything that is read of a file may unpack to.</summary>
    public const long LargestInside = 24 * 1024 * 1024;

    /// <summary>Longer texts do not fit a cell of Excel either.</summary>
    public const int LongestText = 32_767;

    private const int MostParts = 200;
    private const int MostColumns = 200;
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";

    /// <param name="mostRows">The most rows with something in them, the heading included.</param>
    public static Outcome<ExcelTable> Read(byte[] file, int mostRows)
    {
        if (file.Length > LargestFile)
        {
            return new Refusal(RefusalCode.WorkbookTooLarge, null, LargestFile / 1024 / 1024);
        }
        // The signature of a ZIP file: an old .xls, a CSV or a picture stops here.
        if (!file.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            return new Refusal(RefusalCode.WorkbookNotExcel);
        }
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
            if (zip.Entries.Count > MostParts)
            {
                return new Refusal(RefusalCode.WorkbookTooMuchInside);
            }
            return Read(new Parts(zip), mostRows);
        }
        catch (TooMuchException)
        {
            return new Refusal(RefusalCode.WorkbookTooMuchInside);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or FormatException or OverflowException)
        {
            return new Refusal(RefusalCode.WorkbookNotExcel);
        }
    }

    private static Outcome<ExcelTable> Read(Parts parts, int mostRows)
    {
        if (FirstSheet(parts) is not { } sheet)
        {
            return new Refusal(RefusalCode.WorkbookNotExcel);
        }
        var strings = SharedStrings(parts);
        using var xml = parts.Open(sheet.Part);
        if (xml is null)
        {
            return new Refusal(RefusalCode.WorkbookNotExcel);
        }
        var rows = new List<ExcelRow>();
        var number = 0;
        while (xml.Read())
        {
            if (!IsStart(xml, "row"))
            {
                continue;
            }
            number = int.TryParse(xml.GetAttribute("r"), CultureInfo.InvariantCulture, out var told)
                ? told
                : number + 1;
            var cells = xml.IsEmptyElement ? [] : Cells(xml, strings);
            if (cells.Count == 0)
            {
                continue;
            }
            if (rows.Count == mostRows)
            {
                return new Refusal(RefusalCode.WorkbookTooManyRows, null, mostRows - 1);
            }
            rows.Add(new ExcelRow(number, cells));
        }
        return new ExcelTable(sheet.Name, rows);
    }

    private static (string Name, string Part)? FirstSheet(Parts parts)
    {
        string? name = null;
        string? relation = null;
        using (var book = parts.Open("xl/workbook.xml"))
        {
            while (book is not null && name is null && book.Read())
            {
                if (IsStart(book, "sheet"))
                {
                    name = book.GetAttribute("name");
                    relation = Attribute(book, "id");
                }
            }
        }
        using var relations = parts.Open("xl/_rels/workbook.xml.rels");
        while (name is not null && relations is not null && relations.Read())
        {
            if (relations.LocalName == "Relationship" && relations.GetAttribute("Id") == relation)
            {
                var target = relations.GetAttribute("Target") ?? "";
                return (name, target.StartsWith('/') ? target[1..] : $"xl/{target}");
            }
        }
        return null;
    }

    // The relation's id stands in one of two namespaces, after the edition of the standard.
    private static string? Attribute(XmlReader xml, string name)
    {
        for (var found = xml.MoveToFirstAttribute(); found; found = xml.MoveToNextAttribute())
        {
            if (xml.LocalName == name && xml.Prefix.Length > 0)
            {
                var value = xml.Value;
                xml.MoveToElement();
                return value;
            }
        }
        xml.MoveToElement();
        return null;
    }

    private static List<string> SharedStrings(Parts parts)
    {
        var strings = new List<string>();
        using var xml = parts.Open("xl/sharedStrings.xml");
        while (xml is not null && xml.Read())
        {
            if (IsStart(xml, "si"))
            {
                strings.Add(xml.IsEmptyElement ? "" : Text(xml, "si"));
            }
        }
        return strings;
    }

    private static Dictionary<int, ExcelCell> Cells(XmlReader xml, List<string> strings)
    {
        var cells = new Dictionary<int, ExcelCell>();
        var column = -1;
        while (xml.Read() && !IsEnd(xml, "row"))
        {
            if (!IsStart(xml, "c"))
            {
                continue;
            }
            column = xml.GetAttribute("r") is { } place ? Column(place) : column + 1;
            var kind = xml.GetAttribute("t") ?? "n";
            if (xml.IsEmptyElement)
            {
                continue;
            }
            var cell = Cell(xml, kind, strings);
            // Beyond these no sheet of ours has a column; what stands there is as if it were not.
            if (column < MostColumns && (cell.IsFormula || !string.IsNullOrWhiteSpace(cell.Text)))
            {
                cells[column] = cell;
            }
        }
        return cells;
    }

    private static ExcelCell Cell(XmlReader xml, string kind, List<string> strings)
    {
        var (text, isFormula) = ("", kind == "e");
        while (xml.Read() && !IsEnd(xml, "c"))
        {
            if (IsStart(xml, "f"))
            {
                isFormula = true;
            }
            else if (IsStart(xml, "is") && !xml.IsEmptyElement)
            {
                text = Text(xml, "is");
            }
            else if (IsStart(xml, "v") && !xml.IsEmptyElement)
            {
                text = Value(xml);
            }
        }
        if (kind == "s")
        {
            var index = int.Parse(text, CultureInfo.InvariantCulture);
            text =
                index >= 0 && index < strings.Count
                    ? strings[index]
                    : throw new InvalidDataException("No such string.");
        }
        return new ExcelCell(kind == "b" ? (text == "1" ? "TRUE" : "FALSE") : text, isFormula);
    }

    // All runs of a rich text; the readings of characters (rPh) are not part of it.
    private static string Text(XmlReader xml, string until)
    {
        var text = new StringBuilder();
        while (xml.Read() && !IsEnd(xml, until))
        {
            if (IsStart(xml, "rPh") && !xml.IsEmptyElement)
            {
                while (xml.Read() && !IsEnd(xml, "rPh"))
                {
                    // Skipped.
                }
            }
            else if (IsStart(xml, "t") && !xml.IsEmptyElement)
            {
                text.Append(Value(xml));
                if (text.Length > LongestText)
                {
                    throw new TooMuchException();
                }
            }
        }
        return text.ToString();
    }

    private static string Value(XmlReader xml)
    {
        var text = new StringBuilder();
        var element = xml.LocalName;
        while (xml.Read() && !IsEnd(xml, element))
        {
            if (
                xml.NodeType
                is XmlNodeType.Text
                    or XmlNodeType.SignificantWhitespace
                    or XmlNodeType.Whitespace
                    or XmlNodeType.CDATA
            )
            {
                text.Append(xml.Value);
                if (text.Length > LongestText)
                {
                    throw new TooMuchException();
                }
            }
        }
        return text.ToString();
    }

    private static int Column(string place)
    {
        var column = 0;
        foreach (var letter in place.TakeWhile(char.IsAsciiLetter))
        {
            column = checked(column * 26 + (char.ToUpperInvariant(letter) - 'A' + 1));
        }
        return column - 1;
    }

    private static bool IsStart(XmlReader xml, string name) =>
        xml.NodeType == XmlNodeType.Element && xml.LocalName == name && xml.NamespaceURI is Main or Strict;

    private static bool IsEnd(XmlReader xml, string name) =>
        xml.NodeType == XmlNodeType.EndElement && xml.LocalName == name;

    private sealed class TooMuchException : Exception;

    /// <summary>The parts of a file, all within one budget of unpacked bytes.</summary>
    private sealed class Parts(ZipArchive zip)
    {
        private static readonly XmlReaderSettings Settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        };

        private long _left = LargestInside;

        /// <summary>Null when there is no such part.</summary>
        public XmlReader? Open(string name) =>
            zip.GetEntry(name) is { } entry ? XmlReader.Create(new Counted(this, entry.Open()), Settings) : null;

        /// <summary>Counts what really comes out, whatever the file says about its size.</summary>
        private sealed class Counted(Parts parts, Stream inner) : Stream
        {
            public override bool CanRead => true;
            public override bool CanSeek => false;
            public override bool CanWrite => false;
            public override long Length => throw new NotSupportedException();
            public override long Position
            {
                get => throw new NotSupportedException();
                set => throw new NotSupportedException();
            }

            public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

            public override int Read(Span<byte> buffer)
            {
                var read = inner.Read(buffer);
                parts._left -= read;
                return parts._left < 0 ? throw new TooMuchException() : read;
            }

            public override void Flush() { }

            public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

            public override void SetLength(long value) => throw new NotSupportedException();

            public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

            protected override void Dispose(bool disposing)
            {
                if (disposing)
                {
                    inner.Dispose();
                }
                base.Dispose(disposing);
            }
        }
    }
}
