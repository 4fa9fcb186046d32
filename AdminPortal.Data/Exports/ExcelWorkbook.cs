using System.Globalization;
using System.Text;
using AdminPortal.Domain.Time;
using ClosedXML.Excel;

namespace AdminPortal.Data.Exports;

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">The tab; shortened to what Excel takes.</param>
/// <param name="Rows">One value per header: text, number, truth, date, instant, or null.</param>
public sealed record ExcelSheet(string Name, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>How the numbers of each column are written, such as 0.0%; empty for as they are.</summary>
    public IReadOnlyList<string?> Formats { get; init; } = [];

    /// <summary>True for a table that people filter.</summary>
    public bool HasFilter { get; init; }

    /// <summary>What stands on top of every printed page; null for a sheet that is not set up for printing.</summary>
    public string? PrintTitle { get; init; }
}

/// <summary>A number with a format of its own, where those of a column differ.</summary>
public sealed record ExcelNumber(decimal Value, string Format);

/// <summary>
/// Writes workbooks; the only place that knows Excel. No cell ever holds a formula: text that a spreadsheet would take for one
/// stays text, also when somebody edits the cell.
/// </summary>
public static class ExcelWorkbook
{
    /// <summary>The media type of the files.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int LongestName = 31;
    private const int LongestText = 32_767;
    private const double Narrowest = 10;

    // A table of many figures is still to be read when it is printed as wide as the paper.
    private const double NarrowestNumber = 7;
    private const double Widest = 60;
    private const double WidestHead = 8;
    private const double LineHeight = 15;

    // Excel knows no taller one.
    private const double TallestRow = 409;

    /// <summary>A workbook as the bytes of its file.</summary>
    public static byte[] Write(IEnumerable<ExcelSheet> sheets)
    {
        using var workbook = new XLWorkbook();
        foreach (var sheet in sheets)
        {
            Add(workbook, sheet);
        }
        using var bytes = new MemoryStream();
        workbook.SaveAs(bytes);
        return bytes.ToArray();
    }

    /// <summary>True for text that Excel or another spreadsheet would read as a formula.</summary>
    public static bool LooksLikeFormula(string text) =>
        text is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r', ..];

