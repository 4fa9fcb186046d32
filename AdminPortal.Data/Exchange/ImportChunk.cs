using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Exchange;

/// <summary>A reference photo whose file is already stored.</summary>
public sealed record ImportPhoto(Guid Id, byte[] Sha256, int Length, int Width, int Height);

/// <summary>A line that is right by itself.</summary>
public sealed record ImportLine(int Number, ExchangeRecord Record, ImportPhoto? Photo);

/// <summary>What importing some lines did.</summary>
/// <param name="UnusedPhotos">Files no row points to: the same photo was there already.</param>
public sealed record ChunkReport(
    int Added,
    int Changed,
    int Unchanged,
    IReadOnlyList<ImportFault> Faults,
    IReadOnlyList<Guid> UnusedPhotos
);

/// <summary>Takes some lines of an exchange file in one transaction.</summary>
public sealed record ImportChunk(HeaderRecord Header, IReadOnlyList<ImportLine> Lines) : ICommand<ChunkReport>
{
    public Permission Permission => Permission.ImportData;

    private enum Effect
    {
        Added,
        Changed,
        Unchanged,
    }

    public async Task<Outcome<ChunkReport>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var counts = new Dictionary<Effect, int>();
        var faults = new List<ImportFault>();
        var unused = new List<Guid>();
        foreach (var line in Lines)
        {
            var (effect, fault) = await TakeAsync(scope, line, unused, ct);
            if (fault is not null)
            {
                faults.Add(new ImportFault(line.Number, fault));
                if (line.Photo is { } orphan)
                {
                    unused.Add(orphan.Id);
                }
                continue;
            }
            counts[effect] = counts.GetValueOrDefault(effect) + 1;
            // Later lines of the chunk look up what earlier ones brought.
            await scope.Db.SaveChangesAsync(ct);
        }
        var report = new ChunkReport(
            counts.GetValueOrDefault(Effect.Added),
            counts.GetValueOrDefault(Effect.Changed),
            counts.GetValueOrDefault(Effect.Unchanged),
            faults,
            unused
        );
        if (report.Added + report.Changed > 0)
        {
            scope.Audit(
                "Import",
                Header.Source,
                null,
                new
                {
                    Header.AsOf,
                    report.Added,
                    report.Changed,
                    faults = faults.Count,
                }
            );
        }
        return report;
    }

    private async Task<(Effect, string?)> TakeAsync(
        CommandScope scope,
        ImportLine line,
        List<Guid> unused,
        CancellationToken ct
    )
    {
        if (line.Record is AuthorityRecord authority)
        {
            return await TakeAuthorityAsync(scope, authority, ct);
        }
        var personal = (PersonalRecord)line.Record;
        var key = scope.Cipher.IdNumberKey(personal.Id);
        var driver = await scope.Db.Drivers.SingleOrDefaultAsync(d => d.IdNumberKey == key, ct);
        if (personal is PersonRecord person)
        {
            return await TakePersonAsync(scope, person, line.Photo, driver, key, unused, ct);
        }
        if (driver is null)
        {
            return (default, "no driver with this idNumber");
        }
        return personal switch
        {
            LicenceRecord licence => await TakeLicenceAsync(scope, licence, driver.Id, ct),
            VehicleRecord vehicle => await TakeVehicleAsync(scope, vehicle, driver.Id, ct),
            ViolationRecord violation => await TakeViolationAsync(scope, violation, driver.Id, ct),
            EntryRecord entry => await TakeEntryAsync(scope, entry, driver.Id, ct),
            _ => (default, "unknown record"),
        };
    }

    private static async Task<(Effect, string?)> TakeAuthorityAsync(
        CommandScope scope,
        AuthorityRecord r,
        CancellationToken ct
    )
    {
        if (scope.Schemes.All.All(s => s.Id != r.Scheme))
        {
            return (default, "unknown scheme");
        }
        await scope.Db.Authorities.Where(a => a.Authority == r.Code).LoadAsync(ct);
        // With what stands earlier in the same file.
        var all = scope.Db.Authorities.Local.Where(a => a.Authority == r.Code).ToList();
        var overlaps = all.Any(a =>
            a.From != r.From && (a.To is not { } end || end >= r.From) && (r.To is not { } rEnd || a.From <= rEnd)
        );
        if (overlaps)
        {
            return (default, "overlaps another period of this authority");
        }
        if (all.SingleOrDefault(a => a.From == r.From) is not { } row)
        {
            scope.Db.Authorities.Add(
                new AuthorityRow
                {
                    Authority = r.Code,
                    From = r.From,
                    To = r.To,
                    Name = r.Name,
                    SchemeId = r.Scheme,
                    Hotline = r.Hotline,
                }
            );
            return (Effect.Added, null);
        }
        (row.Name, row.SchemeId, row.To, row.Hotline) = (r.Name, r.Scheme, r.To, r.Hotline);
        if (scope.Db.Entry(row).State == EntityState.Modified)
        {
            // Who has the page open is told that it changed.
            row.Version++;
        }
        return Changed(scope, row);
    }

    private static async Task<(Effect, string?)> TakePersonAsync(
        CommandScope scope,
        PersonRecord r,
        ImportPhoto? photo,
        DriverRow? driver,
        byte[] key,
        List<Guid> unused,
        CancellationToken ct
    )
    {
        var (name, mobile) = (TypedText.HalfWidth(r.Name), Mobile.Normalise(r.Mobile)!);
        var isNew = driver is null;
        driver ??= new DriverRow
        {
            Id = Guid.CreateVersion7(scope.Now),
            IdNumber = scope.Cipher.SealIdNumber(r.Id),
            IdNumberKey = key,
            Name = scope.Cipher.SealName(name),
            NameKey = scope.Cipher.NameKey(name),
            Mobile = scope.Cipher.SealMobile(mobile),
        };
        if (isNew)
        {
            scope.Db.Drivers.Add(driver);
            await scope.Db.SaveChangesAsync(ct);
        }
        else if (scope.Cipher.OpenName(driver.Name) != name)
        {
            (driver.Name, driver.NameKey) = (scope.Cipher.SealName(name), scope.Cipher.NameKey(name));
        }
        // The number a driver confirmed here is newer than the authority's: an import never overwrites it.
        if (photo is not null)
        {
            var same =
                driver.ReferencePhotoId is { } old
                && await scope.Db.Photos.AnyAsync(p => p.Id == old && p.Sha256 == photo.Sha256, ct);
            if (same)
            {
                unused.Add(photo.Id);
            }
            else
            {
                scope.Db.Photos.Add(
                    new PhotoRow
                    {
                        Id = photo.Id,
                        DriverId = driver.Id,
                        Kind = PhotoKind.Reference,
                        Sha256 = photo.Sha256,
                        Length = photo.Length,
                        Width = photo.Width,
                        Height = photo.Height,
                        StoredAt = scope.Now,
                    }
                );
                driver.ReferencePhotoId = photo.Id;
            }
        }
        return isNew ? (Effect.Added, null) : Changed(scope, driver);
    }

    private async Task<(Effect, string?)> TakeLicenceAsync(
        CommandScope scope,
        LicenceRecord r,
        Guid driverId,
        CancellationToken ct
    )
    {
        var asOf = Header.AsOf.ToUniversalTime();
        if (await scope.Db.Licences.SingleOrDefaultAsync(l => l.DriverId == driverId, ct) is not { } row)
        {
            scope.Db.Licences.Add(
                new LicenceRow
                {
                    DriverId = driverId,
                    Authority = r.Authority,
                    Classes = r.Classes,
                    Status = r.Status,
                    FirstLicensedOn = r.FirstLicensedOn,
                    IsInternational = r.International,
                    Points = r.Points,
                    PointsReducedElsewhere = r.PointsReducedElsewhere,
                    AsOf = asOf,
                    PointsBefore = r.Points,
                }
            );
            return (Effect.Added, null);
        }
        if (row.AsOf > asOf)
        {
            return (default, "newer data of this licence are stored already");
        }
        if (row.AsOf < asOf)
        {
            var file = await DriverRecords.LoadAsync(scope.Db, scope.Schemes, driverId, scope.Today, ct);
            row.PointsBefore = file?.Account.Points ?? row.Points;
        }
        (row.Authority, row.Classes, row.Status) = (r.Authority, r.Classes, r.Status);
        (row.FirstLicensedOn, row.IsInternational) = (r.FirstLicensedOn, r.International);
        (row.Points, row.PointsReducedElsewhere, row.AsOf) = (r.Points, r.PointsReducedElsewhere, asOf);
        return Changed(scope, row);
    }

    private static async Task<(Effect, string?)> TakeVehicleAsync(
        CommandScope scope,
        VehicleRecord r,
        Guid driverId,
        CancellationToken ct
    )
    {
        if (await scope.Db.Vehicles.SingleOrDefaultAsync(v => v.Plate == r.Plate, ct) is not { } row)
        {
            scope.Db.Vehicles.Add(
                new VehicleRow
                {
                    Plate = r.Plate,
                    DriverId = driverId,
                    InspectedUntil = r.InspectedUntil,
                    DeregisterBy = r.DeregisterBy,
                    IsDeregistered = r.Deregistered,
                }
            );
            return (Effect.Added, null);
        }
        (row.DriverId, row.InspectedUntil) = (driverId, r.InspectedUntil);
        (row.DeregisterBy, row.IsDeregistered) = (r.DeregisterBy, r.Deregistered);
        return Changed(scope, row);
    }

    private async Task<(Effect, string?)> TakeViolationAsync(
        CommandScope scope,
        ViolationRecord r,
        Guid driverId,
        CancellationToken ct
    )
    {
        var asOf = Header.AsOf.ToUniversalTime();
        if (await scope.Db.Violations.SingleOrDefaultAsync(v => v.Number == r.Number, ct) is not { } row)
        {
            scope.Db.Violations.Add(
                new ViolationRow
                {
                    Number = r.Number,
                    DriverId = driverId,
                    Code = r.Code,
                    On = r.On,
                    Points = r.Points,
                    HandledOn = r.HandledOn,
                    PaidOn = r.PaidOn,
                    RevokedOn = r.RevokedOn,
                    AsOf = asOf,
                }
            );
            return (Effect.Added, null);
        }
        if (row.AsOf > asOf)
        {
            return (default, "newer data of this violation are stored already");
        }
        var before = row.Recorded();
        var isSame = row.DriverId == driverId;
        (row.DriverId, row.Code, row.On) = (driverId, r.Code, r.On);
        (row.Points, row.HandledOn, row.PaidOn, row.RevokedOn) = (r.Points, r.HandledOn, r.PaidOn, r.RevokedOn);
        if (isSame && before.HandledOn is not null && before.Points != row.Recorded().Points)
        {
            await PenaltyChanges.NoteAsync(scope, driverId, before, row.Recorded(), asOf, ct);
        }
        if (scope.Db.Entry(row).State == EntityState.Modified)
        {
            row.AsOf = asOf;
        }
        return Changed(scope, row);
    }

    private static async Task<(Effect, string?)> TakeEntryAsync(
        CommandScope scope,
        EntryRecord r,
        Guid driverId,
        CancellationToken ct
    )
    {
        var known = await scope.Db.DriverEntries.AnyAsync(
            e => e.DriverId == driverId && e.Kind == r.Kind && e.On == r.On,
            ct
        );
        // Also one that an upheld appeal lifted: delivered again, it stays lifted (S1-40).
        if (known)
        {
            return (Effect.Unchanged, null);
        }
        scope.Db.DriverEntries.Add(
            new DriverEntryRow
            {
                Id = Guid.CreateVersion7(scope.Now),
                DriverId = driverId,
                Kind = r.Kind,
                On = r.On,
                Until = r.Until,
            }
        );
        return (Effect.Added, null);
    }

    private static (Effect, string?) Changed(CommandScope scope, object row) =>
        (scope.Db.Entry(row).State == EntityState.Modified ? Effect.Changed : Effect.Unchanged, null);
}
