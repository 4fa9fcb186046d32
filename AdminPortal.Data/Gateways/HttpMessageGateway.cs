using System.Net;
using Microsoft.Extensions.Logging;

namespace AdminPortal.Data.Gateways;

/// <summary>Messages over HTTP (docs/gateways.md). Each call is made once: the outbox repeats under the same key.</summary>
public sealed class HttpMessageGateway(HttpClient client, GatewayOptions options, ILogger<HttpMessageGateway> logger)
    : IMessageGateway
{
    private readonly GatewayHttp _http = new("Messages", client, options, logger);

    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        var body = new Question(ChannelName(message.Channel), message.Recipient, message.Text);
        var reply = await _http.OnceAsync(HttpMethod.Post, "v1/messages", message.Key, body, ct);
        if (!reply.IsSuccess)
        {
            return IsFinal(reply.Status) ? Delivery.Refused : Delivery.TryLater;
        }
        switch (reply.Read<Answer>())
        {
            case { Status: "accepted" }:
                return Delivery.Accepted;
            case { Status: "refused" }:
                return Delivery.Refused;
            default:
                logger.BrokenContract("Messages");
                return Delivery.TryLater;
        }
    }

    // A wrong or expired key (401, 403) is the installation's fault: the messages wait until it is mended.
    private static bool IsFinal(HttpStatusCode? status) =>
        (int?)status is >= 400 and < 500
        && status
            is not (
                HttpStatusCode.RequestTimeout
                or HttpStatusCode.TooManyRequests
                or HttpStatusCode.Unauthorized
                or HttpStatusCode.Forbidden
            );

    private static string ChannelName(MessageChannel channel) =>
        channel switch
        {
            MessageChannel.Sms => "sms",
            MessageChannel.App => "app",
            MessageChannel.Alipay => "alipay",
        };

    private sealed record Question(string Channel, string Recipient, string Text);

    private sealed record Answer(string? Status);
}
