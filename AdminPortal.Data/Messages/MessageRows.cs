using AdminPortal.Data.Drivers;
using AdminPortal.Data.Gateways;
using AdminPortal.Domain.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Messages;

/// <summary>A message to a driver: shown in the site's inbox and delivered by the scheme's channels.</summary>
public sealed class MessageRow
{
    public Guid Id { get; init; }
    public Guid DriverId { get; init; }
    public MessageTemplate Template { get; init; }

    /// <summary>Sealed values for the text, see <see cref="MessageFacts"/>.</summary>
    public required byte[] Facts { get; init; }

    /// <summary>The wording it was sent with; null for the one that comes with the product.</summary>
    public Guid? TextVersionId { get; set; }
    public DateTimeOffset At { get; init; }

    /// <summary>0, 1, 2 … among the messages of one act, which all have its instant: keeps their order.</summary>
    public int Ordinal { get; init; }

    /// <summary>When the driver opened the inbox with it; null until then.</summary>
    public DateTimeOffset? ReadAt { get; set; }
}

/// <summary>Where one delivery stands.</summary>
public enum DeliveryState
{
    Waiting,
    Sent,
    Refused,

    /// <summary>An administrator stopped trying; the message stays in the inbox.</summary>
    GivenUp,
}

/// <summary>The delivery of a message by one channel: the outbox. Its id is the key at the gateway, for ever.</summary>
public sealed class DeliveryRow
{
    public Guid Id { get; init; }
    public Guid MessageId { get; init; }
    public MessageChannel Channel { get; init; }
    public DeliveryState State { get; set; }
    public int Attempts { get; set; }

    /// <summary>Not before this time; also the lease of the dispatcher that is sending it.</summary>
    public DateTimeOffset NextAt { get; set; }
    public DateTimeOffset? SettledAt { get; set; }
}

internal sealed class MessageMapping : IEntityTypeConfiguration<MessageRow>
{
    public void Configure(EntityTypeBuilder<MessageRow> builder)
    {
        builder.ToTable("messages");
        builder.Property(m => m.At).HasColumnName("written_at");
        builder.HasIndex(m => new
        {
            m.DriverId,
            m.At,
            m.Ordinal,
        });
        // The count in the head of every page.
        builder.HasIndex(m => m.DriverId).HasFilter("read_at IS NULL").HasDatabaseName("ix_messages_unread");
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(m => m.DriverId);
        builder.HasOne<TextVersion>().WithMany().HasForeignKey(m => m.TextVersionId);
    }
}

internal sealed class DeliveryMapping : IEntityTypeConfiguration<DeliveryRow>
{
    public void Configure(EntityTypeBuilder<DeliveryRow> builder)
    {
        builder.ToTable("message_deliveries");
        builder.HasIndex(d => new { d.MessageId, d.Channel }).IsUnique();
        builder.HasIndex(d => d.NextAt).HasFilter("settled_at IS NULL").HasDatabaseName("ix_message_deliveries_open");
        // What a person has to look at, among millions that went well.
        builder
            .HasIndex(d => d.SettledAt)
            .HasFilter("state = 'Refused'")
            .HasDatabaseName("ix_message_deliveries_refused");
        builder.HasOne<MessageRow>().WithMany().HasForeignKey(d => d.MessageId);
    }
}
