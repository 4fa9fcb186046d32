using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.MyData;

/// <summary>A driver's identity in full.</summary>
public sealed record FullIdentity(string Name, string IdNumber, string Mobile);

/// <summary>Shows drivers their own identity unmasked, on their deliberate act: whoever looks over a shoulder must not read it by chance.</summary>
public sealed record ShowMyIdentity : ICommand<FullIdentity>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<FullIdentity>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var driver = await scope.Db.Drivers.AsNoTracking().SingleAsync(d => d.Id == scope.Actor.Id, ct);
        scope.Audit("Driver", driver.Id, driver.Id);
        return new FullIdentity(
            scope.Cipher.OpenName(driver.Name),
            scope.Cipher.OpenIdNumber(driver.IdNumber),
            scope.Cipher.OpenMobile(driver.Mobile)
        );
    }
}

/// <summary>Drivers look at a photo of their own, or download their PDF. Somebody else's is not there.</summary>
public sealed record ViewMyPhoto(Guid PhotoId) : ICommand<ShownFile>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<ShownFile>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var driverId = scope.Actor.Id;
        var own = scope.Db.Photos.Where(p => p.Id == PhotoId && p.DriverId == driverId);
        if (await ShownFiles.FindAsync(scope.Db, own, ct) is not { } file)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        scope.Audit("Photo", PhotoId, driverId);
        return file;
    }
}

/// <summary>A driver takes a copy of everything that is stored about them, in full (PIPL 45). Once a minute: it reads every table.</summary>
public sealed record ExportMyData(ExportFormat Format, bool English) : ICommand<PersonalData>
{
    /// <summary>The time between two copies (D-EXPORT).</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<PersonalData>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        var last = await db
            .DataExports.AsNoTracking()
            .Where(e => e.DriverId == driverId)
            .OrderByDescending(e => e.Number)
            .FirstOrDefaultAsync(ct);
        if (last is not null && scope.Now < last.At + Pause)
        {
            return new Refusal(RefusalCode.ExportTooOften);
        }
        db.DataExports.Add(
            new DataExportRow
            {
                DriverId = driverId,
                Number = (last?.Number ?? 0) + 1,
                At = scope.Now,
                Format = Format,
            }
        );
        // Written first: of two at once the second one stops here, before it reads.
        await db.SaveChangesAsync(ct);
        var reader = new PersonalDataReader(db, scope.Cipher, driverId, Disclosure.Full, English);
        IReadOnlyList<PersonalTable> tables = [.. await reader.ReadAsync(ct), .. await reader.TrailAsync(ct)];
        scope.Audit("Driver", driverId, driverId, new { format = Format, rows = tables.Sum(t => t.Rows.Count) });
        return new PersonalData(scope.Now, tables);
    }
}
