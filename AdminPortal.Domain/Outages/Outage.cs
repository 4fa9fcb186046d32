using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Outages;

/// <summary>What failed.</summary>
public enum ServicePart
{
    /// <summary>人脸比对: faces were not compared, or wrongly.</summary>
    FaceComparison,

    /// <summary>学习: minutes were not counted.</summary>
    Study,

    /// <summary>考试: exams could not be sat, or broke off.</summary>
    Exam,

    /// <summary>复核申请: reviews could not be filed.</summary>
    ReviewFiling,

    /// <summary>消息: drivers were not told what they had to do.</summary>
    Messages,

    /// <summary>整个平台: nothing worked.</summary>
    Everything,
}

/// <summary>Where an outage stands.</summary>
public enum OutageState
{
    /// <summary>Declared by one officer; nothing follows yet.</summary>
    Declared,

    /// <summary>Confirmed by another one: made good for. Final.</summary>
    Confirmed,

    /// <summary>Another officer did not confirm it. Final.</summary>
    Declined,
}

/// <summary>An authority whose drivers an outage hit.</summary>
public sealed class OutageAuthority
{
    public Guid OutageId { get; init; }
    public string Authority { get; init; } = "";
}

/// <summary>What an officer writes down about an outage.</summary>
/// <param name="From">Its first instant (UTC).</param>
/// <param name="To">The instant it was over (UTC).</param>
/// <param name="Authorities">Whose drivers it hit.</param>
/// <param name="DriverId">The one driver it is made good to; null for all.</param>
/// <param name="Reason">What happened, in words the drivers read.</param>
public sealed record OutageFacts(
    ServicePart Part,
    DateTimeOffset? From,
    DateTimeOffset? To,
    IReadOnlyList<string> Authorities,
    Guid? DriverId,
    string? Reason
);

/// <summary>
/// A window in which a part of the service failed (complaint C2). What it took from drivers is given back, which takes two persons:
/// one declares it, another one confirms (D-OUTAGE).
/// </summary>
public sealed class Outage
{
    /// <summary>The longest reason, in characters.</summary>
    public const int TextLimit = 200;

    /// <summary>How far back an outage may begin (D-OUTAGE-REACH): as long as the photos of a round are kept after it.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    private readonly List<OutageAuthority> _authorities = [];

    private Outage() { }

    public Guid Id { get; private init; }
    public ServicePart Part { get; private init; }
    public DateTimeOffset From { get; private init; }
    public DateTimeOffset To { get; private init; }
    public IReadOnlyList<OutageAuthority> Authorities => _authorities;

    /// <summary>The one driver it is made good to; null for all of the authorities.</summary>
    public Guid? DriverId { get; private init; }
    public string Reason { get; private init; } = "";
    public OutageState State { get; private set; }
    public Guid DeclaredById { get; private init; }

    /// <summary>Badge number.</summary>
    public string DeclaredByName { get; private init; } = "";

    /// <summary>Search key of the declarer's own identity number: two accounts of one person are one person.</summary>
    public byte[]? DeclaredByKey { get; private init; }
    public DateTimeOffset DeclaredAt { get; private init; }
    public Guid? CheckedById { get; private set; }
    public string? CheckedByName { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }
    public string? DeclineReason { get; private set; }

    /// <summary>When every round had been gone through; null before.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>Optimistic concurrency: two confirmations at once are one.</summary>
    public int Version { get; private set; }

    /// <summary>The time it took.</summary>
    public Standstill Span => new(From, To);

    /// <summary>One officer declares; nothing follows from it yet.</summary>
    /// <param name="personKey">Search key of the one driver's identity number, if there is one: nobody acts in their own case.</param>
    public static Outcome<Outage> Declare(
        Guid id,
        OutageFacts facts,
        byte[]? personKey,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (!actor.May(Permission.DeclareOutages))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (actor.IsPerson(personKey))
        {
            return new Refusal(RefusalCode.OwnCase);
        }
        if (Fault(facts, actor, now) is { } fault)
        {
            return fault;
        }
        var outage = new Outage
        {
            Id = id,
            Part = facts.Part,
            From = facts.From!.Value,
            To = facts.To!.Value,
            DriverId = facts.DriverId,
            Reason = facts.Reason!.Trim(),
            State = OutageState.Declared,
            DeclaredById = actor.Id,
            DeclaredByName = actor.Name,
            DeclaredByKey = actor.PersonKey,
            DeclaredAt = now,
            Version = 1,
        };
        outage._authorities.AddRange(
            facts
                .Authorities.Distinct()
                .Order(StringComparer.Ordinal)
                .Select(a => new OutageAuthority { OutageId = id, Authority = a })
        );
        return outage;
    }

