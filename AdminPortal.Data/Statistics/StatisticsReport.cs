using System.Globalization;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Questions;

namespace AdminPortal.Data.Statistics;

/// <summary>What the rows of a table are.</summary>
public enum StatisticsGrouping
{
    Day,
    Month,
    Authority,
    Scheme,
}

/// <summary>Which figures are asked for.</summary>
/// <param name="Authority">Only those of this authority, or null for all the officer answers for.</param>
/// <param name="Scheme">Only those under this scheme, or null for all; casework has none and is left out then.</param>
/// <param name="Officer">Badge: only what this officer did, for the lists behind an officer's figures; null for all.</param>
public sealed record StatisticsQuestion(
    StatisticsPeriod Period,
    string? Authority = null,
    string? Scheme = null,
    string? Officer = null
);

/// <summary>How long the cases of a kind that were decided in the period took, in hours.</summary>
public sealed record CaseTimes(CaseKind Kind, decimal Average, decimal Median);

/// <summary>The open cases of a kind as of now.</summary>
public sealed record OpenCases(CaseKind Kind, int Open, int Overdue);

/// <summary>
/// What an officer decided in the period, and how often the second opinion they gave was how the case was then decided. For those who
/// lead the work; everybody else sees their own line only.
/// </summary>
/// <param name="Decided">Cases whose last decision is theirs.</param>
/// <param name="InTime">Of these, before their term ended; a date that was awaited cannot have been missed.</param>
/// <param name="Upheld">Of these, decided in the driver's favour.</param>
/// <param name="Hours">From filing to decision, on average; null when they decided nothing.</param>
/// <param name="Advised">Second opinions they gave on cases that were decided in the period.</param>
/// <param name="Agreed">Of these, those the decision agreed with.</param>
public sealed record OfficerResult(
    string Badge,
    int Decided,
    int InTime,
    int Upheld,
    decimal? Hours,
    int Advised,
    int Agreed
);

/// <summary>How a question was answered in the exams that count.</summary>
/// <param name="Text">As its newest version has it.</param>
/// <param name="Difficulty">What its editors gave it.</param>
public sealed record QuestionResult(string QuestionId, BilingualText Text, int Difficulty, long Given, long Right)
{
    /// <summary>The share of right answers.</summary>
    public decimal ShareRight => (decimal)Right / Given;
}

/// <summary>One thing that a figure counted; no personal data.</summary>
/// <param name="Subject">The id of what it happened to.</param>
public sealed record FigureListLine(
    DateTimeOffset At,
    string Authority,
    string Scheme,
    string Part,
    long Amount,
    Guid Subject
);

/// <summary>A page of the list behind a number.</summary>
/// <param name="Length">How long the whole list is.</param>
/// <param name="Amount">What it adds up to: the number.</param>
public sealed record FigureList(IReadOnlyList<FigureListLine> Lines, int Length, long Amount, bool HasMore)
{
    public const int PageSize = 50;
}

/// <summary>A row of a table by day, month, authority or scheme.</summary>
/// <param name="Key">2026-03-10, 2026-03, 渝A or S1.</param>
public sealed record StatisticsGroup(string Key, FigureSet Figures);

/// <summary>The figures of a question; no personal data.</summary>
/// <param name="At">When they were counted (UTC).</param>
/// <param name="Authorities">Those that were counted.</param>
/// <param name="Questions">Those that were answered, the hardest first.</param>
/// <param name="Officers">By badge; one's own line alone for who does not lead the work.</param>
public sealed record StatisticsReport(
    StatisticsQuestion Question,
    DateTimeOffset At,
    IReadOnlyList<string> Authorities,
    IReadOnlyList<FigureLine> Lines,
    IReadOnlyList<CaseTimes> Times,
    IReadOnlyList<OpenCases> Open,
    IReadOnlyList<QuestionResult> Questions,
    IReadOnlyList<OfficerResult> Officers
)
{
    /// <summary>The figures of the whole period.</summary>
    public FigureSet Total { get; } = new(Lines);

    /// <summary>The period in rows: every day, month and authority, also one without any figure; the schemes that have one.</summary>
    public IReadOnlyList<StatisticsGroup> By(StatisticsGrouping grouping)
    {
        var lines = Lines.ToLookup(line => KeyOf(line, grouping));
        return [.. Keys(grouping).Select(key => new StatisticsGroup(key, new FigureSet(lines[key])))];
    }

    /// <summary>The rows of the report: every day of every authority that has a figure.</summary>
    public IReadOnlyList<(DateOnly Day, string Authority, FigureSet Figures)> ByDayAndAuthority() =>
        [
            .. Lines
                .GroupBy(line => (line.Day, line.Authority))
                .OrderBy(group => group.Key.Day)
                .ThenBy(group => group.Key.Authority, StringComparer.Ordinal)
                .Select(group => (group.Key.Day, group.Key.Authority, new FigureSet(group))),
        ];

    /// <summary>A month as it is written: 2026-03.</summary>
    public static string MonthKey(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>A day as it is written: 2026-03-10.</summary>
    public static string DayKey(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private IEnumerable<string> Keys(StatisticsGrouping grouping) =>
        grouping switch
        {
            StatisticsGrouping.Day => Question.Period.Days.Select(DayKey),
            StatisticsGrouping.Month => Question.Period.Months.Select(MonthKey),
            StatisticsGrouping.Authority => Authorities,
            StatisticsGrouping.Scheme => Lines
                .Select(line => line.Scheme)
                .Where(scheme => scheme.Length > 0)
                .Distinct()
                .Order(StringComparer.Ordinal),
        };

    private static string KeyOf(FigureLine line, StatisticsGrouping grouping) =>
        grouping switch
        {
            StatisticsGrouping.Day => DayKey(line.Day),
            StatisticsGrouping.Month => MonthKey(line.Day),
            StatisticsGrouping.Authority => line.Authority,
            StatisticsGrouping.Scheme => line.Scheme,
        };
}
