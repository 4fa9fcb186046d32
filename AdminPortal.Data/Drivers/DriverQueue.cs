using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Drivers;

internal static class DriverQueue
{
    /// <summary>
    /// Makes acts about one driver wait for each other until they end. An application looks for blacklist entries, a
    /// confirmation looks for open rounds: two at once would not see what the other one is about to write.
    /// </summary>
    public static async Task EnterAsync(PortalDb db, Guid driverId, CancellationToken ct) =>
        await db
            .Drivers.Where(d => d.Id == driverId)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.PrefersEnglish, d => d.PrefersEnglish), ct);
}
