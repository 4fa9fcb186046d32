using AdminPortal.Data.Drivers;
using AdminPortal.Data.Privacy;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.MyData;

// Who the driver is, and what the authorities delivered.
internal sealed partial class PersonalDataReader
{
    private async Task<PersonalTable> IdentityAsync(CancellationToken ct)
    {
        var driver = await db.Drivers.AsNoTracking().SingleAsync(d => d.Id == driverId, ct);
        object?[] row =
        [
            Show(Mask.Name, cipher.OpenName(driver.Name)),
            Show(Mask.IdNumber, cipher.OpenIdNumber(driver.IdNumber)),
            Show(Mask.Mobile, cipher.OpenMobile(driver.Mobile)),
            driver.PrefersEnglish,
        ];
        return PersonalTable.Of("Identity", "Name IdNumber Mobile PrefersEnglish", [row]);
    }

    private async Task<PersonalTable> LicenceAsync(CancellationToken ct)
    {
        var licences = await db.Licences.AsNoTracking().Where(l => l.DriverId == driverId).ToListAsync(ct);
        return PersonalTable.Of(
            "Licence",
            "Authority Classes Status FirstLicensedOn IsInternational Points PointsReducedElsewhere AsOf",
            licences.Select(l =>
                new object?[]
                {
                    l.Authority,
                    l.Classes,
                    l.Status,
                    l.FirstLicensedOn,
                    l.IsInternational,
                    l.Points,
                    l.PointsReducedElsewhere,
                    l.AsOf,
                }
            )
        );
    }

    private async Task<PersonalTable> RecordAsync(CancellationToken ct)
    {
        var entries = await db
            .DriverEntries.AsNoTracking()
            .Where(e => e.DriverId == driverId)
            .OrderByDescending(e => e.On)
            .ThenBy(e => e.Id)
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Record",
            "Kind HappenedOn Until",
            entries.Select(e => new object?[] { e.Kind, e.On, e.Until })
        );
    }

    private async Task<PersonalTable> ViolationsAsync(CancellationToken ct)
    {
        var violations = await db
            .Violations.AsNoTracking()
            .Where(v => v.DriverId == driverId)
            .OrderByDescending(v => v.On)
            .ThenBy(v => v.Number)
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Violations",
            "Number Code HappenedOn Points HandledOn PaidOn RevokedOn",
            violations.Select(v =>
                new object?[] { v.Number, v.Code, v.On, v.Points, v.HandledOn, v.PaidOn, v.RevokedOn }
            )
        );
    }

    private async Task<PersonalTable> PenaltyChangesAsync(CancellationToken ct)
    {
        var changes = await db
            .PenaltyChanges.AsNoTracking()
            .Where(c => c.DriverId == driverId)
            .OrderByDescending(c => c.NotedAt)
            .ThenBy(c => c.Id)
            .ToListAsync(ct);
        return PersonalTable.Of(
            "PenaltyChanges",
            "Number PointsBefore PointsAfter Surplus AsOf",
            changes.Select(c => new object?[] { c.ViolationNumber, c.PointsBefore, c.PointsAfter, c.Surplus, c.AsOf })
        );
    }

    private async Task<PersonalTable> VehiclesAsync(CancellationToken ct)
    {
        var vehicles = await db
            .Vehicles.AsNoTracking()
            .Where(v => v.DriverId == driverId)
            .OrderBy(v => v.Plate)
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Vehicles",
            "Plate InspectedUntil DeregisterBy IsDeregistered",
            vehicles.Select(v =>
                new object?[] { Show(Mask.Plate, v.Plate), v.InspectedUntil, v.DeregisterBy, v.IsDeregistered }
            )
        );
    }
}
