using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Rounds;

/// <summary>Which window of a round a deadline closes.</summary>
public enum DeadlineKind
{
    Study,
    Exam,
    Resit,
    Verification,
    ReviewFiling,
}

/// <summary>A deadline of a round as it was stamped. Only one is open at a time.</summary>
public sealed class RoundDeadline
{
    public Guid RoundId { get; private init; }
    public int Number { get; private init; }
    public DeadlineKind Kind { get; private init; }
    public DateTimeOffset From { get; private init; }
    public DateTimeOffset? ExpiresAt { get; private set; }
    public DateOnly? LastDay { get; private set; }
    public int? AwaitingYear { get; private set; }
    public DateOnly? ProvisionalDay { get; private set; }
    public string Rule { get; private init; } = "";

    /// <summary>Seconds in which the driver could not act because a service had failed; the end is later by them (D-OUTAGE).</summary>
    public int LostSeconds { get; private set; }

    /// <summary>The same as a length of time.</summary>
    public TimeSpan Lost => TimeSpan.FromSeconds(LostSeconds);

    /// <summary>When it stopped running: kept, missed or overtaken (UTC).</summary>
    public DateTimeOffset? ClosedAt { get; internal set; }

    /// <summary>The stamped fact as a value.</summary>
    public Deadline Value =>
        new()
        {
            From = From,
            ExpiresAt = ExpiresAt,
            LastDay = LastDay,
            AwaitingYear = AwaitingYear,
            ProvisionalDay = ProvisionalDay,
            Rule = Rule,
        };

    internal static RoundDeadline Of(Guid roundId, int number, DeadlineKind kind, Deadline deadline) =>
        new()
        {
            RoundId = roundId,
            Number = number,
            Kind = kind,
            From = deadline.From,
            ExpiresAt = deadline.ExpiresAt,
            LastDay = deadline.LastDay,
            AwaitingYear = deadline.AwaitingYear,
            ProvisionalDay = deadline.ProvisionalDay,
            Rule = deadline.Rule,
        };

    /// <summary>
    /// Stamps the real date once its year is published. Does nothing while the year is still unknown. Nobody could know a date that
    /// has passed by then, so the window ends with the day after the notice at the earliest (D-LATE-NOTICE).
    /// </summary>
    /// <returns>True when anything changed.</returns>
    internal bool Restamp(Period period, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (AwaitingYear is null)
        {
            return false;
        }
        var before = Value;
        Take(Deadline.Stamp(period, From, calendar, Lost).NotBefore(ChinaTime.DayAfter(now)));
        return Value != before;
    }

    /// <summary>
    /// Moves the end on by the time that standstills took of the window. All of them are reckoned together, from the beginning, so
    /// it is the same however often and in whatever order they come; an end never moves back.
    /// </summary>
    /// <returns>True when the end moved.</returns>
    internal bool Extend(Period period, IReadOnlyCollection<Standstill> standstills, WorkingCalendar calendar)
    {
        var lost = Deadline.LostTo(standstills, period, From, calendar, ExpiresAt);
        if (lost <= Lost)
        {
            return false;
        }
        var before = Value;
        // An end that was put off for a late notice (D-LATE-NOTICE) moves on from there.
        var wasPutOff = LastDay > Deadline.Stamp(period, From, calendar, Lost).LastDay;
        var deadline = Deadline.Stamp(period, From, calendar, lost);
        if (wasPutOff)
        {
            deadline = deadline.MovedFrom(LastDay!.Value, Lost, lost);
        }
        LostSeconds = (int)lost.TotalSeconds;
        Take(deadline);
        return Value != before;
    }

    private void Take(Deadline deadline)
    {
        ExpiresAt = deadline.ExpiresAt;
        LastDay = deadline.LastDay;
        AwaitingYear = deadline.AwaitingYear;
        ProvisionalDay = deadline.ProvisionalDay;
    }
}

