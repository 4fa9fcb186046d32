using System.Text.RegularExpressions;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Checks;

/// <summary>The round: its moves, its record, its ends.</summary>
internal static partial class RoundChecks
{
    public static string? OneOpen(Sight s) =>
        s.W.Files.Count(file => file.Round.IsOpen) > 1 ? "two rounds of one driver are open" : null;

    public static string? MovesInTable(Sight s)
    {
        foreach (var step in s.NewSteps)
        {
            if (!Book.Moves.Contains((step.From, step.Act, step.To)))
            {
                return $"{step.From} {step.Act} {step.To} is not in the table";
            }
        }
        return null;
    }

    public static string? Chain(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        var steps = file.Round.Steps;
        for (var i = file.Seen.Steps; i < steps.Count; i++)
        {
            if (steps[i].Number != i + 1 || steps[i].From != (i == 0 ? null : steps[i - 1].To))
            {
                return $"step {i + 1} does not follow the one before it";
            }
        }
        return steps.Count < file.Seen.Steps || file.Round.State != steps[^1].To
            ? $"the state {file.Round.State} is not the last step's"
            : null;
    }

    public static string? TimeGoesForward(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        var steps = file.Round.Steps;
        for (var i = file.Seen.Steps; i < steps.Count; i++)
        {
            if (steps[i].At != s.Now || (i > 0 && steps[i].At < steps[i - 1].At))
            {
                return $"step {i + 1} is of {steps[i].At:O}, the act of {s.Now:O}";
            }
        }
        return null;
    }

    public static string? StepHasRule(Sight s)
    {
        foreach (var step in s.NewSteps)
        {
            if (!RulePattern().IsMatch(step.Rule))
            {
                return $"{step.Act} names no rule but '{step.Rule}'";
            }
        }
        return null;
    }

    public static string? StepHasItsActor(Sight s)
    {
        foreach (var step in s.NewSteps)
        {
            ActorKind? only = step.Act switch
            {
                RoundAct.Open or RoundAct.RunOut or RoundAct.EndCycle => ActorKind.System,
                RoundAct.ConfirmReduction or RoundAct.RefuseReduction => ActorKind.System,
                RoundAct.StartExam or RoundAct.PassExam or RoundAct.PassVerification => ActorKind.Driver,
                RoundAct.PassWithoutVerification or RoundAct.FileReview => ActorKind.Driver,
                RoundAct.FileIdPhoto or RoundAct.FileStudyReview => ActorKind.Driver,
                RoundAct.UpholdReview or RoundAct.RejectReview or RoundAct.RejectReviewFinally => ActorKind.Staff,
                RoundAct.AcceptIdPhoto or RoundAct.RefuseIdPhoto => ActorKind.Staff,
                RoundAct.UpholdStudyReview or RoundAct.RejectStudyReview => ActorKind.Staff,
                RoundAct.RestoreExam or RoundAct.RestoreResit => ActorKind.Staff,
                _ => null,
            };
            if (only is { } kind && step.By != kind)
            {
                return $"{step.Act} by {step.By}";
            }
        }
        return null;
    }

    public static string? VoidHasReason(Sight s) =>
        s.File is { Round: var round } && round.State == RoundState.Void != round.VoidReason is not null
            ? $"{round.State} with reason {round.VoidReason?.ToString() ?? "none"}"
            : null;

    public static string? VoidReasonIsTrue(Sight s)
    {
        if (s.File is not { Round: { State: RoundState.Void } round } file || file.Seen.Steps == round.Steps.Count)
        {
            return null;
        }
        var from = round.Steps[^1].From;
        var ranOut = file.Terms[^1].At <= s.Now;
        var holds = round.VoidReason switch
        {
            VoidReason.StudyWindowEnded => from == RoundState.Studying
                && ranOut
                && !(file.Book.FilesItself && file.Counted() >= Book.StudySeconds),
            VoidReason.ExamWindowEnded => from == RoundState.ExamOpen && ranOut,
            VoidReason.ResitWindowEnded => from == RoundState.ResitOpen && ranOut,
            VoidReason.AttemptsUsedUp => Starts(round) - file.Attempts.Count(a => a.IsTakenBack) == Book.Attempts,
            VoidReason.CycleEnded => s.W.Today >= Reset(s.W, file),
            VoidReason.ReductionRefused => file.Reduction is { Applied: false },
            // Nobody is put on the blacklist in the simulation.
            VoidReason.Blacklisted => false,
            null => false,
        };
        return holds ? null : $"void for {round.VoidReason} out of {from}, which is not what happened";
    }

    public static string? EndStaysEnd(Sight s)
    {
        // The acts that are many concern the open round only; the next other act looks at all of them.
        if (s.Act is SimAct.Beat or SimAct.Answer or SimAct.OpenFace or SimAct.TakePhoto)
        {
            return null;
        }
        foreach (var file in s.W.Files)
        {
            if (file.Frozen is { } frozen && frozen != file.Record())
            {
                return $"a round that ended as {file.Round.State} changed";
            }
        }
        return null;
    }

