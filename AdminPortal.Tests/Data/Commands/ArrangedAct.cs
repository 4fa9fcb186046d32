using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

/// <summary>Who can ask for an act.</summary>
public enum Principal
{
    Reviewer,
    Supervisor,
    Auditor,
    QuestionEditor,
    SystemAdministrator,
    SecurityAdministrator,
    Driver,
    Operator,
    System,
    Anonymous,
}

/// <summary>What the same act does when it is asked for a second time at the same moment.</summary>
public enum Again
{
    /// <summary>The same success, and nothing changes.</summary>
    SameSuccess,

    /// <summary>It is an act of its own, with a trace of its own: another look, another try, another note.</summary>
    AnotherAct,

    /// <summary>It is refused, and nothing changes.</summary>
    Refused,
}

/// <summary>An act with everything before it already done.</summary>
internal sealed record ArrangedAct(string Name, bool IsAudited, ActorRef Actor, Func<ActorRef, Task<Refusal?>> RunAs)
{
    /// <summary>How many entries it leaves in the trail.</summary>
    public int Entries { get; init; } = IsAudited ? 1 : 0;

    /// <summary>Runs it as the actor it was arranged for.</summary>
    public Task<Refusal?> RunAsync() => RunAs(Actor);

    public static ArrangedAct Of<T>(TestPortal portal, ICommand<T> command, ActorRef actor) =>
        new(
            command.GetType().Name,
            command.IsAudited,
            actor,
            async who => (await portal.TryAsync(command, who) as Outcome<T>.Refused)?.Refusal
        );
}

/// <summary>A command in the catalogue.</summary>
/// <param name="Allowed">Who may: reviewed here by hand, independently of the product's table.</param>
/// <param name="Arrange">Brings the portal to where the act succeeds.</param>
internal sealed record CataloguedCommand(Type Command, Principal[] Allowed, Func<Arranger, Task<ArrangedAct>> Arrange)
{
    public Again Again { get; init; } = Again.SameSuccess;

    /// <summary>The refusal of a second time.</summary>
    public RefusalCode? AgainRefused { get; init; }

    /// <summary>The same act in a state or with an input that must be refused; null when it can never be.</summary>
    public Func<Arranger, Task<ArrangedAct>>? Misuse { get; init; }
    public RefusalCode? Misused { get; init; }

    /// <summary>What somebody of the right kind is told to whom the thing does not belong; null when it belongs to nobody.</summary>
    public RefusalCode? Stranger { get; init; }
}

/// <summary>What an arrangement works with.</summary>
internal sealed class Arranger(TestPortal portal, ActorRef actor)
{
    public TestPortal Portal => portal;

    /// <summary>Staff of the role asked for; for others the kind's own reference.</summary>
    public ActorRef Actor => actor;

    /// <summary>Kept between an arrangement and its misuse.</summary>
    public Guid CaseId { get; set; }
    public TestDriver Driver { get; set; } = null!;
    public Guid AttemptId { get; set; }

    public ArrangedAct Act<T>(ICommand<T> command) => ArrangedAct.Of(portal, command, actor);

    public ArrangedAct ActOfDriver<T>(ICommand<T> command) => ArrangedAct.Of(portal, command, Driver.Ref);
}
