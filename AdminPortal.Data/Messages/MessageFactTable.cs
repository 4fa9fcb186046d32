using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Rounds;

namespace AdminPortal.Data.Messages;

/// <summary>What stands in a place of a message. Each has a word for the administrator who words messages.</summary>
public enum MessageFact
{
    Code,
    Minutes,
    LastMoment,
    ResetDate,
    FailedGrounds,
    ResitsLeft,
    DueDate,
    Reason,
    Answer,
    Request,
    Points,
    PointsInCycle,
    PointsBefore,
    PointsAfter,
    Surplus,
    ViolationDay,
    AttendanceKind,
    AttendanceDay,
    BlacklistGround,
    OutOfSchemeUntil,
    OffOnlineUntil,
    VoidReason,
    OutageFrom,
    OutageTo,
    Window,
    TicketNumber,
    CaseNumber,
}

/// <summary>
/// The one table of the values of every message, in the order of their places. A wording has each of them and no others; the
/// samples are for its preview.
/// </summary>
public static class MessageFactTable
{
    private static readonly DateTimeOffset Moment = new(2026, 3, 12, 16, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<MessageFact> Of(MessageTemplate template) =>
        template switch
        {
            MessageTemplate.SignInCode => [MessageFact.Code, MessageFact.Minutes],
            MessageTemplate.ApplicationApproved
            or MessageTemplate.StudyCompleted
            or MessageTemplate.ResultInvalid
            or MessageTemplate.ExamReviewable
            or MessageTemplate.ExamRestored
            or MessageTemplate.ExamRemarkedPassed
            or MessageTemplate.ExamRemarkedAgain
            or MessageTemplate.IdPhotoAccepted => [MessageFact.LastMoment],
            MessageTemplate.ResetReminder => [MessageFact.ResetDate],
            MessageTemplate.ApplicationRefused => [MessageFact.FailedGrounds],
            MessageTemplate.StudyPeriodVoided => [MessageFact.Minutes],
            MessageTemplate.ExamFailed or MessageTemplate.ExamNotAccepted =>
            [
                MessageFact.LastMoment,
                MessageFact.ResitsLeft,
            ],
            MessageTemplate.ReviewReceived
            or MessageTemplate.ReviewDueKnown
            or MessageTemplate.IdPhotoReceived
            or MessageTemplate.AppealReceived => [MessageFact.DueDate],
            MessageTemplate.ReviewUpheld
            or MessageTemplate.ExamRemarkedValid
            or MessageTemplate.AppealUpheld
            or MessageTemplate.RoundBlacklisted => [],
            MessageTemplate.ReviewRejected or MessageTemplate.StudyReviewRejected or MessageTemplate.IdPhotoRefused =>
            [
                MessageFact.Reason,
                MessageFact.LastMoment,
            ],
            MessageTemplate.StudyRestored => [MessageFact.Minutes, MessageFact.LastMoment],
            MessageTemplate.ReductionApplied => [MessageFact.Points, MessageFact.PointsInCycle],
            MessageTemplate.ReductionRefused
            or MessageTemplate.ReductionNotRestored
            or MessageTemplate.AppealRejected => [MessageFact.Reason],
            MessageTemplate.ReductionRevoked or MessageTemplate.ReductionRestored => [MessageFact.Points],
            MessageTemplate.PenaltyChanged =>
            [
                MessageFact.ViolationDay,
                MessageFact.PointsBefore,
                MessageFact.PointsAfter,
            ],
            MessageTemplate.PenaltyChangedSurplus =>
            [
                MessageFact.ViolationDay,
                MessageFact.PointsBefore,
                MessageFact.PointsAfter,
                MessageFact.Surplus,
            ],
            MessageTemplate.AttendanceConfirmed =>
            [
                MessageFact.AttendanceKind,
                MessageFact.AttendanceDay,
                MessageFact.Points,
            ],
            MessageTemplate.AttendanceDeclined =>
            [
                MessageFact.AttendanceKind,
                MessageFact.AttendanceDay,
                MessageFact.Reason,
            ],
            MessageTemplate.Blacklisted =>
            [
                MessageFact.BlacklistGround,
                MessageFact.OutOfSchemeUntil,
                MessageFact.OffOnlineUntil,
            ],
            MessageTemplate.RoundVoid => [MessageFact.VoidReason],
            MessageTemplate.OutageWindow or MessageTemplate.OutageAttempt or MessageTemplate.OutageReopened =>
            [
                MessageFact.OutageFrom,
                MessageFact.OutageTo,
                MessageFact.Window,
                MessageFact.LastMoment,
            ],
            MessageTemplate.OutageAttemptFreed => [MessageFact.OutageFrom, MessageFact.OutageTo],
            MessageTemplate.OutageStudy => [MessageFact.OutageFrom, MessageFact.OutageTo, MessageFact.Minutes],
            MessageTemplate.DeadlineNear => [MessageFact.Window, MessageFact.LastMoment],
            MessageTemplate.FeedbackReceived or MessageTemplate.FeedbackDueKnown =>
            [
                MessageFact.TicketNumber,
                MessageFact.DueDate,
            ],
            MessageTemplate.FeedbackAnswered => [MessageFact.TicketNumber, MessageFact.Answer],
            MessageTemplate.FeedbackClosed => [MessageFact.TicketNumber, MessageFact.Reason],
            MessageTemplate.EvidenceAsked => [MessageFact.CaseNumber, MessageFact.LastMoment, MessageFact.Request],
        };

    /// <summary>A value such as the product puts there.</summary>
    public static object Sample(MessageFact fact, bool english) =>
        fact switch
        {
            MessageFact.Code => "482913",
            MessageFact.Minutes => 12,
            MessageFact.LastMoment => Moment,
            MessageFact.ResetDate => new DateOnly(2026, 5, 4),
            MessageFact.FailedGrounds => 2,
            MessageFact.ResitsLeft => 1,
            MessageFact.DueDate => Moment.AddDays(1),
            MessageFact.Reason => english ? "the photo shows somebody else" : "照片中不是申请人本人",
            MessageFact.Answer => english ? "the fault is mended, please try again" : "故障已排除，请重新办理",
            MessageFact.Request => english ? "a photo taken on that day" : "请补交当天拍摄的照片",
            MessageFact.Points => 1,
            MessageFact.PointsInCycle => 3,
            MessageFact.PointsBefore => 6,
            MessageFact.PointsAfter => 3,
            MessageFact.Surplus => 1,
            MessageFact.ViolationDay => new DateOnly(2026, 1, 20),
            MessageFact.AttendanceKind => $"{AttendanceKind.OnSite}",
            MessageFact.AttendanceDay => new DateOnly(2026, 3, 9),
            MessageFact.BlacklistGround => $"{Domain.Blacklists.BlacklistGround.Proxy}",
            MessageFact.OutOfSchemeUntil => new DateOnly(2029, 3, 9),
            MessageFact.OffOnlineUntil => new DateOnly(2027, 3, 9),
            MessageFact.VoidReason => $"{Domain.Rounds.VoidReason.StudyWindowEnded}",
            MessageFact.OutageFrom => Moment.AddHours(-6),
            MessageFact.OutageTo => Moment.AddHours(-4),
            MessageFact.Window => $"{DeadlineKind.Study}",
            MessageFact.TicketNumber => "FK-20260312-0007",
            MessageFact.CaseNumber => "A1B2C3D4",
        };

    /// <summary>The samples of a message as its text shows them.</summary>
    public static object[] Samples(MessageTemplate template, bool english) =>
        [
            .. Of(template)
                .Select(fact => MessageTexts.Fact(MessageFacts.Shown(Sample(fact, english), english), english)),
        ];
}
