using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Tests.Simulation.Acts;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Checks;

/// <summary>Faces: what counts as a failure and what follows.</summary>
internal static class FaceChecks
{
    public static string? UnavailableBurnsNothing(Sight s) =>
        s is { Act: SimAct.RecordFace, Outcome: FaceOutcome.Unavailable, TriedIn: { } file }
        && file.Record() != s.RecordBefore
            ? "an outage of the face service changed the round"
            : null;

    public static string? SeriesIsCounted(Sight s)
    {
        if (s is not { Act: SimAct.RecordFace, Tried: { } tried, TriedIn: { } file })
        {
            return null;
        }
        var counted = FaceSeries.Of(Faces.Outcomes(file, tried.Series), file.Scheme.FaceTries.Value);
        return counted.State == StateOf(file, tried.Series) ? null : $"{tried.Series} is {counted.State}";
    }

    public static string? SettlesAtTheLimit(Sight s)
    {
        if (
            s is not { Act: SimAct.RecordFace, IsRepeat: false, Reply.IsDone: true, Tried: { Attempt: { } a } tried }
            || s.TriedIn is not { } file
        )
        {
            return null;
        }
        var series = StateOf(file, tried.Series);
        ExamState? expected = (tried.Purpose, series) switch
        {
            _ when !s.TriedWasDue || series == FaceSeriesState.Open => s.ExamBefore,
            (FaceCheckPurpose.ExamStart, _) when !s.WindowWasOpen => s.ExamBefore,
            (FaceCheckPurpose.ExamStart, FaceSeriesState.Passed) => ExamState.Running,
            (FaceCheckPurpose.Exam, FaceSeriesState.Passed) when s.PausedFor < Book.ExamLimit => ExamState.Running,
            (FaceCheckPurpose.ExamStart or FaceCheckPurpose.Exam, _) => ExamState.NotAccepted,
            (FaceCheckPurpose.ExamEnd, FaceSeriesState.Failed) => ExamState.Invalid,
            _ => s.WindowWasOpen ? ExamState.Passed : ExamState.Invalid,
        };
        return a.Exam.State == expected ? null : $"{tried.Purpose} {series}: exam {a.Exam.State}, not {expected}";
    }

    public static string? ExamOpensWithFace(Sight s) =>
        s is { File.Book.HasEndChecks: true, Attempt: { BegunAt: not null } a }
        && !Matched(s.File, a, FaceCheckPurpose.ExamStart)
            ? "the exam began without the face at its start"
            : null;

    public static string? ExamHasItsRandomCheck(Sight s) =>
        s.Attempt is { Exam.State: ExamState.Closing or ExamState.Passed or ExamState.Invalid } a
        && (a.RandomChecksPassed != 1 || !Matched(s.File!, a, FaceCheckPurpose.Exam))
            ? $"passed with {a.RandomChecksPassed} random checks"
            : null;

    public static string? ReductionNeedsClosingFace(Sight s) =>
        s is { File: { Reduction: not null, Book.HasEndChecks: true } file, Attempt: { } a }
        && !Matched(file, a, FaceCheckPurpose.ExamEnd)
        && !(a.Case?.State == CaseState.Upheld && a.Exam.State == ExamState.Passed)
            ? "a reduction without the closing verification or an upheld review"
            : null;

    private static bool Matched(RoundFile file, AttemptFile attempt, FaceCheckPurpose purpose)
    {
        foreach (var tried in file.Tries)
        {
            if (tried.Attempt == attempt && tried.Purpose == purpose && tried.Outcome == FaceOutcome.Match)
            {
                return true;
            }
        }
        return false;
    }

    private static FaceSeriesState StateOf(RoundFile file, string series)
    {
        var failures = 0;
        foreach (var tried in file.Tries.Where(t => t.Series == series))
        {
            if (tried.Outcome == FaceOutcome.Match)
            {
                return FaceSeriesState.Passed;
            }
            failures += tried.Outcome is FaceOutcome.Mismatch or FaceOutcome.NoFace ? 1 : 0;
            if (failures == file.Book.FaceTries)
            {
                return FaceSeriesState.Failed;
            }
        }
        return FaceSeriesState.Open;
    }
}
