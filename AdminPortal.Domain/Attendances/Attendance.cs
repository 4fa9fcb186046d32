using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Schemes;

namespace AdminPortal.Domain.Attendances;

/// <summary>The two routes to a reduction that are not online (N-27).</summary>
public enum AttendanceKind
{
    /// <summary>现场学习: study at the traffic police, with an exam.</summary>
    OnSite,

    /// <summary>公益活动: a traffic-safety public service.</summary>
    PublicService,
}

/// <summary>Where a record stands.</summary>
public enum AttendanceState
{
    /// <summary>Recorded by one officer; has no effect yet.</summary>
    Recorded,

    /// <summary>Confirmed by another one: the points are taken off. Final.</summary>
    Confirmed,

    /// <summary>Another officer did not confirm it. Final.</summary>
    Declined,
}

/// <summary>What an officer writes down about an attendance.</summary>
/// <param name="HeldOn">Civil date in China.</param>
/// <param name="Minutes">Whole minutes attended.</param>
/// <param name="ExamPassed">Whether the exam after on-site study was passed; not asked of a public service.</param>
/// <param name="Place">Where, or which activity.</param>
public sealed record AttendanceFacts(AttendanceKind Kind, DateOnly HeldOn, int Minutes, bool ExamPassed, string? Place);

/// <summary>
/// On-site study or public service of a driver, recorded by an officer (N-27). It takes points off, so it takes two persons: one
/// records, another one confirms (D-ATTENDANCE).
/// </summary>
public sealed class Attendance
{
    /// <summary>The longest place or reason, in characters.</summary>
    public const int TextLimit = 200;

    /// <summary>More minutes than this in one day are a slip of the pen.</summary>
    public const int MostMinutes = 720;

    private Attendance() { }

    public Guid Id { get; private init; }
    public Guid DriverId { get; private init; }

    /// <summary>Issuing authority whose officers answer for it.</summary>
    public string Authority { get; private init; } = "";

    /// <summary>The scheme it was recorded under.</summary>
    public string SchemeId { get; private init; } = "";
    public DateOnly SchemeFrom { get; private init; }
    public AttendanceKind Kind { get; private init; }
    public DateOnly HeldOn { get; private init; }
    public int Minutes { get; private init; }
    public bool ExamPassed { get; private init; }
    public string Place { get; private init; } = "";
    public AttendanceState State { get; private set; }

    /// <summary>Points to be taken off, as stamped at the confirmation; null before it.</summary>
    public int? Points { get; private set; }
    public Guid RecordedById { get; private init; }

    /// <summary>Badge number.</summary>
    public string RecordedByName { get; private init; } = "";

    /// <summary>Search key of the recorder's own identity number: two accounts of one person are one person.</summary>
    public byte[]? RecordedByKey { get; private init; }
    public DateTimeOffset RecordedAt { get; private init; }
    public Guid? CheckedById { get; private set; }
    public string? CheckedByName { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }
    public string? DeclineReason { get; private set; }

    /// <summary>Optimistic concurrency: two confirmations at once are one.</summary>
    public int Version { get; private set; }

    /// <summary>The grounds of a scheme that stand in the way of these routes: those of the online channel do not (D-ATTENDANCE).</summary>
    public static IEnumerable<GroundFinding> Obstacles(EligibilityReport report) =>
        report.Failed.Where(finding => finding.Ground is not (Ground.NoOpenRound or Ground.NotBlacklisted));

    /// <summary>One officer records; nothing follows from it yet.</summary>
    /// <param name="report">The driver's grounds as judged now.</param>
    /// <param name="cycle">The driver's running cycle: an attendance counts in the cycle it was held in.</param>
    /// <param name="personKey">Search key of the driver's identity number: nobody acts in their own case.</param>
    public static Outcome<Attendance> Record(
        Guid id,
        Guid driverId,
        string authority,
        Scheme scheme,
        AttendanceFacts facts,
        EligibilityReport report,
        PointsCycle cycle,
        byte[]? personKey,
        Actor actor,
        DateOnly today,
        DateTimeOffset now
    )
    {
        if (!actor.May(Permission.RecordAttendances))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (actor.IsPerson(personKey))
        {
            return new Refusal(RefusalCode.OwnCase);
        }
        if (scheme.RouteOf(facts.Kind) is not { } route)
        {
            return new Refusal(RefusalCode.RouteNotOffered);
        }
        if (Fault(facts, route.Value, cycle, today) is { } fault)
        {
            return fault;
        }
        if (Obstacles(report).Any())
        {
            return new Refusal(RefusalCode.DriverNotEligible);
        }
        return new Attendance
        {
            Id = id,
            DriverId = driverId,
            Authority = authority,
            SchemeId = scheme.Id,
            SchemeFrom = scheme.EffectiveFrom,
            Kind = facts.Kind,
            HeldOn = facts.HeldOn,
            Minutes = facts.Minutes,
            ExamPassed = route.Value.HasExam,
            Place = facts.Place!.Trim(),
            State = AttendanceState.Recorded,
            RecordedById = actor.Id,
            RecordedByName = actor.Name,
            RecordedByKey = actor.PersonKey,
            RecordedAt = now,
            Version = 1,
        };
    }

