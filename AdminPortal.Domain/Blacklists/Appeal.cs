using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Blacklists;

/// <summary>
/// A driver's appeal against a blacklist entry (S1-40): what it adds to its case. It is about an entry of the product or about
/// one that an authority delivered, never about both, and there is one per entry.
/// </summary>
public sealed class Appeal
{
    /// <summary>The shortest reason an officer can investigate, in characters.</summary>
    public const int ShortestReason = 10;

    /// <summary>The most files that may be handed in as evidence, photos and PDF together.</summary>
    public const int MostPhotos = 5;

    private Appeal() { }

    /// <summary>The case on the officers' queue; same id.</summary>
    public Guid CaseId { get; private init; }

    /// <summary>The product's own entry, or null.</summary>
    public Guid? EntryId { get; private init; }

    /// <summary>The entry that an authority delivered, or null.</summary>
    public Guid? DeliveredId { get; private init; }
    public string Reason { get; private init; } = "";
    public DateTimeOffset FiledAt { get; private init; }

    /// <summary>Opens the appeal and its case; its due time is a target of the house, not law (D-APPEAL).</summary>
    /// <param name="isOwn">True for an entry of the product, false for a delivered one.</param>
    public static Outcome<(Appeal Appeal, Case Case)> Open(
        Guid id,
        Guid entryId,
        bool isOwn,
        string authority,
        Guid driverId,
        string? reason,
        int photos,
        Scheme scheme,
        WorkingCalendar calendar,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (BlacklistEntry.TextFault(reason, "reason", ShortestReason) is { } fault)
        {
            return fault;
        }
        if (photos > MostPhotos)
        {
            return new Refusal(RefusalCode.TooManyPhotos, "photos", MostPhotos);
        }
        var opened = Case.Open(
            id,
            CaseKind.Appeal,
            authority,
            driverId,
            entryId,
            scheme.AppealTarget,
            calendar,
            actor,
            now
        );
        var appeal = new Appeal
        {
            CaseId = id,
            EntryId = isOwn ? entryId : null,
            DeliveredId = isOwn ? null : entryId,
            Reason = reason!.Trim(),
            FiledAt = now,
        };
        return (appeal, opened);
    }
}
