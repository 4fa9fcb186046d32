using AdminPortal.Domain.Drivers;

namespace AdminPortal.Tests.Simulation.Model;

/// <summary>
/// The authority's own file of a driver: the truth behind what is imported, and the other side of the points gateway.
/// </summary>
internal sealed class Police
{
    private readonly Dictionary<Guid, bool> _answers = [];

    public required DateOnly FirstLicensedOn { get; init; }
    public int Points { get; set; }
    public int ReducedElsewhere { get; set; }
    public int ReducedHere { get; private set; }
    public int Unhandled { get; set; }
    public string Status { get; set; } = "A";
    public bool IsInternational { get; set; }
    public List<DateOnly> FullMark { get; } = [];
    public List<DateOnly> Frauds { get; } = [];
    public List<(SeriousOffence, DateOnly)> Offences { get; } = [];
    public List<string> Overdue { get; } = [];
    public DateOnly? BlacklistedUntil { get; set; }
    public DateOnly CycleStart { get; private set; }

    /// <summary>How often each reduction was really taken off: more than once is a disaster.</summary>
    public Dictionary<Guid, int> TakenOff { get; } = [];

    /// <summary>Begins the cycle a day falls in: the points are cleared, and what was reduced with them.</summary>
    public void Turn(DateOnly today)
    {
        var cycle = CycleOf(FirstLicensedOn, today).Start;
        if (cycle != CycleStart)
        {
            (CycleStart, Points, ReducedHere, ReducedElsewhere) = (cycle, 0, 0, 0);
        }
    }

    /// <summary>The gateway's answer to a key it knows, or null.</summary>
    public bool? Query(Guid key) => _answers.TryGetValue(key, out var applied) ? applied : null;

    /// <summary>Takes points off once per key, and gives the same answer to the same key for ever.</summary>
    public bool Reduce(Guid key, int points, DateOnly cycleStart, bool isWilling)
    {
        if (_answers.TryGetValue(key, out var earlier))
        {
            return earlier;
        }
        var applies =
            isWilling
            && cycleStart == CycleStart
            && Points > 0
            && ReducedHere + ReducedElsewhere + points <= Book.CapPerCycle;
        _answers[key] = applies;
        if (applies)
        {
            TakenOff[key] = TakenOff.GetValueOrDefault(key) + 1;
            Points = Math.Max(0, Points - points);
            ReducedHere += points;
        }
        return applies;
    }

    /// <summary>Twelve months from the date of first licence, counted by walking from year to year (N-03).</summary>
    public static (DateOnly Start, DateOnly Reset) CycleOf(DateOnly first, DateOnly today)
    {
        var years = 0;
        while (first.AddYears(years + 1) <= today)
        {
            years++;
        }
        return (first.AddYears(years), first.AddYears(years + 1));
    }
}
