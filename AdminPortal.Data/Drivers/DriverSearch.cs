using AdminPortal.Data.Commands;
using AdminPortal.Domain.Drivers;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Drivers;

/// <summary>Finds a driver of the officer's authorities by identity number; every search is recorded with its reason (N-33).</summary>
internal static class DriverSearch
{
    /// <returns>The driver with the licence; null when not there, or another authority's: the same answer for both.</returns>
    public static async Task<DriverRow?> FindAsync(
        CommandScope scope,
        ResidentId id,
        string reason,
        CancellationToken ct
    )
    {
        var key = scope.Cipher.IdNumberKey(id);
        var driver = await scope
            .Db.Drivers.AsNoTracking()
            .Where(d => d.IdNumberKey == key && d.Licence != null)
            .Where(d => scope.Actor.Authorities.Contains(d.Licence!.Authority))
            .Include(d => d.Licence)
            .SingleOrDefaultAsync(ct);
        scope.Audit("Driver", driver?.Id.ToString() ?? "none", driver?.Id, new { reason });
        return driver;
    }
}
