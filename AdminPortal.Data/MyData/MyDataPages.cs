using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain.FaceChecks;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.MyData;

/// <summary>A stored photo of a driver, or a PDF they handed in.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Purpose">What it was taken for; null for the authority's own.</param>
/// <param name="IsNeeded">A running round or an open review needs it.</param>
public sealed record MyPhoto(
    Guid Id,
    PhotoKind Kind,
    PhotoFormat Format,
    int Length,
    DateTimeOffset StoredAt,
    FaceCheckPurpose? Purpose,
    FaceOutcome? Outcome,
    bool IsNeeded
);

/// <summary>What drivers read about what is stored about them: only their own.</summary>
public sealed class MyDataPages(IDbContextFactory<PortalDb> databases, FieldCipher cipher)
{
    /// <summary>Every category, masked.</summary>
    public async Task<IReadOnlyList<PersonalTable>> ReadAsync(Guid driverId, bool english, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await new PersonalDataReader(db, cipher, driverId, Disclosure.Masked, english).ReadAsync(ct);
    }

    /// <summary>The driver's photos, newest first.</summary>
    public async Task<IReadOnlyList<MyPhoto>> PhotosAsync(Guid driverId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var photos = await (
            from photo in db.Photos
            where photo.DriverId == driverId
            join taken in db.FaceChecks on photo.Id equals taken.PhotoId into checks
            from check in checks.DefaultIfEmpty()
            orderby photo.StoredAt descending, photo.Id
            select new
            {
                photo.Id,
                photo.Kind,
                photo.Format,
                photo.Length,
                photo.StoredAt,
                Purpose = (FaceCheckPurpose?)check.Purpose,
                check.Outcome,
            }
        ).ToListAsync(ct);
        var free = await Consents
            .PhotoErasure.Unneeded(db)
            .Where(p => p.DriverId == driverId)
            .Select(p => p.Id)
            .ToHashSetAsync(ct);
        return
        [
            .. photos.Select(p => new MyPhoto(
                p.Id,
                p.Kind,
                p.Format,
                p.Length,
                p.StoredAt,
                p.Purpose,
                p.Outcome,
                p.Kind == PhotoKind.Live && !free.Contains(p.Id)
            )),
        ];
    }
}

/// <summary>A page of acts about a driver, newest first.</summary>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record AccessPage(IReadOnlyList<Access> Lines, long? Next);

/// <summary>Who did what about a driver (N-33), for that driver.</summary>
public sealed class AccessPages(IDbContextFactory<PortalDb> databases)
{
    public const int PageSize = 30;

    /// <param name="before">Only entries before this number; null for the newest.</param>
    public async Task<AccessPage> ReadAsync(Guid driverId, AccessBy by, long? before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var entries = Accesses.Of(db, driverId, by);
        if (before is { } number)
        {
            entries = entries.Where(e => e.Number < number);
        }
        var page = await entries.Take(PageSize + 1).ToListAsync(ct);
        var lines = await Accesses.ReadAsync(db, [.. page.Take(PageSize)], ct);
        return new AccessPage(lines, page.Count > PageSize ? lines[^1].Number : null);
    }
}
