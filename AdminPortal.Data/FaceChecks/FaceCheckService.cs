using AdminPortal.Data.Commands;
using AdminPortal.Data.Gateways;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;

namespace AdminPortal.Data.FaceChecks;

/// <summary>
/// One submitted photo from the browser's bytes to its consequence: checked and cleaned, stored encrypted, its challenge used
/// up, compared by the face service, the outcome recorded. The comparison runs outside any transaction; a crash in between
/// leaves a try without an outcome, which counts as unavailable and never against the driver.
/// </summary>
public sealed class FaceCheckService(CommandRunner runner, PhotoFiles files, IFaceComparison comparison)
{
    public async Task<Outcome<FaceVerdict>> SubmitAsync(
        ActorRef driver,
        Guid challengeId,
        ReadOnlyMemory<byte> upload,
        CancellationToken ct
    )
    {
        byte[] live = [];
        var taken = await PhotoUploads.StoreAsync(
            files,
            upload,
            (id, stored, clean) =>
            {
                live = clean.Bytes;
                return runner.RunAsync(
                    new TakeFacePhoto(
                        challengeId,
                        id,
                        Convert.FromHexString(stored.Sha256),
                        stored.Length,
                        clean.Width,
                        clean.Height
                    ),
                    driver,
                    ct
                );
            },
            ct
        );
        if (taken is not Outcome<FaceTry>.Done { Value: var attempt })
        {
            return ((Outcome<FaceTry>.Refused)taken).Refusal;
        }
        var found = await CompareAsync(attempt, live, ct);
        return await runner.RunAsync(new RecordFaceOutcome(attempt.CheckId, found.Outcome, found.Score), driver, ct);
    }

    private async Task<FaceComparison> CompareAsync(FaceTry attempt, byte[] live, CancellationToken ct)
    {
        if (attempt.ReferencePhotoId is not { } reference)
        {
            return FaceComparison.Unavailable;
        }
        var referenceBytes = await files.ReadAsync(reference, ct);
        return await comparison.CompareAsync(referenceBytes, live, attempt.CheckId.ToString("N"), ct);
    }
}
