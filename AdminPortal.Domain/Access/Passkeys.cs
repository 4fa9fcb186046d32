namespace AdminPortal.Domain.Access;

/// <summary>The rules about passkeys of staff (D-PASSKEY).</summary>
public static class Passkeys
{
    /// <summary>The most one person may have (D-PASSKEY): a computer, a phone, a key on the ring, and one in the safe.</summary>
    public const int MostPerPerson = 5;

    /// <summary>The longest name, in characters.</summary>
    public const int NameLimit = 40;

    /// <summary>The longest identifier of a credential, in bytes (WebAuthn).</summary>
    public const int CredentialLimit = 1023;

    /// <summary>How long a question to an authenticator may be answered (D-PASSKEY).</summary>
    public static readonly TimeSpan ChallengeLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// True when an authenticator that counts its signatures shows a count that is not higher than the last one: there are two of
    /// it, and one of them is a copy. Those that do not count always show 0.
    /// </summary>
    public static bool CountWentBack(long last, long shown) => (last != 0 || shown != 0) && shown <= last;

    /// <summary>What is wrong with the name of a passkey, or null.</summary>
    public static Refusal? NameFault(string? name) =>
        (name?.Trim().Length ?? 0) switch
        {
            0 => new Refusal(RefusalCode.FieldRequired, "name"),
            > NameLimit => new Refusal(RefusalCode.FieldTooLong, "name", NameLimit),
            _ => null,
        };
}

/// <summary>A rare and dangerous act wants the second factor anew (D-STEP-UP).</summary>
public static class StepUp
{
    /// <summary>How long a proof of the second factor is fresh (D-STEP-UP).</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    /// <summary>Whether a second factor that was last proven then is fresh now.</summary>
    public static bool IsFresh(DateTimeOffset? provenAt, DateTimeOffset now) =>
        provenAt is { } at && now <= at + FreshFor;
}
