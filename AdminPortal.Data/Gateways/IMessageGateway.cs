namespace AdminPortal.Data.Gateways;

/// <summary>The way a message goes.</summary>
public enum MessageChannel
{
    Sms,
    App,
    Alipay,
}

/// <summary>A message to one recipient.</summary>
/// <param name="Key">The same for every repetition of this one message: receivers drop what they already have.</param>
/// <param name="Channel">The way it goes.</param>
/// <param name="Recipient">A mobile number, or the account id of the channel.</param>
/// <param name="Text">The text as shown.</param>
public sealed record OutgoingMessage(string Key, MessageChannel Channel, string Recipient, string Text);

/// <summary>What became of a message.</summary>
public enum Delivery
{
    /// <summary>The gateway has it.</summary>
    Accepted,

    /// <summary>It will never be taken: do not repeat.</summary>
    Refused,

    /// <summary>Unknown or not now: repeat under the same key.</summary>
    TryLater,
}

/// <summary>Sends messages.</summary>
public interface IMessageGateway
{
    /// <summary>Which service sends, for the audit trail and the page that names stand-ins.</summary>
    string Name { get; }

    /// <summary>Hands over one message, once: repeating is the outbox's work.</summary>
    /// <param name="message">The message.</param>
    /// <param name="ct">The caller's cancellation; it is thrown, other trouble is an answer.</param>
    Task<Delivery> SendAsync(OutgoingMessage message, CancellationToken ct);
}
