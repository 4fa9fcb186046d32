using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Acts;
using AdminPortal.Tests.Simulation.Checks;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation;

/// <summary>How a driver studies and shows the face.</summary>
internal sealed class StudyPolicy(Life life)
{
    private World W => life.W;
    private Dice Dice => life.Dice;

    public void Study(RoundFile file)
    {
        if (LostPeriod(file) is { } check && Dice.Chance(30))
        {
            life.Wait(Dice.Chance(30) ? TimeSpan.FromMinutes(Dice.Spread(60, 30 * 60)) : Pause(600));
            FileReview(file, check);
        }
        else if (file.Round.SnapshotIsDue)
        {
            ShowFace();
        }
        else if (!(W.Session is { IsOpen: true } session && session.RoundId == file.Round.Id))
        {
            Begin(file);
        }
        else if (file.Counted() >= Book.StudySeconds && Dice.Chance(30))
        {
            Finish();
        }
        else
        {
            GoOn(session);
        }
    }

    /// <summary>A face check from its challenge to its outcome; every stage may come to nothing.</summary>
    public void ShowFace()
    {
        var id = Dice.NewGuid();
        var opened = Guid.Empty;
        life.Do(
            SimAct.OpenFace,
            "",
            () =>
            {
                (var reply, opened) = Faces.Challenge(W, id);
                return reply;
            }
        );
        if (opened == Guid.Empty)
        {
            life.Wait(TimeSpan.FromSeconds(Dice.Spread(60, 3000)));
            return;
        }
        life.Wait(
            TimeSpan.FromMilliseconds(Dice.Chance(3) ? Dice.Between(295_000, 400_000) : Dice.Spread(800, 40_000))
        );
        var file = W.Challenges[opened].File;
        var tries = file.Tries.Count;
        life.Send(SimAct.TakePhoto, "", () => Faces.TakePhoto(W, opened));
        if (file.Tries.Count == tries)
        {
            return;
        }
        if (Dice.Chance(2))
        {
            life.Coverage.Count("face: the process died before the comparison answered");
            return;
        }
        life.Wait(TimeSpan.FromMilliseconds(Dice.Chance(3) ? Dice.Spread(60_000, 9_000_000) : Dice.Spread(200, 9000)));
        if (Dice.Chance(1) && file.Round.State == RoundState.Studying)
        {
            // On a second page, while the comparison is on its way.
            AskAnOfficer(file);
        }
        var outcome = Dice.Below(100) switch
        {
            var n when n < life.Temper.Outage => FaceOutcome.Unavailable,
            _ when Dice.Chance(life.Temper.Stranger) => Dice.Pick(FaceOutcome.Mismatch, FaceOutcome.NoFace),
            _ => FaceOutcome.Match,
        };
        Record(file, file.Tries[^1], outcome);
    }

    public void Begin(RoundFile file)
    {
        if (!Faces.IsVerified(W, file) && Dice.Chance(90))
        {
            if (file.Book.HasIdPhoto && HasFailed(file) && Dice.Chance(60))
            {
                life.WaitPastReset(file);
                life.Wait(Pause(600));
                FileIdPhoto("");
                if (Dice.Chance(70))
                {
                    life.Temper = life.Temper with { Stranger = 10 };
                }
                return;
            }
            if (Dice.Chance(3))
            {
                // A dark room: what leads to most photos with the identity card.
                life.Temper = life.Temper with
                {
                    Stranger = 95,
                };
            }
            life.Wait(Pause(20));
            ShowFace();
            return;
        }
        life.Wait(Pause(600));
        life.Send(SimAct.BeginStudy, "", () => Studies.Begin(W), isRepeatable: false);
    }

    public void FileIdPhoto(string words)
    {
        var id = Dice.NewGuid();
        life.Send(SimAct.FileIdPhoto, words, () => Casework.FileIdPhoto(W, id));
    }

