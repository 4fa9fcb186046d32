using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Photos;

/// <summary>
/// Removes photo files that no row points to: the process died between writing the file and committing its row. A file gets
/// an hour's grace, so that one whose act is still running is never taken.
/// </summary>
public sealed class PhotoSweep(IDbContextFactory<PortalDb> databases, PhotoFiles files, TimeProvider clock)
{
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);
    private readonly Dictionary<Guid, DateTimeOffset> _suspects = [];

    /// <returns>How many files were removed.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        files.SweepUnfinished(now - Grace);
        var removed = 0;
        foreach (var chunk in files.All().Chunk(500))
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var known = await db.Photos.Where(p => chunk.Contains(p.Id)).Select(p => p.Id).ToHashSetAsync(ct);
            foreach (var id in chunk)
            {
                if (known.Contains(id))
                {
                    _suspects.Remove(id);
                }
                else if (_suspects.TryAdd(id, now) || _suspects[id] + Grace > now)
                {
                    continue;
                }
                else if (files.Delete(id))
                {
                    _suspects.Remove(id);
                    removed++;
                }
            }
        }
        return removed;
    }
}
