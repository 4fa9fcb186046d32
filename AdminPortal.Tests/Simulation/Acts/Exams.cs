using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Acts;

/// <summary>The acts of the exam and what its end does to the round.</summary>
internal static class Exams
{
    public static Reply Open(World w, Guid id, bool noticeRead)
    {
        if (w.Current is not { } file)
        {
            return RefusalCode.NotFound;
        }
        if (file.Attempts.Exists(a => a.Exam.FinishedAt is null))
        {
            return Reply.Done;
        }
        if (!noticeRead)
        {
            return RefusalCode.NoticeNotAccepted;
        }
        if (file.Round.MayStartExam(w.Now) is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        var drawn = PaperDraw.Draw(file.Scheme.Paper.Value, Bank.Entries, w.Dice.Below);
        if (drawn is not Outcome<IReadOnlyList<DrawnQuestion>>.Done { Value: var paper })
        {
            return RefusalCode.NoQuestions;
        }
        var exam = ExamAttempt.Open(id, file.Round.Id, w.DriverId, file.Scheme, w.Dice.Below, w.Now);
        var attempt = new AttemptFile(
            exam,
            [
                .. paper.Select(item => new ExamItem
                {
                    AttemptId = id,
                    Ordinal = item.Ordinal,
                    VersionId = item.VersionId,
                    OptionOrder = item.OptionOrder,
                }),
            ]
        );
        file.Attempts.Add(attempt);
        if (!file.Scheme.Demands(FaceCheckPurpose.ExamStart))
        {
            Begin(w, file, attempt);
        }
        return Reply.Done;
    }

    public static Reply Answer(World w, AttemptFile attempt, RoundFile file, int ordinal, IReadOnlyList<int> positions)
    {
        if (attempt.Paper.FirstOrDefault(i => i.Ordinal == ordinal) is not { } item)
        {
            return RefusalCode.AnswerInvalid;
        }
        var version = Bank.Versions[item.VersionId];
        if (attempt.Exam.CloseAtLimit(file.Scheme, w.Now))
        {
            Conclude(w, file, attempt, ActorKind.Driver);
            return Reply.Done;
        }
        var putAt = attempt.PutAt;
        var outcome = attempt.Exam.Answer(ordinal, positions, item, version, file.Scheme, w.Now);
        if (outcome is not Outcome<ExamAnswer>.Done { Value: var answer })
        {
            return Reply.Of(outcome);
        }
        attempt.Answers.Add(answer);
        attempt.Put.Add(putAt);
        attempt.Judged.Add(w.Now - putAt < Book.PerQuestion && IsRight(item, positions));
        attempt.PutAt = w.Now;
        Conclude(w, file, attempt, ActorKind.Driver);
        return Reply.Done;
    }

    /// <summary>What a settled face check does to an exam (S0-16, S1-32, S1-35, S1-36).</summary>
    public static void Settle(World w, RoundFile file, AttemptFile attempt, FaceCheckPurpose purpose, bool passed)
    {
        var (round, exam, scheme) = (file.Round, attempt.Exam, file.Scheme);
        switch (purpose, passed)
        {
            case (FaceCheckPurpose.ExamStart, true) when round.MayStartExam(w.Now) is Outcome<Unit>.Done:
                Begin(w, file, attempt);
                break;
            case (FaceCheckPurpose.ExamStart, false) when round.MayStartExam(w.Now) is Outcome<Unit>.Done:
                round.StartExam(scheme, w.Driver, w.Now);
                exam.UseUp(round.AttemptsUsed);
                exam.NotAccept(w.Now);
                Conclude(w, file, attempt, ActorKind.Driver);
                break;
            case (FaceCheckPurpose.Exam, true):
                attempt.RandomChecksPassed++;
                attempt.Paused += w.Now - attempt.PutAt;
                attempt.PutAt = w.Now;
                exam.Resume(scheme, w.Now);
                Conclude(w, file, attempt, ActorKind.Driver);
                break;
            case (FaceCheckPurpose.Exam, false):
                exam.NotAccept(w.Now);
                Conclude(w, file, attempt, ActorKind.Driver);
                break;
            case (FaceCheckPurpose.ExamEnd, true):
                if (round.PassVerification(scheme, w.Calendar, w.Now))
                {
                    exam.Validate(w.Now);
                    Points.Reserve(w, file);
                    break;
                }
                exam.Invalidate(w.Now);
                break;
            case (FaceCheckPurpose.ExamEnd, false):
                exam.Invalidate(w.Now);
                round.FailVerification(scheme, w.Calendar, ActorKind.Driver, w.Now);
                break;
        }
    }

    /// <summary>The exam may just have ended by its answers or its limit.</summary>
    public static void Conclude(World w, RoundFile file, AttemptFile attempt, ActorKind by)
    {
        var (round, exam, scheme) = (file.Round, attempt.Exam, file.Scheme);
        switch (exam.State)
        {
            case ExamState.Closing:
            case ExamState.Passed:
                round.PassExam(scheme, w.Calendar, w.Now);
                if (round.State == RoundState.Reducing)
                {
                    Points.Reserve(w, file);
                }
                else if (round.State == RoundState.Void && exam.State == ExamState.Closing)
                {
                    exam.Invalidate(w.Now);
                }
                break;
            case ExamState.Failed:
                round.LoseAttempt(scheme.PassMark.Rule, scheme, w.Calendar, by, w.Now);
                break;
            case ExamState.NotAccepted:
                round.NotAcceptExam(scheme, w.Calendar, by, w.Now);
                break;
            case ExamState.Opening:
            case ExamState.Running:
            case ExamState.Paused:
            case ExamState.Invalid:
            case ExamState.Annulled:
                break;
        }
    }

    /// <summary>Judges what the page showed, without the domain: the places of the key, no more and no less.</summary>
    public static bool IsRight(ExamItem item, IReadOnlyList<int> positions)
    {
        var key = Bank.Versions[item.VersionId].Key.Order();
        return positions.Distinct().Select(p => item.OptionOrder[p]).Order().SequenceEqual(key);
    }

    private static void Begin(World w, RoundFile file, AttemptFile attempt)
    {
        file.Round.StartExam(file.Scheme, w.Driver, w.Now);
        attempt.Exam.Start(file.Round.AttemptsUsed, file.Scheme, w.Now);
        attempt.BegunAt = w.Now;
        attempt.PutAt = w.Now;
    }
}
