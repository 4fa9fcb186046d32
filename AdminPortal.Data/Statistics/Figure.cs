namespace AdminPortal.Data.Statistics;

/// <summary>
/// What is counted. The name is the figure's id; its definition in words is the text Figure_…_About, its query stands in
/// <see cref="FigureQueries"/>. Rates, hours and totals are made from these and from nothing else.
/// </summary>
public enum Figure
{
    /// <summary>人次: rounds that were begun.</summary>
    Participations,
    ApplicationsApproved,
    ApplicationsRefused,

    /// <summary>How often each ground stood in the way; by <see cref="Domain.Drivers.Ground"/>.</summary>
    RefusalGrounds,

    /// <summary>Seconds of study that count.</summary>
    StudySeconds,

    /// <summary>Exam attempts that are over and used up.</summary>
    ExamsTaken,
    ExamsPassed,

    /// <summary>Those of them that were not the first of their round.</summary>
    Resits,

    /// <summary>Successful reductions, and the points they took off; both by <see cref="ReductionRoute"/>.</summary>
    Reductions,
    PointsTakenOff,

    /// <summary>Tries at a face check; by <see cref="Domain.FaceChecks.FaceCheckPurpose"/>.</summary>
    FaceChecks,
    FaceChecksFailed,
    FaceChecksUnavailable,

    /// <summary>By <see cref="Domain.Casework.CaseKind"/>, as the next ones.</summary>
    CasesReceived,
    CasesDecided,
    CasesInTime,
    CasesUpheld,

    /// <summary>By <see cref="Domain.Feedback.FeedbackKind"/>.</summary>
    FeedbackReceived,

    /// <summary>Second opinions on cases decided in the period, and those the decision agreed with; by kind of case.</summary>
    OpinionsGiven,
    OpinionsAgreed,
}

/// <summary>How a point came off (N-27).</summary>
public enum ReductionRoute
{
    Online,
    OnSite,
    PublicService,
}

/// <summary>What a figure can be told apart by.</summary>
public static class Figures
{
    /// <summary>False for casework: a case is its authority's, whatever the scheme.</summary>
    public static bool HasScheme(this Figure figure) =>
        figure
            is not (
                Figure.CasesReceived
                or Figure.CasesDecided
                or Figure.CasesInTime
                or Figure.CasesUpheld
                or Figure.FeedbackReceived
                or Figure.OpinionsGiven
                or Figure.OpinionsAgreed
            );

    /// <summary>True for what one officer did: decided, or advised on.</summary>
    public static bool HasOfficer(this Figure figure) =>
        figure
            is Figure.CasesDecided
                or Figure.CasesInTime
                or Figure.CasesUpheld
                or Figure.OpinionsGiven
                or Figure.OpinionsAgreed;
}

/// <summary>An amount of a figure on one day.</summary>
/// <param name="Day">Civil date in China.</param>
/// <param name="Scheme">Empty where the figure has none.</param>
/// <param name="Part">What it is split by, by name; empty where it is not split.</param>
public sealed record FigureLine(Figure Figure, DateOnly Day, string Authority, string Scheme, string Part, long Amount);
