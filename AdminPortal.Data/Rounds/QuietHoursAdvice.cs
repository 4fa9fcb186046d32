using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Rounds;

/// <summary>
/// When the portal is quiet, by its own load (S0-24): counted at most every ten minutes, however many people open their home
/// page.
/// </summary>
public sealed class QuietHoursAdvice(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    /// <summary>How long a count is good for (D-QUIET-HOURS).</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _counting = new(1);
    private volatile Counted? _last;

    /// <summary>Null when there are too few data.</summary>
    public async Task<QuietHours?> ReadAsync(CancellationToken ct)
    {
        if (Fresh is { } fresh)
        {
            return fresh.Hours;
        }
        // One counts; the others wait for it and take what it found.
        await _counting.WaitAsync(ct);
        try
        {
            if (Fresh is { } counted)
            {
                return counted.Hours;
            }
            var now = clock.GetUtcNow();
            var hours = QuietHours.Find(await CountAsync(now - QuietHours.Memory, ct));
            _last = new Counted(hours, now);
            return hours;
        }
        finally
        {
            _counting.Release();
        }
    }

    private Counted? Fresh => _last is { } last && clock.GetUtcNow() - last.At < Freshness ? last : null;

    /// <summary>Exams and study stretches begun since then, by the hour of the day in China.</summary>
    private async Task<int[]> CountAsync(DateTimeOffset since, CancellationToken ct)
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

    private sealed record Counted(QuietHours? Hours, DateTimeOffset At);
}