/// <summary>One thing that happened to a round. Append-only; the round's state is the last step's.</summary>
public sealed class RoundStep
{
    public Guid RoundId { get; internal init; }
    public int Number { get; internal init; }
    public RoundState? From { get; internal init; }
    public RoundAct Act { get; internal init; }
    public RoundState To { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public ActorKind By { get; internal init; }

    /// <summary>The rule the step follows.</summary>
    public string Rule { get; internal init; } = "";

    /// <summary>The outage it makes good for, with its reason; null for every other step.</summary>
    public Guid? OutageId { get; internal init; }
}

/// <summary>
/// One round: from the approved application to the reduction, or to its void. It keeps the scheme and the cycle it began
/// under. Only <see cref="Apply"/> moves the state.
/// </summary>
public sealed partial class Round
{
    private readonly List<RoundDeadline> _deadlines = [];
    private readonly List<RoundStep> _steps = [];

    private Round() { }

    public Guid Id { get; private init; }
    public Guid DriverId { get; private init; }
    public string SchemeId { get; private init; } = "";

    /// <summary>The date of effect of the scheme version.</summary>
    public DateOnly SchemeFrom { get; private init; }

    /// <summary>Issuing authority at the time of the application, for jurisdiction.</summary>
    public string Authority { get; private init; } = "";
    public DateOnly CycleStart { get; private init; }

    /// <summary>The reset date: at its start the round is void if it is not done (N-n6).</summary>
    public DateOnly ResetOn { get; private init; }
    public RoundState State { get; private set; }
    public VoidReason? VoidReason { get; private set; }
    public DateTimeOffset OpenedAt { get; private init; }
    public int AttemptsUsed { get; private set; }

    /// <summary>When an officer accepted the photo with the identity card; it proves the person as a face check does (S1-27).</summary>
    public DateTimeOffset? IdPhotoAcceptedAt { get; private set; }

    /// <summary>How many photos with the identity card were filed in this round.</summary>
    public int IdPhotosFiled { get; private set; }

    /// <summary>All seconds studied, voided ones too: the scale on which snapshots are drawn.</summary>
    public int StudiedSeconds { get; private set; }

    /// <summary>The studied second at which the next snapshot is demanded; chosen at random, never shown.</summary>
    public int SnapshotAtSecond { get; private set; }

    /// <summary>Optimistic concurrency: raised by every change.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<RoundDeadline> Deadlines => _deadlines;
    public IReadOnlyList<RoundStep> Steps => _steps;

    /// <summary>The deadline that runs now, or null.</summary>
    public RoundDeadline? Running => _deadlines.FirstOrDefault(deadline => deadline.ClosedAt is null);

    public bool IsOpen => !RoundTable.IsFinal(State);

    public bool SnapshotIsDue => State == RoundState.Studying && StudiedSeconds >= SnapshotAtSecond;

    /// <summary>Opens a round for an approved application.</summary>
    /// <param name="below">Returns a uniform random integer in [0, n).</param>
    public static Round Open(
        Guid id,
        Guid driverId,
        string authority,
        Scheme scheme,
        PointsCycle cycle,
        WorkingCalendar calendar,
        DateTimeOffset now,
        Func<int, int> below
    )
    {
        var round = new Round
        {
            Id = id,
            DriverId = driverId,
            Authority = authority,
            SchemeId = scheme.Id,
            SchemeFrom = scheme.EffectiveFrom,
            CycleStart = cycle.Start,
            ResetOn = cycle.ResetOn,
            OpenedAt = now,
        };
        round.Append(null, RoundAct.Open, RoundState.Studying, ActorKind.System, now, scheme.StudyWindow.Rule);
        round.Run(DeadlineKind.Study, scheme.StudyWindow, now, calendar);
        round.PlanSnapshot(scheme, below);
        return round;
    }

    /// <summary>
    /// Stamps the running deadline once the year it awaits is published. It is a change of the round like any other: who read
    /// the provisional date must not write over the real one.
    /// </summary>
    /// <param name="period">The window of the running deadline's kind.</param>
    /// <returns>True when the deadline is known now.</returns>
    public bool RestampRunning(Period period, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (Running is not { } running || !running.Restamp(period, calendar, now))
        {
            return false;
        }
        Version++;
        return running.AwaitingYear is null;
    }

