namespace AdminPortal.Data.Statistics;

/// <summary>A count over many rows, made anew at most every so often, however many people look at it.</summary>
/// <param name="freshness">How long a count is good for.</param>
/// <param name="count">Counts as of an instant (UTC).</param>
internal sealed class CountedNowAndThen<T>(
    TimeProvider clock,
    TimeSpan freshness,
    Func<DateTimeOffset, CancellationToken, Task<T>> count
)
{
    private readonly SemaphoreSlim _counting = new(1);
    private volatile Counted? _last;

    public async Task<T> ReadAsync(CancellationToken ct)
    {
        if (Fresh is { } fresh)
        {
            return fresh.Value;
        }
        // One counts; the others wait for it and take what it found.
        await _counting.WaitAsync(ct);
        try
        {
            if (Fresh is { } counted)
            {
                return counted.Value;
            }
            var now = clock.GetUtcNow();
            var value = await count(now, ct);
            _last = new Counted(value, now);
            return value;
        }
        finally
        {
            _counting.Release();
        }
    }

    private Counted? Fresh => _last is { } last && clock.GetUtcNow() - last.At < freshness ? last : null;

    private sealed record Counted(T Value, DateTimeOffset At);
}
