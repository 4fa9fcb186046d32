using AdminPortal.Domain.FaceChecks;
using Microsoft.Extensions.Logging;

namespace AdminPortal.Data.Gateways;

/// <summary>Face comparison over HTTP (docs/gateways.md). Comparing changes nothing, so a failed call is repeated.</summary>
public sealed class HttpFaceComparison(HttpClient client, GatewayOptions options, ILogger<HttpFaceComparison> logger)
    : IFaceComparison
{
    private readonly GatewayHttp _http = new("Face", client, options, logger);

    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public async Task<FaceComparison> CompareAsync(
        ReadOnlyMemory<byte> reference,
        ReadOnlyMemory<byte> live,
        string requestKey,
        CancellationToken ct
    )
    {
        var body = new Question("image/jpeg", reference, live);
        var reply = await _http.RepeatAsync(HttpMethod.Post, "v1/face-comparisons", requestKey, body, ct);
        if (!reply.IsSuccess)
        {
            return FaceComparison.Unavailable;
        }
        var comparison = Read(reply.Read<Answer>());
        if (comparison is null)
        {
            logger.BrokenContract("Face");
        }
        return comparison ?? FaceComparison.Unavailable;
    }

    private static FaceComparison? Read(Answer? answer) =>
        answer switch
        {
            { Result: "match", Score: >= 0 and <= 1 } => new(FaceOutcome.Match, answer.Score),
            { Result: "mismatch", Score: >= 0 and <= 1 } => new(FaceOutcome.Mismatch, answer.Score),
            { Result: "no_face" } => new(FaceOutcome.NoFace, null),
            _ => null,
        };

    private sealed record Question(string Format, ReadOnlyMemory<byte> Reference, ReadOnlyMemory<byte> Live);

    private sealed record Answer(string? Result, decimal? Score);
}
