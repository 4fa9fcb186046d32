using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AdminPortal.Data.Files;
using AdminPortal.Data.Privacy;

namespace AdminPortal.Data.Gateways.StandIns;

/// <summary>
/// Stands in for the authority's point system in development: applies every sensible request once per key and remembers it in a
/// file. The same key with other contents is rejected, as the real service must.
/// </summary>
public sealed class StandInPointsGateway(string folder) : IPointsGateway
{
    private readonly JsonLinesFile<Entry> _file = new(Path.Combine(folder, "points.jsonl"));

    /// <inheritdoc/>
    public string Name => "stand-in";

    /// <inheritdoc/>
    public Task<PointsAnswer> ReduceAsync(PointsRequest request, CancellationToken ct) =>
        KeepAsync(request, Fingerprint(request, ""), null, ct);

    /// <inheritdoc/>
    public Task<PointsAnswer> RevokeAsync(PointsRevocation revocation, CancellationToken ct) =>
        KeepAsync(
            revocation.Request,
            Fingerprint(revocation.Request, revocation.ReductionKey),
            revocation.ReductionKey,
            ct
        );

    private async Task<PointsAnswer> KeepAsync(
        PointsRequest request,
        string fingerprint,
        string? revokes,
        CancellationToken ct
    )
    {
        PointsAnswer? answer = null;
        await _file.AppendAsync(
            ledger =>
            {
                if (ledger.FirstOrDefault(e => e.Key == request.Key) is { } earlier)
                {
                    answer =
                        earlier.Fingerprint == fingerprint
                            ? earlier.Answer()
                            : new PointsAnswer(PointsState.Rejected, null, "key_reused");
                    return null;
                }
                var entry = new Entry(
                    request.Key,
                    fingerprint,
                    Mask.IdNumber(request.IdNumber),
                    request.Points is >= 1 and <= 12 ? request.Points : null,
                    revokes
                );
                answer = entry.Answer();
                return entry;
            },
            ct
        );
        return answer!;
    }

    /// <inheritdoc/>
    public Task<PointsAnswer> QueryAsync(string key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(
            _file.Read().FirstOrDefault(e => e.Key == key)?.Answer()
                ?? new PointsAnswer(PointsState.NotFound, null, null)
        );
    }

    /// <inheritdoc/>
    public Task<PointsAnswer> QueryRevocationAsync(string key, CancellationToken ct) => QueryAsync(key, ct);

    private static string Fingerprint(PointsRequest request, string revokes) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{request.IdNumber}|{request.Authority}|{request.Points}|{request.CycleStart:O}|{revokes}"
                    )
                )
            )
        );

    /// <summary>A line of the ledger; one that revokes another names its key. The number is masked: the file is not encrypted.</summary>
    private sealed record Entry(string Key, string Fingerprint, string IdNumber, int? PointsTaken, string? Revokes)
    {
        public PointsAnswer Answer() =>
            PointsTaken is { } taken
                ? new PointsAnswer(PointsState.Applied, taken, null)
                : new PointsAnswer(PointsState.Rejected, null, "points_out_of_range");
    }
}
