using AdminPortal.Domain;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Acts;

/// <summary>Face checks: which one is due, its challenge, its photo, its outcome. The comparison lies between two acts.</summary>
internal static class Faces
{
    public static readonly TimeSpan VerificationPause = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan ChallengeLifetime = TimeSpan.FromMinutes(5);
    private const int TriesPerTenMinutes = 20;

    public static bool IsVerified(World w, RoundFile file)
    {
        if (!file.Scheme.Demands(FaceCheckPurpose.Verification))
        {
            return true;
        }
        var last = w.LastMatchAt;
        if (file.Round.IdPhotoAcceptedAt is { } accepted && (last is null || accepted > last))
        {
            last = accepted;
        }
        return last is { } at && !Deadline.Stamp(file.Scheme.VerificationValidity, at, w.Calendar).HasPassed(w.Now);
    }

    /// <summary>A verification of the round failed for good: an officer may look at a photo (S1-27).</summary>
    public static bool VerificationFailed(RoundFile file) =>
        file
            .Tries.Where(t => t.Purpose == FaceCheckPurpose.Verification)
            .Where(t => t.Outcome is FaceOutcome.Mismatch or FaceOutcome.NoFace)
            .GroupBy(t => t.Series)
            .Any(series => series.Count() >= file.Scheme.FaceTries.Value);

    public static (FaceCheckPurpose Purpose, AttemptFile? Attempt, string Series)? Due(World w, RoundFile file)
    {
        if (file.Open is { } attempt)
        {
            return attempt.Exam.State switch
            {
                ExamState.Opening => (FaceCheckPurpose.ExamStart, attempt, $"{attempt.Exam.Id:N}/start"),
                ExamState.Paused => (FaceCheckPurpose.Exam, attempt, $"{attempt.Exam.Id:N}/random"),
                ExamState.Closing => (FaceCheckPurpose.ExamEnd, attempt, $"{attempt.Exam.Id:N}/end"),
                _ => null,
            };
        }
        if (file.Round.SnapshotIsDue)
        {
            return (FaceCheckPurpose.Study, null, $"study/{file.Round.SnapshotAtSecond}");
        }
        return file.Round.State == RoundState.Studying && !IsVerified(w, file)
            ? (FaceCheckPurpose.Verification, null, VerificationSeries(w, file))
            : null;
    }

    /// <summary>Opens the check that is due; the id is empty while the driver has to wait for the next series.</summary>
    public static (Reply Reply, Guid Id) Challenge(World w, Guid id)
    {
        if (w.Current is not { } file || Due(w, file) is not { } due)
        {
            return (RefusalCode.NotFound, Guid.Empty);
        }
        if (FaceSeries.Of(Outcomes(file, due.Series), file.Scheme.FaceTries.Value).State == FaceSeriesState.Failed)
        {
            return (Reply.Done, Guid.Empty);
        }
        w.Challenges[id] = new Challenge
        {
            File = file,
            Attempt = due.Attempt,
            Purpose = due.Purpose,
            Series = due.Series,
            IssuedAt = w.Now,
        };
        return (Reply.Done, id);
    }

    /// <summary>Uses the challenge for a photo; the try has no outcome yet.</summary>
    public static Reply TakePhoto(World w, Guid challengeId)
    {
        if (!w.Challenges.TryGetValue(challengeId, out var challenge))
        {
            return RefusalCode.NotFound;
        }
        if (challenge.IsUsed)
        {
            return RefusalCode.ChallengeUsed;
        }
        if (w.Now >= challenge.IssuedAt + ChallengeLifetime)
        {
            return RefusalCode.ChallengeExpired;
        }
        var file = challenge.File;
        if (file.Tries.Count(t => t.At > w.Now.AddMinutes(-10)) >= TriesPerTenMinutes)
        {
            return RefusalCode.PhotoTooOften;
        }
        if (Due(w, file)?.Series != challenge.Series)
        {
            return RefusalCode.ChallengeExpired;
        }
        challenge.IsUsed = true;
        file.Tries.Add(
            new FaceTry
            {
                Id = w.Dice.NewGuid(),
                Series = challenge.Series,
                Purpose = challenge.Purpose,
                Attempt = challenge.Attempt,
                At = w.Now,
            }
        );
        return Reply.Done;
    }

    /// <summary>Records what the comparison found and does what follows.</summary>
    public static Reply Record(World w, RoundFile file, FaceTry tried, FaceOutcome outcome)
    {
        if (tried.Outcome is not null)
        {
            return RefusalCode.Repeated;
        }
        var due = Due(w, file);
        (tried.Outcome, tried.ComparedAt) = (outcome, w.Now);
        var series = FaceSeries.Of(Outcomes(file, tried.Series), file.Scheme.FaceTries.Value);
        if (due?.Series == tried.Series && series.State != FaceSeriesState.Open)
        {
            Settle(w, file, tried, series.State == FaceSeriesState.Passed);
        }
        if (outcome == FaceOutcome.Match && !(w.LastMatchAt > tried.At))
        {
            w.LastMatchAt = tried.At;
        }
        return Reply.Done;
    }

    public static List<FaceOutcome> Outcomes(RoundFile file, string series) =>
        [.. file.Tries.Where(t => t.Series == series).Select(t => t.Outcome ?? FaceOutcome.Unavailable)];

    private static void Settle(World w, RoundFile file, FaceTry tried, bool passed)
    {
        switch (tried.Purpose)
        {
            case FaceCheckPurpose.Verification:
                break;
            case FaceCheckPurpose.Study:
                Studies.Settle(w, file, tried, passed);
                break;
            case FaceCheckPurpose.ExamStart:
            case FaceCheckPurpose.Exam:
            case FaceCheckPurpose.ExamEnd:
                Exams.Settle(w, file, tried.Attempt!, tried.Purpose, passed);
                break;
        }
    }

    private static string VerificationSeries(World w, RoundFile file)
    {
        for (var number = 1; ; number++)
        {
            var series = $"verification/{number}";
            var outcomes = Outcomes(file, series);
            if (FaceSeries.Of(outcomes, file.Scheme.FaceTries.Value).State == FaceSeriesState.Open)
            {
                return series;
            }
            var last = file.Tries.Where(t => t.Series == series).Max(t => t.At);
            if (last + VerificationPause > w.Now || (outcomes[^1] == FaceOutcome.Match && last.AddDays(1) > w.Now))
            {
                return series;
            }
        }
    }
}
