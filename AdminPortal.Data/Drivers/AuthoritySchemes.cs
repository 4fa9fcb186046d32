using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Drivers;

/// <summary>The scheme an authority works under when there is no round that says so.</summary>
internal static class AuthoritySchemes
{
    /// <summary>
    /// The last scheme the authority was open for by a date: its officers are there as long as it has drivers, also after it has
    /// closed to new rounds (D-FEEDBACK-AUTHORITY). Null when it never was open.
    /// </summary>
    public static async Task<Scheme?> LastAsync(
        PortalDb db,
        SchemeCatalogue schemes,
        string authority,
        DateOnly today,
        CancellationToken ct
    )
    {
        var ids = await db
            .Authorities.Where(a => a.Authority == authority && a.From <= today)
            .OrderByDescending(a => a.From)
            .Select(a => a.SchemeId)
            .ToListAsync(ct);
        return ids.Select(id =>
                schemes.Find(id, today) ?? schemes.All.LastOrDefault(s => s.Id == id && s.EffectiveFrom <= today)
            )
            .FirstOrDefault(s => s is not null);
    }
}
