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
    PdfTooLarge,

    /// <summary>Begins as a PDF does, but without its end or in a version that is not known.</summary>
    PdfDamaged,

    /// <summary>Neither a JPEG nor a PDF, where both are taken.</summary>
    FileNotTaken,

    /// <summary>All files of a form together are more than a request may have, where PDF is taken too.</summary>
    FilesTooLarge,
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
    CaseEscalated,
    CaseTheirs,
    OfficerCannotTake,
    EvidenceAskedOnce,
    EvidenceNotAsked,
    EvidenceTooLate,

    /// <summary>A lead is no finding: its driver is told nothing, so nothing is asked of them (D-LEAD).</summary>
    DriverNotTold,
    EvidenceEmpty,
    OpinionAsked,
    OpinionNotAsked,
    TooManyViews,
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

    /// <summary>Two to six options.</summary>
    QuestionOptionCount,
    QuestionOptionsAlike,

    /// <summary>The answer names an option that is not there, or one twice.</summary>
    QuestionKeyUnknown,

    /// <summary>True/false has two options, one of them right.</summary>
    QuestionTrueFalseKey,
    QuestionSingleKey,
    QuestionMultipleKey,

    /// <summary>Small letters, digits and hyphens.</summary>
    QuestionCategoryInvalid,
    QuestionDifficultyInvalid,
    QuestionTypeUnknown,

    /// <summary>Only the editor who wrote a draft goes on with it; facts: the badge.</summary>
    QuestionNotYourDraft,

    /// <summary>The question has a draft or a version in review already.</summary>
    QuestionDraftOpen,

    /// <summary>Another editor was first; facts: who and when.</summary>
    QuestionReviewed,

    /// <summary>The draw would run out; facts: the type, how many are needed, how many there are.</summary>
    QuestionsTooFew,
    QuestionUnchanged,

    /// <summary>No picture of that name on the shelf (D-PICTURE).</summary>
    PictureUnknown,

    /// <summary>Neither a PNG nor a JPEG of a kind that is taken.</summary>
    PictureFormat,
    PictureDamaged,

    /// <summary>Facts: the shortest and the longest side in pixels.</summary>
    PictureDimensions,

    /// <summary>Facts: the most kilobytes of what would be stored.</summary>
    PictureTooHeavy,

    /// <summary>Versions of questions show it; facts: how many.</summary>
    PictureInUse,

    /// <summary>Small letters, digits and hyphens, and no word that is an address already.</summary>
    SectionIdInvalid,
    SectionIdTaken,

    /// <summary>Facts: the largest number.</summary>
    SectionNumberInvalid,

    /// <summary>Facts: how many articles, how many characters each.</summary>
    SectionArticlesTooMany,

    /// <summary>Both languages have the same paragraphs and lists; facts: the first that has not.</summary>
    SectionShapeDiffers,
    SectionDraftOpen,

    /// <summary>The last section in use stays: drivers need something to read.</summary>
    SectionLast,
    VideoUnknown,

    /// <summary>Facts: the most megabytes.</summary>
    VideoTooLarge,
    VideoNotMp4,
    VideoDamaged,

    /// <summary>The index stands behind the pictures: it could not be played while it loads.</summary>
    VideoIndexAtEnd,
    VideoNotH264,

    /// <summary>Facts: the fewest and the most seconds.</summary>
    VideoLength,

    /// <summary>The same form has stored a video already, and this one is not the same.</summary>
    VideoStoredBefore,
    CaptionsUnreadable,

    /// <summary>Facts of these three: the number of the caption.</summary>
    CaptionsNotPlain,
    CaptionsTimes,
    CaptionsTooFast,
    CaptionsDiffer,

    /// <summary>Papers are marked again from a version out of use to the one in use that came after it.</summary>
    RemarkNotCorrected,

    /// <summary>The options differ, or the key does not: there is nothing to mark again by.</summary>
    RemarkNotComparable,

    /// <summary>The same re-marking waits for its second person already.</summary>
    RemarkProposed,

    /// <summary>Cells of the file are wrong; facts: how many. Nothing was taken over.</summary>
    QuestionImportFaulty,
    QuestionTwiceInFile,

    /// <summary>Facts: the most mebibytes.</summary>
    WorkbookTooLarge,
    WorkbookNotExcel,

    /// <summary>The browser could not hand the file over: it changed after it was chosen, or the connection was lost.</summary>
    WorkbookUnreadable,

    /// <summary>What is packed in the file, or one of its cells, is larger than any honest one.</summary>
    WorkbookTooMuchInside,

    /// <summary>Facts: the most rows.</summary>
    WorkbookTooManyRows,

    /// <summary>Facts: the heading.</summary>
    WorkbookColumnMissing,
    WorkbookEmpty,

    /// <summary>A cell with a formula or an error instead of a text.</summary>
    WorkbookFormula,

    /// <summary>Facts: how many days back an outage may begin (D-OUTAGE-REACH).</summary>
    OutageTooLongAgo,
    OutageEndsBeforeItBegins,

    /// <summary>An outage is declared when it is over: only then everything it hit is known.</summary>
    OutageNotOver,

    /// <summary>The same outage with another reason waits for its confirmation already.</summary>
    OutageDeclared,

    /// <summary>Nobody of the officer's authorities has this identity number.</summary>
    DriverUnknown,

    /// <summary>Nobody changes their own account, roles or access.</summary>
    OwnAccount,

    /// <summary>The same grant waits for its second person already.</summary>
    GrantProposed,

    /// <summary>The account is not in a state in which the act means anything.</summary>
    AccountState,
    AuthorityInvalid,

    /// <summary>A message without one of its values, or with one that does not exist; facts: the places it has to have.</summary>
    TextPlaces,

    /// <summary>A message that has no values, with a brace in it.</summary>
    TextNoPlaces,

    /// <summary>Facts: how many paragraphs there are in Chinese, how many in English.</summary>
    TextParagraphs,

    /// <summary>Facts: the most paragraphs.</summary>
    TextTooManyParagraphs,

    /// <summary>It says what the version in force says.</summary>
    TextUnchanged,

    /// <summary>Another draft of the same text is being written; facts: by whom.</summary>
    TextDraftOpen,

    /// <summary>Somebody was first; facts: who and when.</summary>
    TextSettled,

    /// <summary>An assignment begins today or later; facts: today.</summary>
    AssignmentPast,

    /// <summary>There is no such scheme, or it is not in force on that day.</summary>
    AssignmentScheme,

    /// <summary>Another assignment stands there; facts: its day.</summary>
    AssignmentTaken,

    /// <summary>The authority works under this scheme already.</summary>
    AssignmentUnchanged,

    /// <summary>A proposal about this authority waits for its second person already.</summary>
    AssignmentProposed,

    /// <summary>The authority is there already.</summary>
    AuthorityKnown,
    HotlineInvalid,
    BadgeInvalid,

    /// <summary>Facts: the number of the line.</summary>
    CalendarLineUnreadable,
    CalendarFileUnreadable,

    /// <summary>Facts: how long the list is, and how long it may be (D-EXPORT).</summary>
    ExportTooLong,

    /// <summary>One export of an officer is still under way.</summary>
    ExportUnderWay,

    /// <summary>The act wants a second factor that was proven a moment ago (D-STEP-UP).</summary>
    FreshFactorNeeded,

    /// <summary>Facts: how many there may be (D-PASSKEY).</summary>
    PasskeysFull,
    PasskeyNameTaken,

    /// <summary>What the authenticator answered is not in order, or its question was answered before.</summary>
    PasskeyNotAccepted,

    /// <summary>The file is not there any more, or not yet.</summary>
    ExportGone,

    /// <summary>The process that wrote it was lost again and again.</summary>
    ExportLost,
}
