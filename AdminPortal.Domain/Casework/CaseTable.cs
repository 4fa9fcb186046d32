using AdminPortal.Domain.Access;

namespace AdminPortal.Domain.Casework;

/// <summary>What a case is about. A kind is added with its desk.</summary>
public enum CaseKind
{
    /// <summary>考试成绩复核: an exam that is invalid or was not accepted for its face checks (S1-37, N-n5).</summary>
    ExamReview,

    /// <summary>学习记录复核: a study period that was not accepted (N-n5).</summary>
    StudyReview,

    /// <summary>手持证件照核验: a photo with the identity card, after the real-person verification failed (S1-27, N-n7).</summary>
    IdPhoto,

    /// <summary>黑名单申诉: an appeal against a blacklist entry, with evidence (S1-40).</summary>
    Appeal,

    /// <summary>意见反馈: a report or a question of a driver (S0-21, S0-22).</summary>
    Feedback,

    /// <summary>异常线索: something stored that an officer should look at (D-LEAD). The product opens it, and its driver is told nothing.</summary>
    Lead,
}

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    Waiting,

    /// <summary>One officer holds it under a lease.</summary>
    Claimed,
    Upheld,
    Rejected,
}

/// <summary>What can happen to a case.</summary>
public enum CaseAct
{
    Open,
    Claim,

    /// <summary>The holder goes on working: the lease begins anew.</summary>
    Renew,
    Note,
    Release,

    /// <summary>A supervisor frees a case that another officer holds.</summary>
    Free,

    /// <summary>The lease ran out.</summary>
    Lapse,
    Uphold,
    Reject,

    /// <summary>The holder would uphold; where that takes two persons, the case goes back for another one to confirm (S1-40).</summary>
    ProposeUphold,

    /// <summary>Another person confirms what was proposed: only now it is upheld.</summary>
    ConfirmUphold,

    /// <summary>移交: the holder passes the case to a colleague by name.</summary>
    HandOver,

    /// <summary>指派: a supervisor gives the case to an officer by name, whoever holds it.</summary>
    Assign,

    /// <summary>上报: the holder puts the case before the supervisors; from now on only they work it.</summary>
    Escalate,

    /// <summary>请求补充材料: the holder asks the driver for more evidence, once per case (D-EVIDENCE).</summary>
    AskEvidence,

    /// <summary>补充材料: the driver hands in what was asked for.</summary>
    GiveEvidence,

    /// <summary>请求复议意见: the holder asks the colleagues for a second opinion and keeps the case.</summary>
    AskOpinion,

    /// <summary>A colleague would uphold it. Advice; the holder decides.</summary>
    AdviseUphold,

    /// <summary>A colleague would not uphold it.</summary>
    AdviseReject,
}

/// <summary>Whose act it is, besides the permission.</summary>
public enum CaseParty
{
    AnyOfficer,

    /// <summary>Only the officer who holds the claim.</summary>
    Holder,

    /// <summary>An officer who does not hold the claim.</summary>
    Colleague,

    /// <summary>The driver the case is about.</summary>
    Driver,
    Product,
}

/// <summary>One allowed move of a case.</summary>
public sealed record CaseTransition(CaseState? From, CaseAct Act, CaseState To, Permission Permission, CaseParty Party);

