using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace AdminPortal.Data.Gateways;

/// <summary>
/// One HTTP call to a gateway: bearer key, idempotency key, a timeout over the whole answer, a bounded body. Trouble is a value, not
/// an exception; only the caller's own cancellation is thrown. Logs name the gateway and the trouble, never a body or a person.
/// </summary>
internal sealed class GatewayHttp
{
    public const int MaxBodyBytes = 64 * 1024;
    public const string IdempotencyHeader = "Idempotency-Key";
    public const string ConnectionFailed = "connection failed";
    public const string TimedOut = "timed out";
    public const string BodyTooLarge = "body too large";

    private readonly string _gateway;
    private readonly HttpClient _client;
    private readonly GatewayOptions _options;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<GatewayReply> _repeating;

    public GatewayHttp(string gateway, HttpClient client, GatewayOptions options, ILogger logger)
    {
        (_gateway, _client, _options, _logger) = (gateway, client, options, logger);
        _repeating = new ResiliencePipelineBuilder<GatewayReply>()
            .AddRetry(
                new RetryStrategyOptions<GatewayReply>
                {
                    MaxRetryAttempts = 2,
                    Delay = options.RetryDelay,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = new PredicateBuilder<GatewayReply>().HandleResult(r => r.IsWorthRepeating),
                }
            )
            .Build();
    }

    /// <summary>A client for the life of the process: no redirects (they would carry the photo or the number elsewhere), no cookies.</summary>
    public static HttpClient CreateClient() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2), // follow DNS
            }
        )
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan, // each try has its own
        };

    /// <summary>Calls up to three times. Only for calls that change nothing or whose key the receiver honours.</summary>
    public async Task<GatewayReply> RepeatAsync(
        HttpMethod method,
        string path,
        string key,
        object? body,
        CancellationToken ct
    ) => await _repeating.ExecuteAsync(async token => await OnceAsync(method, path, key, body, token), ct);

    /// <summary>Calls once.</summary>
    /// <param name="method">GET or POST.</param>
    /// <param name="path">Relative to the base address.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="body">Sent as JSON; null: none.</param>
    /// <param name="ct">The caller's cancellation.</param>
    public async Task<GatewayReply> OnceAsync(
        HttpMethod method,
        string path,
        string key,
        object? body,
        CancellationToken ct
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_options.Timeout);
        var reply = await TryAsync(method, path, key, body, limit.Token, ct);
        if (!reply.IsSuccess)
        {
            _logger.NoGoodAnswer(_gateway, (int?)reply.Status, reply.Trouble);
        }
        return reply;
    }

    private async Task<GatewayReply> TryAsync(
        HttpMethod method,
        string path,
        string key,
        object? body,
        CancellationToken limited,
        CancellationToken callers
    )
    {
        try
        {
            using var request = new HttpRequestMessage(method, Address(path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.ApiKey);
            request.Headers.Add(IdempotencyHeader, key);
            request.Content = body is null ? null : Content(body);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited);
            await using var stream = await response.Content.ReadAsStreamAsync(limited);
            var buffer = new byte[MaxBodyBytes + 1];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, limited);
            return length > MaxBodyBytes
                ? GatewayReply.Failed(BodyTooLarge)
                : new GatewayReply(response.StatusCode, buffer.AsMemory(0, length), null);
        }
        catch (OperationCanceledException) when (!callers.IsCancellationRequested)
        {
            return GatewayReply.Failed(TimedOut);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // SocketsHttpHandler may report a cancelled call as a broken one.
            callers.ThrowIfCancellationRequested();
            return GatewayReply.Failed(limited.IsCancellationRequested ? TimedOut : ConnectionFailed);
        }
    }

    // As bytes, so that the length is announced: not every service takes a chunked request.
    private static ByteArrayContent Content(object body)
    {
        var content = new ByteArrayContent(
            JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), GatewayReply.Json)
        );
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    // The base address may end in a path with or without a slash.
    private Uri Address(string path) => new($"{_options.BaseAddress.AbsoluteUri.TrimEnd('/')}/{path}");
}
