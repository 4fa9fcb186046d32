namespace AdminPortal.Domain.Access;

/// <summary>Where a proposed grant stands.</summary>
public enum RoleGrantState
{
    Proposed,
    Confirmed,
    Declined,
}

/// <summary>
/// A grant that takes two persons (D-ROLE-GRANT): one security administrator proposes a role for a member of staff, another
/// one confirms or declines. Nothing follows from the proposal alone.
/// </summary>
public sealed class RoleGrant
{
    /// <summary>Longest reason, in characters.</summary>
    public const int TextLimit = 500;

    private RoleGrant() { }

    public Guid Id { get; private init; }
    public Guid StaffId { get; private init; }
    public Role Role { get; private init; }
    public RoleGrantState State { get; private set; }
    public string Reason { get; private init; } = "";
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

    /// <summary>Optimistic concurrency: two answers at once are one.</summary>
    public int Version { get; private set; }

    /// <summary>One administrator proposes.</summary>
    /// <param name="reason">Why the person gets the role; required.</param>
    public static Outcome<RoleGrant> Propose(
        Guid id,
        Guid staffId,
        byte[]? personKey,
        Role role,
        string? reason,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (!actor.May(Permission.GrantRoles))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (StaffAccounts.MayChange(actor, staffId, personKey) is { } own)
        {
            return own;
        }
        if (TextFault(reason) is { } fault)
        {
            return fault;
        }
        return new RoleGrant
        {
            Id = id,
            StaffId = staffId,
            Role = role,
            State = RoleGrantState.Proposed,
            Reason = reason!.Trim(),
            ProposedById = actor.Id,
            ProposedByName = actor.Name,
            ProposedByKey = actor.PersonKey,
            ProposedAt = now,
            Version = 1,
        };
    }

    /// <summary>Whether somebody may confirm or decline now. One function for the buttons and for the server.</summary>
    /// <param name="personKey">Search key of the person the role is for.</param>
    public Refusal? Check(byte[]? personKey, Actor actor)
    {
        if (!actor.May(Permission.GrantRoles))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (State != RoleGrantState.Proposed)
        {
            return new Refusal(RefusalCode.CaseDecided, null, CheckedByName ?? "", CheckedAt!.Value);
        }
        if (StaffAccounts.MayChange(actor, StaffId, personKey) is { } own)
        {
            return own;
        }
        return actor.Id == ProposedById || actor.IsPerson(ProposedByKey)
            ? new Refusal(RefusalCode.SecondPersonNeeded)
            : null;
    }

    /// <summary>Another administrator confirms: the role is theirs from now on.</summary>
    public Outcome<Unit> Confirm(byte[]? personKey, Actor actor, DateTimeOffset now)
    {
        if (Check(personKey, actor) is { } refusal)
        {
            return refusal;
        }
        Answer(RoleGrantState.Confirmed, actor, now);
        return new Unit();
    }

    /// <summary>Another administrator declines, with a reason.</summary>
    public Outcome<Unit> Decline(string? reason, byte[]? personKey, Actor actor, DateTimeOffset now)
    {
        if (Check(personKey, actor) is { } refusal)
        {
            return refusal;
        }
        if (TextFault(reason) is { } fault)
        {
            return fault;
        }
        DeclineReason = reason!.Trim();
        Answer(RoleGrantState.Declined, actor, now);
        return new Unit();
    }

    /// <summary>What is wrong with a reason, or null.</summary>
    public static Refusal? TextFault(string? text) =>
        (text?.Trim().Length ?? 0) switch
        {
            0 => new Refusal(RefusalCode.ReasonRequired, "reason", 1),
            > TextLimit => new Refusal(RefusalCode.FieldTooLong, "reason", TextLimit),
            _ => null,
        };

    private void Answer(RoleGrantState state, Actor actor, DateTimeOffset now)
    {
        State = state;
        (CheckedById, CheckedByName, CheckedAt) = (actor.Id, actor.Name, now);
        Version++;
    }
}
