namespace AdminPortal.Domain.Rounds;

/// <summary>Where a round of study and exam stands.</summary>
public enum RoundState
{
    /// <summary>Approved; the study window runs (S1-23).</summary>
    Studying,

    /// <summary>An officer looks at the photo with the identity card (S1-27); no window runs meanwhile.</summary>
    IdPhotoCheck,

    /// <summary>An officer reviews a study period that was not accepted (N-n5); no window runs meanwhile.</summary>
    StudyUnderReview,

    /// <summary>Study completed; the exam window runs (S1-28).</summary>
    ExamOpen,

    /// <summary>An attempt is under way.</summary>
    Examining,

    /// <summary>An attempt is lost; the resit window runs (S1-31).</summary>
    ResitOpen,

    /// <summary>Exam passed; the closing verification is due (S1-36).</summary>
    Verifying,

    /// <summary>Exam passed but not valid, or not accepted; a review may be filed (S1-37, N-n5).</summary>
    Invalid,

    /// <summary>An officer reviews the result (S1-38).</summary>
    UnderReview,

    /// <summary>The result counts; the reduction is on its way (S1-13).</summary>
    Reducing,

    /// <summary>The points are taken off. Final.</summary>
    Reduced,

    /// <summary>The round ended without a reduction. Final.</summary>
    Void,
}

/// <summary>What can happen to a round.</summary>
public enum RoundAct
{
    Open,
    FileIdPhoto,
    AcceptIdPhoto,
    RefuseIdPhoto,
    FileStudyReview,
    UpholdStudyReview,
    RejectStudyReview,
    FileCompletion,
    StartExam,
    PassExam,
    PassWithoutVerification,
    LoseAttempt,
    LoseLastAttempt,

    /// <summary>The exam is not accepted for its face checks, and a review may be filed (N-n5).</summary>
    NotAcceptExam,
    PassVerification,
    FailVerification,
    FileReview,
    UpholdReview,

    /// <summary>The exam that was not accepted does not count: it may be sat again (N-n5).</summary>
    RestoreExam,

    /// <summary>The resit that was not accepted does not count: it may be sat again (N-n5).</summary>
    RestoreResit,
    RejectReview,
    RejectReviewFinally,
    ConfirmReduction,
    RefuseReduction,
    RunOut,
    EndCycle,

    /// <summary>The driver was put on the blacklist (S1-39).</summary>
    Blacklist,

    /// <summary>The failed exam is passed after a question was corrected; its closing verification follows (D-REMARK).</summary>
    RemarkPassed,

    /// <summary>The same where there is no closing verification (D-REMARK).</summary>
    RemarkPassedWithoutVerification,

    /// <summary>A corrected question: the exam should not have been cut short and may be sat again (D-REMARK).</summary>
    RemarkExam,

    /// <summary>The same for a resit (D-REMARK).</summary>
    RemarkResit,

    /// <summary>The running window ends later, by the time an outage took of it (D-OUTAGE).</summary>
    ExtendWindow,

    /// <summary>An attempt that an outage hit does not count; the round stays where it is (D-OUTAGE).</summary>
    FreeAttempt,

    /// <summary>The study window that an outage took begins anew (D-OUTAGE-ENDED).</summary>
    ReopenStudy,

    /// <summary>The exam may be sat (again), because an outage took it (D-OUTAGE).</summary>
    ReopenExam,

    /// <summary>The resit may be sat (again), because an outage took it (D-OUTAGE).</summary>
    ReopenResit,

    /// <summary>The closing verification may be made (again), because an outage took it (D-OUTAGE).</summary>
    ReopenVerification,
}

/// <summary>Why a round ended without a reduction.</summary>
public enum VoidReason
{
    StudyWindowEnded,
    ExamWindowEnded,
    ResitWindowEnded,
    AttemptsUsedUp,
    CycleEnded,
    ReductionRefused,

    /// <summary>The driver was put on the blacklist while the round was open (S1-39).</summary>
    Blacklisted,
}

/// <summary>One allowed move of a round.</summary>
public sealed record RoundTransition(RoundState? From, RoundAct Act, RoundState To);

