using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Drivers;

/// <summary>The points of a licence as an authority delivered them.</summary>
/// <param name="Points">Accumulated points in the cycle of <paramref name="AsOf"/>, reductions known there taken off.</param>
/// <param name="ReducedElsewhere">Points taken off in that cycle outside the product.</param>
/// <param name="AsOf">When the data were taken (UTC).</param>
public sealed record DeliveredPoints(int Points, int ReducedElsewhere, DateTimeOffset AsOf);

/// <summary>A violation whose points are on record.</summary>
/// <param name="On">When it happened.</param>
/// <param name="Points">What it carries now; 0 for a warning (N-28) or a revoked penalty (N-16).</param>
/// <param name="HandledOn">The day of the penalty decision, with which its points are recorded; null while it is open.</param>
/// <param name="PaidOn">The day the fine was paid, or null.</param>
public sealed record RecordedViolation(string Number, DateOnly On, int Points, DateOnly? HandledOn, DateOnly? PaidOn);

/// <summary>What changed the points of a licence besides new violations.</summary>
public enum PointsEventKind
{
    /// <summary>A reduction was applied.</summary>
    Reduced,

    /// <summary>A reduction was revoked: its points are back (N-31).</summary>
    PutBack,

    /// <summary>A penalty was changed or revoked: its points count less (N-16).</summary>
    PenaltyLowered,

    /// <summary>A penalty was changed: its points count more (N-16).</summary>
    PenaltyRaised,
}

/// <summary>One change of the points.</summary>
/// <param name="CycleStart">The cycle it belongs to, whenever it was settled.</param>
/// <param name="At">When it took effect (UTC); after the delivery's time it is not in the delivered points yet.</param>
/// <param name="Points">More than 0.</param>
/// <param name="Surplus">How much of it found no points to be taken from, as stamped when it was recorded.</param>
public sealed record PointsEvent(
    DateOnly CycleStart,
    DateTimeOffset At,
    PointsEventKind Kind,
    int Points,
    int Surplus = 0
);

/// <summary>
/// Where a driver's points stand on a day: what was delivered, carried over the end of a cycle (N-15), with what happened since.
/// </summary>
/// <param name="Points">Accumulated points in the running cycle, never below 0.</param>
/// <param name="ReducedElsewhere">Points taken off in the running cycle outside the product.</param>
/// <param name="Surplus">What reductions took off beyond the points there were (N-16). It is shown and never set off against later violations (N-n8).</param>
/// <param name="CarriedOver">Violations of earlier cycles whose points moved on, because their fine was overdue (N-15).</param>
public sealed record PointsAccount(
    int Points,
    int ReducedElsewhere,
    int Surplus,
    IReadOnlyList<RecordedViolation> CarriedOver
)
{
    /// <summary>A fine is to be paid within so many natural days from the day after the penalty decision (D-FINE-DUE).</summary>
    public const int FineDays = 15;

    /// <summary>From so many points a cycle ends with full-mark education and clears nothing (N-03, N-15).</summary>
    public const int FullMark = 12;

    /// <param name="firstLicensedOn">Civil date in China; the cycles count from it (N-03).</param>
    /// <param name="violations">Those on record, in any order.</param>
    /// <param name="events">Those of the running cycle and of every one since the delivery, in any order; earlier ones change nothing.</param>
    /// <param name="today">Civil date in China.</param>
    public static PointsAccount At(
        DateOnly firstLicensedOn,
        DeliveredPoints delivered,
        IReadOnlyList<RecordedViolation> violations,
        IEnumerable<PointsEvent> events,
        DateOnly today
    )
    {
        var running = PointsCycle.At(firstLicensedOn, today);
        var deliveredOn = ChinaTime.DateOf(delivered.AsOf);
        var (points, elsewhere, surplus) = (delivered.Points, delivered.ReducedElsewhere, 0);
        // Data taken before the first licence can only be of its first cycle.
        var cycle = PointsCycle.At(firstLicensedOn, deliveredOn < firstLicensedOn ? firstLicensedOn : deliveredOn);
        foreach (var change in events.OrderBy(e => e.CycleStart).ThenBy(e => e.At))
        {
            TurnTo(change.CycleStart);
            if (change.CycleStart == cycle.Start)
            {
                Take(change);
            }
        }
        TurnTo(running.Start);
        return new PointsAccount(points, elsewhere, surplus, CarriedInto(running, firstLicensedOn, violations));

        // Over the end of each cycle (N-15). Full marks stay until the education.
        void TurnTo(DateOnly start)
        {
            while (cycle.Start < start)
            {
                cycle = cycle.Later(1);
                var carried = CarriedInto(cycle, firstLicensedOn, violations).Sum(v => v.Points);
                points = points >= FullMark ? points : Math.Min(points, carried);
                (elsewhere, surplus) = (0, 0);
            }
        }

        void Take(PointsEvent change)
        {
            var isNew = change.At > delivered.AsOf;
            switch (change.Kind)
            {
                case PointsEventKind.PutBack:
                    var settled = Math.Min(surplus, change.Points);
                    surplus -= settled;
                    points += isNew ? change.Points - settled : 0;
                    break;
                case PointsEventKind.PenaltyRaised:
                    points += isNew ? change.Points : 0;
                    break;
                case PointsEventKind.Reduced:
                case PointsEventKind.PenaltyLowered:
                    surplus += change.Surplus;
                    points = isNew ? Math.Max(0, points - change.Points) : points;
                    break;
            }
        }
    }

    /// <summary>How much of a change finds no points to be taken from.</summary>
    public static int SurplusOf(int points, int standing) => Math.Max(0, points - standing);

    /// <summary>
    /// True when the points of a violation stand in a cycle: its penalty was decided in it, or its points were carried into it.
    /// </summary>
    public static bool StandsIn(PointsCycle cycle, DateOnly firstLicensedOn, RecordedViolation violation) =>
        violation.HandledOn is { } handled
        && (cycle.Contains(handled) || CarriedInto(cycle, firstLicensedOn, [violation]).Count > 0);

    private static List<RecordedViolation> CarriedInto(
        PointsCycle cycle,
        DateOnly firstLicensedOn,
        IEnumerable<RecordedViolation> violations
    ) =>
        [
            .. violations
                .Where(v => v.Points > 0 && v.HandledOn is { } handled && handled >= firstLicensedOn)
                .Where(v => IsCarried(v, PointsCycle.At(firstLicensedOn, v.HandledOn!.Value), cycle))
                .OrderBy(v => v.HandledOn)
                .ThenBy(v => v.Number, StringComparer.Ordinal),
        ];

    // Overdue when its own cycle ended, and not paid before the given one began: then it moved on at every end between.
    private static bool IsCarried(RecordedViolation violation, PointsCycle own, PointsCycle into) =>
        own.Start < into.Start
        && own.DaysLeft(violation.HandledOn!.Value) > FineDays
        && (violation.PaidOn is not { } paid || paid >= into.Start);
}
