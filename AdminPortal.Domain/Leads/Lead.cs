using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Leads;

/// <summary>
/// Something stored that an officer should look at, with its evidence. A lead is no finding: it changes nothing for the driver,
/// whatever becomes of it; only a blacklist entry that one officer proposes and another person confirms does (D-LEAD). Who works
/// it and what becomes of it stands in its case and nowhere else.
/// </summary>
public sealed class Lead
{
    private Lead() { }

    public Guid Id { get; private init; }
    public LeadKind Kind { get; private init; }

    /// <summary>What it is about: one lead per kind and subject, however often it is looked for.</summary>
    public Guid SubjectId { get; private init; }
    public Guid DriverId { get; private init; }

    /// <summary>Issuing authority whose officers look into it.</summary>
    public string Authority { get; private init; } = "";

    /// <summary>The round it was found in; null for a device, which belongs to none.</summary>
    public Guid? RoundId { get; private init; }

    /// <summary>As found; never changed afterwards.</summary>
    public LeadEvidence Evidence { get; private init; } = new([], []);
    public DateTimeOffset FoundAt { get; private init; }

    /// <summary>Its case, which has the lead's own id and so its number; null only for one that is older than leads are cases.</summary>
    public Guid? CaseId { get; private set; }

    /// <summary>The blacklist entry that was proposed out of it.</summary>
    public Guid? EntryId { get; private set; }

    /// <summary>The product found something.</summary>
    public static Lead Find(
        Guid id,
        LeadKind kind,
        Guid subjectId,
        Guid driverId,
        string authority,
        Guid? roundId,
        LeadEvidence evidence,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = id,
            Kind = kind,
            SubjectId = subjectId,
            DriverId = driverId,
            Authority = authority,
            RoundId = roundId,
            Evidence = evidence,
            FoundAt = now,
        };

    /// <summary>Puts it on the officers' queue; the due time is a target of the house, not law (D-LEAD-TARGET).</summary>
    public Case Open(Scheme scheme, WorkingCalendar calendar, DateTimeOffset now)
    {
        CaseId = Id;
        return Case.Open(Id, CaseKind.Lead, Authority, DriverId, Id, scheme.LeadTarget, calendar, Actor.System, now);
    }

    /// <summary>An entry was proposed out of it; its case ends with that.</summary>
    public void LeadTo(Guid entryId) => EntryId = entryId;
}
