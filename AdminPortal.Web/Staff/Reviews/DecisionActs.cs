using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Feedback;
using AdminPortal.Data.IdPhotoChecks;
using AdminPortal.Data.Leads;
using AdminPortal.Data.Reviews;
using AdminPortal.Domain;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>Which act decides a case of which kind.</summary>
public static class DecisionActs
{
    /// <param name="ground">Of the entry that is proposed out of a lead.</param>
    public static ICommand<Unit> Of(CaseDesk desk, bool uphold, string? reason, BlacklistGround ground) =>
        desk.Kind switch
        {
            CaseKind.ExamReview or CaseKind.StudyReview => new DecideReview(desk.CaseId, desk.Version, uphold, reason),
            CaseKind.IdPhoto => new DecideIdPhoto(desk.CaseId, desk.Version, uphold, reason),
            CaseKind.Feedback => new AnswerFeedback(desk.CaseId, desk.Version, uphold, reason),
            CaseKind.Appeal when uphold && desk.UpholdAct == CaseAct.ConfirmUphold => new ConfirmAppeal(
                desk.CaseId,
                desk.Version,
                reason
            ),
            CaseKind.Appeal => new DecideAppeal(desk.CaseId, desk.Version, uphold, reason),
            CaseKind.Lead when uphold => new ProposeFromLead(desk.CaseId, desk.Version, ground, reason),
            CaseKind.Lead => new DismissLead(desk.CaseId, desk.Version, reason),
        };
}
