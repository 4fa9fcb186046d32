using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;

namespace AdminPortal.Domain.Questions;

/// <summary>Where a re-marking stands.</summary>
public enum RemarkState
{
    /// <summary>Proposed by one editor; has no effect yet.</summary>
    Proposed,

    /// <summary>Confirmed by another one: the papers are marked again. Final.</summary>
    Confirmed,

    /// <summary>Another editor did not confirm it. Final.</summary>
    Declined,
}

/// <summary>
/// Papers with a wrong version of a question are marked again by its corrected version: proposed by one editor, confirmed by another
/// (D-REMARK). It only ever helps: a right answer stays right, a passed exam stays passed.
/// </summary>
public sealed class Remark
{
    /// <summary>The longest reason, in characters.</summary>
    public const int ReasonLimit = 500;

    private Remark() { }

    public Guid Id { get; private init; }
    public string QuestionId { get; private init; } = "";

    /// <summary>The version the papers were drawn with.</summary>
    public Guid FromId { get; private init; }
    public int FromNumber { get; private init; }

    /// <summary>The corrected version.</summary>
    public Guid ToId { get; private init; }
    public int ToNumber { get; private init; }
    public string Reason { get; private init; } = "";
    public RemarkState State { get; private set; }
    public Guid ProposedById { get; private init; }

    /// <summary>Badge number.</summary>
    public string ProposedByName { get; private init; } = "";

    /// <summary>Search key of the proposer's own identity number: two accounts of one person are one person.</summary>
    public byte[]? ProposedByKey { get; private init; }
    public DateTimeOffset ProposedAt { get; private init; }
    public Guid? CheckedById { get; private set; }
    public string? CheckedByName { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }
    public string? DeclineReason { get; private set; }

    /// <summary>Optimistic concurrency: two confirmations at once are one.</summary>
    public int Version { get; private set; }

    /// <summary>Why answers to one version cannot be marked by another, or null. An answer names options by their place.</summary>
    public static Refusal? Obstacle(QuestionVersion from, QuestionVersion to)
    {
        if (
            from.QuestionId != to.QuestionId
            || from.Number >= to.Number
            || from.State != QuestionState.Retired
            || to.State != QuestionState.Published
        )
        {
            return new Refusal(RefusalCode.RemarkNotCorrected);
        }
        var sameOptions =
            from.Type == to.Type && from.Options.Select(o => o.Zh).SequenceEqual(to.Options.Select(o => o.Zh));
        return sameOptions && !from.Key.SequenceEqual(to.Key) ? null : new Refusal(RefusalCode.RemarkNotComparable);
    }

    /// <summary>One editor proposes; nothing follows from it yet.</summary>
    public static Outcome<Remark> Propose(
        Guid id,
        QuestionVersion from,
        QuestionVersion to,
        string? reason,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (!actor.May(Permission.ProposeRemarks))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (Obstacle(from, to) is { } obstacle)
        {
            return obstacle;
        }
        if (Fault(reason) is { } fault)
        {
            return fault;
        }
        return new Remark
        {
            Id = id,
            QuestionId = from.QuestionId,
            FromId = from.Id,
            FromNumber = from.Number,
            ToId = to.Id,
            ToNumber = to.Number,
            Reason = reason!.Trim(),
            State = RemarkState.Proposed,
            ProposedById = actor.Id,
            ProposedByName = actor.Name,
            ProposedByKey = actor.PersonKey,
            ProposedAt = now,
            Version = 1,
        };
    }

    /// <summary>Whether an editor may confirm or decline now. One function for the buttons and for the server.</summary>
    public Refusal? Check(Actor actor)
    {
        if (!actor.May(Permission.ConfirmRemarks))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (State != RemarkState.Proposed)
        {
            return new Refusal(RefusalCode.Stale, null, CheckedByName!, CheckedAt!.Value);
        }
        return actor.Id == ProposedById || actor.IsPerson(ProposedByKey)
            ? new Refusal(RefusalCode.SecondPersonNeeded)
            : null;
    }

    /// <summary>Whether a person has a part in this and so must not have a paper in it.</summary>
    /// <param name="personKey">Search key of a driver's identity number.</param>
    public bool IsOwnCase(byte[] personKey, Actor actor) =>
        actor.IsPerson(personKey) || (ProposedByKey is not null && ProposedByKey.AsSpan().SequenceEqual(personKey));

    /// <summary>The second person confirms.</summary>
    public Outcome<Unit> Confirm(Actor actor, DateTimeOffset now)
    {
        if (Check(actor) is { } refusal)
        {
            return refusal;
        }
        Settle(RemarkState.Confirmed, actor, now);
        return new Unit();
    }

    /// <summary>The second person does not confirm, with a reason.</summary>
    public Outcome<Unit> Decline(string? reason, Actor actor, DateTimeOffset now)
    {
        if (Check(actor) is { } refusal)
        {
            return refusal;
        }
        if (Fault(reason) is { } fault)
        {
            return fault;
        }
        DeclineReason = reason!.Trim();
        Settle(RemarkState.Declined, actor, now);
        return new Unit();
    }

    private void Settle(RemarkState state, Actor actor, DateTimeOffset now)
    {
        (State, CheckedById, CheckedByName, CheckedAt) = (state, actor.Id, actor.Name, now);
        Version++;
    }

    private static Refusal? Fault(string? reason) =>
        (reason?.Trim().Length ?? 0) switch
        {
            0 => new Refusal(RefusalCode.FieldRequired, "reason"),
            > ReasonLimit => new Refusal(RefusalCode.FieldTooLong, "reason", ReasonLimit),
            _ => null,
        };
}

/// <summary>An answer that a re-marking found right. The answer itself stays as it was given and marked. Append-only.</summary>
public sealed class RemarkedAnswer
{
    public Guid AttemptId { get; init; }
    public int Ordinal { get; init; }
    public Guid RemarkId { get; init; }

    /// <summary>What it made of the attempt.</summary>
    public RemarkEffect Effect { get; init; }
}
