using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Schemes;

/// <summary>A value of scheme data with the id of the rule (or decision, D-…) it comes from.</summary>
public sealed record Ruled<T>(T Value, string Rule);

/// <summary>What happens to a round whose study window ends.</summary>
public enum StudyWindowEnd
{
    /// <summary>Enough minutes: the completion is filed for the driver (S0-13). Otherwise the round is void.</summary>
    FileWhenEnough,

    /// <summary>The round is void (S1-25).</summary>
    Void,
}

/// <summary>What a study period loses when its face check fails for good.</summary>
public enum StudyFaceFailure
{
    /// <summary>Only that period does not count; the round goes on (S0-11).</summary>
    VoidsPeriod,

    /// <summary>The session ends and its period does not count (S1-35).</summary>
    EndsSession,
}

/// <summary>Which outcomes a driver may have reviewed by an officer.</summary>
public enum Reviewable
{
    /// <summary>A passed exam whose closing verification failed (S1-36, S1-37).</summary>
    PassedExam,

    /// <summary>An exam that was not accepted for its face checks (N-n5).</summary>
    Exam,

    /// <summary>A study period that was not accepted (N-n5).</summary>
    Study,
}

/// <summary>How messages about a round reach the driver, besides the inbox of the site.</summary>
public enum NoticeChannel
{
    Sms,
    App,
    Alipay,
}

/// <summary>How many questions of each type a paper has.</summary>
public sealed record PaperMix(int TrueFalse, int Single, int Multiple)
{
    public int Total => TrueFalse + Single + Multiple;
}

/// <summary>A route to a reduction that an officer records (N-27).</summary>
/// <param name="Minutes">The fewest minutes of one time.</param>
/// <param name="Points">Points one time takes off.</param>
/// <param name="HasExam">True when an exam must be passed, too.</param>
public sealed record AttendanceRoute(int Minutes, int Points, bool HasExam);

/// <summary>
/// One scheme at one date of effect: every number a round depends on, each with its rule. Loaded from JSON and validated at
/// start-up; a round keeps the scheme it began under (S1-02). Code switches over kinds, never over a city.
/// </summary>
public sealed record Scheme
{
    /// <summary>S0, S1 or N.</summary>
    public required string Id { get; init; }

    /// <summary>First civil date in China on which rounds may begin under this version.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Last civil date on which rounds may begin; null while in force.</summary>
    public DateOnly? EffectiveTo { get; init; }

    public required string NameZh { get; init; }
    public required string NameEn { get; init; }

    /// <summary>Points that one round takes off.</summary>
    public required Ruled<int> PointsPerRound { get; init; }

    /// <summary>The most points that may be taken off in one cycle over all routes.</summary>
    public required Ruled<int> CapPerCycle { get; init; }

    /// <summary>Accumulated points from which no reduction is possible.</summary>
    public required Ruled<int> FullMark { get; init; }

    public required Ruled<int> StudyMinutes { get; init; }

    /// <summary>Only stretches of at least this many continuous minutes count; 0 when every stretch counts.</summary>
    public required Ruled<int> SmallestStretchMinutes { get; init; }
    public required Period StudyWindow { get; init; }
    public required Ruled<StudyWindowEnd> StudyWindowEnd { get; init; }
    public required Period ExamWindow { get; init; }
    public required Period ResitWindow { get; init; }
    public required Ruled<int> Resits { get; init; }

    /// <summary>Points in the process at which a face check is demanded.</summary>
    public required Ruled<IReadOnlyList<FaceCheckPurpose>> FaceChecks { get; init; }

    /// <summary>Consecutive failures that make a face check failed for good.</summary>
    public required Ruled<int> FaceTries { get; init; }
    public required Ruled<StudyFaceFailure> StudyFaceFailure { get; init; }

    /// <summary>Minutes of study per random snapshot: at least one per started stretch of this length.</summary>
    public required Ruled<int> MinutesPerSnapshot { get; init; }

    /// <summary>How long a passed real-person verification may be relied on.</summary>
    public required Period VerificationValidity { get; init; }

    /// <summary>How long the closing verification of a passed exam may be made; null when the scheme has none.</summary>
    public Period? ClosingVerificationWindow { get; init; }
    public required Ruled<PaperMix> Paper { get; init; }
    public required Ruled<int> SecondsPerQuestion { get; init; }
    public required Ruled<int> PassMark { get; init; }

    /// <summary>The wrong or late answer that ends the paper; null when every question is put.</summary>
    public Ruled<int>? WrongAnswersEndExam { get; init; }

    /// <summary>Minutes after which an exam that nobody continues is closed, face checks not counted.</summary>
    public required Ruled<int> ExamLimitMinutes { get; init; }
    public required Ruled<IReadOnlyList<Reviewable>> Reviewable { get; init; }

    /// <summary>How long a review may be filed; null when the scheme has none.</summary>
    public Period? ReviewFilingWindow { get; init; }

    /// <summary>How long the police have for the review; null when the scheme has none.</summary>
    public Period? ReviewPeriod { get; init; }

    /// <summary>How long the police have for a photo with the identity card; null when the scheme has none (S1-27, N-n7).</summary>
    public Period? IdPhotoPeriod { get; init; }

    /// <summary>How many photos with the identity card may be filed in one round.</summary>
    public required Ruled<int> IdPhotoTries { get; init; }

    /// <summary>The target for an appeal against a blacklist entry: no law sets a term.</summary>
    public required Period AppealTarget { get; init; }

    /// <summary>The target for looking into a fraud lead: no law sets a term (D-LEAD-TARGET).</summary>
    public required Period LeadTarget { get; init; }

    /// <summary>The target for an answer to feedback: no law sets a term.</summary>
    public required Period FeedbackTarget { get; init; }

    /// <summary>How long a driver may take for evidence an officer asks for; the case's due time runs on (D-EVIDENCE).</summary>
    public required Period EvidenceTerm { get; init; }

    /// <summary>When the hotline is answered on working days (S0-23), as clock times in China.</summary>
    public required Ruled<OfficeHours> HotlineHours { get; init; }
    public required Ruled<IReadOnlyList<NoticeChannel>> NoticeChannels { get; init; }

    /// <summary>Days before the reset date from which the driver is reminded; null when the scheme does not say.</summary>
    public Ruled<int>? ResetReminderDays { get; init; }

    /// <summary>Hours that data from the police network normally lags.</summary>
    public required Ruled<int> DataLagHours { get; init; }

    /// <summary>The grounds that are evaluated before a round begins, each with the rule of this scheme.</summary>
    public required IReadOnlyList<Ruled<Ground>> Grounds { get; init; }

    /// <summary>On-site study (现场学习); null when the scheme has none.</summary>
    public Ruled<AttendanceRoute>? OnSite { get; init; }

    /// <summary>Public service (公益活动); null when the scheme has none.</summary>
    public Ruled<AttendanceRoute>? PublicService { get; init; }

    /// <summary>The route of a kind of attendance, or null.</summary>
    public Ruled<AttendanceRoute>? RouteOf(AttendanceKind kind) =>
        kind switch
        {
            AttendanceKind.OnSite => OnSite,
            AttendanceKind.PublicService => PublicService,
        };

    /// <summary>The exam attempts a round has at most.</summary>
    public int Attempts => 1 + Resits.Value;

    public bool Demands(FaceCheckPurpose purpose) => FaceChecks.Value.Contains(purpose);
}
