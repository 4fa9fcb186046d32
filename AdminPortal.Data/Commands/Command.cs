using AdminPortal.Domain;
using AdminPortal.Domain.Access;

namespace AdminPortal.Data.Commands;

/// <summary>Who asks for an act, as the server's own session says. The runner reads everything else anew.</summary>
/// <param name="Session">
/// The session it is asked in, for members of staff in a browser: once it has ended, a circuit that still stands may do nothing.
/// </param>
public sealed record ActorRef(ActorKind Kind, Guid Id, Guid? Session = null)
{
    public static ActorRef System { get; } = new(ActorKind.System, Guid.Empty);
    public static ActorRef Operator { get; } = new(ActorKind.Operator, Guid.Empty);
    public static ActorRef Anonymous { get; } = new(ActorKind.Anonymous, Guid.Empty);
}

/// <summary>
/// One act: its input as a record, the permission it needs, and what it does. It runs in one transaction with its audit entry
/// and its messages; a refusal rolls everything back.
/// </summary>
public interface ICommand<T>
{
    /// <summary>The permission the act needs; checked against the stored state of the actor at every run.</summary>
    Permission Permission { get; }

    /// <summary>
    /// True for rare and dangerous acts: asked for in a browser, they want a second factor that was proven a moment ago (D-STEP-UP).
    /// </summary>
    bool NeedsFreshFactor => false;

    /// <summary>False only for acts that are recorded elsewhere in full, with the reason beside it.</summary>
    bool IsAudited => true;

    /// <summary>
    /// Loads, calls the domain, returns its outcome. May run again from the start when another act got in between, so it
    /// must have no effect outside the scope's database.
    /// </summary>
    Task<Outcome<T>> RunAsync(CommandScope scope, CancellationToken ct);
}
