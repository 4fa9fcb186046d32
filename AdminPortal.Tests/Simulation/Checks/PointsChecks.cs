using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Checks;

/// <summary>Applications and reductions.</summary>
internal static class PointsChecks
{
    public static string? DecidedByTheGrounds(Sight s)
    {
        if (s is not { Act: SimAct.Apply, ShouldApprove: { } should, IsRepeat: false })
        {
            return null;
        }
        var approved = s.W.Files.Count > s.FilesBefore;
        return approved == should ? null : $"approved: {approved}, by the grounds: {should}";
    }

    public static string? EveryGroundIsShown(Sight s) =>
        s is { Act: SimAct.Apply, ShouldApprove: not null }
        && s.W.GroundsShown != NaiveEligibility.Grounds(s.W.SchemeOn(s.W.Today)!)
            ? $"{s.W.GroundsShown} grounds shown"
            : null;

    public static string? CapPerCycle(Sight s)
    {
        if (s.File?.Reduction is not { Slot: not null } last)
        {
            return null;
        }
        var reserved = s.W.ReservedIn(last.CycleStart);
        return
            reserved > Book.CapPerCycle
            || (last.ReservedAt == s.Now && reserved + last.ElsewhereWhenReserved > Book.CapPerCycle)
            ? $"{reserved} points here and {last.ElsewhereWhenReserved} elsewhere in the cycle of {last.CycleStart:O}"
            : null;
    }

    public static string? ReductionNeedsResult(Sight s) =>
        s.File is { Reduction: not null } file
        && (file.Last?.Exam.State != ExamState.Passed || file.Last.Exam.Right < Book.PassMark)
            ? $"a reduction, the exam is {file.Last?.Exam.State}"
            : null;

    public static string? OneReductionPerRound(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        var taken = s.W.Police.TakenOff.GetValueOrDefault(file.Round.Id);
        var confirmed = file.Round.Steps.Count(step => step.Act == RoundAct.ConfirmReduction);
        return taken > 1 || confirmed > 1 || confirmed > taken
            ? $"taken off {taken} times, confirmed {confirmed} times"
            : null;
    }

    public static string? OnePointPerRound(Sight s) =>
        s.File?.Reduction is { Points: not 1 } reduction ? $"{reduction.Points} points" : null;

    public static string? NeverNegative(Sight s) =>
        s.W.Police.Points < 0 || s.W.Police.ReducedHere > Book.CapPerCycle
            ? $"{s.W.Police.Points} points left, {s.W.Police.ReducedHere} reduced"
            : null;

    public static string? EndTellsTheTruth(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        var taken = s.W.Police.TakenOff.ContainsKey(file.Round.Id);
        var holds = file.Round.State switch
        {
            RoundState.Reduced => taken && file.Reduction is { Applied: true, SettledAt: not null },
            RoundState.Reducing => file.Reduction is { SettledAt: null, Slot: not null },
            RoundState.Void => !taken && file.Reduction is null or { Applied: false, Slot: null },
            _ => !taken && file.Reduction is null,
        };
        return holds ? null : $"round {file.Round.State}, taken off: {taken}, order settled: {file.Reduction?.Applied}";
    }
}
