using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;

namespace AdminPortal.Domain.Leads;

/// <summary>Where a lead stands.</summary>
public enum LeadState
{
    Open,

    /// <summary>An officer looked into it and found nothing. Final.</summary>
    Dismissed,

    /// <summary>An officer proposed a blacklist entry; another person answers that. Final.</summary>
    LedToProposal,
}

/// <summary>
/// Something stored that an officer should look at. A lead is no finding: it changes nothing for the driver, whatever becomes of
/// it; only a blacklist entry that one officer proposes and another person confirms does (D-LEAD).
/// </summary>
public sealed class Lead
{
    /// <summary>The longest reason, in characters.</summary>
    public const int TextLimit = BlacklistEntry.TextLimit;

    private Lead() { }

    public Guid Id { get; private init; }
    public LeadKind Kind { get; private init; }

    /// <summary>What it is about: one lead per kind and subject, however often it is looked for.</summary>
    public Guid SubjectId { get; private init; }
    public Guid DriverId { get; private init; }

    /// <summary>Issuing authority whose officers look into it.</summary>
    public string Authority { get; private init; } = "";

    /// <summary>The round it was found in; null for a device, which belongs to none.</summary>
    public Guid? RoundId { get; private init; }

    /// <summary>As found; never changed afterwards.</summary>
    public LeadEvidence Evidence { get; private init; } = new([], []);
    public DateTimeOffset FoundAt { get; private init; }
    public LeadState State { get; private set; }

    /// <summary>The blacklist entry it led to.</summary>
    public Guid? EntryId { get; private set; }
    public Guid? ClosedById { get; private set; }

    /// <summary>Badge number.</summary>
    public string? ClosedByName { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Why it was dismissed; null for one that led to a proposal, which has its own words.</summary>
    public string? Reason { get; private set; }

    /// <summary>Optimistic concurrency: two officers at once are one.</summary>
    public int Version { get; private set; }

    /// <summary>The product found something.</summary>
    public static Lead Find(
        Guid id,
        LeadKind kind,
        Guid subjectId,
        Guid driverId,
        string authority,
        Guid? roundId,
        LeadEvidence evidence,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = id,
            Kind = kind,
            SubjectId = subjectId,
            DriverId = driverId,
            Authority = authority,
            RoundId = roundId,
            Evidence = evidence,
            FoundAt = now,
            State = LeadState.Open,
            Version = 1,
        };

    /// <summary>Whether an officer may close it now. One function for the buttons and for the server.</summary>
    /// <param name="personKey">Search key of the driver's identity number: nobody acts in their own case.</param>
    public Refusal? Check(byte[]? personKey, Actor actor)
    {
        if (!actor.May(Permission.WorkLeads))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (actor.IsPerson(personKey))
        {
            return new Refusal(RefusalCode.OwnCase);
        }
        return State == LeadState.Open
            ? null
            : new Refusal(RefusalCode.CaseDecided, null, ClosedByName ?? "", ClosedAt!.Value);
    }

    /// <summary>An officer looked into it and found nothing.</summary>
    public Outcome<Unit> Dismiss(string? reason, byte[]? personKey, Actor actor, DateTimeOffset now)
    {
        if (Check(personKey, actor) is { } refusal)
        {
            return refusal;
        }
        if (BlacklistEntry.TextFault(reason, "reason", 1) is { } fault)
        {
            return fault;
        }
        Reason = reason!.Trim();
        Close(LeadState.Dismissed, actor, now);
        return new Unit();
    }

    /// <summary>An officer proposed an entry out of it; the proposal has its own checks and its second person.</summary>
    public Outcome<Unit> Propose(Guid entryId, byte[]? personKey, Actor actor, DateTimeOffset now)
    {
        if (Check(personKey, actor) is { } refusal)
        {
            return refusal;
        }
        EntryId = entryId;
        Close(LeadState.LedToProposal, actor, now);
        return new Unit();
    }

    private void Close(LeadState state, Actor actor, DateTimeOffset now)
    {
        State = state;
        (ClosedById, ClosedByName, ClosedAt) = (actor.Id, actor.Name, now);
        Version++;
    }
}
