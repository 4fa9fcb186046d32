using Microsoft.Extensions.Logging;

namespace AdminPortal.Data.Gateways;

internal static partial class GatewayLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Gateway {Gateway}: no good answer (status {Status}, {Trouble})"
    )]
    public static partial void NoGoodAnswer(this ILogger logger, string gateway, int? status, string? trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gateway {Gateway}: the answer is not what the contract says")]
    public static partial void BrokenContract(this ILogger logger, string gateway);
}
