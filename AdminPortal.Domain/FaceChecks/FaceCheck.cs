namespace AdminPortal.Domain.FaceChecks;

/// <summary>What comparing a live photo with the reference photo found.</summary>
public enum FaceOutcome
{
    Match,
    Mismatch,
    NoFace,

    /// <summary>The service could not answer. It never counts as the driver's failure.</summary>
    Unavailable,
}

/// <summary>The point in the process at which a face is checked.</summary>
public enum FaceCheckPurpose
{
    /// <summary>Real-person verification before study (S1-26), or the first entry to study (S0-08).</summary>
    Verification,

    /// <summary>A random snapshot during study (S0-11, S1-32).</summary>
    Study,

    /// <summary>At the start of an exam (S1-32).</summary>
    ExamStart,

    /// <summary>A random snapshot during an exam (S0-16, S1-32).</summary>
    Exam,

    /// <summary>The closing verification of a passed exam (S1-32, S1-36).</summary>
    ExamEnd,
}

/// <summary>Where a series of tries at one face check stands.</summary>
public enum FaceSeriesState
{
    Open,
    Passed,

    /// <summary>The allowed number of consecutive failures is reached (S1-35).</summary>
    Failed,
}

/// <summary>The tries at one face check: passed by one match, failed by consecutive failures, untouched by outages.</summary>
/// <param name="State">Where the series stands.</param>
/// <param name="Failures">Consecutive failures so far.</param>
/// <param name="TriesLeft">Failures that may still happen before the check is failed.</param>
public sealed record FaceSeries(FaceSeriesState State, int Failures, int TriesLeft)
{
    /// <summary>Reads a series from its outcomes in the order of time.</summary>
    /// <param name="outcomes">Outcomes of the tries of this check only.</param>
    /// <param name="allowed">Consecutive failures that end it, from scheme data.</param>
    public static FaceSeries Of(IEnumerable<FaceOutcome> outcomes, int allowed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(allowed, 1);
        var failures = 0;
        foreach (var outcome in outcomes)
        {
            if (outcome == FaceOutcome.Match)
            {
                return new FaceSeries(FaceSeriesState.Passed, failures, allowed - failures);
            }
            if (CountsAsFailure(outcome) && ++failures == allowed)
            {
                return new FaceSeries(FaceSeriesState.Failed, failures, 0);
            }
        }
        return new FaceSeries(FaceSeriesState.Open, failures, allowed - failures);
    }

    /// <summary>True when the outcome is the driver's failure (N-n4); an unavailable service is not.</summary>
    public static bool CountsAsFailure(FaceOutcome outcome) =>
        outcome switch
        {
            FaceOutcome.Match => false,
            FaceOutcome.Mismatch => true,
            FaceOutcome.NoFace => true,
            FaceOutcome.Unavailable => false,
        };
}
