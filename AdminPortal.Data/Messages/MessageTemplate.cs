namespace AdminPortal.Data.Messages;

/// <summary>Every message the product sends. Each has a text in every language (tested).</summary>
public enum MessageTemplate
{
    /// <summary>0: code; 1: minutes it is valid.</summary>
    SignInCode,

    /// <summary>0: last moment of the study window.</summary>
    ApplicationApproved,

    /// <summary>0: reset date.</summary>
    ResetReminder,

    /// <summary>0: numbers of the failed grounds.</summary>
    ApplicationRefused,

    /// <summary>0: last moment of the exam window.</summary>
    StudyCompleted,

    /// <summary>A study period does not count; 0: minutes lost.</summary>
    StudyPeriodVoided,

    /// <summary>0: last moment of the resit; 1: resits left.</summary>
    ExamFailed,

    /// <summary>0: last moment of the resit; 1: resits left.</summary>
    ExamNotAccepted,

    /// <summary>0: last moment to file a review.</summary>
    ResultInvalid,

    /// <summary>0: due date of the review.</summary>
    ReviewReceived,

    /// <summary>The due date of the review is known; 0: due date.</summary>
    ReviewDueKnown,
    ReviewUpheld,

    /// <summary>0: the officer's reason; 1: last moment of the resit, or empty.</summary>
    ReviewRejected,

    /// <summary>An exam was not accepted and may be reviewed (N-n5); 0: last moment to file.</summary>
    ExamReviewable,

    /// <summary>An exam that was not accepted does not count (N-n5); 0: last moment of its window.</summary>
    ExamRestored,

    /// <summary>A failed exam is passed after a question was corrected (D-REMARK); 0: last moment of the closing check.</summary>
    ExamRemarkedPassed,

    /// <summary>The same where no closing check follows (D-REMARK).</summary>
    ExamRemarkedValid,

    /// <summary>A failed exam does not count after a question was corrected (D-REMARK); 0: last moment of its window.</summary>
    ExamRemarkedAgain,

    /// <summary>A study period counts again (N-n5); 0: minutes that count; 1: last moment of the study window.</summary>
    StudyRestored,

    /// <summary>0: the officer's reason; 1: last moment of the study window, or empty.</summary>
    StudyReviewRejected,

    /// <summary>A photo with the identity card was handed in; 0: due date.</summary>
    IdPhotoReceived,

    /// <summary>0: last moment of the study window.</summary>
    IdPhotoAccepted,

    /// <summary>0: the officer's reason; 1: last moment of the study window.</summary>
    IdPhotoRefused,

    /// <summary>0: points taken off; 1: points taken off in the cycle.</summary>
    ReductionApplied,

    /// <summary>0: the gateway's reason.</summary>
    ReductionRefused,

    /// <summary>A reduction that rested on fraud was put back (N-31); 0: points.</summary>
    ReductionRevoked,

    /// <summary>A revoked reduction was taken off again after an appeal (S1-40); 0: points.</summary>
    ReductionRestored,

    /// <summary>A revoked reduction could not be taken off again; 0: the gateway's reason.</summary>
    ReductionNotRestored,

    /// <summary>A penalty was changed or revoked (N-16); 0: day of the violation; 1: points before; 2: points now.</summary>
    PenaltyChanged,

    /// <summary>The same, when points of it had been taken off already; 3: how many.</summary>
    PenaltyChangedSurplus,

    /// <summary>An attendance was confirmed (N-27); 0: kind; 1: day; 2: points that will be taken off.</summary>
    AttendanceConfirmed,

    /// <summary>An attendance was not confirmed; 0: kind; 1: day; 2: the officer's reason.</summary>
    AttendanceDeclined,

    /// <summary>0: ground; 1: last day out of the scheme; 2: last day off internet and self-service.</summary>
    Blacklisted,

    /// <summary>0: due date, a target.</summary>
    AppealReceived,
    AppealUpheld,

    /// <summary>The open round ended because the driver was put on the blacklist (S1-39).</summary>
    RoundBlacklisted,

    /// <summary>0: the officer's reason.</summary>
    AppealRejected,

    /// <summary>0: reason.</summary>
    RoundVoid,

    /// <summary>An outage took of a window (C2); 0: its beginning; 1: its end; 2: the window; 3: its last moment now.</summary>
    OutageWindow,

    /// <summary>An attempt does not count because of an outage; 0 and 1: the outage; 2: the window; 3: its last moment.</summary>
    OutageAttempt,

    /// <summary>An attempt does not count because of an outage, and no window begins anew; 0 and 1: the outage.</summary>
    OutageAttemptFreed,

    /// <summary>A round that ended in an outage goes on; 0 and 1: the outage; 2: the window; 3: its last moment.</summary>
    OutageReopened,

    /// <summary>Study counts again because of an outage; 0 and 1: the outage; 2: minutes that count again.</summary>
    OutageStudy,

    /// <summary>0: what runs out; 1: last moment.</summary>
    DeadlineNear,

    /// <summary>0: number of the ticket; 1: target date of the answer.</summary>
    FeedbackReceived,

    /// <summary>The target date of the answer is known; 0: number of the ticket; 1: target date.</summary>
    FeedbackDueKnown,

    /// <summary>0: number of the ticket; 1: the officer's answer.</summary>
    FeedbackAnswered,

    /// <summary>0: number of the ticket; 1: the officer's reason.</summary>
    FeedbackClosed,

    /// <summary>An officer asks for more evidence; 0: number of the case; 1: last moment; 2: what is asked for.</summary>
    EvidenceAsked,
}
