using AdminPortal.Data.Drivers;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Feedback;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Feedback;

/// <summary>What a feedback ticket adds to its case (S0-21, S0-22).</summary>
public sealed class FeedbackRow
{
    public Guid CaseId { get; init; }
    public Guid DriverId { get; init; }

    /// <summary>One per form shown; a repeated click finds the first ticket.</summary>
    public Guid FormKey { get; init; }

    /// <summary>Such as FK20261121-480213.</summary>
    public required string Number { get; init; }
    public FeedbackKind Kind { get; init; }

    /// <summary>The driver's words, sealed: people write names and numbers into them.</summary>
    public required byte[] Text { get; init; }
    public DateTimeOffset FiledAt { get; init; }

    /// <summary>The place among the driver's open tickets; null once it is answered (D-FEEDBACK-OPEN).</summary>
    public int? OpenSlot { get; set; }
}

/// <summary>Seals and opens what drivers write.</summary>
internal static class FeedbackTexts
{
    private const string Purpose = "feedback.text";

    public static byte[] SealFeedback(this FieldCipher cipher, string text) => cipher.Encrypt(Purpose, text);

    public static string OpenFeedback(this FieldCipher cipher, byte[] stored) => cipher.Decrypt(Purpose, stored);
}

internal sealed class FeedbackMapping : IEntityTypeConfiguration<FeedbackRow>
{
    public void Configure(EntityTypeBuilder<FeedbackRow> builder)
    {
        builder.ToTable(
            "feedback_tickets",
            t =>
                t.HasCheckConstraint(
                    "ck_feedback_tickets_open_slot",
                    "open_slot IS NULL OR (open_slot >= 1 AND open_slot <= 5)"
                )
        );
        builder.HasKey(f => f.CaseId);
        builder.Property(f => f.CaseId).ValueGeneratedNever();
        builder.Property(f => f.Number).HasColumnName("ticket_number").HasMaxLength(20);
        builder.HasIndex(f => f.Number).IsUnique().HasDatabaseName("ux_feedback_tickets_number");
        builder.HasIndex(f => new { f.DriverId, f.FormKey }).IsUnique().HasDatabaseName("ux_feedback_tickets_form_key");
        // At most five open tickets per driver, whatever is sent at once.
        builder
            .HasIndex(f => new { f.DriverId, f.OpenSlot })
            .HasFilter("open_slot IS NOT NULL")
            .IsUnique()
            .HasDatabaseName("ux_feedback_tickets_open_slot");
        builder.HasIndex(f => new { f.DriverId, f.FiledAt });
        // The figures of a period.
        builder.HasIndex(f => f.FiledAt);
        builder.HasOne<Case>().WithOne().HasForeignKey<FeedbackRow>(f => f.CaseId);
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(f => f.DriverId);
    }
}
