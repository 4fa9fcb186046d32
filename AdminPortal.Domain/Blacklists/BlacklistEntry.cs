using AdminPortal.Domain.Access;

namespace AdminPortal.Domain.Blacklists;

/// <summary>Why a driver is put on the blacklist (S1-39, N-31).</summary>
public enum BlacklistGround
{
    /// <summary>代学代考: had somebody else study or sit the exam.</summary>
    Proxy,

    /// <summary>冒名顶替: studied or sat the exam for somebody else.</summary>
    Impersonation,

    /// <summary>其他弄虚作假: another fraud, such as photos that were tampered with.</summary>
    Fraud,
}

/// <summary>Where an entry stands.</summary>
public enum BlacklistState
{
    /// <summary>Proposed by one officer; has no effect yet.</summary>
    Proposed,

    /// <summary>Confirmed by another one: the clocks run, or have run out.</summary>
    InForce,

    /// <summary>Another officer did not confirm it. Final.</summary>
    Declined,

    /// <summary>Lifted by an upheld appeal. Final.</summary>
    Lifted,
}

/// <summary>
/// An entry of the product's own blacklist. It takes two persons to put a driver on it and two to take them off again: one
/// proposes, another one confirms.
/// </summary>
public sealed class BlacklistEntry
{
    /// <summary>The shortest description of what happened, in characters: the driver reads it and may appeal.</summary>
    public const int ShortestDescription = 10;

    /// <summary>The longest description or reason, in characters.</summary>
    public const int TextLimit = 1000;

    private BlacklistEntry() { }

    public Guid Id { get; private init; }
    public Guid DriverId { get; private init; }

    /// <summary>Issuing authority whose officers answer for the entry.</summary>
    public string Authority { get; private init; } = "";
    public BlacklistGround Ground { get; private init; }

    /// <summary>What happened, in words the driver reads.</summary>
    public string Description { get; private init; } = "";

    /// <summary>The round it is about; its reduction is revoked (N-31). Null when it is about none.</summary>
    public Guid? RoundId { get; private init; }
    public BlacklistState State { get; private set; }
    public Guid ProposedById { get; private init; }

    /// <summary>Badge number.</summary>
    public string ProposedByName { get; private init; } = "";

    /// <summary>Search key of the proposer's own identity number: two accounts of one person are one person.</summary>
    public byte[]? ProposedByKey { get; private init; }
    public DateTimeOffset ProposedAt { get; private init; }

    /// <summary>Who confirmed or declined it.</summary>
    public Guid? CheckedById { get; private set; }
    public string? CheckedByName { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }
    public string? DeclineReason { get; private set; }

    /// <summary>The last day out of the scheme; stamped at the confirmation (N-n9).</summary>
    public DateOnly? OutOfSchemeUntil { get; private set; }

    /// <summary>The last day off internet and self-service; stamped at the confirmation (N-n9, S1-39).</summary>
    public DateOnly? OffOnlineUntil { get; private set; }
    public Guid? LiftedById { get; private set; }
    public string? LiftedByName { get; private set; }
    public DateTimeOffset? LiftedAt { get; private set; }
    public string? LiftReason { get; private set; }

    /// <summary>Optimistic concurrency: two confirmations at once are one.</summary>
    public int Version { get; private set; }

    /// <summary>The clocks as stamped; null before the confirmation.</summary>
    public BlacklistClocks? Clocks =>
        OutOfSchemeUntil is { } scheme && OffOnlineUntil is { } online ? new BlacklistClocks(scheme, online) : null;

    /// <summary>True while it keeps the driver from something.</summary>
    public bool Bars(DateOnly today) => State == BlacklistState.InForce && Clocks!.Run(today);

