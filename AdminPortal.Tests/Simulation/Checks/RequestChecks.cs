using AdminPortal.Domain;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Checks;

/// <summary>What a round does while the police look, and what their answer gives and takes.</summary>
internal static class RequestChecks
{
    public static string? NothingRunsMeanwhile(Sight s)
    {
        if (s.File is not { Round: var round })
        {
            return null;
        }
        if (IsWaiting(round.State) && round.Deadlines.Any(deadline => deadline.ClosedAt is null))
        {
            return $"a window runs in {round.State}";
        }
        foreach (var step in s.NewSteps)
        {
            var isAnswer = s.Act is SimAct.Uphold or SimAct.Reject or SimAct.AcceptIdPhoto or SimAct.RefuseIdPhoto;
            if (step.From is { } from && IsWaiting(from) && !isAnswer)
            {
                return $"{step.Act} out of {from} by {s.Act}, without an answer";
            }
        }
        return null;
    }

    public static string? OneWaits(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        var open = file.Requests.Count(r => r.Case.IsOpen);
        var expected = IsWaiting(file.Round.State) ? 1 : 0;
        return open == expected ? null : $"{open} requests wait in {file.Round.State}";
    }

    public static string? AnswerBeginsItsWindow(Sight s)
    {
        foreach (var step in s.NewSteps)
        {
            DeadlineKind? kind = step switch
            {
                { From: not (RoundState.IdPhotoCheck or RoundState.StudyUnderReview or RoundState.UnderReview) } =>
                    null,
                { To: RoundState.Studying } => DeadlineKind.Study,
                { To: RoundState.ExamOpen } => DeadlineKind.Exam,
                { To: RoundState.ResitOpen } => DeadlineKind.Resit,
                _ => null,
            };
            if (kind is not { } expected)
            {
                continue;
            }
            var (file, deadlines) = (s.File!, s.File!.Round.Deadlines);
            var counted = file.Book.Term(expected, s.Now, s.W.Published);
            if (
                deadlines.Count != file.Seen.Deadlines + 1
                || deadlines[^1] is not { ClosedAt: null } stamped
                || stamped.Kind != expected
                || stamped.From != s.Now
                || stamped.ExpiresAt != counted.At
                || stamped.AwaitingYear != counted.AwaitedYear
            )
            {
                return $"{step.Act} at {s.Now:O}: {deadlines[^1].Kind} from {deadlines[^1].From:O} "
                    + $"until {deadlines[^1].ExpiresAt:O}, counted {expected} until {counted.At:O}";
            }
        }
        return null;
    }

    public static string? ThreePhotos(Sight s)
    {
        if (s.File is not { Round: var round })
        {
            return null;
        }
        var filed = 0;
        foreach (var step in round.Steps)
        {
            filed += step.Act == RoundAct.FileIdPhoto ? 1 : 0;
        }
        return filed <= Book.IdPhotos && filed == round.IdPhotosFiled
            ? null
            : $"{filed} photos filed, {round.IdPhotosFiled} counted";
    }

    public static string? PhotoNeedsFailedVerification(Sight s)
    {
        foreach (var step in s.NewSteps)
        {
            if (step.Act == RoundAct.FileIdPhoto && !HasFailedVerification(s.File!))
            {
                return "a photo was filed and no verification had failed";
            }
        }
        return null;
    }

    public static string? AcceptedPhotoVerifies(Sight s)
    {
        if (s.File is not { } file || s.Act != SimAct.BeginStudy || s.IsRepeat)
        {
            return null;
        }
        var isAccepted = s.Now - file.IdAcceptedAt < Book.Verified;
        var isMatched = s.Now - s.MatchBefore < Book.Verified;
        if (s.Reply.Refused == RefusalCode.VerificationMissing && isAccepted)
        {
            return $"accepted at {file.IdAcceptedAt:O}, and not verified at {s.Now:O}";
        }
        return s.Reply.IsDone && file.IdAcceptedAt is not null && !isAccepted && !isMatched
            ? $"accepted at {file.IdAcceptedAt:O}, and still verified at {s.Now:O}"
            : null;
    }

    public static string? NothingCreditedMeanwhile(Sight s)
    {
        if (s.Act != SimAct.Beat || s.File is not { AnsweredAt: { } answered } file || s.W.Files.Count != s.FilesBefore)
        {
            return null;
        }
        var credited = file.Round.StudiedSeconds - s.StudiedBefore;
        return credited > 0 && credited > (s.Now - answered).TotalSeconds + 1
            ? $"{credited} s credited, the answer came at {answered:O}"
            : null;
    }

    public static string? StudyReviewInTimeAndOnce(Sight s)
    {
        if (s is not { Act: SimAct.FileStudyReview, AskedIn: { } file, AskedCheck: { } check })
        {
            return null;
        }
        var filed = file.Requests.Where(r => r.Check == check).ToList();
        if (filed.Count == 0)
        {
            return null;
        }
        var after = filed[0].Case.OpenedAt - check.ComparedAt;
        return filed.Count > 1 || !file.Book.ReviewsNotAccepted || !(after < TimeSpan.FromHours(24))
            ? $"{filed.Count} reviews, the first {after} after its check"
            : null;
    }

    public static string? StudyReviewIsOpenInTime(Sight s)
    {
        if (
            s is not { Act: SimAct.FileStudyReview, IsRepeat: false, AskedIn: { } file, AskedCheck: { } check }
            || s.Reply.Refused is not (RefusalCode.ReviewNotOpen or RefusalCode.WindowClosed)
        )
        {
            return null;
        }
        var isOpen =
            file.Book.ReviewsNotAccepted
            && s.StateBefore == RoundState.Studying
            && s.Now - check.ComparedAt < TimeSpan.FromHours(24)
            && file.Voided.Values.Any(v => v.Check == check)
            && !(file.Terms[^1].At <= s.Now)
            && s.W.Today < RoundChecks.Reset(s.W, file);
        return isOpen ? $"{s.Reply.Refused}, the check failed at {check.ComparedAt:O}" : null;
    }

