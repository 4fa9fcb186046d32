using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Schemes;

namespace AdminPortal.Domain.Exams;

/// <summary>Where an exam attempt stands.</summary>
public enum ExamState
{
    /// <summary>The start check is due; nothing is used up yet (S1-32).</summary>
    Opening,

    /// <summary>A question is open and its clock runs.</summary>
    Running,

    /// <summary>A random face check is due; no clock runs (S1-34).</summary>
    Paused,

    /// <summary>Passed; the closing verification is due (S1-36).</summary>
    Closing,

    /// <summary>Passed and valid. Final.</summary>
    Passed,

    /// <summary>Too many wrong or late answers. Final.</summary>
    Failed,

    /// <summary>Not accepted for its face checks (S0-16, S1-35). Final.</summary>
    NotAccepted,

    /// <summary>Passed, but the closing verification failed (S1-36). A review may still make it <see cref="Passed"/> (S1-38).</summary>
    Invalid,

    /// <summary>It was not accepted, and a review found that wrong (N-n5), or an outage hit it: it does not count. Final.</summary>
    Annulled,
}

/// <summary>What a re-marking makes of a failed attempt (D-REMARK).</summary>
public enum RemarkEffect
{
    /// <summary>More is right, and it is still failed.</summary>
    StillFailed,

    /// <summary>It is passed.</summary>
    Passes,

    /// <summary>It should not have been cut short: it does not count and may be sat again.</summary>
    Repeats,
}

/// <summary>A question as it stands on a driver's paper.</summary>
public sealed class ExamItem
{
    public Guid AttemptId { get; init; }
    public int Ordinal { get; init; }
    public Guid VersionId { get; init; }

    /// <summary>The version's option indices in the order shown, such as [2, 0, 3, 1].</summary>
    public IReadOnlyList<int> OptionOrder { get; init; } = [];
}

/// <summary>The one answer to a question. Written once.</summary>
public sealed class ExamAnswer
{
    public Guid AttemptId { get; init; }
    public int Ordinal { get; init; }

    /// <summary>Chosen options as indices of the version's own order; empty when none was chosen or the time was over.</summary>
    public IReadOnlyList<int> Chosen { get; init; } = [];
    public bool IsRight { get; init; }
    public bool IsLate { get; init; }
    public DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset AnsweredAt { get; init; }
}

/// <summary>
/// One exam attempt on the server's clock: a question at a time, a fixed time each, face checks outside the clock. It never
/// holds the key; answers are judged against the question version by the caller's copy of it.
/// </summary>
public sealed class ExamAttempt
{
    private ExamAttempt() { }

    public Guid Id { get; private init; }
    public Guid RoundId { get; private init; }
    public Guid DriverId { get; private init; }

    /// <summary>1 for the exam, 2 and 3 for the resits; 0 until the start check is passed.</summary>
    public int Number { get; private set; }
    public ExamState State { get; private set; }
    public int QuestionCount { get; private init; }
    public DateTimeOffset OpenedAt { get; private init; }
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>The open question, 1…n; while paused, the one that follows the check.</summary>
    public int Ordinal { get; private set; }
    public DateTimeOffset? IssuedAt { get; private set; }

    /// <summary>The instant from which an answer to the open question is late.</summary>
    public DateTimeOffset? AnswerBy { get; private set; }

    /// <summary>The instant at which an attempt that nobody continues is closed (D-EXAM-LIMIT).</summary>
    public DateTimeOffset? LimitAt { get; private set; }
    public int Right { get; private set; }
    public int Wrong { get; private set; }