    /// <summary>One officer proposes; nothing follows from it yet.</summary>
    /// <param name="personKey">Search key of the driver's identity number: nobody acts in their own case.</param>
    public static Outcome<BlacklistEntry> Propose(
        Guid id,
        Guid driverId,
        string authority,
        BlacklistGround ground,
        string? description,
        Guid? roundId,
        byte[]? personKey,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (!actor.May(Permission.ProposeBlacklisting))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (actor.IsPerson(personKey))
        {
            return new Refusal(RefusalCode.OwnCase);
        }
        if (TextFault(description, "description", ShortestDescription) is { } fault)
        {
            return fault;
        }
        return new BlacklistEntry
        {
            Id = id,
            DriverId = driverId,
            Authority = authority,
            Ground = ground,
            Description = description!.Trim(),
            RoundId = roundId,
            State = BlacklistState.Proposed,
            ProposedById = actor.Id,
            ProposedByName = actor.Name,
            ProposedByKey = actor.PersonKey,
            ProposedAt = now,
            Version = 1,
        };
    }

    /// <summary>Whether an officer may confirm or decline now. One function for the buttons and for the server.</summary>
    public Refusal? Check(byte[]? personKey, Actor actor)
    {
        if (!actor.May(Permission.ConfirmBlacklisting))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (State != BlacklistState.Proposed)
        {
            return new Refusal(RefusalCode.CaseDecided, null, CheckedByName ?? "", CheckedAt!.Value);
        }
        if (actor.IsPerson(personKey))
        {
            return new Refusal(RefusalCode.OwnCase);
        }
        return actor.Id == ProposedById || actor.IsPerson(ProposedByKey)
            ? new Refusal(RefusalCode.SecondPersonNeeded)
            : null;
    }

    /// <summary>Another officer confirms: both clocks are stamped, here and nowhere else (N-n9).</summary>
    /// <param name="today">Civil date of the confirmation in China.</param>
    public Outcome<Unit> Confirm(
        DateOnly firstLicensedOn,
        DateOnly today,
        byte[]? personKey,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (Check(personKey, actor) is { } refusal)
        {
            return refusal;
        }
        var clocks = BlacklistClocks.From(firstLicensedOn, today);
        (OutOfSchemeUntil, OffOnlineUntil) = (clocks.OutOfSchemeUntil, clocks.OffOnlineUntil);
        Answer(BlacklistState.InForce, actor, now);
        return new Unit();
    }

    /// <summary>Another officer does not confirm, with a reason.</summary>
    public Outcome<Unit> Decline(string? reason, byte[]? personKey, Actor actor, DateTimeOffset now)
    {
        if (Check(personKey, actor) is { } refusal)
        {
            return refusal;
        }
        if (TextFault(reason, "reason", 1) is { } fault)
        {
            return fault;
        }
        DeclineReason = reason!.Trim();
        Answer(BlacklistState.Declined, actor, now);
        return new Unit();
    }

    /// <summary>An appeal was upheld by two persons (S1-40); the decision itself is checked by its case.</summary>
    /// <exception cref="InvalidOperationException">The entry is not in force.</exception>
    public void Lift(string reason, Actor actor, DateTimeOffset now)
    {
        if (State != BlacklistState.InForce)
        {
            throw new InvalidOperationException($"An entry that is {State} cannot be lifted.");
        }
        State = BlacklistState.Lifted;
        (LiftedById, LiftedByName, LiftedAt, LiftReason) = (actor.Id, actor.Name, now, reason.Trim());
        Version++;
    }

    private void Answer(BlacklistState state, Actor actor, DateTimeOffset now)
    {
        State = state;
        (CheckedById, CheckedByName, CheckedAt) = (actor.Id, actor.Name, now);
        Version++;
    }

    internal static Refusal? TextFault(string? text, string field, int shortest)
    {
        var length = text?.Trim().Length ?? 0;
        return length < shortest ? new Refusal(RefusalCode.ReasonRequired, field, shortest)
            : length > TextLimit ? new Refusal(RefusalCode.FieldTooLong, field, TextLimit)
            : null;
    }
}