    public static string? ReviewGivesBackItsOwn(Sight s)
    {
        if (s is not { Asked.Check: { } check, AskedIn: { } file, IsRepeat: false, Reply.IsDone: true })
        {
            return null;
        }
        foreach (var step in s.NewSteps)
        {
            var expected = step.Act switch
            {
                RoundAct.UpholdStudyReview => s.Returnable,
                RoundAct.RejectStudyReview or RoundAct.EndCycle => 0,
                _ => (int?)null,
            };
            var given = file.Counted() - s.CountedBefore;
            if (expected is { } seconds && given != seconds)
            {
                return $"{step.Act} gave back {given} s of {seconds} s that the check of {check.ComparedAt:O} took";
            }
        }
        return null;
    }

    public static string? AnnulledIsNotCounted(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        foreach (var a in file.Attempts)
        {
            if (a.Exam.State == ExamState.Annulled != a.IsTakenBack)
            {
                return $"an exam is {a.Exam.State}, its review was upheld: {a.IsTakenBack}";
            }
            if (a.Exam is { State: ExamState.Annulled, Number: not 0 })
            {
                return $"an annulled exam keeps the number {a.Exam.Number}";
            }
        }
        var counted = file.Attempts.Count(a => a.Exam.Number > 0 && !a.IsTakenBack);
        return counted == file.Round.AttemptsUsed ? null : $"{counted} exams count, {file.Round.AttemptsUsed} are used";
    }

    public static string? WaivedIsNeverReviewed(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        if (file.Attempts.Exists(a => a.WaivedAt is not null && a.Review is not null))
        {
            return "a waived result is reviewed";
        }
        if (s is not { Act: SimAct.WaiveReview, IsRepeat: false, Reply.IsDone: true, AskedIn: { Round: var round } })
        {
            return null;
        }
        var isLast = round.AttemptsUsed == Book.Attempts;
        var isRight = isLast
            ? round is { State: RoundState.Void, VoidReason: VoidReason.AttemptsUsedUp }
            : round.State == RoundState.ResitOpen && round.Running!.From == s.Now;
        return isRight && s.StateBefore == RoundState.Invalid ? null : $"waived in {s.StateBefore}, now {round.State}";
    }

    public static string? EarlySchemeHasNone(Sight s)
    {
        if (s.File is not { Book.Scheme: var scheme } file)
        {
            return null;
        }
        foreach (var step in s.NewSteps)
        {
            var isOfReviews = step.Act is RoundAct.FileReview or RoundAct.FailVerification or RoundAct.FileIdPhoto;
            var isOfN = step.Act is RoundAct.FileStudyReview or RoundAct.NotAcceptExam;
            if ((scheme == "S0" && isOfReviews) || (scheme != "N" && isOfN))
            {
                return $"{step.Act} in {scheme}";
            }
        }
        return scheme == "S0" && (file.Requests.Count > 0 || file.Round.IdPhotosFiled > 0)
            ? "a request to an officer in S0"
            : null;
    }

    public static string? PiecesCount(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        foreach (var seconds in file.Pieces)
        {
            if (seconds < file.Book.SmallestStretch)
            {
                return $"a random check cut {seconds} s out of study that nothing else interrupted";
            }
        }
        return null;
    }

    public static string? CheckCanBeSettled(Sight s)
    {
        if (s.File is not { Round.SnapshotIsDue: true } file)
        {
            return null;
        }
        // A series that failed and was not settled would keep the driver out of the study until the window ends.
        var failures = 0;
        foreach (var tried in file.Tries)
        {
            if (tried.Series == $"study/{file.Round.SnapshotAtSecond}")
            {
                failures += tried.Outcome is FaceOutcome.Mismatch or FaceOutcome.NoFace ? 1 : 0;
            }
        }
        return failures < file.Book.FaceTries ? null : "a random check has failed and was not settled";
    }

    public static string? NobodyStudiesAfterTheEnd(Sight s)
    {
        if (s.File is not { } file || s.Act is not (SimAct.Beat or SimAct.OldBeat or SimAct.BeginStudy))
        {
            return null;
        }
        var isOver =
            s.W.Today >= RoundChecks.Reset(s.W, file) || file.Round.Running is not null && file.Terms[^1].At <= s.Now;
        var isCredited = s.W.Files.Count == s.FilesBefore && file.Round.StudiedSeconds > s.StudiedBefore;
        return isOver && (isCredited || s is { Act: SimAct.BeginStudy, Reply.IsDone: true })
            ? $"{s.Act} at {s.Now:O} for a round that is over"
            : null;
    }

    private static bool IsWaiting(RoundState state) =>
        state is RoundState.IdPhotoCheck or RoundState.StudyUnderReview or RoundState.UnderReview;

    private static bool HasFailedVerification(RoundFile file)
    {
        var failures = new Dictionary<string, int>();
        foreach (var tried in file.Tries)
        {
            if (
                tried.Purpose == FaceCheckPurpose.Verification
                && tried.Outcome is FaceOutcome.Mismatch or FaceOutcome.NoFace
            )
            {
                failures[tried.Series] = failures.GetValueOrDefault(tried.Series) + 1;
            }
        }
        return failures.Values.Any(count => count >= file.Book.FaceTries);
    }
}
