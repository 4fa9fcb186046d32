using AdminPortal.Data.Casework;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>One line of the round's course.</summary>
public sealed record CaseEvent(DateTimeOffset At, string Text, string By, string Rule);

/// <summary>Puts what happened to the round into one course of time.</summary>
public static class CaseEvents
{
    /// <param name="colon">The colon of the language.</param>
    public static IReadOnlyList<CaseEvent> Of(CaseDesk desk, Words words, string colon)
    {
        var steps = (desk.Round?.Steps ?? []).Select(s => new CaseEvent(s.At, words.Of(s.Act), words.Of(s.By), s.Rule));
        var checks = (desk.Round?.FaceChecks ?? []).Select(c => new CaseEvent(
            c.At,
            words.Of(c.Purpose) + colon + (c.Outcome is { } outcome ? words.Of(outcome) : words["FaceOutcome_Pending"]),
            words.Of(ActorKind.Driver),
            ""
        ));
        // Filing and deciding stand among the round's own steps already; feedback and leads have no part in a round.
        var handling = desk
            .Steps.Where(s =>
                desk.Kind is CaseKind.Feedback or CaseKind.Lead
                    ? s.Act != CaseAct.Renew
                    : s.Act is not (CaseAct.Open or CaseAct.Uphold or CaseAct.Reject or CaseAct.Renew)
            )
            .Select(s => new CaseEvent(
                s.At,
                words.Of(desk.Kind, s.Act),
                s.ByKind == ActorKind.Staff ? s.ByName : words.Of(s.ByKind),
                ""
            ));
        // A check stands before the step it caused when both have the same time.
        return [.. checks.Concat(steps).Concat(handling).OrderBy(e => e.At)];
    }
}
