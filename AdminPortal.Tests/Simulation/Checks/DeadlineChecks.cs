using AdminPortal.Domain.Access;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Checks;

/// <summary>The windows of a round, against the naive calendar.</summary>
internal static class DeadlineChecks
{
    /// <summary>Every window of one kind ends when the naive calendar says.</summary>
    public static Func<Sight, string?> Term(DeadlineKind kind) =>
        s =>
        {
            if (s.File is not { } file)
            {
                return null;
            }
            for (var i = 0; i < file.Round.Deadlines.Count; i++)
            {
                var (stamped, counted) = (file.Round.Deadlines[i], file.Terms[i]);
                if (
                    stamped.Kind == kind
                    && (stamped.ExpiresAt != counted.At || stamped.AwaitingYear != counted.AwaitedYear)
                )
                {
                    return $"from {stamped.From:O}: stamped {stamped.ExpiresAt:O} (awaits {stamped.AwaitingYear}), "
                        + $"counted {counted.At:O} (awaits {counted.AwaitedYear})";
                }
            }
            return null;
        };

    public static string? OneRuns(Sight s)
    {
        if (s.File is not { Round: var round })
        {
            return null;
        }
        RoundDeadline? running = null;
        foreach (var deadline in round.Deadlines)
        {
            if (deadline.ClosedAt is null)
            {
                if (running is not null)
                {
                    return "two deadlines run";
                }
                running = deadline;
            }
        }
        return running?.Kind == KindOf(round.State) ? null : $"{round.State} with {running?.Kind.ToString() ?? "none"}";
    }

    public static string? BeginsWithTheEvent(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        for (var i = file.Seen.Deadlines; i < file.Round.Deadlines.Count; i++)
        {
            if (file.Round.Deadlines[i].From != s.Now)
            {
                return $"a window opened at {s.Now:O} counts from {file.Round.Deadlines[i].From:O}";
            }
        }
        return null;
    }

    public static string? NothingEndsEarly(Sight s)
    {
        foreach (var step in s.NewSteps)
        {
            var byTime = step is { By: ActorKind.System, Act: RoundAct.RunOut or RoundAct.FileCompletion };
            if (byTime && !(Overtaken(s)?.At <= s.Now))
            {
                return $"{step.Act} out of {step.From} before {Overtaken(s)?.At:O}";
            }
        }
        return null;
    }

    public static string? AwaitedDateDecidesNothing(Sight s)
    {
        foreach (var step in s.NewSteps)
        {
            if (step.Act == RoundAct.RunOut && Overtaken(s) is { AwaitedYear: { } year })
            {
                return $"ran out while the calendar of {year} is awaited";
            }
        }
        return null;
    }

    public static string? NothingIsDoneLate(Sight s)
    {
        foreach (var step in s.NewSteps)
        {
            var inWindow =
                step.Act is RoundAct.StartExam or RoundAct.FileReview or RoundAct.PassVerification
                || step.Act is RoundAct.FileIdPhoto or RoundAct.FileStudyReview
                || step is { Act: RoundAct.FileCompletion, By: ActorKind.Driver }
                || s.Act == SimAct.WaiveReview;
            if (inWindow && Overtaken(s)?.At <= s.Now)
            {
                return $"{step.Act} at {s.Now:O}, the window closed at {Overtaken(s)?.At:O}";
            }
        }
        return null;
    }

    public static string? JobLeavesNothing(Sight s)
    {
        if (s.Act != SimAct.Expire || s.W.Current is not { } file || KindOf(file.Round.State) is null)
        {
            return null;
        }
        // A verification that ran out opens the filing window at once, so one run settles whatever is due.
        return file.Terms[^1].At <= s.Now || s.W.Today >= RoundChecks.Reset(s.W, file)
            ? $"{file.Round.State} is still open at {s.Now:O}"
            : null;
    }

    /// <summary>The term that this act closed: the one that was running before it.</summary>
    private static LastMoment? Overtaken(Sight s) =>
        s.File is { Seen.Deadlines: > 0 and var count } file ? file.Terms[count - 1] : null;

    private static DeadlineKind? KindOf(RoundState state) =>
        state switch
        {
            RoundState.Studying => DeadlineKind.Study,
            RoundState.ExamOpen => DeadlineKind.Exam,
            RoundState.ResitOpen => DeadlineKind.Resit,
            RoundState.Verifying => DeadlineKind.Verification,
            RoundState.Invalid => DeadlineKind.ReviewFiling,
            _ => null,
        };
}
