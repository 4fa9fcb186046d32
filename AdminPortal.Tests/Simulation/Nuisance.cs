using AdminPortal.Tests.Simulation.Acts;
using AdminPortal.Tests.Simulation.Checks;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation;

/// <summary>Any act at any time, as old pages, second devices and curious people send them.</summary>
internal sealed class Nuisance(Life life, OfficerPolicy officers)
{
    private readonly StudyPolicy _studies = new(life);
    private readonly ExamPolicy _exams = new(life);

    private World W => life.W;
    private Dice Dice => life.Dice;

    public void Anything()
    {
        switch (Dice.Below(13))
        {
            case 0:
                Apply();
                break;
            case 1:
                life.Send(SimAct.BeginStudy, "anyhow", () => Studies.Begin(W), isRepeatable: false);
                break;
            case 2:
                life.Send(SimAct.FileCompletion, "anyhow", () => Studies.FileCompletion(W));
                break;
            case 3:
                var id = Dice.NewGuid();
                life.Send(SimAct.OpenExam, "anyhow", () => Exams.Open(W, id, true));
                break;
            case 4:
                _studies.ShowFace();
                break;
            case 5:
                life.Send(SimAct.OldBeat, "anyhow", () => Studies.Beat(W, $"{W.Session?.Opening}.forged"));
                break;
            case 6 when AnyAttempt() is var (file, attempt):
                _exams.Answer(file, attempt, Dice.Between(1, 20));
                break;
            case 7 when AnyAttempt() is var (file, attempt):
                _exams.Review(file, attempt);
                break;
            case 8 when AnyAttempt() is var (file, attempt):
                officers.Anything(file, attempt.Request);
                break;
            case 9:
                life.RunJobs();
                break;
            case 10:
                _studies.FileIdPhoto("anyhow");
                break;
            case 11 when W.File is { Tries.Count: > 0 } file:
                _studies.FileReview(file, file.Tries[Dice.Below(file.Tries.Count)]);
                break;
            case 12 when AnyAttempt() is var (file, attempt):
                _exams.Waive(file, attempt);
                break;
        }
    }

    /// <summary>The driver applies, with or without having read the notice.</summary>
    public void Apply()
    {
        var (key, isRead) = (Dice.NewGuid(), Dice.Chance(97));
        life.Send(
            SimAct.Apply,
            isRead ? "" : "notice unread",
            () => Applications.Apply(W, key, isRead),
            sight =>
                sight.ShouldApprove =
                    isRead && !W.Applications.ContainsKey(key) && W.SchemeOn(W.Today) is { } scheme
                        ? NaiveEligibility.MayBegin(scheme, Applications.Record(W), W.Today)
                        : null
        );
    }

    // Of any round, also of one that ended long ago.
    private (RoundFile, AttemptFile)? AnyAttempt()
    {
        if (W.Files.Count == 0)
        {
            return null;
        }
        var file = Dice.Chance(80) ? W.Files[^1] : W.Files[Dice.Below(W.Files.Count)];
        return file.Attempts.Count == 0 ? null : (file, file.Attempts[Dice.Below(file.Attempts.Count)]);
    }
}
