using System.Net;
using System.Text.Json;

namespace AdminPortal.Data.Gateways;

/// <summary>What came back from one HTTP call, when anything did.</summary>
/// <param name="Status">The status; null when there was no whole answer.</param>
/// <param name="Body">The body, at most <see cref="GatewayHttp.MaxBodyBytes"/>.</param>
/// <param name="Trouble">Why there was no whole answer.</param>
internal sealed record GatewayReply(HttpStatusCode? Status, ReadOnlyMemory<byte> Body, string? Trouble)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 8 };

    public static GatewayReply Failed(string trouble) => new(null, default, trouble);

    /// <summary>True for 200, 201 and 202.</summary>
    public bool IsSuccess => Status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted;

    /// <summary>True when the service may answer the same call shortly: not after a timeout, which has used the user's patience.</summary>
    public bool IsWorthRepeating =>
        Trouble == GatewayHttp.ConnectionFailed
        || Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        || (int?)Status >= 500;

    /// <summary>The body as a record; null when it is none.</summary>
    public T? Read<T>()
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Body.Span, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
