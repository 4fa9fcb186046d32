using AdminPortal.Domain.FaceChecks;

namespace AdminPortal.Domain.Leads;

/// <summary>What a lead is about.</summary>
public enum LeadKind
{
    /// <summary>答题过快: a passed exam with answers given faster than a person reads.</summary>
    AnswerTime,

    /// <summary>照片重复: the very same photo of several drivers, or for several face checks.</summary>
    RepeatedPhoto,

    /// <summary>学习计时异常: study opened too often, or more time credited than passed.</summary>
    Heartbeat,

    /// <summary>共用设备: many drivers with one browser at one address.</summary>
    SharedDevice,
}

/// <summary>What was measured.</summary>
public enum LeadMeasure
{
    /// <summary>Right answers given faster than the question can be read.</summary>
    QuickAnswers,

    /// <summary>Other drivers with the same photo.</summary>
    OtherDrivers,

    /// <summary>Face checks that one photo answered.</summary>
    ChecksWithOnePhoto,

    /// <summary>Tries at one face check with one photo.</summary>
    TriesWithOnePhoto,

    /// <summary>Openings of the study in ten minutes.</summary>
    Openings,

    /// <summary>Seconds credited beyond those that passed.</summary>
    SurplusSeconds,

    /// <summary>Drivers who signed in with one device.</summary>
    DriversOnDevice,
}

/// <summary>A measured value and the value from which on it is a lead.</summary>
public sealed record LeadFigure(LeadMeasure Measure, int Measured, int Threshold);

/// <summary>One thing that happened, as it was found; what does not apply to its kind is null.</summary>
/// <param name="Ordinal">The question of the paper.</param>
/// <param name="Seconds">How long an answer took, or how many seconds a stretch was credited.</param>
/// <param name="Limit">The seconds reading takes, or those that passed.</param>
/// <param name="Purpose">The face check a photo was sent for.</param>
/// <param name="PhotoId">The driver's own photo; never another driver's.</param>
/// <param name="OtherRound">The round of another driver with the same photo.</param>
/// <param name="OtherAuthority">The issuing authority of another driver.</param>
public sealed record LeadTrace(
    DateTimeOffset At,
    int? Ordinal = null,
    decimal? Seconds = null,
    decimal? Limit = null,
    FaceCheckPurpose? Purpose = null,
    Guid? PhotoId = null,
    Guid? OtherRound = null,
    string? OtherAuthority = null
);

/// <summary>Why there is a lead: what was measured against which threshold, and what it was measured on.</summary>
public sealed record LeadEvidence(IReadOnlyList<LeadFigure> Figures, IReadOnlyList<LeadTrace> Traces)
{
    /// <summary>The most traces that are kept; the figures count all.</summary>
    public const int MostTraces = 40;

    /// <summary>Evidence with those figures that reach their threshold; null when none does: then there is no lead.</summary>
    internal static LeadEvidence? Of(IEnumerable<LeadFigure> figures, IEnumerable<LeadTrace> traces)
    {
        var reached = figures.Where(f => f.Measured >= f.Threshold).ToList();
        return reached.Count == 0
            ? null
            : new LeadEvidence(reached, [.. traces.OrderBy(t => t.At).ThenBy(t => t.Ordinal).Take(MostTraces)]);
    }
}
