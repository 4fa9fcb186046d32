namespace AdminPortal.Domain.Access;

/// <summary>Whether a member of staff can sign in, and if not, why. The first that holds, in this order.</summary>
public enum AccountState
{
    /// <summary>Closed by the system administrator; kept, because what the person did stays theirs.</summary>
    Closed,

    /// <summary>Not used for so long that it was locked (D-DORMANT).</summary>
    Dormant,

    /// <summary>Opened, or its access started anew: waits for the person to enrol.</summary>
    Invited,

    /// <summary>Locked for a time after wrong tries.</summary>
    Locked,
    Active,
}

/// <summary>The rules about accounts of staff.</summary>
public static class StaffAccounts
{
    /// <summary>Days without a sign-in after which an account is locked until it is opened again (D-DORMANT).</summary>
    public const int DormantAfterDays = 90;

    /// <summary>How long a one-time activation code works.</summary>
    public static readonly TimeSpan ActivationLifetime = TimeSpan.FromHours(72);

    /// <summary>An account last used, or opened, before this instant is dormant (D-DORMANT).</summary>
    public static DateTimeOffset DormantBefore(DateTimeOffset now) => now - TimeSpan.FromDays(DormantAfterDays);

    /// <summary>The state of an account.</summary>
    /// <param name="awaitsEnrolment">True while an activation code is open or was never used.</param>
    public static AccountState StateOf(
        bool isActive,
        bool isDormant,
        bool awaitsEnrolment,
        DateTimeOffset? lockedUntil,
        DateTimeOffset now
    ) =>
        !isActive ? AccountState.Closed
        : isDormant ? AccountState.Dormant
        : awaitsEnrolment ? AccountState.Invited
        : lockedUntil > now ? AccountState.Locked
        : AccountState.Active;

    /// <summary>Whether an administrator may act on an account: never on one's own, whatever it is called there.</summary>
    public static Refusal? MayChange(Actor actor, Guid staffId, byte[]? personKey) =>
        actor.Id == staffId || actor.IsPerson(personKey) ? new Refusal(RefusalCode.OwnAccount) : null;
}
