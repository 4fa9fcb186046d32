using AdminPortal.Data.Files;

namespace AdminPortal.Data.Gateways.StandIns;

/// <summary>A message that the stand-in took.</summary>
/// <param name="At">When it was taken.</param>
/// <param name="Key">Its key.</param>
/// <param name="Channel">The way it would have gone.</param>
/// <param name="Recipient">Mobile number or account.</param>
/// <param name="Text">The text.</param>
public sealed record InboxMessage(DateTimeOffset At, string Key, MessageChannel Channel, string Recipient, string Text);

/// <summary>
/// Stands in for the message gateway in development: it sends nothing and keeps every message in a file, once per key, for a page
/// that shows them.
/// </summary>
public sealed class StandInMessageGateway(string folder, TimeProvider clock) : IMessageGateway
{
    private readonly JsonLinesFile<InboxMessage> _file = new(Path.Combine(folder, "messages.jsonl"));

    /// <inheritdoc/>
    public string Name => "stand-in";

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        await _file.AppendAsync(
            taken =>
                taken.Any(m => m.Key == message.Key)
                    ? null
                    : new(clock.GetUtcNow(), message.Key, message.Channel, message.Recipient, message.Text),
            ct
        );
        return Delivery.Accepted;
    }

    /// <summary>The messages taken, newest first.</summary>
    /// <param name="recipient">Only to this recipient; null: to all.</param>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<InboxMessage> Read(string? recipient = null, int limit = 200) =>
        [.. _file.Read().Where(m => recipient is null || m.Recipient == recipient).Reverse().Take(limit)];
}
