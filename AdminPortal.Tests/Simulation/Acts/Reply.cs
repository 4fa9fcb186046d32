using AdminPortal.Domain;

namespace AdminPortal.Tests.Simulation.Acts;

/// <summary>What an act answered: done, or refused with a code.</summary>
internal readonly record struct Reply(RefusalCode? Refused)
{
    public static readonly Reply Done = new(null);

    public bool IsDone => Refused is null;

    public static implicit operator Reply(RefusalCode code) => new(code);

    public static implicit operator Reply(Refusal refusal) => new(refusal.Code);

    public static Reply Of<T>(Outcome<T> outcome) => outcome is Outcome<T>.Refused refused ? refused.Refusal : Done;
}
