using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Time;

namespace AdminPortal.Data.Exports;

/// <summary>The words of the officer's language that go into the report.</summary>
public interface IStatisticsWords
{
    /// <summary>A text of the officers' side with its values.</summary>
    string Text(string key, params object[] values);

    /// <summary>What a row of a table by parts is called, such as a kind of case.</summary>
    string Part(string table, string part);

    /// <summary>A text that is kept in both languages.</summary>
    string In(BilingualText text);
}

/// <summary>Writes the monthly report: cover, definitions, the month's totals, tables by day, by authority and by both.</summary>
public static class MonthlyReportFile
{
    /// <summary>The workbook as the bytes of its file.</summary>
    public static byte[] Excel(MonthlyReport report, IStatisticsWords words)
    {
        var title = words.Text("Report_Title", StatisticsReport.MonthKey(report.Figures.Question.Period.From));
        List<ExcelSheet> sheets = [Cover(report, words, title), Definitions(words), Totals(report.Figures, words)];
        sheets.AddRange(FigureTables.Parts.Select(table => Parts(report.Figures, table, words)));
        sheets.Add(Questions(report.Figures, words));
        sheets.Add(Grouped(report.Figures, StatisticsGrouping.Day, words));
        sheets.Add(Grouped(report.Figures, StatisticsGrouping.Authority, words));
        sheets.Add(ByDayAndAuthority(report.Figures, words));
        return ExcelWorkbook.Write(sheets.Select(sheet => sheet with { PrintTitle = title }));
    }

    /// <summary>How a figure is written in a cell.</summary>
    internal static string Format(FigureFormat format) =>
        format switch
        {
            FigureFormat.Count => "#,##0",
            FigureFormat.Hours => "#,##0.0",
            FigureFormat.Share => "0.0%",
        };

    private static IReadOnlyList<FigureColumn> Columns { get; } =
    [.. FigureTables.All.SelectMany(table => table.Columns)];

    private static ExcelSheet Cover(MonthlyReport report, IStatisticsWords words, string title)
    {
        var period = report.Figures.Question.Period;
        List<IReadOnlyList<object?>> rows =
        [
            [words.Text("Report_Name"), title],
            [words.Text("Report_From"), period.From],
            [words.Text("Report_To"), period.To],
            [words.Text("Report_MadeAt"), report.Figures.At],
            [words.Text("Report_MadeBy"), report.MadeBy],
            [words.Text("Report_Clock"), words.Text("Report_ClockText")],
            [words.Text("Report_Content"), words.Text("Report_ContentText")],
        ];
        if (!report.IsOver)
        {
            rows.Add([
                words.Text("Report_NotOver"),
                words.Text("Report_NotOverText", ChinaTime.DateOf(report.Figures.At)),
            ]);
        }
        rows.AddRange(
            report.Figures.Authorities.Select(authority =>
                (IReadOnlyList<object?>)
                    [
                        words.Text("Authority"),
                        report.Names.TryGetValue(authority, out var name) ? $"{authority} {name}" : authority,
                    ]
            )
        );
        return new ExcelSheet(
            words.Text("Report_Cover"),
            [words.Text("Report_Item"), words.Text("Report_Value")],
            rows
        );
    }

    private static ExcelSheet Definitions(IStatisticsWords words) =>
        new(
            words.Text("Stat_Definitions"),
            [words.Text("Stat_Id"), words.Text("Stat_Figure"), words.Text("Stat_Definition")],
            [
                .. FigureTables.Ids.Select(id =>
                    (IReadOnlyList<object?>)[id, words.Text($"Figure_{id}"), words.Text($"Figure_{id}_About")]
                ),
            ]
        );

    private static ExcelSheet Totals(StatisticsReport figures, IStatisticsWords words) =>
        new(
            words.Text("Report_Totals"),
            [words.Text("Stat_Figure"), words.Text("Report_Value"), words.Text("Stat_Id")],
            [
                .. Columns.Select(column =>
                    (IReadOnlyList<object?>)
                        [
                            words.Text($"Figure_{column.Id}"),
                            column.Value(figures.Total) is { } value
                                ? new ExcelNumber(value, Format(column.Format))
                                : null,
                            column.Id,
                        ]
                ),
            ]
        )
        {
            HasFilter = true,
        };

    private static ExcelSheet Grouped(StatisticsReport figures, StatisticsGrouping grouping, IStatisticsWords words) =>
        Table(
            words.Text($"Report_By{grouping}"),
            [words.Text($"Stat_{grouping}")],
            [
                .. grouping == StatisticsGrouping.Day
                    ? figures.Question.Period.Days.Zip(
                        figures.By(grouping),
                        (day, group) => new Row([day], group.Figures)
                    )
                    : figures.By(grouping).Select(group => new Row([group.Key], group.Figures)),
            ],
            words
        );

    private static ExcelSheet ByDayAndAuthority(StatisticsReport figures, IStatisticsWords words) =>
        Table(
            words.Text("Report_ByBoth"),
            [words.Text("Stat_Day"), words.Text("Authority")],
            [.. figures.ByDayAndAuthority().Select(row => new Row([row.Day, row.Authority], row.Figures))],
            words
        );

    private static ExcelSheet Table(
        string name,
        IReadOnlyList<string> keys,
        IReadOnlyList<Row> rows,
        IStatisticsWords words
    ) =>
        new(
            name,
            [.. keys, .. Columns.Select(column => words.Text($"Figure_{column.Id}"))],
            [
                .. rows.Select(row =>
                    (IReadOnlyList<object?>)
                        [.. row.Keys, .. Columns.Select(column => (object?)column.Value(row.Figures))]
                ),
            ]
        )
        {
            Formats = [.. keys.Select(_ => (string?)null), .. Columns.Select(column => Format(column.Format))],
            HasFilter = true,
        };

    private static ExcelSheet Parts(StatisticsReport figures, PartTable table, IStatisticsWords words) =>
        new(
            words.Text($"Table_{table.Id}"),
            [
                words.Text($"Table_{table.Id}_Part"),
                .. table.Columns.Select(column => words.Text($"Figure_{column.Id}")),
            ],
            [
                .. table.Parts.Select(part =>
                    (IReadOnlyList<object?>)
                        [
                            words.Part(table.Id, part),
                            .. table.Columns.Select(column => (object?)column.Value(figures, part)),
                        ]
                ),
            ]
        )
        {
            Formats = [null, .. table.Columns.Select(column => Format(column.Format))],
            HasFilter = true,
        };

    private static ExcelSheet Questions(StatisticsReport figures, IStatisticsWords words) =>
        new(
            words.Text("Table_Questions"),
            [
                words.Text("Stat_QuestionId"),
                words.Text("Stat_Question"),
                words.Text("Stat_Difficulty"),
                .. FigureTables.QuestionIds.Select(id => words.Text($"Figure_{id}")),
            ],
            [
                .. figures.Questions.Select(q =>
                    (IReadOnlyList<object?>)[q.QuestionId, words.In(q.Text), q.Difficulty, q.Given, q.ShareRight]
                ),
            ]
        )
        {
            Formats = [null, null, null, Format(FigureFormat.Count), Format(FigureFormat.Share)],
            HasFilter = true,
        };

    private sealed record Row(IReadOnlyList<object?> Keys, FigureSet Figures);
}