    /// <summary>
    /// True when the driver may study now; otherwise why not. The window and the cycle are asked here and not the job, so that a
    /// late job lets nobody study for a round that is over (S1-25, N-n6).
    /// </summary>
    public Outcome<Unit> MayStudy(DateTimeOffset now)
    {
        if (State != RoundState.Studying)
        {
            return new Refusal(RefusalCode.WrongState);
        }
        return Running!.Value.HasPassed(now) || CycleHasEnded(now) ? new Refusal(RefusalCode.WindowClosed) : new Unit();
    }

    /// <summary>Adds studied seconds. The caller has checked them against the server's clock.</summary>
    /// <exception cref="InvalidOperationException">The round is not in study.</exception>
    public void AddStudy(int seconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        if (State != RoundState.Studying)
        {
            throw new InvalidOperationException($"A round in {State} takes no study.");
        }
        StudiedSeconds += seconds;
        Version++;
    }

    /// <summary>Draws the second of the next snapshot in the block of study that has just begun (S1-32, D-SNAPSHOT).</summary>
    public void PlanSnapshot(Scheme scheme, Func<int, int> below)
    {
        var block = scheme.MinutesPerSnapshot.Value * 60;
        var start = (StudiedSeconds + block - 1) / block * block;
        // At least a minute at either end is left out so that two snapshots are never back to back; and the check, which cuts
        // a stretch in two, must not make a piece too short to count (N-n1) of study that was not interrupted.
        var margin = 60 * Math.Max(1, scheme.SmallestStretchMinutes.Value);
        SnapshotAtSecond = start + margin + below(block - 2 * margin);
        Version++;
    }

    /// <summary>The driver files the completion, or the scheme files it when the window ends (S0-12, S0-13).</summary>
    public Outcome<Unit> FileCompletion(
        int creditedSeconds,
        Scheme scheme,
        WorkingCalendar calendar,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (State != RoundState.Studying)
        {
            return new Refusal(RefusalCode.WrongState);
        }
        if (actor.Kind == ActorKind.Driver && (Running!.Value.HasPassed(now) || CycleHasEnded(now)))
        {
            return new Refusal(RefusalCode.WindowClosed);
        }
        if (creditedSeconds < scheme.StudyMinutes.Value * 60)
        {
            return new Refusal(RefusalCode.NotEnoughStudy, null, scheme.StudyMinutes.Value, creditedSeconds / 60);
        }
        Apply(RoundAct.FileCompletion, actor.Kind, now, scheme.StudyMinutes.Rule);
        Run(DeadlineKind.Exam, scheme.ExamWindow, now, calendar);
        return new Unit();
    }

    /// <summary>
    /// The driver asks an officer to look at a photo with the identity card, because the real-person verification failed
    /// (S1-27). The study window stands still until the answer: waiting for the police costs no study time (D-WAITING).
    /// </summary>
    public Outcome<Unit> FileIdPhoto(Scheme scheme, Actor actor, DateTimeOffset now)
    {
        if (State != RoundState.Studying || scheme.IdPhotoPeriod is not { } period)
        {
            return new Refusal(RefusalCode.WrongState);
        }
        if (Running!.Value.HasPassed(now) || CycleHasEnded(now))
        {
            return new Refusal(RefusalCode.WindowClosed);
        }
        if (SnapshotIsDue)
        {
            // A comparison on its way would fail for good while nothing settles it, and the driver could never study again.
            return new Refusal(RefusalCode.FaceCheckPending);
        }
        if (IdPhotosFiled >= scheme.IdPhotoTries.Value)
        {
            return new Refusal(RefusalCode.IdPhotoTriesUsedUp, null, scheme.IdPhotoTries.Value);
        }
        Apply(RoundAct.FileIdPhoto, actor.Kind, now, period.Rule);
        IdPhotosFiled++;
        return new Unit();
    }

    /// <summary>The officer has looked at the photo; either way the study window begins anew (D-WAITING).</summary>
    public void SettleIdPhoto(bool accepted, Scheme scheme, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (VoidReason == Rounds.VoidReason.Blacklisted)
        {
            return; // The officer's answer stands; the round it was about has ended.
        }
        if (State == RoundState.IdPhotoCheck && CycleHasEnded(now))
        {
            EndCycle(now);
            return;
        }
        Apply(
            accepted ? RoundAct.AcceptIdPhoto : RoundAct.RefuseIdPhoto,
            ActorKind.Staff,
            now,
            scheme.IdPhotoPeriod!.Rule
        );
        IdPhotoAcceptedAt = accepted ? now : IdPhotoAcceptedAt;
        Run(DeadlineKind.Study, scheme.StudyWindow, now, calendar);
    }

