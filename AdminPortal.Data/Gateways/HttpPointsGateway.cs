using System.Net;
using Microsoft.Extensions.Logging;

namespace AdminPortal.Data.Gateways;

/// <summary>
/// Point reductions and their revocations over HTTP (docs/gateways.md). Asking for one is never repeated here, and every doubt is
/// <see cref="PointsState.Unknown"/>: the caller queries. Queries are repeated.
/// </summary>
public sealed class HttpPointsGateway(HttpClient client, GatewayOptions options, ILogger<HttpPointsGateway> logger)
    : IPointsGateway
{
    private const string Path = "v1/point-reductions";
    private const string Revocations = "v1/point-revocations";
    private const int MaxPoints = 12; // a licence has twelve

    private readonly GatewayHttp _http = new("Points", client, options, logger);

    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public async Task<PointsAnswer> ReduceAsync(PointsRequest request, CancellationToken ct)
    {
        var body = new Question(request.Key, request.IdNumber, request.Authority, request.Points, request.CycleStart);
        var reply = await _http.OnceAsync(HttpMethod.Post, Path, request.Key, body, ct);
        return reply.IsSuccess ? Read(reply, request.Key, request.Points) : PointsAnswer.Unknown;
    }

    /// <inheritdoc/>
    public Task<PointsAnswer> QueryAsync(string key, CancellationToken ct) => AskAsync(Path, key, ct);

    /// <inheritdoc/>
    public async Task<PointsAnswer> RevokeAsync(PointsRevocation revocation, CancellationToken ct)
    {
        var request = revocation.Request;
        var body = new Revocation(
            request.Key,
            revocation.ReductionKey,
            request.IdNumber,
            request.Authority,
            request.Points,
            request.CycleStart
        );
        var reply = await _http.OnceAsync(HttpMethod.Post, Revocations, request.Key, body, ct);
        return reply.IsSuccess ? Read(reply, request.Key, request.Points) : PointsAnswer.Unknown;
    }

    /// <inheritdoc/>
    public Task<PointsAnswer> QueryRevocationAsync(string key, CancellationToken ct) => AskAsync(Revocations, key, ct);

    private async Task<PointsAnswer> AskAsync(string what, string key, CancellationToken ct)
    {
        var path = $"{what}/{Uri.EscapeDataString(key)}";
        var reply = await _http.RepeatAsync(HttpMethod.Get, path, key, null, ct);
        if (reply.Status == HttpStatusCode.NotFound)
        {
            return new PointsAnswer(PointsState.NotFound, null, null);
        }
        return reply.IsSuccess ? Read(reply, key, MaxPoints) : PointsAnswer.Unknown;
    }

    private PointsAnswer Read(GatewayReply reply, string key, int most)
    {
        var answer = reply.Read<Answer>();
        // An answer about another key, as a confused proxy gives it, is no answer.
        PointsAnswer? read =
            answer?.Key != key
                ? null
                : answer switch
                {
                    { State: "applied", PointsTaken: >= 0 and var taken } when taken <= most => new(
                        PointsState.Applied,
                        taken,
                        null
                    ),
                    { State: "rejected" } => new(PointsState.Rejected, null, answer.Reason),
                    { State: "pending" } => new(PointsState.Pending, null, null),
                    _ => null,
                };
        if (read is null)
        {
            logger.BrokenContract("Points");
        }
        return read ?? PointsAnswer.Unknown;
    }

    private sealed record Question(string Key, string IdNumber, string Authority, int Points, DateOnly CycleStart);

    private sealed record Revocation(
        string Key,
        string ReductionKey,
        string IdNumber,
        string Authority,
        int Points,
        DateOnly CycleStart
    );

    private sealed record Answer(string? Key, string? State, int? PointsTaken, string? Reason);
}