    /// <summary>The question before which the random face check comes; 0 when there is none (left).</summary>
    public int SnapshotBefore { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>The outage for which it does not count; null for every other attempt.</summary>
    public Guid? OutageId { get; private set; }
    public int Version { get; private set; }

    public bool IsFinal =>
        State switch
        {
            ExamState.Opening or ExamState.Running or ExamState.Paused or ExamState.Closing => false,
            ExamState.Passed or ExamState.Failed or ExamState.NotAccepted => true,
            ExamState.Invalid or ExamState.Annulled => true,
        };

    /// <summary>Opens an attempt. It uses nothing up until <see cref="Start"/>.</summary>
    /// <param name="below">Returns a uniform random integer in [0, n).</param>
    public static ExamAttempt Open(
        Guid id,
        Guid roundId,
        Guid driverId,
        Scheme scheme,
        Func<int, int> below,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = id,
            RoundId = roundId,
            DriverId = driverId,
            State = ExamState.Opening,
            QuestionCount = scheme.Paper.Value.Total,
            OpenedAt = now,
            // Between the second and the last question, so that neither end check is near.
            SnapshotBefore = scheme.Demands(FaceChecks.FaceCheckPurpose.Exam)
                ? 2 + below(scheme.Paper.Value.Total - 2)
                : 0,
        };

    /// <summary>The start check is passed (or the scheme has none): the first question is issued.</summary>
    /// <param name="number">Which attempt of the round this is, from 1.</param>
    public void Start(int number, Scheme scheme, DateTimeOffset now)
    {
        Require(ExamState.Opening);
        Number = number;
        StartedAt = now;
        LimitAt = now.AddMinutes(scheme.ExamLimitMinutes.Value);
        Issue(1, scheme, now);
    }

    /// <summary>
    /// Judges the answer to the open question when the driver goes on (N-n3), and moves on: to the next question, to a
    /// random face check, or to the end.
    /// </summary>
    /// <param name="ordinal">The question the driver's page showed.</param>
    /// <param name="shown">Chosen positions as shown on the page, zero-based.</param>
    /// <param name="item">The item of the paper with that ordinal.</param>
    /// <param name="version">Its question version.</param>
    public Outcome<ExamAnswer> Answer(
        int ordinal,
        IReadOnlyCollection<int> shown,
        ExamItem item,
        QuestionVersion version,
        Scheme scheme,
        DateTimeOffset now
    )
    {
        if (State != ExamState.Running)
        {
            // While a check is due, the question of that number has not been issued yet.
            var isAnswered = IsFinal || (State is ExamState.Closing ? ordinal <= Ordinal : ordinal < Ordinal);
            return new Refusal(isAnswered ? RefusalCode.AnswerTwice : RefusalCode.WrongState);
        }
        if (ordinal != Ordinal)
        {
            return new Refusal(ordinal < Ordinal ? RefusalCode.AnswerTwice : RefusalCode.AnswerInvalid);
        }
        var positions = shown.Distinct().ToList();
        var late = now >= AnswerBy;
        if (!late && (positions.Count == 0 || positions.Any(p => p < 0 || p >= item.OptionOrder.Count)))
        {
            return new Refusal(RefusalCode.AnswerInvalid);
        }
        var chosen = late ? [] : positions.Select(p => item.OptionOrder[p]).Order().ToList();
        var answer = new ExamAnswer
        {
            AttemptId = Id,
            Ordinal = ordinal,
            Chosen = chosen,
            IsRight = !late && version.IsRight(chosen),
            IsLate = late,
            IssuedAt = IssuedAt!.Value,
            AnsweredAt = now,
        };
        _ = answer.IsRight ? Right++ : Wrong++;
        MoveOn(scheme, now);
        return answer;
    }

    /// <summary>
    /// The random face check is passed: the time it took does not count (S1-34). A check that comes after the limit closes the
    /// attempt, as the job would have done (D-EXAM-LIMIT): what happens to a driver must not hang on when the job runs.
    /// </summary>
    public void Resume(Scheme scheme, DateTimeOffset now)
    {
        Require(ExamState.Paused);
        if (CloseAtLimit(scheme, now))
        {
            return;
        }
        SnapshotBefore = 0;
        // IssuedAt holds the instant of the pause while paused.
        LimitAt += now - IssuedAt!.Value;
        Issue(Ordinal, scheme, now);
    }

    /// <summary>A face check of this attempt failed for good (S0-16, S1-35).</summary>
    public void NotAccept(DateTimeOffset now)
    {
        if (State is not (ExamState.Opening or ExamState.Running or ExamState.Paused))
        {
            throw new InvalidOperationException($"An attempt in {State} is not under way.");
        }
        Finish(ExamState.NotAccepted, now);
    }

    /// <summary>Numbers an attempt that is lost at its start check: it is used up too.</summary>
    public void UseUp(int number) => Number = number;

    /// <summary>The closing verification is passed (S1-36).</summary>
    public void Validate(DateTimeOffset now)
    {
        Require(ExamState.Closing);
        Finish(ExamState.Passed, now);
    }

    /// <summary>The closing verification failed or was not made in time (S1-36).</summary>
    public void Invalidate(DateTimeOffset now)
    {
        Require(ExamState.Closing);
        Finish(ExamState.Invalid, now);
    }

    /// <summary>A review was upheld: the result counts (S1-38).</summary>
    public void Reinstate(DateTimeOffset now)
    {
        Require(ExamState.Invalid);
        Finish(ExamState.Passed, now);
    }

    /// <summary>A review found that the exam should have been accepted: it does not count, and its number is free again (N-n5).</summary>
    public void Annul(DateTimeOffset now)
    {
        Require(ExamState.NotAccepted);
        Number = 0;
        Finish(ExamState.Annulled, now);
    }

    /// <summary>What a failed attempt becomes when answers that were marked wrong are right (D-REMARK).</summary>
    /// <param name="right">As marked so far.</param>
    /// <param name="gained">How many answers are right after all.</param>
    public static RemarkEffect EffectOf(int right, int wrong, int questions, int gained, Scheme scheme)
    {
        if (right + gained >= scheme.PassMark.Value)
        {
            return RemarkEffect.Passes;
        }
        return right + wrong < questions && scheme.WrongAnswersEndExam is { } limit && wrong - gained < limit.Value
            ? RemarkEffect.Repeats
            : RemarkEffect.StillFailed;
    }

    /// <summary>An answer that was marked wrong is right after all. Nothing is ever taken away by it (D-REMARK).</summary>
    public RemarkEffect Remark(Scheme scheme, DateTimeOffset now)
    {
        Require(ExamState.Failed);
        var effect = EffectOf(Right, Wrong, QuestionCount, 1, scheme);
        Right++;
        Wrong--;
        switch (effect)
        {
            case RemarkEffect.Passes:
                Finish(scheme.ClosingVerificationWindow is null ? ExamState.Passed : ExamState.Closing, now);
                break;
            case RemarkEffect.Repeats:
                Number = 0;
                Finish(ExamState.Annulled, now);
                break;
            case RemarkEffect.StillFailed:
                Version++;
                break;
        }
        return effect;
    }

    /// <summary>An outage hit it: it does not count, and its number is free again (D-OUTAGE).</summary>
    public void Void(Guid outageId, DateTimeOffset now)
    {
        if (State is not (ExamState.Failed or ExamState.NotAccepted or ExamState.Invalid))
        {
            throw new InvalidOperationException($"An attempt in {State} is not lost.");
        }
        Number = 0;
        OutageId = outageId;
        Finish(ExamState.Annulled, now);
    }

    /// <summary>An attempt before it does not count any more: it is one earlier.</summary>
    public void MoveUp()
    {
        Number--;
        Version++;
    }

    /// <summary>An outage took the closing verification: it is due again (D-OUTAGE).</summary>
    public void ReopenVerification()
    {
        Require(ExamState.Invalid);
        State = ExamState.Closing;
        Version++;
    }

    /// <summary>Closes an attempt that nobody continued: unanswered questions are wrong (D-EXAM-LIMIT).</summary>
    /// <returns>True when the attempt was closed now.</returns>
    public bool CloseAtLimit(Scheme scheme, DateTimeOffset now)
    {
        var limit = State switch
        {
            ExamState.Running => LimitAt,
            ExamState.Paused => IssuedAt!.Value.AddMinutes(scheme.ExamLimitMinutes.Value),
            ExamState.Opening or ExamState.Closing => null,
            ExamState.Passed or ExamState.Failed or ExamState.NotAccepted => null,
            ExamState.Invalid or ExamState.Annulled => null,
        };
        if (limit is not { } end || now < end)
        {
            return false;
        }
        Wrong = QuestionCount - Right;
        // A face check that nobody takes is "no face captured" (N-n4); open questions are failed ones.
        Finish(State == ExamState.Paused ? ExamState.NotAccepted : ExamState.Failed, now);
        return true;
    }

    private void MoveOn(Scheme scheme, DateTimeOffset now)
    {
        if (scheme.WrongAnswersEndExam is { } limit && Wrong >= limit.Value)
        {
            Finish(ExamState.Failed, now);
        }
        else if (Ordinal == QuestionCount)
        {
            Conclude(scheme, now);
        }
        else if (SnapshotBefore == Ordinal + 1)
        {
            State = ExamState.Paused;
            Ordinal++;
            IssuedAt = now;
            AnswerBy = null;
            Version++;
        }
        else
        {
            Issue(Ordinal + 1, scheme, now);
        }
    }

    private void Conclude(Scheme scheme, DateTimeOffset now)
    {
        if (Right < scheme.PassMark.Value)
        {
            Finish(ExamState.Failed, now);
        }
        else if (scheme.ClosingVerificationWindow is null)
        {
            Finish(ExamState.Passed, now);
        }
        else
        {
            State = ExamState.Closing;
            AnswerBy = null;
            FinishedAt = now;
            Version++;
        }
    }

    private void Issue(int ordinal, Scheme scheme, DateTimeOffset now)
    {
        State = ExamState.Running;
        Ordinal = ordinal;
        IssuedAt = now;
        AnswerBy = now.AddSeconds(scheme.SecondsPerQuestion.Value);
        Version++;
    }

    private void Finish(ExamState state, DateTimeOffset now)
    {
        State = state;
        AnswerBy = null;
        FinishedAt ??= now;
        Version++;
    }

    private void Require(ExamState state)
    {
        if (State != state)
        {
            throw new InvalidOperationException($"An attempt in {State} is not {state}.");
        }
    }
}
