using System.Globalization;
using System.Security;
using System.Text;

namespace AdminPortal.Data.Exports;

/// <summary>The small parts of a workbook, as ISO 29500 has them.</summary>
internal static class XlsxParts
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>The longest name of a tab.</summary>
    private const int LongestName = 31;

    /// <summary>Up to the columns; the heads stay in view.</summary>
    public const string SheetStart =
        $"{Declaration}<worksheet xmlns=\"{Main}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>"
        + "<sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
        + "</sheetView></sheetViews><cols>";

    /// <summary>Of the sheet that says what the workbook is.</summary>
    public const string AboutStart =
        $"{Declaration}<worksheet xmlns=\"{Main}\"><cols><col min=\"1\" max=\"1\" width=\"20\" customWidth=\"1\"/>"
        + "<col min=\"2\" max=\"2\" width=\"80\" customWidth=\"1\"/></cols><sheetData>";

    /// <summary>Formats by number: as it is, head, text, text that must never be a formula, day, instant.</summary>
    public const string Styles =
        $"{Declaration}<styleSheet xmlns=\"{Main}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy-mm-dd\"/>"
        + "<numFmt numFmtId=\"165\" formatCode=\"yyyy-mm-dd hh:mm:ss\"/></numFmts><fonts count=\"2\"><font><sz val=\"11\"/>"
        + "<name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"3\"><fill>"
        + "<patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill "
        + "patternType=\"solid\"><fgColor rgb=\"FFDCE6F5\"/></patternFill></fill></fills><borders count=\"1\"><border/></borders>"
        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"6\">"
        + "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
        + "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\"/>"
        + "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
        + "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" applyNumberFormat=\"1\"/>"
        + "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
        + "<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";

    public const string Relations =
        $"{Declaration}<Relationships xmlns=\"{Package}\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" "
        + "Target=\"xl/workbook.xml\"/></Relationships>";

    /// <summary>The sheets with their names: the list, its further sheets, and what says what it is.</summary>
    public static string Workbook(string name, int sheets, string aboutName)
    {
        var list = new StringBuilder();
        for (var sheet = 1; sheet <= sheets + 1; sheet++)
        {
            var tab =
                sheet > sheets ? Tab(aboutName, "")
                : sheet == 1 ? Tab(name, "")
                : Tab(name, $" {sheet}");
            list.Append(
                CultureInfo.InvariantCulture,
                $"<sheet name=\"{SecurityElement.Escape(tab)}\" sheetId=\"{sheet}\" r:id=\"rId{sheet}\"/>"
            );
        }
        return $"{Declaration}<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets>{list}</sheets></workbook>";
    }

    public static string WorkbookRelations(int sheets) =>
        $"{Declaration}<Relationships xmlns=\"{Package}\">"
        + string.Concat(
            Enumerable
                .Range(1, sheets)
                .Select(n =>
                    $"<Relationship Id=\"rId{n}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
                )
        )
        + $"<Relationship Id=\"rId{sheets + 1}\" Type=\"{Office}/styles\" Target=\"styles.xml\"/></Relationships>";

    public static string ContentTypes(int sheets) =>
        $"{Declaration}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Spreadsheet}.sheet.main+xml\"/>"
        + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Spreadsheet}.styles+xml\"/>"
        + string.Concat(
            Enumerable
                .Range(1, sheets)
                .Select(n =>
                    $"<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{Spreadsheet}.worksheet+xml\"/>"
                )
        )
        + "</Types>";

    /// <summary>The letters of a column: A, B, … Z, AA.</summary>
    public static byte[] Letters(int column) =>
        column < 26 ? [(byte)('A' + column)] : [.. Letters(column / 26 - 1), (byte)('A' + column % 26)];

    private static string Tab(string name, string more)
    {
        var clean = new string([
            .. name.Select(c => c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' or '\'' ? ' ' : c),
        ]);
        return clean[..Math.Min(clean.Length, LongestName - more.Length)] + more;
    }
}