    /// <summary>Asks for a review of a study period, by the face check that ended it.</summary>
    public void FileReview(RoundFile file, FaceTry check)
    {
        var reason = Dice.Chance(5) ? "误判" : Dice.Pick("那是我本人，光线太暗。", "戴了口罩，请看照片。");
        var id = Dice.NewGuid();
        life.Send(
            SimAct.FileStudyReview,
            "",
            () => Casework.FileStudyReview(W, file, check, id, reason),
            sight => sight.LookAt(file, check)
        );
    }

    private void AskAnOfficer(RoundFile file)
    {
        if (LostPeriod(file) is { } check && Dice.Chance(50))
        {
            FileReview(file, check);
        }
        else
        {
            FileIdPhoto("second page");
        }
    }

    // The last check that took study away and was not reviewed yet; where no review exists a few ask all the same.
    private FaceTry? LostPeriod(RoundFile file)
    {
        if (file.Voided.Count == 0 || (!file.Book.ReviewsNotAccepted && Dice.Chance(99)))
        {
            return null;
        }
        var check = file.Voided.Values.Select(v => v.Check).MaxBy(c => c.ComparedAt)!;
        return file.Requests.Exists(r => r.Check == check) ? null : check;
    }

    private static bool HasFailed(RoundFile file) => Faces.VerificationFailed(file);

    private void Record(RoundFile file, FaceTry tried, FaceOutcome outcome) =>
        life.Send(
            SimAct.RecordFace,
            $"{outcome}",
            () => Faces.Record(W, file, tried, outcome),
            sight =>
            {
                (sight.Tried, sight.TriedIn) = (tried, file);
                sight.RecordBefore = file.Record();
                sight.TriedWasDue = Faces.Due(W, file)?.Series == tried.Series;
                sight.ExamBefore = tried.Attempt?.Exam.State;
                sight.PausedFor = tried.Attempt is { Exam.State: ExamState.Paused } paused
                    ? W.Now - paused.PutAt
                    : TimeSpan.Zero;
                sight.WindowWasOpen =
                    file.Terms.Count > 0
                    && !(file.Terms[^1].At <= W.Now)
                    && W.Today < RoundChecks.Reset(W, file)
                    && file.Round.Running is not null;
            }
        );

    private void Finish()
    {
        if (Dice.Chance(25))
        {
            // Some wait for the end of the window: S0 files by itself, the others lose the round.
            life.Wait(TimeSpan.FromHours(Dice.Between(1, 80)));
            return;
        }
        life.Wait(Pause(60));
        life.Send(SimAct.FileCompletion, "", () => Studies.FileCompletion(W));
    }

    private void GoOn(StudySession session)
    {
        var wait = Dice.Below(1000) switch
        {
            < 930 => Dice.Between(14_800, 15_900),
            < 970 => Dice.Between(16_000, 44_000),
            < 975 => Dice.Pick(44_999, 45_000, 45_001),
            < 998 => Dice.Between(45_000, 200_000),
            _ => Dice.Spread(600_000, 60_000_000),
        };
        life.Wait(TimeSpan.FromMilliseconds(wait));
        switch (Dice.Below(300))
        {
            case 0:
                life.Send(SimAct.BeginStudy, "second device", () => Studies.Begin(W), isRepeatable: false);
                break;
            case 1:
            case 2:
                var old = Dice.Pick(session.PreviousTicket, $"{session.Opening}.forged", "0.old", "");
                life.Send(SimAct.OldBeat, "", () => Studies.Beat(W, old));
                break;
            case 3:
                life.Send(SimAct.FileCompletion, "early", () => Studies.FileCompletion(W));
                break;
            default:
                var ticket = session.Ticket;
                life.Send(SimAct.Beat, "", () => Studies.Beat(W, ticket), sight => sight.Gap = W.Now - W.LastCountedAt);
                break;
        }
    }

    private TimeSpan Pause(int seconds) =>
        Dice.Chance(life.Temper.Delay)
            ? TimeSpan.FromMinutes(Dice.Spread(60, 5 * 1440))
            : TimeSpan.FromMilliseconds(Dice.Spread(500, seconds * 1000));
}
