using System.Security.Claims;
using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;

namespace AdminPortal.Web.Shared;

/// <summary>The two kinds of sign-in, apart in cookie, scheme and policy.</summary>
public static class SignIns
{
    public const string Staff = "Staff";
    public const string Driver = "Driver";

    /// <summary>The signed-in driver of a request under the Driver policy.</summary>
    /// <exception cref="InvalidOperationException">The endpoint lacks the policy.</exception>
    public static ActorRef DriverRef(this HttpContext context) =>
        new(
            ActorKind.Driver,
            SubjectOf(context.User) ?? throw new InvalidOperationException("No driver is signed in.")
        );

    private const string Session = "session";

    /// <summary>The signed-in member of staff in the session of the ticket, or null.</summary>
    public static ActorRef? StaffRef(this ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true, AuthenticationType: Staff }
        && SubjectOf(user) is { } id
        && user.SessionHandle() is { } session
            ? new ActorRef(ActorKind.Staff, id, session)
            : null;

    /// <summary>The name of the session a ticket was made for.</summary>
    public static Guid? SessionHandle(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(Session), out var handle) ? handle : null;

    /// <summary>The identity that a new session's ticket holds: an id and the session's name, nothing about the person.</summary>
    public static ClaimsPrincipal Principal(string scheme, Guid id) =>
        new(
            new ClaimsIdentity(
                [
                    new Claim(ClaimTypes.NameIdentifier, id.ToString("N")),
                    new Claim(Session, Guid.NewGuid().ToString("N")),
                ],
                scheme
            )
        );

    private static Guid? SubjectOf(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}
