namespace AdminPortal.Data.Gateways;

/// <summary>How to reach one gateway.</summary>
public sealed record GatewayOptions
{
    /// <summary>Where its paths begin; HTTPS outside development.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Sent as a bearer token.</summary>
    public required string ApiKey { get; init; }

    /// <summary>For one try from connecting to the last byte. Default 5 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Before the first repetition, where repeating is safe; doubles, with jitter. Default 200 milliseconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Never prints the key.</summary>
    public override string ToString() => $"{BaseAddress} ({Timeout})";
}
