using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Rounds;

/// <summary>
/// When the portal is quiet, by its own load (S0-24): counted at most every ten minutes, however many people open their home
/// page.
/// </summary>
public sealed class QuietHoursAdvice
{
    /// <summary>How long a count is good for (D-QUIET-HOURS).</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    private readonly CountedNowAndThen<QuietHours?> _hours;

    public QuietHoursAdvice(IDbContextFactory<PortalDb> databases, TimeProvider clock) =>
        _hours = new CountedNowAndThen<QuietHours?>(
            clock,
            Freshness,
            async (now, ct) => QuietHours.Find(await CountAsync(databases, now - QuietHours.Memory, ct))
        );

    /// <summary>Null when there are too few data.</summary>
    public Task<QuietHours?> ReadAsync(CancellationToken ct) => _hours.ReadAsync(ct);

    /// <summary>Exams and study stretches begun since then, by the hour of the day in China.</summary>
    private static async Task<int[]> CountAsync(
        IDbContextFactory<PortalDb> databases,
        DateTimeOffset since,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var exams = await db
            .ExamAttempts.Where(a => a.StartedAt >= since)
            .GroupBy(a => a.StartedAt!.Value.Hour)
            .Select(g => new { Hour = g.Key, Starts = g.Count() })
            .ToListAsync(ct);
        var stretches = await db
            .StudyStretches.Where(s => s.StartedAt >= since)
            .GroupBy(s => s.StartedAt.Hour)
            .Select(g => new { Hour = g.Key, Starts = g.Count() })
            .ToListAsync(ct);
        var counts = new int[24];
        foreach (var item in exams.Concat(stretches))
        {
            // Instants are kept in UTC, and China is a whole number of hours ahead of it.
            counts[(item.Hour + (int)ChinaTime.Offset.TotalHours) % 24] += item.Starts;
        }
        return counts;
    }
}