    /// <summary>The driver has a study period reviewed that was not accepted (N-n5); the study window stands still meanwhile.</summary>
    public Outcome<Unit> FileStudyReview(Actor actor, DateTimeOffset now)
    {
        if (State != RoundState.Studying)
        {
            return new Refusal(RefusalCode.ReviewNotOpen);
        }
        if (Running!.Value.HasPassed(now) || CycleHasEnded(now))
        {
            return new Refusal(RefusalCode.WindowClosed);
        }
        if (SnapshotIsDue)
        {
            // A comparison on its way would fail for good while nothing settles it, and the driver could never study again.
            return new Refusal(RefusalCode.FaceCheckPending);
        }
        Apply(RoundAct.FileStudyReview, actor.Kind, now, "N-n5");
        return new Unit();
    }

    /// <summary>The officer has decided on the study period; either way the study window begins anew (D-WAITING).</summary>
    /// <returns>True when the round goes on; false when the cycle ended meanwhile.</returns>
    public bool SettleStudyReview(bool upheld, Scheme scheme, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (VoidReason == Rounds.VoidReason.Blacklisted)
        {
            return false;
        }
        if (State == RoundState.StudyUnderReview && CycleHasEnded(now))
        {
            EndCycle(now);
            return false;
        }
        Apply(upheld ? RoundAct.UpholdStudyReview : RoundAct.RejectStudyReview, ActorKind.Staff, now, "N-n5");
        Run(DeadlineKind.Study, scheme.StudyWindow, now, calendar);
        return true;
    }

    /// <summary>True when an attempt may begin now; otherwise why not.</summary>
    public Outcome<Unit> MayStartExam(DateTimeOffset now)
    {
        if (State is not (RoundState.ExamOpen or RoundState.ResitOpen))
        {
            return new Refusal(RefusalCode.WrongState);
        }
        return Running!.Value.HasPassed(now) || CycleHasEnded(now) ? new Refusal(RefusalCode.WindowClosed) : new Unit();
    }

    /// <summary>An attempt begins and is used up (S1-29, S1-31).</summary>
    public Outcome<Unit> StartExam(Scheme scheme, Actor actor, DateTimeOffset now)
    {
        if (MayStartExam(now) is Outcome<Unit>.Refused refused)
        {
            return refused;
        }
        Apply(RoundAct.StartExam, actor.Kind, now, scheme.ExamWindow.Rule);
        AttemptsUsed++;
        return new Unit();
    }

    /// <summary>
    /// The exam is passed: to the closing verification where the scheme has one, else straight to the reduction. When the
    /// cycle ended during the exam the round is void instead (N-n6).
    /// </summary>
    public void PassExam(Scheme scheme, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (State == RoundState.Examining && CycleHasEnded(now))
        {
            EndCycle(now);
            return;
        }
        if (scheme.ClosingVerificationWindow is { } window)
        {
            Apply(RoundAct.PassExam, ActorKind.Driver, now, "S1-36");
            Run(DeadlineKind.Verification, window, now, calendar);
            return;
        }
        Apply(RoundAct.PassWithoutVerification, ActorKind.Driver, now, "S0-18");
    }

    /// <summary>The attempt is failed or not accepted: a resit where one is left (S0-19, S1-31), else the end (S0-20).</summary>
    /// <param name="rule">The rule that took the attempt.</param>
    public void LoseAttempt(string rule, Scheme scheme, WorkingCalendar calendar, ActorKind by, DateTimeOffset now)
    {
        if (AttemptsUsed < scheme.Attempts)
        {
            Apply(RoundAct.LoseAttempt, by, now, rule);
            Run(DeadlineKind.Resit, scheme.ResitWindow, now, calendar);
            return;
        }
        Apply(RoundAct.LoseLastAttempt, by, now, rule);
        VoidReason = Rounds.VoidReason.AttemptsUsedUp;
    }

