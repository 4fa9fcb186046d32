using AdminPortal.Domain.FaceChecks;

namespace AdminPortal.Data.Gateways;

/// <summary>Compares a live photo with a reference photo.</summary>
public interface IFaceComparison
{
    /// <summary>Which service answers, for the audit trail and the page that names stand-ins.</summary>
    string Name { get; }

    /// <summary>Compares two photos.</summary>
    /// <param name="reference">Clean JPEG of the person that should be there.</param>
    /// <param name="live">Clean JPEG of the person that is there.</param>
    /// <param name="requestKey">The same for every repetition of this one comparison.</param>
    /// <param name="ct">The caller's cancellation; it is thrown, every other trouble is <see cref="FaceOutcome.Unavailable"/>.</param>
    Task<FaceComparison> CompareAsync(
        ReadOnlyMemory<byte> reference,
        ReadOnlyMemory<byte> live,
        string requestKey,
        CancellationToken ct
    );
}

/// <summary>The answer to one comparison.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="Score">Likeness from 0 to 1; null when nothing was compared.</param>
public sealed record FaceComparison(FaceOutcome Outcome, decimal? Score)
{
    /// <summary>No answer. It never counts as the driver's failure.</summary>
    public static FaceComparison Unavailable { get; } = new(FaceOutcome.Unavailable, null);
}
