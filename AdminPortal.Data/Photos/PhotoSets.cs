using AdminPortal.Data.FaceChecks;
using AdminPortal.Domain;

namespace AdminPortal.Data.Photos;

/// <summary>A photo as it came from a form.</summary>
/// <param name="Field">The input it came from: a refusal names it.</param>
public sealed record PhotoUpload(string Field, ReadOnlyMemory<byte> Bytes);

/// <summary>A photo whose clean file is stored and whose row is not written yet.</summary>
internal sealed record StoredPhoto(Guid Id, byte[] Sha256, int Length, int Width, int Height)
{
    public PhotoRow ToRow(Guid driverId, PhotoKind kind, DateTimeOffset now) =>
        new()
        {
            Id = Id,
            DriverId = driverId,
            Kind = kind,
            Sha256 = Sha256,
            Length = Length,
            Width = Width,
            Height = Height,
            StoredAt = now,
        };
}

/// <summary>The same for several photos of one form: all of them are good, or none is stored.</summary>
internal static class PhotoSets
{
    /// <summary>Checks and cleans all photos, stores their files, and does the act that makes them belong to something.</summary>
    /// <param name="act">Says with its outcome whether the files are kept; a repeated act has its own already.</param>
    public static async Task<Outcome<T>> StoreAsync<T>(
        PhotoFiles files,
        IReadOnlyList<PhotoUpload> uploads,
        Func<IReadOnlyList<StoredPhoto>, Task<(Outcome<T> Outcome, bool Keeps)>> act,
        CancellationToken ct
    )
    {
        var clean = new List<JpegOutcome.Clean>();
        foreach (var upload in uploads)
        {
            switch (JpegSanitizer.Clean(upload.Bytes.Span))
            {
                case JpegOutcome.Clean good:
                    clean.Add(good);
                    break;
                case JpegOutcome.Rejected { Reason: var reason }:
                    return new Refusal(PhotoUploads.CodeOf(reason), upload.Field);
            }
        }
        var stored = new List<StoredPhoto>();
        foreach (var photo in clean)
        {
            var id = Guid.NewGuid();
            var file = await files.WriteAsync(id, photo.Bytes, ct);
            stored.Add(new StoredPhoto(id, Convert.FromHexString(file.Sha256), file.Length, photo.Width, photo.Height));
        }
        var (outcome, keeps) = await act(stored);
        if (!keeps)
        {
            stored.ForEach(photo => files.Delete(photo.Id));
        }
        return outcome;
    }
}