    /// <summary>Whether an officer may confirm or decline now. One function for the buttons and for the server.</summary>
    /// <param name="personKey">Search key of the one driver's identity number, if there is one.</param>
    public Refusal? Check(byte[]? personKey, Actor actor)
    {
        if (!actor.May(Permission.ConfirmOutages))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (State != OutageState.Declared)
        {
            return new Refusal(RefusalCode.CaseDecided, null, CheckedByName ?? "", CheckedAt!.Value);
        }
        if (actor.IsPerson(personKey))
        {
            return new Refusal(RefusalCode.OwnCase);
        }
        return actor.Id == DeclaredById || actor.IsPerson(DeclaredByKey)
            ? new Refusal(RefusalCode.SecondPersonNeeded)
            : null;
    }

    /// <summary>Another officer confirms: what it took is given back, round by round.</summary>
    public Outcome<Unit> Confirm(byte[]? personKey, Actor actor, DateTimeOffset now)
    {
        if (Check(personKey, actor) is { } refusal)
        {
            return refusal;
        }
        Answer(OutageState.Confirmed, actor, now);
        return new Unit();
    }

    /// <summary>Another officer does not confirm, with a reason.</summary>
    public Outcome<Unit> Decline(string? reason, byte[]? personKey, Actor actor, DateTimeOffset now)
    {
        if (Check(personKey, actor) is { } refusal)
        {
            return refusal;
        }
        if (TextFault(reason) is { } fault)
        {
            return fault;
        }
        DeclineReason = reason!.Trim();
        Answer(OutageState.Declined, actor, now);
        return new Unit();
    }

    /// <summary>Every round has been gone through.</summary>
    public void Complete(DateTimeOffset now)
    {
        if (State != OutageState.Confirmed || CompletedAt is not null)
        {
            throw new InvalidOperationException("Only a confirmed outage is completed, once.");
        }
        CompletedAt = now;
        Version++;
    }

    /// <summary>Whether a driver could not do what a window is there for while this part was down.</summary>
    public bool Stops(DeadlineKind window) =>
        Part switch
        {
            // Study and every exam begin with a face check.
            ServicePart.FaceComparison => window != DeadlineKind.ReviewFiling,
            ServicePart.Study => window == DeadlineKind.Study,
            ServicePart.Exam => window is DeadlineKind.Exam or DeadlineKind.Resit,
            ServicePart.ReviewFiling => window == DeadlineKind.ReviewFiling,
            ServicePart.Messages or ServicePart.Everything => true,
        };

    /// <summary>Whether an attempt may have been lost because this part was down.</summary>
    public bool Spoils(ExamState state) =>
        Part switch
        {
            ServicePart.FaceComparison => state == ExamState.NotAccepted,
            ServicePart.Exam => state is ExamState.Failed or ExamState.NotAccepted,
            ServicePart.Everything => state is ExamState.Failed or ExamState.NotAccepted,
            ServicePart.Study or ServicePart.ReviewFiling or ServicePart.Messages => false,
        };

    /// <summary>Whether face checks may have failed because this part was down.</summary>
    public bool SpoilsFaces => Part is ServicePart.FaceComparison or ServicePart.Everything;

    private static Refusal? Fault(OutageFacts facts, Actor actor, DateTimeOffset now) =>
        facts.From is not { } from ? new Refusal(RefusalCode.FieldRequired, "from")
        : facts.To is not { } to ? new Refusal(RefusalCode.FieldRequired, "to")
        : from < now - Reach ? new Refusal(RefusalCode.OutageTooLongAgo, "from", (int)Reach.TotalDays)
        : to <= from ? new Refusal(RefusalCode.OutageEndsBeforeItBegins, "to")
        : to > now ? new Refusal(RefusalCode.OutageNotOver, "to")
        : facts.Authorities.Count == 0 || facts.Authorities.Any(a => !actor.Authorities.Contains(a))
            ? new Refusal(RefusalCode.FieldRequired, "authorities")
        : TextFault(facts.Reason);

    private static Refusal? TextFault(string? text) =>
        (text?.Trim().Length ?? 0) switch
        {
            0 => new Refusal(RefusalCode.FieldRequired, "reason"),
            > TextLimit => new Refusal(RefusalCode.FieldTooLong, "reason", TextLimit),
            _ => null,
        };

    private void Answer(OutageState state, Actor actor, DateTimeOffset now)
    {
        State = state;
        (CheckedById, CheckedByName, CheckedAt) = (actor.Id, actor.Name, now);
        Version++;
    }
}
