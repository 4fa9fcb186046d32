namespace AdminPortal.Domain;

/// <summary>
/// The one result type of every act: <see cref="Done"/> with a value, or <see cref="Refused"/> with a reason.
/// A refused outcome has no value to read, so a caller cannot use one by mistake. Bugs and outages are exceptions.
/// </summary>
public abstract record Outcome<T>
{
    private Outcome() { }

    /// <summary>The act was carried out.</summary>
    public sealed record Done(T Value) : Outcome<T>;

    /// <summary>The act was refused and changed nothing.</summary>
    public sealed record Refused(Refusal Refusal) : Outcome<T>;

    public static implicit operator Outcome<T>(T value) => new Done(value);

    public static implicit operator Outcome<T>(Refusal refusal) => new Refused(refusal);
}

/// <summary>An act that yields nothing but its success.</summary>
public readonly record struct Unit;

/// <summary>Why an act was refused. The text is looked up per code in the user's language; facts fill its places.</summary>
/// <param name="Code">The closed list of reasons.</param>
/// <param name="Field">The input field the refusal belongs to, or null when it concerns the whole act.</param>
/// <param name="Facts">Values for the text, in the order of its places: times, names, counts.</param>
public sealed record Refusal(RefusalCode Code, string? Field = null, params object[] Facts);

/// <summary>Every reason for which the product refuses an act. Each has a text in every language (tested).</summary>
public enum RefusalCode
{
    NotPermitted,
    NotFound,
    Stale,
    Repeated,
    FieldRequired,
    FieldTooLong,
    IdNumberInvalid,
    MobileInvalid,
    NameInvalid,
    NoticeNotAccepted,
    NoticeOutdated,
    MobileNotConfirmed,
    OpenRoundExists,
    CapReached,
    SchemeUnknown,
    SignInFailed,
    CodeExpired,
    TooManyTries,
    TooManyMessages,
    WrongState,
    WindowClosed,
    NotEnoughStudy,
    VerificationMissing,
    FaceCheckPending,
    ChallengeExpired,
    ChallengeUsed,
    PhotoEmpty,
    PhotoTooLarge,
    PhotoNotJpeg,
    PhotoDamaged,
    PhotoDimensions,
    PhotoReused,
    PhotoTooOften,
    FaceServiceUnavailable,
    FaceChecksFailed,
    StudyTakenOver,
    BeatReplayed,
    StudyPaused,
    AnswerTwice,
    AnswerLate,
    AnswerInvalid,
    NoQuestions,
    ReviewNotOpen,

    /// <summary>No more photos with the identity card in this round; facts: how many there may be.</summary>
    IdPhotoTriesUsedUp,

    /// <summary>A photo with the identity card is asked for only after the verification failed (S1-27).</summary>
    IdPhotoNotOpen,
    ReviewOnce,

    /// <summary>It takes two persons: one proposes, another one confirms.</summary>
    SecondPersonNeeded,

    /// <summary>A proposal about this driver waits for its confirmation already.</summary>
    ProposalExists,
    AppealOnce,

    /// <summary>The entry is not, or no longer, in force.</summary>
    AppealNotOpen,

    /// <summary>Facts: how many there may be.</summary>
    TooManyPhotos,
    NotYourCase,
    CaseTaken,
    CaseDecided,
    LeaseLapsed,
    OwnCase,
    QueueEmpty,
    ReasonRequired,
    AccountDisabled,
    AccountLocked,
    PasswordTooShort,
    PasswordCommon,
    PasswordContainsBadge,
    PasswordsDiffer,
    CalendarYearKnown,
    CalendarInvalid,
    BadgeTaken,
    RoleUnknown,
    RolesExclusive,
    FaceConsentMissing,
    FaceConsentNotGiven,
    ExportTooOften,
    FeedbackKindRequired,

    /// <summary>Facts: the fewest characters.</summary>
    FeedbackTextShort,

    /// <summary>Facts: the most photos.</summary>
    FeedbackPhotosTooMany,

    /// <summary>So many tickets are open already (D-FEEDBACK-OPEN); facts: how many there may be.</summary>
    FeedbackOpenTooMany,

    /// <summary>The same form was sent with other words before; facts: the number it got.</summary>
    FeedbackSent,

    /// <summary>No officers work for the driver's authority here (D-FEEDBACK-AUTHORITY).</summary>
    FeedbackNoAuthority,

    /// <summary>The scheme of the driver's authority has no such route to a reduction (N-27).</summary>
    RouteNotOffered,

    /// <summary>A ground stands in the way; the page shows which.</summary>
    DriverNotEligible,
    DateInFuture,

    /// <summary>Not held in the running cycle; facts: its first day.</summary>
    AttendanceOutsideCycle,

    /// <summary>Facts: the fewest minutes (N-27).</summary>
    AttendanceTooShort,

    /// <summary>Facts: the most minutes of one day.</summary>
    AttendanceTooLong,
    AttendanceExamNotPassed,

    /// <summary>The same route on the same day is recorded already (D-ATTENDANCE).</summary>
    AttendanceExists,

    /// <summary>Nobody changes their own account, roles or access.</summary>
    OwnAccount,

    /// <summary>The same grant waits for its second person already.</summary>
    GrantProposed,

    /// <summary>The account is not in a state in which the act means anything.</summary>
    AccountState,
    AuthorityInvalid,
    BadgeInvalid,

    /// <summary>Facts: the number of the line.</summary>
    CalendarLineUnreadable,
    CalendarFileUnreadable,
}
