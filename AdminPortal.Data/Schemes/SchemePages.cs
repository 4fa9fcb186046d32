using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Schemes;

/// <summary>Which scheme an authority works under and when.</summary>
public sealed record SchemeAuthority(string Authority, string Name, string SchemeId, DateOnly From, DateOnly? To);

/// <summary>Every scheme and who uses which.</summary>
/// <param name="Schemes">By id and date of effect.</param>
public sealed record SchemeView(IReadOnlyList<Scheme> Schemes, IReadOnlyList<SchemeAuthority> Authorities);

/// <summary>The schemes as staff may read them.</summary>
public sealed class SchemePages(IDbContextFactory<PortalDb> databases, SchemeCatalogue schemes)
{
    /// <summary>Null when the actor may not see them.</summary>
    public async Task<SchemeView?> ReadAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ViewSchemes))
        {
            return null;
        }
        return new SchemeView(
            schemes.All,
            await db
                .Authorities.AsNoTracking()
                .OrderBy(a => a.Authority)
                .ThenByDescending(a => a.From)
                .Select(a => new SchemeAuthority(a.Authority, a.Name, a.SchemeId, a.From, a.To))
                .ToListAsync(ct)
        );
    }
}
