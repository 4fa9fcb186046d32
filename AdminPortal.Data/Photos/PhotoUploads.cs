using AdminPortal.Domain;

namespace AdminPortal.Data.Photos;

/// <summary>What every uploaded photo goes through before an act may use it.</summary>
internal static class PhotoUploads
{
    /// <summary>
    /// Checks and cleans a photo, stores its file, and does the act that makes it belong to something. The file comes first: a
    /// row must never point to nothing; when the act is refused the file is removed, and one left by a crash is swept up later.
    /// </summary>
    public static async Task<Outcome<T>> StoreAsync<T>(
        PhotoFiles files,
        ReadOnlyMemory<byte> upload,
        Func<Guid, StoredPhotoFile, JpegOutcome.Clean, Task<Outcome<T>>> act,
        CancellationToken ct
    )
    {
        var checkedPhoto = JpegSanitizer.Clean(upload.Span);
        if (checkedPhoto is not JpegOutcome.Clean clean)
        {
            return new Refusal(CodeOf(((JpegOutcome.Rejected)checkedPhoto).Reason), "photo");
        }
        var id = Guid.NewGuid();
        var stored = await files.WriteAsync(id, clean.Bytes, ct);
        var outcome = await act(id, stored, clean);
        if (outcome is Outcome<T>.Refused)
        {
            files.Delete(id);
        }
        return outcome;
    }

    /// <summary>What the person is told about a photo that was not taken.</summary>
    public static RefusalCode CodeOf(JpegRejection reason) =>
        reason switch
        {
            JpegRejection.Empty => RefusalCode.PhotoEmpty,
            JpegRejection.TooLarge => RefusalCode.PhotoTooLarge,
            JpegRejection.NotJpeg => RefusalCode.PhotoNotJpeg,
            JpegRejection.UnsupportedEncoding => RefusalCode.PhotoNotJpeg,
            JpegRejection.Truncated => RefusalCode.PhotoDamaged,
            JpegRejection.Malformed => RefusalCode.PhotoDamaged,
            JpegRejection.DimensionsTooLarge => RefusalCode.PhotoDimensions,
            JpegRejection.DimensionsTooSmall => RefusalCode.PhotoDimensions,
        };
}