    /// <summary>
    /// The closing verification succeeded: the result is valid (S1-36), unless its window (the result stays invalid) or the
    /// cycle (the round is void, N-n6) has ended before.
    /// </summary>
    /// <returns>True when a reduction follows.</returns>
    public bool PassVerification(Scheme scheme, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (State == RoundState.Verifying && CycleHasEnded(now))
        {
            EndCycle(now);
            return false;
        }
        if (State == RoundState.Verifying && Running!.Value.HasPassed(now))
        {
            FailVerification(scheme, calendar, ActorKind.System, now);
            return false;
        }
        Apply(RoundAct.PassVerification, ActorKind.Driver, now, "S1-36");
        return true;
    }

    /// <summary>The closing verification failed or was not made: the result is invalid, a review may be filed (S1-37).</summary>
    public void FailVerification(Scheme scheme, WorkingCalendar calendar, ActorKind by, DateTimeOffset now)
    {
        Apply(RoundAct.FailVerification, by, now, "S1-36");
        Run(DeadlineKind.ReviewFiling, scheme.ReviewFilingWindow!, now, calendar);
    }

    /// <summary>
    /// The exam is not accepted for its face checks. Where the scheme lets it be reviewed (N-n5) the filing window runs, also
    /// after the last attempt; elsewhere the attempt is lost at once.
    /// </summary>
    public void NotAcceptExam(Scheme scheme, WorkingCalendar calendar, ActorKind by, DateTimeOffset now)
    {
        if (!scheme.Reviewable.Value.Contains(Reviewable.Exam) || scheme.ReviewFilingWindow is not { } window)
        {
            LoseAttempt(scheme.FaceTries.Rule, scheme, calendar, by, now);
            return;
        }
        Apply(RoundAct.NotAcceptExam, by, now, scheme.Reviewable.Rule);
        Run(DeadlineKind.ReviewFiling, window, now, calendar);
    }

    /// <summary>The driver does without the review and goes to the resit at once (D-WAIVE).</summary>
    public Outcome<Unit> WaiveReview(Scheme scheme, WorkingCalendar calendar, Actor actor, DateTimeOffset now)
    {
        if (State != RoundState.Invalid)
        {
            return new Refusal(RefusalCode.ReviewNotOpen);
        }
        if (Running!.Value.HasPassed(now) || CycleHasEnded(now))
        {
            return new Refusal(RefusalCode.WindowClosed);
        }
        LoseAttempt("D-WAIVE", scheme, calendar, actor.Kind, now);
        return new Unit();
    }

    /// <summary>The driver files a review in time (S1-37, N-n5).</summary>
    public Outcome<Unit> FileReview(Actor actor, DateTimeOffset now)
    {
        if (State != RoundState.Invalid)
        {
            return new Refusal(RefusalCode.ReviewNotOpen);
        }
        if (Running!.Value.HasPassed(now) || CycleHasEnded(now))
        {
            return new Refusal(RefusalCode.WindowClosed);
        }
        Apply(RoundAct.FileReview, actor.Kind, now, "S1-37");
        return new Unit();
    }

    /// <summary>The officer upheld the review: the result counts (S1-38), unless the cycle has ended meanwhile (N-n6).</summary>
    /// <returns>True when a reduction follows.</returns>
    public bool UpholdReview(DateTimeOffset now)
    {
        if (VoidReason == Rounds.VoidReason.Blacklisted)
        {
            return false;
        }
        if (State == RoundState.UnderReview && CycleHasEnded(now))
        {
            EndCycle(now);
            return false;
        }
        Apply(RoundAct.UpholdReview, ActorKind.Staff, now, "S1-38");
        return true;
    }

    /// <summary>
    /// The officer found that the exam should have been accepted (N-n5). It was cut short and has no result, so it is as if it
    /// had not been: the window it was begun in starts anew.
    /// </summary>
    public void RestoreAttempt(Scheme scheme, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (VoidReason == Rounds.VoidReason.Blacklisted)
        {
            return;
        }
        if (State == RoundState.UnderReview && CycleHasEnded(now))
        {
            EndCycle(now);
            // It comes too late to be sat again, but it does not count all the same.
            AttemptsUsed--;
            return;
        }
        var first = AttemptsUsed == 1;
        Apply(first ? RoundAct.RestoreExam : RoundAct.RestoreResit, ActorKind.Staff, now, "N-n5");
        AttemptsUsed--;
        Run(
            first ? DeadlineKind.Exam : DeadlineKind.Resit,
            first ? scheme.ExamWindow : scheme.ResitWindow,
            now,
            calendar
        );
    }

