using AdminPortal.Data.Drivers;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Demo;

/// <summary>A member of staff to sign in as.</summary>
public sealed record DemoOfficerCard(Guid Id, string Badge, string DisplayName, string Unit, IReadOnlyList<Role> Roles);

/// <summary>A driver to sign in as.</summary>
/// <param name="State">Where the open or last round stands; null when there was none.</param>
/// <param name="FailedGrounds">How many grounds stand in the way of a new round now; null when the authority is not open.</param>
/// <param name="Demo">Whom the demonstration data made up, to sign in by code too; null for anybody else.</param>
/// <param name="Person">The drawn person on the reference photo, A to F; null when it is another photo or there is none.</param>
public sealed record DemoDriverCard(
    Guid Id,
    string MaskedName,
    string MaskedIdNumber,
    string Authority,
    RoundState? State,
    int? FailedGrounds,
    int Points,
    DemoDriver? Demo,
    char? Person
);

/// <summary>Who is in the demonstration data, for the development pages alone: no other page lists people.</summary>
public sealed class DemoPeople(
    IDbContextFactory<PortalDb> databases,
    FieldCipher cipher,
    SchemeCatalogue schemes,
    TimeProvider clock
)
{
    // A list to click on, not a search: a development database with more people shows the first ones.
    private const int Most = 40;

    public async Task<IReadOnlyList<DemoOfficerCard>> OfficersAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .Users.AsNoTracking()
            .Where(u => u.IsActive)
            .OrderBy(u => u.UserName)
            .Take(Most)
            .Select(u => new DemoOfficerCard(
                u.Id,
                u.UserName ?? "",
                u.DisplayName,
                u.Unit,
                u.Roles.Select(r => r.Role).ToList()
            ))
            .ToListAsync(ct);
    }

    public async Task<IReadOnlyList<DemoDriverCard>> DriversAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var today = ChinaTime.DateOf(clock.GetUtcNow());
        var drivers = await db.Drivers.AsNoTracking().OrderBy(d => d.Id).Take(Most).ToListAsync(ct);
        var people = new List<DemoDriverCard>(drivers.Count);
        foreach (var driver in drivers)
        {
            var file = await DriverRecords.LoadAsync(db, schemes, driver.Id, today, ct);
            var state = await db
                .Rounds.Where(r => r.DriverId == driver.Id)
                .OrderBy(r => r.State == RoundState.Reduced || r.State == RoundState.Void)
                .ThenByDescending(r => r.OpenedAt)
                .Select(r => (RoundState?)r.State)
                .FirstOrDefaultAsync(ct);
            var idNumber = cipher.OpenIdNumber(driver.IdNumber);
            people.Add(
                new DemoDriverCard(
                    driver.Id,
                    Mask.Name(cipher.OpenName(driver.Name)),
                    Mask.IdNumber(idNumber),
                    file?.Record.Authority ?? "",
                    state,
                    file?.Scheme is { } scheme ? Eligibility.Evaluate(scheme, file.Record, today).Failed.Count() : null,
                    file?.Record.Points ?? 0,
                    DemoDrivers.All.FirstOrDefault(d => d.IdNumber == idNumber),
                    await PersonAsync(db, driver.Id, ct)
                )
            );
        }
        // As the demonstration lists them; anybody else afterwards.
        return
        [
            .. people
                .OrderBy(p => p.Demo is null)
                .ThenBy(p => p.Demo is null ? 0 : DemoDrivers.All.ToList().IndexOf(p.Demo)),
        ];
    }

    /// <summary>The drawn person on a driver's reference photo; null when it is no sample photo.</summary>
    public async Task<char?> PersonAsync(Guid driverId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await PersonAsync(db, driverId, ct);
    }

    public async Task<bool> IsOfficerAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Users.AnyAsync(u => u.Id == id && u.IsActive, ct);
    }

    public async Task<bool> IsDriverAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Drivers.AnyAsync(d => d.Id == id, ct);
    }

    private static async Task<char?> PersonAsync(PortalDb db, Guid driverId, CancellationToken ct)
    {
        var sha256 = await (
            from driver in db.Drivers
            join photo in db.Photos on driver.ReferencePhotoId equals photo.Id
            where driver.Id == driverId && photo.Kind == PhotoKind.Reference
            select photo.Sha256
        ).SingleOrDefaultAsync(ct);
        if (sha256 is null)
        {
            return null;
        }
        var text = Convert.ToHexStringLower(sha256);
        return SamplePhotos.All.FirstOrDefault(p => p.Sha256 == text)?.Person;
    }
}
