using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Outages;

/// <summary>A try at a face check, as far as an outage asks.</summary>
/// <param name="At">When the comparison answered.</param>
public sealed record FaceTryFact(Guid Id, FaceOutcome Outcome, DateTimeOffset At);

/// <summary>Everything about a round that an outage may have hit.</summary>
/// <param name="Attempts">All of the round.</param>
/// <param name="Stretches">All of the round.</param>
/// <param name="Tries">Those that the comparison answered and that count.</param>
/// <param name="Contested">Attempts and face checks that an officer reviews or has reviewed: what the police decided stands.</param>
/// <param name="MayReopen">The driver has begun no later round and is not on the blacklist.</param>
public sealed record OutageCase(
    Round Round,
    IReadOnlyList<ExamAttempt> Attempts,
    IReadOnlyList<StudyStretch> Stretches,
    IReadOnlyList<FaceTryFact> Tries,
    IReadOnlySet<Guid> Contested,
    bool MayReopen
);

/// <summary>Why something that an outage hit was left as it is.</summary>
public enum OutageLeft
{
    /// <summary>An officer reviews it, or has reviewed it.</summary>
    WithOfficer,

    /// <summary>The round has ended and cannot be taken up again.</summary>
    RoundEnded,
}

/// <summary>What an outage did to a round.</summary>
/// <param name="Sat">Attempts that were under way in it.</param>
/// <param name="Studied">Stretches of study that ran in it.</param>
/// <param name="Voided">Attempts that do not count any more.</param>
/// <param name="Discounted">Failed tries at face checks that do not count any more.</param>
/// <param name="SecondsRestored">Seconds of study that count again.</param>
/// <param name="Act">What happened to the round; null when nothing did.</param>
/// <param name="Window">The window that runs for the driver now, if it was moved or begun anew.</param>
/// <param name="Before">Its end before, for a window that was moved.</param>
/// <param name="Left">Why something was left as it is; null when nothing was.</param>
public sealed record OutageEffect(
    int Sat,
    int Studied,
    int Voided,
    IReadOnlyList<Guid> Discounted,
    int SecondsRestored,
    RoundAct? Act,
    DeadlineKind? Window,
    Deadline? Before,
    Deadline? After,
    OutageLeft? Left
)
{
    /// <summary>True when the driver has something of it.</summary>
    public bool IsAny => Voided > 0 || Discounted.Count > 0 || SecondsRestored > 0 || Act is not null;

    /// <summary>True when the outage touched the round at all.</summary>
    public bool IsHit => IsAny || Sat > 0 || Studied > 0 || Left is not null;
}

/// <summary>
/// What an outage took from a driver is given back (complaint C2, D-OUTAGE): attempts lost in it do not count, face checks failed in
/// it do not count, and windows are longer by it. Only ever in the driver's favour, and only once.
/// </summary>
public static class OutageRule
{
    /// <summary>An exam under way may still be passed: the outage waits for its end, which is never far (D-EXAM-LIMIT).</summary>
    public static bool MustWait(RoundState state) => state == RoundState.Examining;

    /// <summary>Rounds that have nothing left to be given back.</summary>
    public static bool IsPast(RoundState state) => state is RoundState.Reducing or RoundState.Reduced;

    /// <summary>Gives back what an outage took from one round.</summary>
    /// <param name="known">Every confirmed outage that is the driver's, this one too: windows are reckoned from all of them.</param>
    public static OutageEffect Apply(
        Outage outage,
        OutageCase of,
        IReadOnlyCollection<Outage> known,
        Scheme scheme,
        WorkingCalendar calendar,
        DateTimeOffset now
    )
    {
        var round = of.Round;
        var sat = of.Attempts.Count(a => outage.Span.Meets(a.OpenedAt, a.FinishedAt));
        var studied = of.Stretches.Count(s => outage.Span.Meets(s.StartedAt, s.LastBeatAt));
        if (MustWait(round.State) || IsPast(round.State))
        {
            return new OutageEffect(sat, studied, 0, [], 0, null, null, null, null, null);
        }
        var before = round.Running is { } running ? (running.Kind, running.Value) : ((DeadlineKind, Deadline)?)null;
        var failed = outage.SpoilsFaces
            ? of
                .Tries.Where(t => FaceSeries.CountsAsFailure(t.Outcome) && outage.Span.Meets(t.At, t.At.AddTicks(1)))
                .Select(t => t.Id)
                .ToList()
            : [];
        var left =
            IsWithOfficer(round.State) && failed.Count > 0
            || of.Attempts.Any(a => of.Contested.Contains(a.Id) && IsHit(outage, round, a))
                ? OutageLeft.WithOfficer
                : (OutageLeft?)null;
        if (IsWithOfficer(round.State))
        {
            failed = [];
        }
        var steps = round.Steps.Count;
        var (voided, verified) = SettleAttempts(outage, of, scheme, calendar, now);
        if (!verified && voided == 0 && of.MayReopen && WasEndedBy(outage, round))
        {
            round.ReopenWindow(scheme, calendar, outage.Id, now);
        }
        if (round.Running is { } window)
        {
            round.ExtendRunning(
                PeriodOf(window.Kind, scheme),
                [.. known.Where(o => o.Stops(window.Kind)).Select(o => o.Span)],
                calendar,
                outage.Id,
                now
            );
        }
        var restored = RestoreStudy(of, failed);
        if (!round.IsOpen && left is null && (voided > 0 || WasEndedBy(outage, round)))
        {
            left = OutageLeft.RoundEnded;
        }
        var act = round.Steps.Count > steps ? round.Steps[^1].Act : (RoundAct?)null;
        var after = act is not null && round.Running is { } goesOn ? goesOn : null;
        var moved = after is not null && before?.Item2 != after.Value;
        return new OutageEffect(
            sat,
            studied,
            voided,
            failed,
            restored,
            act,
            moved ? after!.Kind : null,
            moved && act == RoundAct.ExtendWindow ? before?.Item2 : null,
            moved ? after!.Value : null,
            left
        );
    }

