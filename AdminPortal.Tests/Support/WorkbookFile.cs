using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AdminPortal.Tests.Support;

/// <summary>A sheet as it stands in the file: cells are texts, numbers, or null.</summary>
internal sealed record SheetFile(string Name, IReadOnlyList<IReadOnlyList<object?>> Rows, XDocument Xml)
{
    /// <summary>The texts of a row.</summary>
    public IReadOnlyList<object?> Heads => Rows[0];
}

/// <summary>Reads a workbook without the library that wrote it: the parts of the zip and their XML, as ISO 29500 has them.</summary>
internal sealed partial class WorkbookFile
{
    public static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Relations =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static readonly XNamespace Packages = "http://schemas.openxmlformats.org/package/2006/relationships";

    private WorkbookFile(
        IReadOnlyList<SheetFile> sheets,
        XDocument book,
        XDocument styles,
        IReadOnlyList<string> texts
    ) => (Sheets, Book, Styles, Texts) = (sheets, book, styles, texts);

    public IReadOnlyList<SheetFile> Sheets { get; }
    public XDocument Book { get; }
    public XDocument Styles { get; }

    /// <summary>Every text of the file.</summary>
    public IReadOnlyList<string> Texts { get; }

    public SheetFile this[string name] => Sheets.Single(sheet => sheet.Name == name);

    public static WorkbookFile Read(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        // A workbook whose texts stand in the cells has no table of them.
        var texts = zip.GetEntry("xl/sharedStrings.xml") is null
            ? []
            : Load("xl/sharedStrings.xml")
                .Root!.Elements(Main + "si")
                .Select(si => string.Concat(si.Descendants(Main + "t").Select(t => t.Value)))
                .ToList();
        var book = Load("xl/workbook.xml");
        var targets = Load("xl/_rels/workbook.xml.rels")
            .Root!.Elements(Packages + "Relationship")
            .ToDictionary(r => r.Attribute("Id")!.Value, r => r.Attribute("Target")!.Value);
        var sheets = book.Descendants(Main + "sheet")
            .Select(sheet =>
            {
                var target = targets[sheet.Attribute(Relations + "id")!.Value].TrimStart('/');
                var xml = Load(target.StartsWith("xl/", StringComparison.Ordinal) ? target : $"xl/{target}");
                return new SheetFile(sheet.Attribute("name")!.Value, Rows(xml, texts), xml);
            })
            .ToList();
        return new WorkbookFile(sheets, book, Load("xl/styles.xml"), texts);

        XDocument Load(string name)
        {
            using var part = zip.GetEntry(name)!.Open();
            return XDocument.Load(part);
        }
    }

    /// <summary>How a cell's number is written.</summary>
    public string FormatOf(SheetFile sheet, string cell)
    {
        var style = (int)sheet.Xml.Descendants(Main + "c").Single(c => c.Attribute("r")!.Value == cell).Attribute("s")!;
        var format = Styles.Descendants(Main + "cellXfs").Elements().ElementAt(style).Attribute("numFmtId")!.Value;
        return Styles
                .Descendants(Main + "numFmt")
                .SingleOrDefault(f => f.Attribute("numFmtId")!.Value == format)
                ?.Attribute("formatCode")
                ?.Value
            ?? format;
    }

    private static List<IReadOnlyList<object?>> Rows(XDocument sheet, List<string> texts)
    {
        var rows = new List<IReadOnlyList<object?>>();
        foreach (var row in sheet.Descendants(Main + "row"))
        {
            var cells = new List<object?>();
            foreach (var cell in row.Elements(Main + "c").Where(c => c.HasElements))
            {
                // A cell that does not say where it stands follows the one before.
                var column = cell.Attribute("r") is { } place ? Column(place.Value) : cells.Count;
                cells.AddRange(Enumerable.Repeat<object?>(null, column - cells.Count));
                if (cell.Attribute("t")?.Value == "inlineStr")
                {
                    cells.Add(Unescaped(string.Concat(cell.Descendants(Main + "t").Select(t => t.Value))));
                    continue;
                }
                var value = cell.Element(Main + "v")!.Value;
                cells.Add(
                    cell.Attribute("t")?.Value == "s"
                        ? texts[int.Parse(value, CultureInfo.InvariantCulture)]
                        : double.Parse(value, CultureInfo.InvariantCulture)
                );
            }
            rows.Add(cells);
        }
        return rows;
    }

    // ISO 29500, ST_Xstring: _x000D_ stands for a character that XML does not take.
    private static string Unescaped(string text) =>
        EscapePattern().Replace(text, m => $"{(char)int.Parse(m.Groups[1].Value, NumberStyles.HexNumber)}");

    [GeneratedRegex("_[xX]([0-9A-Fa-f]{4})_")]
    private static partial Regex EscapePattern();

    private static int Column(string cell) =>
        cell.TakeWhile(char.IsAsciiLetter).Aggregate(0, (column, letter) => column * 26 + letter - 'A' + 1) - 1;
}
