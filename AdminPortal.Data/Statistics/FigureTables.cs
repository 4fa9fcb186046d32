using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Feedback;

namespace AdminPortal.Data.Statistics;

/// <summary>How a value is written.</summary>
public enum FigureFormat
{
    Count,

    /// <summary>With one decimal.</summary>
    Hours,

    /// <summary>A share of 1, in per cent with one decimal.</summary>
    Share,
}

/// <summary>A column of a table whose rows are days, months, authorities or schemes.</summary>
/// <param name="Id">Names its texts: Figure_… and its definition Figure_…_About.</param>
/// <param name="Listed">The figure whose list is behind the numbers; null for a share.</param>
/// <param name="Part">The part of it, where the column is one.</param>
public sealed record FigureColumn(
    string Id,
    FigureFormat Format,
    Func<FigureSet, decimal?> Value,
    Figure? Listed = null,
    string? Part = null
)
{
    /// <summary>A column that is a figure itself.</summary>
    internal static FigureColumn Of(Figure figure) => new($"{figure}", FigureFormat.Count, set => set[figure], figure);
}

/// <summary>A table whose rows are days, months, authorities or schemes.</summary>
/// <param name="Id">Names its title: Table_….</param>
/// <param name="HasScheme">False where the figures have no scheme.</param>
/// <param name="Drawn">The columns that the chart beside it shows: counts of one kind.</param>
public sealed record FigureTable(
    string Id,
    bool HasScheme,
    IReadOnlyList<FigureColumn> Columns,
    IReadOnlyList<FigureColumn> Drawn
);

/// <summary>A column of a table whose rows are the parts of figures.</summary>
/// <param name="Listed">The figure whose list is behind the numbers; null for a share, a mean and what is open now.</param>
public sealed record PartColumn(
    string Id,
    FigureFormat Format,
    Func<StatisticsReport, string, decimal?> Value,
    Figure? Listed = null
);

/// <summary>A table of the whole period whose rows are the parts of figures, such as the kinds of cases.</summary>
/// <param name="Id">Names its title, Table_…, and the texts of its rows.</param>
/// <param name="Parts">The rows, by name.</param>
public sealed record PartTable(
    string Id,
    bool HasScheme,
    IReadOnlyList<string> Parts,
    IReadOnlyList<PartColumn> Columns
);

/// <summary>The tables of the figures: page and report show the same ones, so they cannot disagree.</summary>
public static class FigureTables
{
    private static readonly FigureColumn Participations = FigureColumn.Of(Figure.Participations);
    private static readonly FigureColumn Points = FigureColumn.Of(Figure.PointsTakenOff);
    private static readonly FigureColumn StudyHours = new(
        "StudyHours",
        FigureFormat.Hours,
        set => set[Figure.StudySeconds] / 3600m,
        Figure.StudySeconds
    );
    private static readonly FigureColumn Reductions = FigureColumn.Of(Figure.Reductions);
    private static readonly FigureColumn PassRate = new(
        "PassRate",
        FigureFormat.Share,
        set => FigureSet.Share(set[Figure.ExamsPassed], set[Figure.ExamsTaken])
    );
    private static readonly FigureColumn InTime = new(
        "ShareInTime",
        FigureFormat.Share,
        set => FigureSet.Share(set[Figure.CasesInTime], set[Figure.CasesDecided])
    );

    /// <summary>The figures that stand above all tables: first those the service reports about itself (S1-04).</summary>
    public static IReadOnlyList<FigureColumn> Headlines { get; } =
    [Participations, StudyHours, Reductions, PassRate, InTime];

    /// <summary>The columns of the table of questions.</summary>
    public static IReadOnlyList<string> QuestionIds { get; } = ["AnswersGiven", "ShareRight"];