    public static string? SchemeIsKept(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        var from = file.Book.Scheme switch
        {
            "S0" => new DateOnly(2020, 3, 1),
            "S1" => new DateOnly(2021, 9, 10),
            _ => new DateOnly(2022, 4, 1),
        };
        return file.Round.SchemeId == s.W.SchemeOn(file.OpenedOn) && file.Round.SchemeFrom == from
            ? null
            : $"opened on {file.OpenedOn:O}, the round follows {file.Round.SchemeId} of {file.Round.SchemeFrom:O}";
    }

    public static string? CycleIsRight(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        var (start, reset) = Police.CycleOf(s.W.Police.FirstLicensedOn, file.OpenedOn);
        return file.Round.CycleStart == start && file.Round.ResetOn == reset
            ? null
            : $"cycle {file.Round.CycleStart:O} to {file.Round.ResetOn:O}, not {start:O} to {reset:O}";
    }

    public static string? AttemptsAreLimited(Sight s) =>
        s.File is { Round: var round } file
        && Starts(round) - file.Attempts.Count(a => a.IsTakenBack) is var counted
        && (counted > Book.Attempts || counted != round.AttemptsUsed)
            ? $"{counted} exams begun and not taken back, {round.AttemptsUsed} counted"
            : null;

    public static string? VersionRises(Sight s)
    {
        if (s.File is not { } file || file.Seen.Steps == 0)
        {
            return null;
        }
        var changed = file.Seen.RoundPrint != file.RoundPrint;
        return changed != file.Round.Version > file.Seen.Version
            ? $"version {file.Seen.Version} to {file.Round.Version}, changed: {changed}"
            : null;
    }

    public static string? StudyBeforeExam(Sight s)
    {
        foreach (var step in s.NewSteps)
        {
            if (step.Act == RoundAct.FileCompletion && !(s.File!.CountedWhenFiled >= Book.StudySeconds))
            {
                return $"filed with {s.File.CountedWhenFiled} seconds that count";
            }
        }
        return null;
    }

    public static string? FilesItselfWhereItMay(Sight s)
    {
        foreach (var step in s.NewSteps)
        {
            if (step is { Act: RoundAct.FileCompletion, By: not ActorKind.Driver } && !s.File!.Book.FilesItself)
            {
                return $"{s.File.Book.Scheme} filed the completion by itself";
            }
        }
        return null;
    }

    public static string? NothingAfterCycle(Sight s)
    {
        foreach (var step in s.NewSteps)
        {
            var needsCycle =
                step.Act
                is RoundAct.Open
                    or RoundAct.FileCompletion
                    or RoundAct.StartExam
                    or RoundAct.PassExam
                    or RoundAct.PassWithoutVerification
                    or RoundAct.PassVerification
                    or RoundAct.FileReview
                    or RoundAct.UpholdReview
                    or RoundAct.RejectReview
                    or RoundAct.FileIdPhoto
                    or RoundAct.AcceptIdPhoto
                    or RoundAct.RefuseIdPhoto
                    or RoundAct.FileStudyReview
                    or RoundAct.UpholdStudyReview
                    or RoundAct.RejectStudyReview
                    or RoundAct.RestoreExam
                    or RoundAct.RestoreResit;
            needsCycle |= s.Act == SimAct.WaiveReview;
            if (needsCycle && s.W.Today >= Reset(s.W, s.File!))
            {
                return $"{step.Act} on {s.W.Today:O}, the cycle ended on {Reset(s.W, s.File!):O}";
            }
        }
        return null;
    }

    public static string? CycleEndsNotEarly(Sight s)
    {
        foreach (var step in s.NewSteps)
        {
            if (step.Act == RoundAct.EndCycle && s.W.Today < Reset(s.W, s.File!))
            {
                return $"ended on {s.W.Today:O} for a cycle that lasts until {Reset(s.W, s.File!):O}";
            }
        }
        return null;
    }

    public static string? AgreesWithExam(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        var exam = file.Attempts.FindLast(a => a.Exam.Number > 0)?.Exam.State;
        var holds = file.Round.State switch
        {
            RoundState.Examining => exam is ExamState.Running or ExamState.Paused,
            RoundState.Verifying => exam is ExamState.Closing,
            RoundState.Invalid or RoundState.UnderReview => exam is ExamState.Invalid or ExamState.NotAccepted,
            RoundState.Reducing or RoundState.Reduced => exam is ExamState.Passed,
            RoundState.Studying or RoundState.ExamOpen => exam is null,
            RoundState.IdPhotoCheck or RoundState.StudyUnderReview => exam is null,
            RoundState.ResitOpen => exam is ExamState.Failed or ExamState.NotAccepted or ExamState.Invalid,
            RoundState.Void => exam is not (ExamState.Running or ExamState.Paused or ExamState.Closing),
        };
        return holds ? null : $"round {file.Round.State}, exam {exam?.ToString() ?? "none"}";
    }

    public static DateOnly Reset(World w, RoundFile file) =>
        Police.CycleOf(w.Police.FirstLicensedOn, file.OpenedOn).Reset;

    private static int Starts(Round round)
    {
        var count = 0;
        foreach (var step in round.Steps)
        {
            count += step.Act == RoundAct.StartExam ? 1 : 0;
        }
        return count;
    }

    [GeneratedRegex(@"^(S0|S1|N|D)-[A-Za-z0-9-]+$")]
    private static partial Regex RulePattern();
}
