using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Commands;

/// <summary>Reads who is acting from the database, for every act: a dismissal or a lost role works at once.</summary>
public static class Actors
{
    /// <summary>The actor as stored now, or null when the account does not exist or is not active, or the session has ended.</summary>
    public static async Task<Actor?> ReadAsync(PortalDb db, ActorRef who, CancellationToken ct)
    {
        switch (who.Kind)
        {
            case ActorKind.Staff:
                var staff = await db
                    .Users.AsNoTracking()
                    .Where(s => s.Id == who.Id && s.IsActive)
                    .Where(s =>
                        who.Session == null || db.Sessions.Any(x => x.Handle == who.Session && x.SubjectId == s.Id)
                    )
                    .Select(s => new
                    {
                        s.UserName,
                        s.PersonKey,
                        Roles = s.Roles.Select(r => r.Role).ToList(),
                        Authorities = s.Authorities.Select(a => a.Authority).ToList(),
                    })
                    .SingleOrDefaultAsync(ct);
                return staff is null
                    ? null
                    : new Actor(
                        ActorKind.Staff,
                        who.Id,
                        staff.UserName ?? "",
                        staff.Roles,
                        staff.Authorities,
                        staff.PersonKey
                    );
            case ActorKind.Driver:
                var exists = await db.Drivers.AnyAsync(d => d.Id == who.Id, ct);
                return exists ? Actor.Driver(who.Id) : null;
            case ActorKind.Operator:
                return Actor.Operator;
            case ActorKind.System:
                return Actor.System;
            case ActorKind.Anonymous:
                return Actor.Anonymous;
            default:
                throw new ArgumentOutOfRangeException(nameof(who), who.Kind, "Unknown kind of actor.");
        }
    }
}
