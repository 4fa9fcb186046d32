using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Acts;
using AdminPortal.Tests.Simulation.Checks;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation;

/// <summary>How a driver goes to the exam, sits it, and takes an invalid result.</summary>
internal sealed class ExamPolicy(Life life)
{
    private readonly StudyPolicy _faces = new(life);

    private World W => life.W;
    private Dice Dice => life.Dice;

    public void GoToTheExam(RoundFile file)
    {
        if (file.Open is { Exam.State: ExamState.Opening })
        {
            life.Wait(Dice.Chance(life.Temper.Delay) ? Hours(1, 30) : Seconds(1, 60));
            _faces.ShowFace();
            return;
        }
        var beforeReset = life.BeforeReset(file);
        if (beforeReset < TimeSpan.FromDays(10) && Dice.Chance(60))
        {
            // On the last evening of the cycle, so that it may end during the exam or soon after.
            life.Wait(beforeReset - TimeSpan.FromSeconds(Dice.Spread(60, 8000)));
            life.IsRushed = W.Current == file;
        }
        var isResit = file.Round.State == RoundState.ResitOpen;
        life.Wait(
            Dice.Chance(life.Temper.Delay) ? Hours(isResit ? 20 : 24, isResit ? 26 : 16 * 24) : Seconds(10, 60_000)
        );
        var id = Dice.NewGuid();
        var isRead = Dice.Chance(97);
        life.Send(SimAct.OpenExam, isRead ? "" : "notice unread", () => Exams.Open(W, id, isRead));
    }

    public void SitTheExam(RoundFile file)
    {
        if (file.Open is not { } attempt)
        {
            return;
        }
        if (attempt.Exam.State == ExamState.Paused)
        {
            life.Wait(Dice.Chance(life.Temper.Delay) ? Seconds(300, 5000) : Seconds(1, 30));
            _faces.ShowFace();
            return;
        }
        life.Wait(
            TimeSpan.FromMilliseconds(
                Dice.Below(1000) switch
                {
                    < 970 => Dice.Between(2_000, 40_000),
                    < 985 => Dice.Between(50_000, 61_000),
                    < 992 => Dice.Pick(59_999, 60_000, 60_001),
                    < 997 => Dice.Between(60_000, 200_000),
                    _ => Dice.Spread(200_000, 3_600_000),
                }
            )
        );
        var ordinal = attempt.Exam.Ordinal + (Dice.Chance(1) ? Dice.Pick(-1, 1, 30) : 0);
        Answer(file, attempt, ordinal);
    }

    /// <summary>Answers a question by the driver's skill, or with something that is no answer.</summary>
    public void Answer(RoundFile file, AttemptFile attempt, int ordinal)
    {
        var positions = Positions(attempt, ordinal);
        life.Send(SimAct.Answer, $"{ordinal}", () => Exams.Answer(W, attempt, file, ordinal, positions));
    }

    public void Verify(RoundFile file)
    {
        life.WaitPastReset(file);
        life.Wait(Dice.Chance(life.Temper.Delay) ? Hours(1, 26) : Seconds(1, 600));
        if (Dice.Chance(40))
        {
            // The light has gone: what leads to most reviews.
            life.Temper = life.Temper with
            {
                Stranger = 95,
            };
        }
        _faces.ShowFace();
    }

    public void ThinkOfReview(RoundFile file)
    {
        life.WaitPastReset(file);
        life.Wait(Dice.Chance(40) ? Hours(8, 30) : Seconds(30, 20_000));
        // Now and then for an exam that is over and done with, best one whose own time for a review went by.
        var missed = file.Attempts.Find(a =>
            a is { Exam.State: ExamState.Invalid or ExamState.NotAccepted, Review: null }
        );
        var attempt = Dice.Chance(40) ? missed! : file.Attempts[^1];
        if (Dice.Chance(15))
        {
            Waive(file, attempt);
            if (Dice.Chance(70))
            {
                return;
            }
            // Second thoughts come too late.
        }
        Review(file, attempt);
    }

    public void Waive(RoundFile file, AttemptFile attempt) =>
        life.Send(SimAct.WaiveReview, "", () => Casework.Waive(W, file, attempt), sight => sight.LookAt(file, attempt));

    public void Review(RoundFile file, AttemptFile attempt)
    {
        var reason = Dice.Chance(5) ? "误判" : Dice.Pick("那天逆光，请复核照片。", "我剪了头发，请再看一次。");
        var id = Dice.NewGuid();
        life.Send(SimAct.FileReview, "", () => Casework.FileReview(W, file, attempt, id, reason));
    }

    private List<int> Positions(AttemptFile attempt, int ordinal)
    {
        if (Dice.Chance(1))
        {
            return Dice.Chance(50) ? [] : [7];
        }
        if (attempt.Paper.FirstOrDefault(i => i.Ordinal == ordinal) is not { } item)
        {
            return [0];
        }
        var key = Bank.Versions[item.VersionId].Key;
        var right = Enumerable.Range(0, item.OptionOrder.Count).Where(p => key.Contains(item.OptionOrder[p])).ToList();
        if (Dice.Chance(life.Temper.Skill))
        {
            return right;
        }
        var other = Dice.Below(item.OptionOrder.Count);
        return right.Contains(other)
            ? [.. right.Where(p => p != other), (other + 1) % item.OptionOrder.Count]
            : [other];
    }

    private TimeSpan Hours(int low, int high) => TimeSpan.FromMinutes(Dice.Spread(low * 60, high * 60));

    private TimeSpan Seconds(int low, int high) => TimeSpan.FromMilliseconds(Dice.Spread(low * 1000, high * 1000));
}
