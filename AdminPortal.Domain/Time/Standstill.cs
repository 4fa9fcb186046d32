namespace AdminPortal.Domain.Time;

/// <summary>A span in which a service stood still, from one instant (UTC) up to another one.</summary>
public sealed record Standstill(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>True when it has a moment in common with another span; one without an end goes on.</summary>
    public bool Meets(DateTimeOffset from, DateTimeOffset? to) => from < To && (to is not { } end || From < end);

    /// <summary>
    /// How much of a span was lost to standstills. What two of them share is counted once, so however an outage is cut up and
    /// however often it is declared, it is the same time.
    /// </summary>
    /// <param name="to">The end of the span; null while it is not known.</param>
    public static TimeSpan Within(DateTimeOffset from, DateTimeOffset? to, IEnumerable<Standstill> standstills)
    {
        var lost = TimeSpan.Zero;
        var counted = from;
        foreach (var still in standstills.OrderBy(s => s.From))
        {
            var begin = still.From > counted ? still.From : counted;
            var end = to is { } limit && limit < still.To ? limit : still.To;
            if (end > begin)
            {
                lost += end - begin;
                counted = end;
            }
        }
        return lost;
    }
}