    /// <summary>The period of a kind of window.</summary>
    public static Period PeriodOf(DeadlineKind kind, Scheme scheme) =>
        kind switch
        {
            DeadlineKind.Study => scheme.StudyWindow,
            DeadlineKind.Exam => scheme.ExamWindow,
            DeadlineKind.Resit => scheme.ResitWindow,
            DeadlineKind.Verification => scheme.ClosingVerificationWindow!,
            DeadlineKind.ReviewFiling => scheme.ReviewFilingWindow!,
        };

    private static (int Voided, bool Verified) SettleAttempts(
        Outage outage,
        OutageCase of,
        Scheme scheme,
        WorkingCalendar calendar,
        DateTimeOffset now
    )
    {
        var round = of.Round;
        var used = round.AttemptsUsed;
        var latest = of.Attempts.SingleOrDefault(a => a.Number > 0 && a.Number == used);
        if (
            latest is { State: ExamState.Invalid }
            && !of.Contested.Contains(latest.Id)
            && MissedVerification(outage, round, latest)
            && round.ReopenVerification(of.MayReopen, scheme, calendar, outage.Id, now)
        )
        {
            latest.ReopenVerification();
            return (VoidLost(outage, of, scheme, calendar, now, except: latest), true);
        }
        return (VoidLost(outage, of, scheme, calendar, now, except: null), false);
    }

    private static int VoidLost(
        Outage outage,
        OutageCase of,
        Scheme scheme,
        WorkingCalendar calendar,
        DateTimeOffset now,
        ExamAttempt? except
    )
    {
        var round = of.Round;
        var lost = of
            .Attempts.Where(a => a != except && !of.Contested.Contains(a.Id))
            .Where(a =>
                IsLost(outage, a)
                || a.State == ExamState.Invalid && IsOvertaken(a, round) && MissedVerification(outage, round, a)
            )
            .OrderByDescending(a => a.Number)
            .ToList();
        if (lost.Count == 0)
        {
            return 0;
        }
        var hasLatest = lost[0].Number == round.AttemptsUsed;
        foreach (var attempt in lost)
        {
            var number = attempt.Number;
            attempt.Void(outage.Id, now);
            foreach (var later in of.Attempts.Where(a => a.Number > number))
            {
                later.MoveUp();
            }
        }
        round.FreeAttempts(lost.Count, hasLatest, of.MayReopen, scheme, calendar, outage.Id, now);
        return lost.Count;
    }

    private static bool IsWithOfficer(RoundState state) =>
        state is RoundState.UnderReview or RoundState.StudyUnderReview or RoundState.IdPhotoCheck;

    private static bool IsHit(Outage outage, Round round, ExamAttempt attempt) =>
        IsLost(outage, attempt) || attempt.State == ExamState.Invalid && MissedVerification(outage, round, attempt);

    private static bool IsLost(Outage outage, ExamAttempt attempt) =>
        attempt.Number > 0 && outage.Spoils(attempt.State) && outage.Span.Meets(attempt.OpenedAt, attempt.FinishedAt);

    // A passed exam that became worth nothing, and that was followed by another one.
    private static bool IsOvertaken(ExamAttempt attempt, Round round) =>
        attempt.Number > 0 && attempt.Number < round.AttemptsUsed;

    // Its window runs from the end of the exam. Failed by tries, the last one counts; not made in time, any time of the window.
    private static bool MissedVerification(Outage outage, Round round, ExamAttempt attempt) =>
        outage.SpoilsFaces
        && round.Deadlines.Any(d =>
            d.Kind == DeadlineKind.Verification
            && d.From == attempt.FinishedAt
            && d.ClosedAt is { } closed
            && (
                round.Steps.Any(s => s.At == closed && s is { Act: RoundAct.FailVerification, By: ActorKind.Driver })
                    ? outage.Span.Meets(closed, closed.AddTicks(1))
                    : outage.Span.Meets(d.From, closed)
            )
        );

    private static bool WasEndedBy(Outage outage, Round round) =>
        round.EndedWindow is { } ended
        && outage.Stops(ended)
        && round.Deadlines.Where(d => d.Kind == ended).MaxBy(d => d.Number) is { } last
        && outage.Span.Meets(last.From, last.ClosedAt);

    private static int RestoreStudy(OutageCase of, List<Guid> failed)
    {
        if (of.Round.State != RoundState.Studying)
        {
            return 0;
        }
        var taken = of
            .Stretches.Where(s =>
                s.VoidedByCheck is { } check && failed.Contains(check) && !of.Contested.Contains(check)
            )
            .ToList();
        foreach (var stretch in taken)
        {
            (stretch.VoidedBy, stretch.VoidedByCheck, stretch.Confirmed) = (null, null, true);
        }
        return taken.Sum(s => s.Seconds);
    }
}
