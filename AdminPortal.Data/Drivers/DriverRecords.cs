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
public sealed record DriverFile(DriverRecord Record, Scheme? Scheme, PointsCycle Cycle);

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
        var unhandled = await db.Violations.CountAsync(v => v.DriverId == driverId && v.HandledOn == null, ct);
        var reductions = await db
            .Reductions.AsNoTracking()
            .Where(r => r.DriverId == driverId && r.CycleStart == cycle.Start)
            .ToListAsync(ct);
        var changes = await db
            .ReductionChanges.AsNoTracking()
            .Where(c => c.State == ReductionChangeState.Applied && c.SettledAt > licence.AsOf)
            .Where(c =>
                db.Reductions.Any(r => r.RoundId == c.RoundId && r.DriverId == driverId && r.CycleStart == cycle.Start)
            )
            .ToListAsync(ct);
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
            Points = PointsNow(licence, reductions, changes),
            PointsReduced =
                licence.PointsReducedElsewhere + reductions.Where(r => r.Slot is not null).Sum(r => r.Points),
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
            ViolationsUnhandled = unhandled,
            BlacklistedUntil = entries
                .Where(e => e.Kind == RecordKind.Blacklist)
                .Select(e => e.Until)
                .Concat(own.Select(e => e.OffOnlineUntil))
                .Max(),
            HasOpenRound = hasOpenRound,
            AuthorityIsOpen = scheme is not null,
            AsOf = licence.AsOf,
        };
        return new DriverFile(record, scheme, cycle);
    }

    // What the authority delivered, less what the product has had taken off since then, with what it has had put back.
    private static int PointsNow(
        LicenceRow licence,
        IReadOnlyCollection<ReductionRow> reductions,
        IEnumerable<ReductionChangeRow> changes
    )
    {
        var taken = reductions
            .Where(r => r.State is ReductionState.Applied or ReductionState.Revoked && r.SettledAt > licence.AsOf)
            .Sum(r => r.Points);
        var changed = changes.Sum(c =>
            reductions.Single(r => r.RoundId == c.RoundId).Points * (c.Kind == ReductionChangeKind.Revoke ? 1 : -1)
        );
        return Math.Max(0, licence.Points - taken + changed);
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
