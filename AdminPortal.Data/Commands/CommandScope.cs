using System.Security.Cryptography;
using System.Text.Json;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Calendar;
using AdminPortal.Data.Gateways;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;

namespace AdminPortal.Data.Commands;

/// <summary>Everything an act may use: one database context, one instant, one actor, and what it leaves behind.</summary>
public sealed class CommandScope(
    PortalDb db,
    Actor actor,
    DateTimeOffset now,
    FieldCipher cipher,
    SchemeCatalogue schemes
)
{
    private readonly List<AuditNote> _notes = [];
    private WorkingCalendar? _calendar;
    private readonly List<MessageRow> _messages = [];

    public PortalDb Db => db;
    public Actor Actor => actor;

    /// <summary>The instant of the act (UTC, whole milliseconds), taken once.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The civil date of the act in China.</summary>
    public DateOnly Today => ChinaTime.DateOf(now);
    public FieldCipher Cipher => cipher;
    public SchemeCatalogue Schemes => schemes;

    internal IReadOnlyList<AuditNote> Notes => _notes;

    /// <summary>What drivers were told by this act.</summary>
    internal IReadOnlyList<MessageRow> Told => _messages;

    /// <summary>The working calendar with every year published so far.</summary>
    public async Task<WorkingCalendar> CalendarAsync(CancellationToken ct) =>
        _calendar ??= await CalendarStore.LoadAsync(db, ct);

    /// <summary>A uniform random integer in [0, n) that nobody can predict.</summary>
    public static int Below(int n) => RandomNumberGenerator.GetInt32(n);

    /// <summary>A random single-use ticket of 128 bits.</summary>
    public static string Ticket() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The scheme a round began under.</summary>
    public Scheme SchemeOf(Round round) => schemes.Get(round.SchemeId, round.SchemeFrom);

    /// <summary>Leaves the entry of this act in the audit trail; written in the same transaction.</summary>
    /// <param name="details">Plain facts; never a name, a number or a text that identifies a person.</param>
    public void Audit(string subjectKind, object subjectId, Guid? driverId, object? details = null) =>
        _notes.Add(
            new AuditNote(
                subjectKind,
                subjectId.ToString() ?? "",
                driverId,
                details is null ? "{}" : JsonSerializer.Serialize(details, AuditChain.Json)
            )
        );

    /// <summary>Writes a message to a driver; it leaves with the commit and is delivered by the scheme's channels.</summary>
    public void Tell(Guid driverId, Scheme scheme, MessageTemplate template, params object[] facts) =>
        Tell(driverId, scheme.NoticeChannels.Value.Select(ChannelOf), template, facts);

    /// <summary>Writes a message to be delivered by the given channels.</summary>
    public void Tell(
        Guid driverId,
        IEnumerable<MessageChannel> channels,
        MessageTemplate template,
        params object[] facts
    )
    {
        var message = new MessageRow
        {
            Id = Guid.CreateVersion7(now),
            DriverId = driverId,
            Template = template,
            Facts = MessageFacts.Seal(cipher, facts),
            At = now,
            Ordinal = _messages.Count,
        };
        _messages.Add(message);
        db.Messages.Add(message);
        foreach (var channel in channels)
        {
            db.Deliveries.Add(
                new DeliveryRow
                {
                    Id = Guid.CreateVersion7(now),
                    MessageId = message.Id,
                    Channel = channel,
                    State = DeliveryState.Waiting,
                    NextAt = now,
                }
            );
        }
    }

    private static MessageChannel ChannelOf(NoticeChannel channel) =>
        channel switch
        {
            NoticeChannel.Sms => MessageChannel.Sms,
            NoticeChannel.App => MessageChannel.App,
            NoticeChannel.Alipay => MessageChannel.Alipay,
        };
}