    /// <summary>The officer rejected the review: the attempt is lost, and a resit window starts only now.</summary>
    public void RejectReview(Scheme scheme, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (VoidReason == Rounds.VoidReason.Blacklisted)
        {
            return;
        }
        if (State == RoundState.UnderReview && CycleHasEnded(now))
        {
            EndCycle(now);
            return;
        }
        if (AttemptsUsed < scheme.Attempts)
        {
            Apply(RoundAct.RejectReview, ActorKind.Staff, now, "S1-38");
            Run(DeadlineKind.Resit, scheme.ResitWindow, now, calendar);
            return;
        }
        Apply(RoundAct.RejectReviewFinally, ActorKind.Staff, now, "S1-38");
        VoidReason = Rounds.VoidReason.AttemptsUsedUp;
    }

    /// <summary>
    /// Whether a re-marking of an attempt can still change what follows from it: the last one, lost, with its resit window open
    /// (D-REMARK). What has ended or gone on is not opened again.
    /// </summary>
    public bool TakesRemark(int attemptNumber, DateTimeOffset now) =>
        State == RoundState.ResitOpen
        && AttemptsUsed == attemptNumber
        && !Running!.Value.HasPassed(now)
        && !CycleHasEnded(now);

    /// <summary>A lost attempt is passed, or does not count, because a question was corrected (D-REMARK).</summary>
    /// <exception cref="InvalidOperationException">It cannot any more: callers ask <see cref="TakesRemark"/> first.</exception>
    public void Remark(RemarkEffect effect, Scheme scheme, WorkingCalendar calendar, DateTimeOffset now)
    {
        const string rule = "D-REMARK";
        switch (effect)
        {
            case RemarkEffect.StillFailed:
                break;
            case RemarkEffect.Passes when scheme.ClosingVerificationWindow is { } window:
                Apply(RoundAct.RemarkPassed, ActorKind.Staff, now, rule);
                Run(DeadlineKind.Verification, window, now, calendar);
                break;
            case RemarkEffect.Passes:
                Apply(RoundAct.RemarkPassedWithoutVerification, ActorKind.Staff, now, rule);
                break;
            case RemarkEffect.Repeats:
                var first = AttemptsUsed == 1;
                Apply(first ? RoundAct.RemarkExam : RoundAct.RemarkResit, ActorKind.Staff, now, rule);
                AttemptsUsed--;
                Run(
                    first ? DeadlineKind.Exam : DeadlineKind.Resit,
                    first ? scheme.ExamWindow : scheme.ResitWindow,
                    now,
                    calendar
                );
                break;
        }
    }

    /// <summary>The points gateway took the points off (S1-13).</summary>
    public void ConfirmReduction(DateTimeOffset now) =>
        Apply(RoundAct.ConfirmReduction, ActorKind.System, now, "S1-13");

    /// <summary>The points gateway refused: no points are taken off and the driver is told why.</summary>
    public void RefuseReduction(DateTimeOffset now)
    {
        Apply(RoundAct.RefuseReduction, ActorKind.System, now, "S0-18");
        VoidReason = Rounds.VoidReason.ReductionRefused;
    }

    /// <summary>
    /// The driver was put on the blacklist: the round ends (S1-39). A reduction that is on its way is left to its end: whether
    /// the points are off already is known only then, and what rested on the fraud is revoked after it (N-31).
    /// </summary>
    /// <returns>True when the round ended by it.</returns>
    public bool Blacklist(DateTimeOffset now)
    {
        if (RoundTable.Next(State, RoundAct.Blacklist) is null)
        {
            return false;
        }
        Apply(RoundAct.Blacklist, ActorKind.Staff, now, "S1-39");
        VoidReason = Rounds.VoidReason.Blacklisted;
        return true;
    }

