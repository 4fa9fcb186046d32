using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Time;

namespace AdminPortal.Data.Casework;

/// <summary>The holder puts the case before the supervisors: it goes back to the queue and only they take it.</summary>
public sealed record EscalateCase(Guid CaseId, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.ClaimReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        await Claims.ApplyAsync(scope, CaseId, CaseAct.Escalate, Reason, ct) is { } refusal ? refusal : new Unit();
}

/// <summary>The holder asks the colleagues for a second opinion and keeps the case.</summary>
public sealed record AskOpinion(Guid CaseId, string? Question) : ICommand<Unit>
{
    public Permission Permission => Permission.ClaimReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        await Claims.ApplyAsync(scope, CaseId, CaseAct.AskOpinion, Question, ct) is { } refusal ? refusal : new Unit();
}

/// <summary>A colleague says how they would decide, and why. Advice: the holder decides and answers for it.</summary>
public sealed record GiveOpinion(Guid CaseId, bool Uphold, string? Text) : ICommand<Unit>
{
    public Permission Permission => Permission.DecideReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        await Claims.ApplyAsync(scope, CaseId, Uphold ? CaseAct.AdviseUphold : CaseAct.AdviseReject, Text, ct)
            is { } refusal
            ? refusal
            : new Unit();
}

/// <summary>
/// The holder asks the driver for more evidence, once per case. The case waits in the queue without being offered as the next
/// one until the answer or the end of the driver's time; its due time does not move (D-EVIDENCE).
/// </summary>
/// <param name="Request">What is asked for, in the words the driver reads.</param>
public sealed record AskEvidence(Guid CaseId, string? Request) : ICommand<Unit>
{
    public Permission Permission => Permission.DecideReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await Claims.FindAsync(scope, CaseId, ct) is not { } open)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var scheme = await Decisions.SchemeOfAsync(scope, open, ct);
        var until = Deadline.Stamp(scheme.EvidenceTerm, scope.Now, await scope.CalendarAsync(ct));
        var personKey = await Claims.PersonKeyAsync(scope, open, ct);
        var outcome = open.Apply(CaseAct.AskEvidence, scope.Actor, personKey, Request, scope.Now, evidence: until);
        if (outcome is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        scope.Tell(
            open.DriverId,
            scheme,
            MessageTemplate.EvidenceAsked,
            open.Number,
            open.EvidenceUntil!.Value,
            Request!.Trim()
        );
        scope.Audit("Case", open.Id, open.DriverId, new { until = open.EvidenceUntil });
        return new Unit();
    }
}