/// <summary>Every allowed move of a case with the permission it needs; what is not listed cannot happen.</summary>
public static class CaseTable
{
    public static readonly IReadOnlyList<CaseTransition> All =
    [
        new(null, CaseAct.Open, CaseState.Waiting, Permission.ActAsDriver, CaseParty.Product),
        new(CaseState.Waiting, CaseAct.Claim, CaseState.Claimed, Permission.ClaimReviews, CaseParty.AnyOfficer),
        new(CaseState.Claimed, CaseAct.Renew, CaseState.Claimed, Permission.ClaimReviews, CaseParty.Holder),
        new(CaseState.Claimed, CaseAct.Note, CaseState.Claimed, Permission.ClaimReviews, CaseParty.Holder),
        new(CaseState.Claimed, CaseAct.Release, CaseState.Waiting, Permission.ClaimReviews, CaseParty.Holder),
        new(CaseState.Claimed, CaseAct.Free, CaseState.Waiting, Permission.FreeReviews, CaseParty.AnyOfficer),
        new(CaseState.Claimed, CaseAct.Lapse, CaseState.Waiting, Permission.RunJobs, CaseParty.Product),
        new(CaseState.Claimed, CaseAct.Uphold, CaseState.Upheld, Permission.DecideReviews, CaseParty.Holder),
        new(CaseState.Claimed, CaseAct.Reject, CaseState.Rejected, Permission.DecideReviews, CaseParty.Holder),
        new(CaseState.Claimed, CaseAct.ProposeUphold, CaseState.Waiting, Permission.DecideReviews, CaseParty.Holder),
        new(
            CaseState.Claimed,
            CaseAct.ConfirmUphold,
            CaseState.Upheld,
            Permission.ConfirmBlacklisting,
            CaseParty.Holder
        ),
        new(CaseState.Claimed, CaseAct.HandOver, CaseState.Claimed, Permission.ClaimReviews, CaseParty.Holder),
        new(CaseState.Waiting, CaseAct.Assign, CaseState.Claimed, Permission.AssignReviews, CaseParty.AnyOfficer),
        new(CaseState.Claimed, CaseAct.Assign, CaseState.Claimed, Permission.AssignReviews, CaseParty.AnyOfficer),
        new(CaseState.Claimed, CaseAct.Escalate, CaseState.Waiting, Permission.ClaimReviews, CaseParty.Holder),
        new(CaseState.Claimed, CaseAct.AskEvidence, CaseState.Waiting, Permission.DecideReviews, CaseParty.Holder),
        new(CaseState.Waiting, CaseAct.GiveEvidence, CaseState.Waiting, Permission.ActAsDriver, CaseParty.Driver),
        new(CaseState.Claimed, CaseAct.GiveEvidence, CaseState.Claimed, Permission.ActAsDriver, CaseParty.Driver),
        new(CaseState.Claimed, CaseAct.AskOpinion, CaseState.Claimed, Permission.ClaimReviews, CaseParty.Holder),
        new(CaseState.Claimed, CaseAct.AdviseUphold, CaseState.Claimed, Permission.DecideReviews, CaseParty.Colleague),
        new(CaseState.Claimed, CaseAct.AdviseReject, CaseState.Claimed, Permission.DecideReviews, CaseParty.Colleague),
    ];

    /// <summary>True when upholding takes two persons: taking somebody off the blacklist (S1-40).</summary>
    public static bool NeedsTwo(CaseKind kind) =>
        kind switch
        {
            CaseKind.ExamReview or CaseKind.StudyReview or CaseKind.IdPhoto or CaseKind.Feedback => false,
            CaseKind.Appeal => true,
            // Upholding a lead only proposes an entry; that has its own second person.
            CaseKind.Lead => false,
        };

    /// <summary>False when the driver knows nothing of the case and hears nothing of it: a lead is no finding (D-LEAD).</summary>
    public static bool TellsDriver(CaseKind kind) =>
        kind switch
        {
            CaseKind.ExamReview or CaseKind.StudyReview or CaseKind.IdPhoto => true,
            CaseKind.Appeal or CaseKind.Feedback => true,
            CaseKind.Lead => false,
        };

    /// <summary>The permission an act needs, whatever the state.</summary>
    public static Permission PermissionOf(CaseAct act) => All.First(transition => transition.Act == act).Permission;

    public static CaseTransition? Find(CaseState? from, CaseAct act) =>
        All.FirstOrDefault(transition => transition.From == from && transition.Act == act);

    public static bool IsOpen(CaseState state) =>
        state switch
        {
            CaseState.Waiting => true,
            CaseState.Claimed => true,
            CaseState.Upheld => false,
            CaseState.Rejected => false,
        };
}
