using System.Text.RegularExpressions;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;

namespace AdminPortal.Domain.Schemes;

/// <summary>Where a proposed assignment stands.</summary>
public enum AssignmentState
{
    Proposed,
    Confirmed,
    Declined,
}

/// <summary>From when an authority has been working under which scheme.</summary>
public sealed record SchemePeriod(string SchemeId, DateOnly From, DateOnly? To);

/// <summary>
/// An authority is put under a scheme from a day on: proposed by one system administrator, confirmed or declined by another one
/// (D-ASSIGNMENT). Nothing follows from the proposal alone. A round keeps the scheme it began under.
/// </summary>
public sealed partial class SchemeAssignment
{
    /// <summary>The longest name of an authority, in characters.</summary>
    public const int NameLimit = 100;

    /// <summary>The longest reason, in characters.</summary>
    public const int ReasonLimit = 500;

    private SchemeAssignment() { }

    public Guid Id { get; private init; }
    public string Authority { get; private init; } = "";

    /// <summary>Of a new authority; null when it is there already.</summary>
    public string? NewName { get; private init; }
    public string? NewHotline { get; private init; }
    public string SchemeId { get; private init; } = "";
    public DateOnly From { get; private init; }
    public AssignmentState State { get; private set; }
    public Guid ProposedById { get; private init; }

    /// <summary>Badge number.</summary>
    public string ProposedByName { get; private init; } = "";

    /// <summary>Search key of the proposer's own identity number: two accounts of one person are one person.</summary>
    public byte[]? ProposedByKey { get; private init; }
    public DateTimeOffset ProposedAt { get; private init; }
    public Guid? CheckedById { get; private set; }
    public string? CheckedByName { get; private set; }
    public byte[]? CheckedByKey { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }
    public string? DeclineReason { get; private set; }

    /// <summary>Optimistic concurrency: two answers at once are one.</summary>
    public int Version { get; private set; }

    /// <summary>One administrator proposes.</summary>
    /// <param name="running">Every period of the authority so far; empty for a new one, which needs a name.</param>
    public static Outcome<SchemeAssignment> Propose(
        Guid id,
        string authority,
        string? name,
        string? hotline,
        string schemeId,
        DateOnly from,
        IReadOnlyList<SchemePeriod> running,
        SchemeCatalogue schemes,
        Actor actor,
        DateOnly today,
        DateTimeOffset now
    )
    {
        if (!actor.May(Permission.ManageAuthorities))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (!PlateFormat.IsAuthority(authority))
        {
            return new Refusal(RefusalCode.AuthorityInvalid, "code", authority);
        }
        var isNew = running.Count == 0;
        if (isNew && (NameFault(name) ?? HotlineFault(hotline)) is { } fault)
        {
            return fault;
        }
        if (PlaceFault(schemeId, from, running, schemes, today) is { } misplaced)
        {
            return misplaced;
        }
        return new SchemeAssignment
        {
            Id = id,
            Authority = authority,
            NewName = isNew ? name!.Trim() : null,
            NewHotline = isNew ? Blank(hotline) : null,
            SchemeId = schemeId,
            From = from,
            State = AssignmentState.Proposed,
            ProposedById = actor.Id,
            ProposedByName = actor.Name,
            ProposedByKey = actor.PersonKey,
            ProposedAt = now,
            Version = 1,
        };
    }

    /// <summary>What is wrong with a scheme from a day on, seen from the periods there are; null when nothing is.</summary>
    public static Refusal? PlaceFault(
        string schemeId,
        DateOnly from,
        IReadOnlyList<SchemePeriod> running,
        SchemeCatalogue schemes,
        DateOnly today
    )
    {
        if (from < today)
        {
            return new Refusal(RefusalCode.AssignmentPast, "from", today);
        }
        if (schemes.Find(schemeId, from) is null)
        {
            return new Refusal(RefusalCode.AssignmentScheme, "scheme");
        }
        if (running.Count == 0)
        {
            return null;
        }
        var last = running.MaxBy(p => p.From)!;
        if (last.From >= from)
        {
            return new Refusal(RefusalCode.AssignmentTaken, "from", last.From);
        }
        if (last.To >= from)
        {
            // Its end was laid down by a delivered file; the days between would be nobody's.
            return new Refusal(RefusalCode.AssignmentTaken, "from", last.To.Value);
        }
        return last.SchemeId == schemeId && last.To is null
            ? new Refusal(RefusalCode.AssignmentUnchanged, "scheme")
            : null;
    }

    /// <summary>Whether somebody may confirm or decline now. One function for the buttons and for the server.</summary>
    public Refusal? Check(Actor actor) =>
        !actor.May(Permission.ManageAuthorities) ? new Refusal(RefusalCode.NotPermitted)
        : State != AssignmentState.Proposed
            ? new Refusal(RefusalCode.TextSettled, null, CheckedByName ?? "", CheckedAt ?? ProposedAt)
        : actor.Id == ProposedById || actor.IsPerson(ProposedByKey) ? new Refusal(RefusalCode.SecondPersonNeeded)
        : null;

    /// <summary>Another administrator confirms. What happened since the proposal counts: the day may be over.</summary>
    public Outcome<Unit> Confirm(
        IReadOnlyList<SchemePeriod> running,
        SchemeCatalogue schemes,
        Actor actor,
        DateOnly today,
        DateTimeOffset now
    )
    {
        if ((Check(actor) ?? PlaceFault(SchemeId, From, running, schemes, today)) is { } refusal)
        {
            return refusal;
        }
        Answer(AssignmentState.Confirmed, actor, now);
        return new Unit();
    }

    /// <summary>Another administrator declines, with a reason.</summary>
    public Outcome<Unit> Decline(string? reason, Actor actor, DateTimeOffset now)
    {
        if ((Check(actor) ?? ReasonFault(reason)) is { } refusal)
        {
            return refusal;
        }
        DeclineReason = reason!.Trim();
        Answer(AssignmentState.Declined, actor, now);
        return new Unit();
    }

    public static Refusal? NameFault(string? name) =>
        (name?.Trim().Length ?? 0) switch
        {
            0 => new Refusal(RefusalCode.FieldRequired, "name"),
            > NameLimit => new Refusal(RefusalCode.FieldTooLong, "name", NameLimit),
            _ => null,
        };

    /// <summary>It becomes a link that dials.</summary>
    public static Refusal? HotlineFault(string? hotline) =>
        Blank(hotline) is { } number && !IsHotline(number) ? new Refusal(RefusalCode.HotlineInvalid, "hotline") : null;

    /// <summary>Digits and hyphens, five to twenty.</summary>
    public static bool IsHotline(string number) => HotlinePattern().IsMatch(number);

    private static Refusal? ReasonFault(string? reason) =>
        (reason?.Trim().Length ?? 0) switch
        {
            0 => new Refusal(RefusalCode.ReasonRequired, "reason", 1),
            > ReasonLimit => new Refusal(RefusalCode.FieldTooLong, "reason", ReasonLimit),
            _ => null,
        };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private void Answer(AssignmentState state, Actor actor, DateTimeOffset now)
    {
        State = state;
        (CheckedById, CheckedByName, CheckedByKey, CheckedAt) = (actor.Id, actor.Name, actor.PersonKey, now);
        Version++;
    }

    [GeneratedRegex("^[0-9][0-9-]{3,18}[0-9]$")]
    private static partial Regex HotlinePattern();
}
