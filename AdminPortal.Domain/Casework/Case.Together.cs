using AdminPortal.Domain.Access;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Casework;

// What officers do with a case together, and what they ask of its driver. None of it moves the due time: the law gives the
// police three working days and no way to stop them (S1-38, D-EVIDENCE).
public sealed partial class Case
{
    /// <summary>How long a case holds that was passed to an officer who did not ask for it (D-ASSIGNED).</summary>
    public static readonly TimeSpan AssignedLease = TimeSpan.FromHours(4);

    /// <summary>When it was put before the supervisors; null while it was not, or since one of them gave it to an officer.</summary>
    public DateTimeOffset? EscalatedAt { get; private set; }

    /// <summary>When the driver was asked for more evidence; null when that never happened.</summary>
    public DateTimeOffset? EvidenceAskedAt { get; private set; }

    /// <summary>Until then the case is not offered as the next one.</summary>
    public DateTimeOffset? EvidenceUntil { get; private set; }
    public DateTimeOffset? EvidenceGivenAt { get; private set; }

    /// <summary>When the holder asked the colleagues; null when there is no open question.</summary>
    public DateTimeOffset? OpinionAskedAt { get; private set; }

    /// <summary>The driver has been asked, has not answered, and still has time.</summary>
    public bool AwaitsEvidence(DateTimeOffset now) =>
        IsOpen && EvidenceAskedAt is not null && EvidenceGivenAt is null && now < EvidenceUntil;

    /// <summary>The driver has been asked and has not answered: what comes is taken until the case is decided.</summary>
    public bool TakesEvidence => IsOpen && EvidenceAskedAt is not null && EvidenceGivenAt is null;

    /// <summary>Why an officer cannot be given this case, or null: draws the list to choose from and enforces it.</summary>
    public Refusal? CannotTake(CaseAct act, Actor to, byte[]? personKey) =>
        to.Id == HolderId ? new Refusal(RefusalCode.CaseTheirs, "to", to.Name)
        : !to.May(Permission.ClaimReviews)
        || !to.Authorities.Contains(Authority)
        || to.IsPerson(personKey)
        // A supervisor who assigns it takes it back from the supervisors; a hand-over does not.
        || act == CaseAct.HandOver && EscalatedAt is not null && !to.May(Permission.WorkEscalated)
            ? new Refusal(RefusalCode.OfficerCannotTake, "to", to.Name)
        : null;

    private Refusal? Together(CaseAct act, Actor actor, DateTimeOffset now) =>
        act switch
        {
            CaseAct.Claim when EscalatedAt is not null && !actor.May(Permission.WorkEscalated) => new Refusal(
                RefusalCode.CaseEscalated
            ),
            CaseAct.AskEvidence when !CaseTable.TellsDriver(Kind) => new Refusal(RefusalCode.DriverNotTold),
            CaseAct.AskEvidence when EvidenceAskedAt is not null => new Refusal(RefusalCode.EvidenceAskedOnce),
            CaseAct.GiveEvidence when !TakesEvidence => new Refusal(RefusalCode.EvidenceNotAsked),
            CaseAct.Escalate when EscalatedAt is not null => new Refusal(RefusalCode.CaseEscalated),
            CaseAct.AskOpinion when OpinionAskedAt is not null => new Refusal(RefusalCode.OpinionAsked),
            CaseAct.AdviseUphold or CaseAct.AdviseReject when OpinionAskedAt is null || LeaseHasLapsed(now) =>
                new Refusal(RefusalCode.OpinionNotAsked),
            CaseAct.AdviseUphold or CaseAct.AdviseReject when HolderId == actor.Id => new Refusal(
                RefusalCode.SecondPersonNeeded
            ),
            CaseAct.Open
            or CaseAct.Claim
            or CaseAct.Renew
            or CaseAct.Note
            or CaseAct.Release
            or CaseAct.Free
            or CaseAct.Lapse
            or CaseAct.Uphold
            or CaseAct.Reject
            or CaseAct.ProposeUphold
            or CaseAct.ConfirmUphold
            or CaseAct.HandOver
            or CaseAct.Assign
            or CaseAct.Escalate
            or CaseAct.AskEvidence
            or CaseAct.GiveEvidence
            or CaseAct.AskOpinion
            or CaseAct.AdviseUphold
            or CaseAct.AdviseReject => null,
        };

    // An answer that may come after the due time helps nobody: then the case is decided on what there is.
    private Refusal? TooLate(Deadline evidence) =>
        DueAt is { } due && evidence.ExpiresAt > due ? new Refusal(RefusalCode.EvidenceTooLate, null, due) : null;

    private void PassOn(CaseAct act, Actor to, DateTimeOffset now)
    {
        Hold(to, now + AssignedLease);
        OpinionAskedAt = null;
        if (act == CaseAct.Assign)
        {
            EscalatedAt = null;
        }
    }
}