    /// <summary>Whether an officer may confirm or decline now. One function for the buttons and for the server.</summary>
    public Refusal? Check(byte[]? personKey, Actor actor)
    {
        if (!actor.May(Permission.ConfirmAttendances))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (State != AttendanceState.Recorded)
        {
            return new Refusal(RefusalCode.CaseDecided, null, CheckedByName ?? "", CheckedAt!.Value);
        }
        if (actor.IsPerson(personKey))
        {
            return new Refusal(RefusalCode.OwnCase);
        }
        return actor.Id == RecordedById || actor.IsPerson(RecordedByKey)
            ? new Refusal(RefusalCode.SecondPersonNeeded)
            : null;
    }

    /// <summary>
    /// Another officer confirms. Taken off is what the route gives, but never more than there are points, nor more than the cap
    /// leaves (N-25, N-n8).
    /// </summary>
    /// <param name="report">The driver's grounds as judged now, on the points that no other reduction waits for.</param>
    /// <param name="standing">Those points.</param>
    /// <param name="capLeft">Points that may still be taken off in the cycle over all routes.</param>
    /// <param name="cycle">The driver's running cycle.</param>
    public Outcome<int> Confirm(
        Scheme scheme,
        EligibilityReport report,
        int standing,
        int capLeft,
        PointsCycle cycle,
        byte[]? personKey,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (Check(personKey, actor) is { } refusal)
        {
            return refusal;
        }
        if (!cycle.Contains(HeldOn))
        {
            return new Refusal(RefusalCode.AttendanceOutsideCycle, null, cycle.Start);
        }
        if (Obstacles(report).Any())
        {
            return new Refusal(RefusalCode.DriverNotEligible);
        }
        var points = Math.Min(scheme.RouteOf(Kind)!.Value.Points, Math.Min(standing, capLeft));
        Points = points;
        Answer(AttendanceState.Confirmed, actor, now);
        return points;
    }

    /// <summary>Another officer does not confirm, with a reason the driver reads.</summary>
    public Outcome<Unit> Decline(string? reason, byte[]? personKey, Actor actor, DateTimeOffset now)
    {
        if (Check(personKey, actor) is { } refusal)
        {
            return refusal;
        }
        if (TextFault(reason, "reason") is { } fault)
        {
            return fault;
        }
        DeclineReason = reason!.Trim();
        Answer(AttendanceState.Declined, actor, now);
        return new Unit();
    }

    private static Refusal? Fault(AttendanceFacts facts, AttendanceRoute route, PointsCycle cycle, DateOnly today) =>
        facts.HeldOn > today ? new Refusal(RefusalCode.DateInFuture, "heldOn")
        : !cycle.Contains(facts.HeldOn) ? new Refusal(RefusalCode.AttendanceOutsideCycle, "heldOn", cycle.Start)
        : facts.Minutes < route.Minutes ? new Refusal(RefusalCode.AttendanceTooShort, "minutes", route.Minutes)
        : facts.Minutes > MostMinutes ? new Refusal(RefusalCode.AttendanceTooLong, "minutes", MostMinutes)
        : route.HasExam && !facts.ExamPassed ? new Refusal(RefusalCode.AttendanceExamNotPassed, "examPassed")
        : TextFault(facts.Place, "place");

    private static Refusal? TextFault(string? text, string field) =>
        (text?.Trim().Length ?? 0) switch
        {
            0 => new Refusal(RefusalCode.FieldRequired, field),
            > TextLimit => new Refusal(RefusalCode.FieldTooLong, field, TextLimit),
            _ => null,
        };

    private void Answer(AttendanceState state, Actor actor, DateTimeOffset now)
    {
        State = state;
        (CheckedById, CheckedByName, CheckedAt) = (actor.Id, actor.Name, now);
        Version++;
    }
}
