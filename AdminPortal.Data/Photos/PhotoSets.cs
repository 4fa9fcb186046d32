using AdminPortal.Data.FaceChecks;
using AdminPortal.Domain;

namespace AdminPortal.Data.Photos;

/// <summary>A file as it came from a form.</summary>
/// <param name="Field">The input it came from: a refusal names it.</param>
public sealed record PhotoUpload(string Field, ReadOnlyMemory<byte> Bytes);

/// <summary>A file that is stored and whose row is not written yet.</summary>
/// <param name="Width">In pixels; 0 for a PDF.</param>
/// <param name="Height">In pixels; 0 for a PDF.</param>
internal sealed record StoredPhoto(Guid Id, PhotoFormat Format, byte[] Sha256, int Length, int Width, int Height)
{
    public PhotoRow ToRow(Guid driverId, PhotoKind kind, DateTimeOffset now) =>
        new()
        {
            Id = Id,
            DriverId = driverId,
            Kind = kind,
            Format = Format,
            Sha256 = Sha256,
            Length = Length,
            Width = Width,
            Height = Height,
            StoredAt = now,
        };
}

/// <summary>What a form's file inputs take.</summary>
internal enum Taken
{
    Photos,

    /// <summary>Evidence: also PDF, as it is (D-PDF).</summary>
    PhotosAndPdf,
}

/// <summary>Several files of one form: all of them are good, or none is stored.</summary>
internal static class PhotoSets
{
    private sealed record Good(ReadOnlyMemory<byte> Bytes, PhotoFormat Format, int Width, int Height);

    /// <summary>Checks all files, cleans the photos, stores them, and does the act that makes them belong to something.</summary>
    /// <param name="act">Says with its outcome whether the files are kept; a repeated act has its own already.</param>
    public static async Task<Outcome<T>> StoreAsync<T>(
        PhotoFiles files,
        IReadOnlyList<PhotoUpload> uploads,
        Taken taken,
        Func<IReadOnlyList<StoredPhoto>, Task<(Outcome<T> Outcome, bool Keeps)>> act,
        CancellationToken ct
    )
    {
        var good = new List<Good>();
        foreach (var upload in uploads)
        {
            var outcome = taken == Taken.Photos ? Photo(upload.Bytes) : PhotoOrPdf(upload.Bytes);
            if (outcome is not Outcome<Good>.Done { Value: var file })
            {
                return new Refusal(((Outcome<Good>.Refused)outcome).Refusal.Code, upload.Field);
            }
            good.Add(file);
        }
        var stored = new List<StoredPhoto>();
        foreach (var file in good)
        {
            var id = Guid.NewGuid();
            var (hash, length) = await files.WriteAsync(id, file.Bytes, ct);
            stored.Add(new StoredPhoto(id, file.Format, Convert.FromHexString(hash), length, file.Width, file.Height));
        }
        var (done, keeps) = await act(stored);
        if (!keeps)
        {
            stored.ForEach(photo => files.Delete(photo.Id));
        }
        return done;
    }

    private static Outcome<Good> Photo(ReadOnlyMemory<byte> bytes) =>
        JpegSanitizer.Clean(bytes.Span) switch
        {
            JpegOutcome.Clean clean => new Good(clean.Bytes, PhotoFormat.Jpeg, clean.Width, clean.Height),
            var rejected => new Refusal(PhotoUploads.CodeOf(((JpegOutcome.Rejected)rejected).Reason)),
        };

    private static Outcome<Good> PhotoOrPdf(ReadOnlyMemory<byte> bytes)
    {
        if (PdfFiles.Claims(bytes.Span))
        {
            return PdfFiles.Fault(bytes.Span) is { } fault
                ? new Refusal(fault)
                : new Good(bytes, PhotoFormat.Pdf, 0, 0);
        }
        var photo = Photo(bytes);
        // "Only JPEG" would not be true here.
        return photo is Outcome<Good>.Refused { Refusal.Code: RefusalCode.PhotoNotJpeg }
            ? new Refusal(RefusalCode.FileNotTaken)
            : photo;
    }
}