    public static IReadOnlyList<FigureTable> All { get; } =
    [
        Table(
            "Applications",
            true,
            [Participations],
            Participations,
            FigureColumn.Of(Figure.ApplicationsApproved),
            FigureColumn.Of(Figure.ApplicationsRefused),
            StudyHours
        ),
        Table(
            "Exams",
            true,
            [FigureColumn.Of(Figure.ExamsTaken), FigureColumn.Of(Figure.ExamsPassed)],
            FigureColumn.Of(Figure.ExamsTaken),
            FigureColumn.Of(Figure.ExamsPassed),
            PassRate,
            FigureColumn.Of(Figure.Resits)
        ),
        Table(
            "Points",
            true,
            [Reductions],
            Reductions,
            Points,
            Route(ReductionRoute.Online),
            Route(ReductionRoute.OnSite),
            Route(ReductionRoute.PublicService)
        ),
        Table(
            "FaceChecks",
            true,
            [FigureColumn.Of(Figure.FaceChecksFailed), FigureColumn.Of(Figure.FaceChecksUnavailable)],
            FigureColumn.Of(Figure.FaceChecks),
            FigureColumn.Of(Figure.FaceChecksFailed),
            new(
                "FaceFailureShare",
                FigureFormat.Share,
                set => FigureSet.Share(set[Figure.FaceChecksFailed], set[Figure.FaceChecks])
            ),
            FigureColumn.Of(Figure.FaceChecksUnavailable)
        ),
        Table(
            "Cases",
            false,
            [FigureColumn.Of(Figure.CasesReceived), FigureColumn.Of(Figure.CasesDecided)],
            FigureColumn.Of(Figure.CasesReceived),
            FigureColumn.Of(Figure.CasesDecided),
            InTime,
            new(
                "ShareUpheld",
                FigureFormat.Share,
                set => FigureSet.Share(set[Figure.CasesUpheld], set[Figure.CasesDecided])
            )
        ),
    ];

    public static IReadOnlyList<PartTable> Parts { get; } =
    [
        new(
            "CaseKind",
            false,
            Enum.GetNames<CaseKind>(),
            [
                Part(Figure.CasesReceived),
                Part(Figure.CasesDecided),
                Part("ShareInTime", Figure.CasesInTime, Figure.CasesDecided),
                Part("ShareUpheld", Figure.CasesUpheld, Figure.CasesDecided),
                new(
                    "AverageHours",
                    FigureFormat.Hours,
                    (report, kind) => report.Times.FirstOrDefault(t => $"{t.Kind}" == kind)?.Average
                ),
                new(
                    "MedianHours",
                    FigureFormat.Hours,
                    (report, kind) => report.Times.FirstOrDefault(t => $"{t.Kind}" == kind)?.Median
                ),
                new(
                    "OpenNow",
                    FigureFormat.Count,
                    (report, kind) => report.Open.FirstOrDefault(o => $"{o.Kind}" == kind)?.Open ?? 0
                ),
                new(
                    "OverdueNow",
                    FigureFormat.Count,
                    (report, kind) => report.Open.FirstOrDefault(o => $"{o.Kind}" == kind)?.Overdue ?? 0
                ),
            ]
        ),
        new("FeedbackKind", false, Enum.GetNames<FeedbackKind>(), [Part(Figure.FeedbackReceived)]),
        new("Ground", true, Enum.GetNames<Ground>(), [Part(Figure.RefusalGrounds)]),
        new(
            "FaceCheckPurpose",
            true,
            Enum.GetNames<FaceCheckPurpose>(),
            [
                Part(Figure.FaceChecks),
                Part(Figure.FaceChecksFailed),
                Part("FaceFailureShare", Figure.FaceChecksFailed, Figure.FaceChecks),
                Part(Figure.FaceChecksUnavailable),
            ]
        ),
    ];

    /// <summary>Every column there is, once, in the order of the tables: the list of the definitions.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        .. All.SelectMany(table => table.Columns.Select(column => column.Id))
            .Concat(Parts.SelectMany(table => table.Columns.Select(column => column.Id)))
            .Concat(QuestionIds)
            .Distinct(),
    ];

    private static FigureTable Table(
        string id,
        bool hasScheme,
        IReadOnlyList<FigureColumn> drawn,
        params IReadOnlyList<FigureColumn> columns
    ) => new(id, hasScheme, columns, drawn);

    private static FigureColumn Route(ReductionRoute route) =>
        new(
            $"Points{route}",
            FigureFormat.Count,
            set => set[Figure.PointsTakenOff, $"{route}"],
            Figure.PointsTakenOff,
            $"{route}"
        );

    private static PartColumn Part(Figure figure) =>
        new($"{figure}", FigureFormat.Count, (report, part) => report.Total[figure, part], figure);

    private static PartColumn Part(string id, Figure counted, Figure of) =>
        new(
            id,
            FigureFormat.Share,
            (report, part) => FigureSet.Share(report.Total[counted, part], report.Total[of, part])
        );
}
