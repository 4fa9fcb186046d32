using AdminPortal.Data.Points;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Drivers;

/// <summary>A driver's record with the scheme the authority is open for, if any.</summary>
/// <param name="Record">What eligibility is judged on.</param>
/// <param name="Scheme">The scheme of the authority today; null when it is not open for one.</param>
/// <param name="Cycle">The running points cycle.</param>
/// <param name="Account">Where the points stand, and how they came there.</param>
/// <param name="Pending">Points that reductions on their way will take off.</param>
public sealed record DriverFile(
    DriverRecord Record,
    Scheme? Scheme,
    PointsCycle Cycle,
    PointsAccount Account,
    int Pending
);

/// <summary>Builds the domain's picture of a driver from what the authorities delivered and what the product did since.</summary>
public static class DriverRecords
{
    /// <summary>Null when the driver has no licence on record.</summary>
    public static async Task<DriverFile?> LoadAsync(
        PortalDb db,
        SchemeCatalogue schemes,
        Guid driverId,
        DateOnly today,
        CancellationToken ct
    )
    {
        var licence = await db.Licences.AsNoTracking().SingleOrDefaultAsync(l => l.DriverId == driverId, ct);
        if (licence is null || licence.FirstLicensedOn > today)
        {
            return null;
        }
        var cycle = PointsCycle.At(licence.FirstLicensedOn, today);
        var entries = await db
            .DriverEntries.AsNoTracking()
            .Where(e => e.DriverId == driverId && e.LiftedAt == null)
            .ToListAsync(ct);
        var own = await db
            .BlacklistEntries.AsNoTracking()
            .Where(e => e.DriverId == driverId && e.State == BlacklistState.InForce)
            .OrderBy(e => e.CheckedAt)
            .ToListAsync(ct);
        var vehicles = await db.Vehicles.AsNoTracking().Where(v => v.DriverId == driverId).ToListAsync(ct);
        var violations = await db.Violations.AsNoTracking().Where(v => v.DriverId == driverId).ToListAsync(ct);
        var reductions = await db
            .Reductions.AsNoTracking()
            .Where(r => r.DriverId == driverId && (r.CycleStart == cycle.Start || r.SettledAt > licence.AsOf))
            .ToListAsync(ct);
        var account = PointsAccount.At(
            licence.FirstLicensedOn,
            new DeliveredPoints(licence.Points, licence.PointsReducedElsewhere, licence.AsOf),
            [.. violations.Select(v => v.Recorded())],
            await PointsEvents.ReadAsync(db, driverId, reductions, ct),
            today
        );
        var running = reductions.Where(r => r.CycleStart == cycle.Start && r.Slot is not null).ToList();
        var hasOpenRound = await db.Rounds.AnyAsync(
            r => r.DriverId == driverId && r.State != RoundState.Reduced && r.State != RoundState.Void,
            ct
        );
        var schemeId = await db
            .Authorities.Where(a =>
                a.Authority == licence.Authority && a.From <= today && (a.To == null || a.To >= today)
            )
            .Select(a => a.SchemeId)
            .SingleOrDefaultAsync(ct);
        var scheme = schemeId is null ? null : schemes.Find(schemeId, today);
        var record = new DriverRecord
        {
            Authority = licence.Authority,
            LicenceClasses = licence.Classes,
            LicenceStatus = licence.Status,
            FirstLicensedOn = licence.FirstLicensedOn,
            IsInternational = licence.IsInternational,
            Points = account.Points,
            PointsReduced = account.ReducedElsewhere + running.Sum(r => r.Points),
            FullMarkEducations = Dates(entries, RecordKind.FullMarkEducation),
            Offences =
            [
                .. entries.Where(e => OffenceOf(e.Kind) is not null).Select(e => (OffenceOf(e.Kind)!.Value, e.On)),
            ],
            Frauds = Dates(entries, RecordKind.Fraud),
            FraudBars =
            [
                .. own.Select(e => new FraudBar(ChinaTime.DateOf(e.CheckedAt!.Value), e.OutOfSchemeUntil!.Value)),
            ],
            VehiclesOverdue =
            [
                .. vehicles.Where(v => v.IsOverdue(today)).Select(v => v.Plate).Order(StringComparer.Ordinal),
            ],
            ViolationsUnhandled = violations.Count(v => v.IsOpen),
            BlacklistedUntil = entries
                .Where(e => e.Kind == RecordKind.Blacklist)
                .Select(e => e.Until)
                .Concat(own.Select(e => e.OffOnlineUntil))
                .Max(),
            HasOpenRound = hasOpenRound,
            AuthorityIsOpen = scheme is not null,
            AsOf = licence.AsOf,
        };
        return new DriverFile(
            record,
            scheme,
            cycle,
            account,
            running.Where(r => r.SettledAt is null).Sum(r => r.Points)
        );
    }

    private static List<DateOnly> Dates(IEnumerable<DriverEntryRow> entries, RecordKind kind) =>
        [.. entries.Where(e => e.Kind == kind).Select(e => e.On).Order()];

    private static SeriousOffence? OffenceOf(RecordKind kind) =>
        kind switch
        {
            RecordKind.HitAndRun => SeriousOffence.HitAndRun,
            RecordKind.DrinkDriving => SeriousOffence.DrinkDriving,
            RecordKind.ForgedPlatesOrDocuments => SeriousOffence.ForgedPlatesOrDocuments,
            RecordKind.PointsTrading => SeriousOffence.PointsTrading,
            RecordKind.FullMarkEducation or RecordKind.Fraud or RecordKind.Blacklist => null,
        };
}
