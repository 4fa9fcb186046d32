using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Checks;

/// <summary>The exam: its paper, its clock, its end.</summary>
internal static class ExamChecks
{
    public static string? PaperHasItsMix(Sight s)
    {
        if (s is not { Act: SimAct.OpenExam, Attempt: { } a })
        {
            return null;
        }
        var types = a.Paper.Select(item => Bank.Versions[item.VersionId].Type).ToList();
        var isMixed =
            types.Count(t => t == QuestionType.TrueFalse) == 8
            && types.Count(t => t == QuestionType.Single) == 8
            && types.Count(t => t == QuestionType.Multiple) == 4;
        var isDistinct = a.Paper.Select(item => item.VersionId).Distinct().Count() == Book.Questions;
        return isMixed && isDistinct && a.Exam.QuestionCount == Book.Questions
            ? null
            : $"a paper of {string.Join(' ', types)}";
    }

    public static string? OneAnswerPerQuestion(Sight s)
    {
        if (s.Attempt is not { } a)
        {
            return null;
        }
        for (var i = 0; i < a.Answers.Count; i++)
        {
            if (a.Answers[i].Ordinal != i + 1)
            {
                return $"answer {i + 1} is to question {a.Answers[i].Ordinal}";
            }
        }
        return a.Answers.Count > Book.Questions || a.Exam.Ordinal is < 0 or > Book.Questions
            ? $"question {a.Exam.Ordinal}, {a.Answers.Count} answers"
            : null;
    }

    public static string? LateIsLate(Sight s)
    {
        for (var i = 0; i < s.Attempt?.Answers.Count; i++)
        {
            var answer = s.Attempt.Answers[i];
            var taken = answer.AnsweredAt - s.Attempt.Put[i];
            if (answer.IsLate != taken >= Book.PerQuestion || (answer.IsLate && answer.IsRight))
            {
                return $"an answer after {taken.TotalSeconds} s: late {answer.IsLate}, right {answer.IsRight}";
            }
        }
        return null;
    }

    public static string? JudgedByTheKey(Sight s)
    {
        if (s.Attempt is not { } a)
        {
            return null;
        }
        var right = 0;
        for (var i = 0; i < a.Answers.Count; i++)
        {
            right += a.Judged[i] ? 1 : 0;
            if (a.Answers[i].IsRight != a.Judged[i])
            {
                return $"question {i + 1} judged {a.Answers[i].IsRight}";
            }
        }
        return a.Exam.Right == right ? null : $"{a.Exam.Right} right, by the key {right}";
    }

    public static string? EndsAtTheThirdWrong(Sight s)
    {
        if (s is not { File.Book: var book, Attempt: { } a })
        {
            return null;
        }
        var wrong = a.Judged.Count(right => !right);
        var isUnderWay = a.Exam.State is ExamState.Running or ExamState.Paused;
        if (isUnderWay && (wrong >= book.WrongEnds || a.Judged.Count == Book.Questions))
        {
            return $"goes on after {wrong} wrong of {a.Judged.Count}";
        }
        var mayFail = wrong >= book.WrongEnds || a.Judged.Count == Book.Questions || Limit(a) <= s.Now;
        return a.Exam.State == ExamState.Failed && a.Frozen is null && !mayFail
            ? $"failed after {wrong} wrong of {a.Judged.Count}"
            : null;
    }

    public static string? PassesAtTheMark(Sight s)
    {
        if (s.Attempt is not { } a)
        {
            return null;
        }
        var right = a.Judged.Count(judged => judged);
        var isPassed = a.Exam.State is ExamState.Closing or ExamState.Passed or ExamState.Invalid;
        return isPassed && (right < Book.PassMark || a.Judged.Count != Book.Questions)
            ? $"{a.Exam.State} with {right} of {a.Judged.Count}"
            : null;
    }

    public static string? FaceTimeIsFree(Sight s) =>
        s.Attempt is { Exam: { State: ExamState.Running } exam } a
        && (exam.AnswerBy != a.PutAt + Book.PerQuestion || exam.LimitAt != Limit(a))
            ? $"answer by {exam.AnswerBy:O}, put at {a.PutAt:O}; limit {exam.LimitAt:O}, by the watch {Limit(a):O}"
            : null;

    public static string? NothingAfterTheLimit(Sight s)
    {
        if (s is not { Act: SimAct.Answer, Attempt: { } a } || a.Answers.Count == 0)
        {
            return null;
        }
        return a.Answers[^1].AnsweredAt >= Limit(a) ? $"an answer at {a.Answers[^1].AnsweredAt:O}" : null;
    }

    public static string? PauseHasItsLimit(Sight s) =>
        s is { Act: SimAct.RecordFace, Attempt: { Exam.State: ExamState.Running } } && s.PausedFor >= Book.ExamLimit
            ? $"went on after a face check of {s.PausedFor}"
            : null;

    public static string? JobClosesAtTheLimit(Sight s) =>
        s is { Act: SimAct.Expire, Attempt: { Exam.State: ExamState.Running } a } && Limit(a) <= s.Now
            ? $"still running at {s.Now:O}"
            : null;

    public static string? EndStaysEnd(Sight s)
    {
        if (s is not { File: { } file } || s.Act == SimAct.Beat)
        {
            return null;
        }
        foreach (var a in file.Attempts)
        {
            if (a.Frozen is { } frozen && frozen != new Fingerprint().Add(a.Exam).Value)
            {
                return $"an exam that ended as {a.Exam.State} changed";
            }
        }
        return null;
    }

    public static string? InvalidNeedsReviewToCount(Sight s) =>
        s is { File.Book.HasEndChecks: true, Attempt: { Exam.State: ExamState.Passed, Case: { } reviewed } }
        && reviewed.State != CaseState.Upheld
            ? $"an invalid result counts, its review is {reviewed.State}"
            : null;

    public static string? OneUnderWay(Sight s) =>
        s.File?.Attempts.Count(a => !a.Exam.IsFinal) > 1 ? "two exams are under way" : null;

    public static string? Numbered(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        var number = 0;
        foreach (var a in file.Attempts)
        {
            if (a.Exam.Number != 0 && a.Exam.Number != ++number)
            {
                return $"attempt {number} has the number {a.Exam.Number}";
            }
        }
        return number == file.Round.AttemptsUsed ? null : $"{number} numbered, {file.Round.AttemptsUsed} used";
    }

    private static DateTimeOffset? Limit(AttemptFile a) => a.BegunAt + Book.ExamLimit + a.Paused;
}
