namespace AdminPortal.Domain.Time;

/// <summary>The hours of the day in which fewest people study and sit exams: advice to spread out (S0-24), never a rule.</summary>
/// <param name="From">Clock time in China, included.</param>
/// <param name="To">Clock time in China, excluded.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>Advice is given within these hours of the day: nobody is sent to bed late (D-QUIET-HOURS).</summary>
    public const int Earliest = 6;

    /// <summary>The hour by which the advised stretch ends (D-QUIET-HOURS).</summary>
    public const int Latest = 22;

    /// <summary>The hours of one stretch: study and exam fit into it with time to spare (D-QUIET-HOURS).</summary>
    public const int Length = 3;

    /// <summary>Fewer starts than this say nothing about the hours (D-QUIET-HOURS).</summary>
    public const int FewestStarts = 100;

    /// <summary>How far back is looked (D-QUIET-HOURS).</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(14);

    /// <summary>The stretch with the fewest starts, the earliest of equals; null when there are too few data.</summary>
    /// <param name="startsByHour">24 counts, by the hour of the day in China.</param>
    public static QuietHours? Find(IReadOnlyList<int> startsByHour)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(startsByHour.Count, 24);
        if (startsByHour.Sum() < FewestStarts)
        {
            return null;
        }
        var first = Enumerable
            .Range(Earliest, Latest - Length - Earliest + 1)
            .MinBy(hour => startsByHour.Skip(hour).Take(Length).Sum());
        return new QuietHours(new TimeOnly(first, 0), new TimeOnly(first + Length, 0));
    }
}