    private static void Add(XLWorkbook workbook, ExcelSheet sheet)
    {
        var added = workbook.Worksheets.Add(TabName(workbook, sheet.Name));
        for (var column = 0; column < sheet.Headers.Count; column++)
        {
            Text(added.Cell(1, column + 1), sheet.Headers[column])
                .Style.Font.SetBold()
                .Fill.SetBackgroundColor(XLColor.FromHtml("#DCE6F5"));
            if (sheet.Formats.ElementAtOrDefault(column) is not null)
            {
                // Over its numbers, not over those of the column before.
                added.Cell(1, column + 1).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Right);
            }
            // By our own count of characters: the library would need fonts of the machine to measure.
            added.Column(column + 1).Width = Width(sheet, column);
        }
        for (var row = 0; row < sheet.Rows.Count; row++)
        {
            for (var column = 0; column < sheet.Headers.Count; column++)
            {
                var cell = added.Cell(row + 2, column + 1);
                Fill(cell, sheet.Rows[row][column]);
                if (
                    sheet.Rows[row][column] is int or long or decimal
                    && sheet.Formats.ElementAtOrDefault(column) is { } f
                )
                {
                    cell.Style.NumberFormat.SetFormat(f);
                }
            }
        }
        for (var row = 0; row <= sheet.Rows.Count; row++)
        {
            // Told, because not every program works it out for wrapped text by itself.
            if (Lines(added, row == 0 ? sheet.Headers : sheet.Rows[row - 1]) is > 1 and var lines)
            {
                added.Row(row + 1).Height = Math.Min(lines * LineHeight, TallestRow);
            }
        }
        added.SheetView.FreezeRows(1);
        if (sheet.HasFilter)
        {
            added.Range(1, 1, sheet.Rows.Count + 1, sheet.Headers.Count).SetAutoFilter();
        }
        if (sheet.PrintTitle is { } title)
        {
            added
                .Range(1, 1, sheet.Rows.Count + 1, sheet.Headers.Count)
                .Style.Border.SetInsideBorder(XLBorderStyleValues.Hair)
                .Border.SetOutsideBorder(XLBorderStyleValues.Thin);
            SetUpPrint(added, title);
        }
    }

    // Landscape A4, as wide as the paper, the heads again on every page.
    private static void SetUpPrint(IXLWorksheet sheet, string title)
    {
        var setup = sheet.PageSetup;
        setup.PaperSize = XLPaperSize.A4Paper;
        setup.PageOrientation = XLPageOrientation.Landscape;
        setup.PagesWide = 1;
        setup.SetRowsToRepeatAtTop(1, 1);
        // In a header & begins a code.
        setup.Header.Left.AddText(title.Replace("&", "&&", StringComparison.Ordinal));
        setup.Footer.Right.AddText(XLHFPredefinedText.PageNumber);
        setup.Footer.Right.AddText(" / ");
        setup.Footer.Right.AddText(XLHFPredefinedText.NumberOfPages);
    }

    private static void Fill(IXLCell cell, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case bool truth:
                cell.SetValue(truth);
                break;
            case int or long or decimal:
                cell.SetValue(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case ExcelNumber number:
                Fill(cell, number.Value);
                cell.Style.NumberFormat.SetFormat(number.Format);
                break;
            case DateOnly day:
                cell.SetValue(day.ToDateTime(TimeOnly.MinValue)).Style.DateFormat.SetFormat("yyyy-mm-dd");
                break;
            case DateTimeOffset instant:
                cell.SetValue(ChinaTime.Local(instant).DateTime).Style.DateFormat.SetFormat("yyyy-mm-dd hh:mm:ss");
                break;
            default:
                Text(cell, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                break;
        }
    }

    private static IXLCell Text(IXLCell cell, string text)
    {
        var kept = Clean(text);
        cell.SetValue(kept);
        cell.SetDataType(XLDataType.Text);
        cell.Style.NumberFormat.SetFormat("@");
        cell.Style.Alignment.SetWrapText(true).Alignment.SetVertical(XLAlignmentVerticalValues.Top);
        if (LooksLikeFormula(kept))
        {
            // Without it the cell would become a formula the first time somebody edits it.
            cell.Style.SetIncludeQuotePrefix(true);
        }
        return cell;
    }

    // What a file of this kind cannot hold: characters that XML forbids, and more than Excel reads.
    private static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            kept.Append(
                rune.Value is >= 0x20 and not (0xFFFE or 0xFFFF) or '\t' or '\n' or '\r' ? rune : Rune.ReplacementChar
            );
        }
        return kept.Length <= LongestText ? kept.ToString() : kept.ToString(0, LongestText - 1) + "…";
    }

    // Heads wrap: a column of small numbers is not as wide as what it is called.
    private static double Width(ExcelSheet sheet, int column)
    {
        var isNumber = sheet.Formats.ElementAtOrDefault(column) is not null;
        var longest = sheet
            .Rows.Select(row => row[column])
            .Select(value => isNumber && value is decimal ? Decimals : Length(value))
            .DefaultIfEmpty()
            .Max();
        return Math.Clamp(
            Math.Max(longest, Math.Min(Length(sheet.Headers[column]), isNumber ? 0 : WidestHead)) + (isNumber ? 1 : 2),
            isNumber ? NarrowestNumber : Narrowest,
            Widest
        );
    }

    private static int Lines(IXLWorksheet sheet, IReadOnlyList<object?> values) =>
        values
            // Only text wraps.
            .Select(
                (value, column) =>
                    value is string ? (int)Math.Ceiling(Measure(value) / sheet.Column(column + 1).Width) : 1
            )
            .DefaultIfEmpty()
            .Max();

    // 100.0%, 1,234.5
    private const double Decimals = 6;

    // A Chinese character is as wide as two others.
    private static double Length(object? value) => Math.Min(Measure(value), Widest);

    private static double Measure(object? value) =>
        value switch
        {
            null => 0,
            DateTimeOffset => 19,
            DateOnly => 10,
            // As many digits as a format leaves of it.
            decimal or ExcelNumber => 8,
            _ => (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "").Sum(c => c > 0x2E7F ? 2 : 1),
        };

    private static string TabName(XLWorkbook workbook, string name)
    {
        var clean = new string([
            .. name.Select(c => c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' or '\'' ? ' ' : c),
        ]);
        var tab = clean.Length > LongestName ? clean[..LongestName] : clean;
        return workbook.Worksheets.Any(s => s.Name == tab)
            ? $"{tab[..Math.Min(tab.Length, LongestName - 4)]} {workbook.Worksheets.Count + 1}"
            : tab;
    }
}
