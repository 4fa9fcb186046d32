using AdminPortal.Data.Demo;
using AdminPortal.Domain.FaceChecks;

namespace AdminPortal.Data.Gateways.StandIns;

/// <summary>
/// Stands in for the comparison service in development. It knows the drawn sample photos by their bytes and no other picture: it
/// never guesses, so anything else is <see cref="FaceOutcome.Unavailable"/>.
/// </summary>
public sealed class StandInFaceComparison : IFaceComparison
{
    /// <inheritdoc/>
    public string Name => "stand-in";

    /// <inheritdoc/>
    public Task<FaceComparison> CompareAsync(
        ReadOnlyMemory<byte> reference,
        ReadOnlyMemory<byte> live,
        string requestKey,
        CancellationToken ct
    )
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(Compare(SamplePhotos.Find(reference.Span), SamplePhotos.Find(live.Span)));
    }

    private static FaceComparison Compare(SamplePhoto? reference, SamplePhoto? live)
    {
        if (
            reference is null or { Kind: SamplePhotoKind.Unavailable }
            || live is null or { Kind: SamplePhotoKind.Unavailable }
        )
        {
            return FaceComparison.Unavailable;
        }
        if (reference.Person is null || live.Person is null)
        {
            return new FaceComparison(FaceOutcome.NoFace, null);
        }
        return reference.Person == live.Person
            ? new FaceComparison(FaceOutcome.Match, 0.97m)
            : new FaceComparison(FaceOutcome.Mismatch, 0.21m);
    }
}
