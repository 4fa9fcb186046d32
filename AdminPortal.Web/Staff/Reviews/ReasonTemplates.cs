using AdminPortal.Data.Casework;
using AdminPortal.Domain.Casework;
using AdminPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>Ready-made reasons by outcome, inserted by number. They are a beginning; the officer answers for the text.</summary>
public static class ReasonTemplates
{
    public const int Most = DecisionTemplateRow.Most;

    private static readonly string[] Uphold =
    [
        "Reason_Uphold_1",
        "Reason_Uphold_2",
        "Reason_Uphold_3",
        "Reason_Uphold_4",
    ];

    private static readonly string[] Reject =
    [
        "Reason_Reject_1",
        "Reason_Reject_2",
        "Reason_Reject_3",
        "Reason_Reject_4",
        "Reason_Reject_5",
    ];

    private static readonly string[] AcceptPhoto = ["Reason_AcceptPhoto_1", "Reason_AcceptPhoto_2"];

    private static readonly string[] RefusePhoto =
    [
        "Reason_RefusePhoto_1",
        "Reason_RefusePhoto_2",
        "Reason_RefusePhoto_3",
        "Reason_RefusePhoto_4",
    ];

    private static readonly string[] Answer =
    [
        "Reason_Answer_1",
        "Reason_Answer_2",
        "Reason_Answer_3",
        "Reason_Answer_4",
        "Reason_Answer_5",
    ];

    private static readonly string[] Close = ["Reason_Close_1", "Reason_Close_2", "Reason_Close_3"];

    private static readonly string[] UpholdAppeal =
    [
        "Reason_UpholdAppeal_1",
        "Reason_UpholdAppeal_2",
        "Reason_UpholdAppeal_3",
    ];

    private static readonly string[] RejectAppeal =
    [
        "Reason_RejectAppeal_1",
        "Reason_RejectAppeal_2",
        "Reason_RejectAppeal_3",
    ];

    private static readonly string[] UpholdLead = ["Reason_UpholdLead_1", "Reason_UpholdLead_2", "Reason_UpholdLead_3"];

    private static readonly string[] RejectLead =
    [
        "Reason_RejectLead_1",
        "Reason_RejectLead_2",
        "Reason_RejectLead_3",
        "Reason_RejectLead_4",
    ];

    /// <summary>The reasons as the desk shows them: a supervisor's words for this scheme, else the product's own.</summary>
    public static IReadOnlyList<string> For(CaseDesk desk, bool uphold, IStringLocalizer<StaffTexts> texts) =>
        desk.Templates.TryGetValue(uphold, out var worded)
            ? worded
            : [.. For(desk.Kind, uphold).Select(key => texts[key].Value)];

    /// <summary>Keys of the product's own.</summary>
    public static IReadOnlyList<string> For(CaseKind kind, bool uphold) =>
        kind switch
        {
            CaseKind.ExamReview or CaseKind.StudyReview => uphold ? Uphold : Reject,
            CaseKind.IdPhoto => uphold ? AcceptPhoto : RefusePhoto,
            CaseKind.Feedback => uphold ? Answer : Close,
            CaseKind.Appeal => uphold ? UpholdAppeal : RejectAppeal,
            CaseKind.Lead => uphold ? UpholdLead : RejectLead,
        };

    /// <summary>Adds a template to what is typed; the same one twice changes nothing.</summary>
    /// <param name="join">What stands between two reasons in the language of the page.</param>
    public static string Add(string reason, string template, string join)
    {
        if (reason.Contains(template, StringComparison.Ordinal))
        {
            return reason;
        }
        return string.IsNullOrWhiteSpace(reason) ? template : reason.TrimEnd() + join + template;
    }
}