/// <summary>Every allowed move of a round; what is not listed cannot happen.</summary>
public static class RoundTable
{
    public static readonly IReadOnlyList<RoundTransition> All =
    [
        new(null, RoundAct.Open, RoundState.Studying),
        new(RoundState.Studying, RoundAct.FileCompletion, RoundState.ExamOpen),
        new(RoundState.Studying, RoundAct.RunOut, RoundState.Void),
        new(RoundState.Studying, RoundAct.EndCycle, RoundState.Void),
        new(RoundState.Studying, RoundAct.FileIdPhoto, RoundState.IdPhotoCheck),
        new(RoundState.IdPhotoCheck, RoundAct.AcceptIdPhoto, RoundState.Studying),
        new(RoundState.IdPhotoCheck, RoundAct.RefuseIdPhoto, RoundState.Studying),
        new(RoundState.IdPhotoCheck, RoundAct.EndCycle, RoundState.Void),
        new(RoundState.Studying, RoundAct.FileStudyReview, RoundState.StudyUnderReview),
        new(RoundState.StudyUnderReview, RoundAct.UpholdStudyReview, RoundState.Studying),
        new(RoundState.StudyUnderReview, RoundAct.RejectStudyReview, RoundState.Studying),
        new(RoundState.StudyUnderReview, RoundAct.EndCycle, RoundState.Void),
        new(RoundState.ExamOpen, RoundAct.StartExam, RoundState.Examining),
        new(RoundState.ExamOpen, RoundAct.RunOut, RoundState.Void),
        new(RoundState.ExamOpen, RoundAct.EndCycle, RoundState.Void),
        new(RoundState.Examining, RoundAct.PassExam, RoundState.Verifying),
        new(RoundState.Examining, RoundAct.PassWithoutVerification, RoundState.Reducing),
        new(RoundState.Examining, RoundAct.LoseAttempt, RoundState.ResitOpen),
        new(RoundState.Examining, RoundAct.LoseLastAttempt, RoundState.Void),
        new(RoundState.Examining, RoundAct.NotAcceptExam, RoundState.Invalid),
        new(RoundState.Examining, RoundAct.EndCycle, RoundState.Void),
        new(RoundState.ResitOpen, RoundAct.StartExam, RoundState.Examining),
        new(RoundState.ResitOpen, RoundAct.RunOut, RoundState.Void),
        new(RoundState.ResitOpen, RoundAct.EndCycle, RoundState.Void),
        new(RoundState.ResitOpen, RoundAct.RemarkPassed, RoundState.Verifying),
        new(RoundState.ResitOpen, RoundAct.RemarkPassedWithoutVerification, RoundState.Reducing),
        new(RoundState.ResitOpen, RoundAct.RemarkExam, RoundState.ExamOpen),
        new(RoundState.ResitOpen, RoundAct.RemarkResit, RoundState.ResitOpen),
        new(RoundState.Verifying, RoundAct.PassVerification, RoundState.Reducing),
        new(RoundState.Verifying, RoundAct.FailVerification, RoundState.Invalid),
        new(RoundState.Verifying, RoundAct.EndCycle, RoundState.Void),
        new(RoundState.Invalid, RoundAct.FileReview, RoundState.UnderReview),
        new(RoundState.Invalid, RoundAct.LoseAttempt, RoundState.ResitOpen),
        new(RoundState.Invalid, RoundAct.LoseLastAttempt, RoundState.Void),
        new(RoundState.Invalid, RoundAct.EndCycle, RoundState.Void),
        new(RoundState.UnderReview, RoundAct.UpholdReview, RoundState.Reducing),
        new(RoundState.UnderReview, RoundAct.RestoreExam, RoundState.ExamOpen),
        new(RoundState.UnderReview, RoundAct.RestoreResit, RoundState.ResitOpen),
        new(RoundState.UnderReview, RoundAct.RejectReview, RoundState.ResitOpen),
        new(RoundState.UnderReview, RoundAct.RejectReviewFinally, RoundState.Void),
        new(RoundState.UnderReview, RoundAct.EndCycle, RoundState.Void),
        new(RoundState.Studying, RoundAct.Blacklist, RoundState.Void),
        new(RoundState.IdPhotoCheck, RoundAct.Blacklist, RoundState.Void),
        new(RoundState.StudyUnderReview, RoundAct.Blacklist, RoundState.Void),
        new(RoundState.ExamOpen, RoundAct.Blacklist, RoundState.Void),
        new(RoundState.Examining, RoundAct.Blacklist, RoundState.Void),
        new(RoundState.ResitOpen, RoundAct.Blacklist, RoundState.Void),
        new(RoundState.Verifying, RoundAct.Blacklist, RoundState.Void),
        new(RoundState.Invalid, RoundAct.Blacklist, RoundState.Void),
        new(RoundState.UnderReview, RoundAct.Blacklist, RoundState.Void),
        new(RoundState.Reducing, RoundAct.ConfirmReduction, RoundState.Reduced),
        new(RoundState.Reducing, RoundAct.RefuseReduction, RoundState.Void),
        new(RoundState.Studying, RoundAct.ExtendWindow, RoundState.Studying),
        new(RoundState.ExamOpen, RoundAct.ExtendWindow, RoundState.ExamOpen),
        new(RoundState.ResitOpen, RoundAct.ExtendWindow, RoundState.ResitOpen),
        new(RoundState.Verifying, RoundAct.ExtendWindow, RoundState.Verifying),
        new(RoundState.Invalid, RoundAct.ExtendWindow, RoundState.Invalid),
        new(RoundState.ResitOpen, RoundAct.FreeAttempt, RoundState.ResitOpen),
        new(RoundState.Verifying, RoundAct.FreeAttempt, RoundState.Verifying),
        new(RoundState.Invalid, RoundAct.FreeAttempt, RoundState.Invalid),
        new(RoundState.UnderReview, RoundAct.FreeAttempt, RoundState.UnderReview),
        new(RoundState.Void, RoundAct.FreeAttempt, RoundState.Void),
        new(RoundState.ResitOpen, RoundAct.ReopenExam, RoundState.ExamOpen),
        new(RoundState.Invalid, RoundAct.ReopenExam, RoundState.ExamOpen),
        new(RoundState.ResitOpen, RoundAct.ReopenResit, RoundState.ResitOpen),
        new(RoundState.Invalid, RoundAct.ReopenResit, RoundState.ResitOpen),
        new(RoundState.ResitOpen, RoundAct.ReopenVerification, RoundState.Verifying),
        new(RoundState.Invalid, RoundAct.ReopenVerification, RoundState.Verifying),
        // The one way back from a void: what ended it was an outage (D-OUTAGE-ENDED).
        new(RoundState.Void, RoundAct.ReopenStudy, RoundState.Studying),
        new(RoundState.Void, RoundAct.ReopenExam, RoundState.ExamOpen),
        new(RoundState.Void, RoundAct.ReopenResit, RoundState.ResitOpen),
        new(RoundState.Void, RoundAct.ReopenVerification, RoundState.Verifying),
    ];

    /// <summary>The state an act leads to, or null when it is not allowed.</summary>
    public static RoundState? Next(RoundState? from, RoundAct act) =>
        All.FirstOrDefault(transition => transition.From == from && transition.Act == act)?.To;

    public static bool IsFinal(RoundState state) => state is RoundState.Reduced or RoundState.Void;
}
