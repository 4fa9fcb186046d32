using AdminPortal.Data.FaceChecks;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Photos;

/// <summary>A stored file somebody may have now.</summary>
/// <param name="Case">The number of the case it was handed in with; null for a face.</param>
/// <param name="Number">Which of that case's files it is, from 1.</param>
public sealed record ShownFile(Guid Id, PhotoFormat Format, string? Case, int? Number)
{
    /// <summary>What a PDF is saved as: nothing in it is a word of the driver's.</summary>
    public string DownloadName => $"{Case}-{Number}.pdf";
}

/// <summary>Finds out how a file is answered.</summary>
internal static class ShownFiles
{
    /// <param name="photos">The one photo, or none when it must not be seen.</param>
    public static Task<ShownFile?> FindAsync(PortalDb db, IQueryable<PhotoRow> photos, CancellationToken ct) =>
        (
            from photo in photos
            join row in db.CaseFiles on photo.Id equals row.PhotoId into rows
            from file in rows.DefaultIfEmpty()
            join @case in db.Cases.IgnoreAutoIncludes() on file.CaseId equals @case.Id into cases
            from open in cases.DefaultIfEmpty()
            select new ShownFile(photo.Id, photo.Format, open.Number, file.Number)
        ).SingleOrDefaultAsync(ct);
}
