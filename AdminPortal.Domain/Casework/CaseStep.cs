using AdminPortal.Domain.Access;

namespace AdminPortal.Domain.Casework;

/// <summary>One thing that happened to a case. Append-only.</summary>
public sealed class CaseStep
{
    public Guid CaseId { get; internal init; }
    public int Number { get; internal init; }
    public CaseState? From { get; internal init; }
    public CaseAct Act { get; internal init; }
    public CaseState To { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public ActorKind ByKind { get; internal init; }
    public Guid ById { get; internal init; }

    /// <summary>Badge number of an officer; the kind's word otherwise.</summary>
    public string ByName { get; internal init; } = "";
    public string? Note { get; internal init; }

    /// <summary>Badge number of the officer a case was passed to; null for every other act.</summary>
    public string? ToName { get; internal init; }
}

/// <summary>What an officer may do with a case now, or why not: draws the button and enforces it.</summary>
/// <param name="Act">The act.</param>
/// <param name="Refusal">Null when permitted.</param>
public sealed record PermittedAct(CaseAct Act, Refusal? Refusal);