    /// <summary>
    /// What the passing of time does to the round (S0-13, S1-25, S1-28, N-n6). Idempotent: nothing happens before a deadline
    /// has passed, or twice.
    /// </summary>
    /// <returns>True when the round changed.</returns>
    public bool Expire(int creditedSeconds, Scheme scheme, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (State is RoundState.Reducing || !IsOpen)
        {
            return false;
        }
        // A case under review and an exam under way are settled by their own end; both look at the cycle then.
        if (CycleHasEnded(now) && !AwaitsOthers)
        {
            EndCycle(now);
            return true;
        }
        if (Running is not { } running || !running.Value.HasPassed(now))
        {
            return false;
        }
        RunOut(running.Kind, creditedSeconds, scheme, calendar, now);
        return true;
    }

    private void RunOut(
        DeadlineKind kind,
        int creditedSeconds,
        Scheme scheme,
        WorkingCalendar calendar,
        DateTimeOffset now
    )
    {
        switch (kind)
        {
            case DeadlineKind.Study when FilesItself(creditedSeconds, scheme):
                Apply(RoundAct.FileCompletion, ActorKind.System, now, scheme.StudyWindowEnd.Rule);
                Run(DeadlineKind.Exam, scheme.ExamWindow, now, calendar);
                break;
            case DeadlineKind.Study:
                End(Rounds.VoidReason.StudyWindowEnded, scheme.StudyWindowEnd.Rule, now);
                break;
            case DeadlineKind.Exam:
                End(Rounds.VoidReason.ExamWindowEnded, scheme.ExamWindow.Rule, now);
                break;
            case DeadlineKind.Resit:
                End(Rounds.VoidReason.ResitWindowEnded, scheme.ResitWindow.Rule, now);
                break;
            case DeadlineKind.Verification:
                FailVerification(scheme, calendar, ActorKind.System, now);
                break;
            case DeadlineKind.ReviewFiling:
                LoseAttempt(scheme.ReviewFilingWindow!.Rule, scheme, calendar, ActorKind.System, now);
                break;
        }
    }

    private bool AwaitsOthers =>
        State
            is RoundState.UnderReview
                or RoundState.StudyUnderReview
                or RoundState.IdPhotoCheck
                or RoundState.Examining;

    // The points of the cycle are cleared at the start of the reset date; there is nothing left to take off.
    private bool CycleHasEnded(DateTimeOffset now) => ChinaTime.DateOf(now) >= ResetOn;

    private static bool FilesItself(int creditedSeconds, Scheme scheme) =>
        scheme.StudyWindowEnd.Value == StudyWindowEnd.FileWhenEnough
        && creditedSeconds >= scheme.StudyMinutes.Value * 60;

    private void End(VoidReason reason, string rule, DateTimeOffset now)
    {
        Apply(RoundAct.RunOut, ActorKind.System, now, rule);
        VoidReason = reason;
    }

    private void EndCycle(DateTimeOffset now)
    {
        Apply(RoundAct.EndCycle, ActorKind.System, now, "N-n6");
        VoidReason = Rounds.VoidReason.CycleEnded;
    }

    /// <summary>The only way the state moves: by the table, with a step, closing the deadline that ran.</summary>
    /// <exception cref="InvalidOperationException">The table does not allow the act. Callers ask first.</exception>
    private void Apply(RoundAct act, ActorKind by, DateTimeOffset now, string rule, Guid? outageId = null)
    {
        var to =
            RoundTable.Next(State, act)
            ?? throw new InvalidOperationException($"A round in {State} does not allow {act}.");
        Append(State, act, to, by, now, rule, outageId);
        if (Running is { } running)
        {
            running.ClosedAt = now;
        }
    }

    private void Append(
        RoundState? from,
        RoundAct act,
        RoundState to,
        ActorKind by,
        DateTimeOffset now,
        string rule,
        Guid? outageId = null
    )
    {
        _steps.Add(
            new RoundStep
            {
                RoundId = Id,
                Number = _steps.Count + 1,
                From = from,
                Act = act,
                To = to,
                At = now,
                By = by,
                Rule = rule,
                OutageId = outageId,
            }
        );
        State = to;
        Version++;
    }

    private void Run(DeadlineKind kind, Period period, DateTimeOffset now, WorkingCalendar calendar) =>
        _deadlines.Add(RoundDeadline.Of(Id, _deadlines.Count + 1, kind, Deadline.Stamp(period, now, calendar)));
}
