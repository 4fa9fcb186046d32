using AdminPortal.Data.Drivers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Consents;

/// <summary>What a driver did about the consent to face data.</summary>
public enum FaceConsentAct
{
    Given,
    Withdrawn,
}

/// <summary>
/// One step in a driver's history of consent to face data. Append-only by trigger; the last step says whether consent is in
/// force. The number is part of the key, so of two steps at once one runs again and sees the other.
/// </summary>
public sealed class FaceConsentRow
{
    public Guid DriverId { get; init; }

    /// <summary>1, 2, 3 … for each driver.</summary>
    public int Number { get; init; }
    public FaceConsentAct Act { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Version of the face notice that was consented to; null for a withdrawal.</summary>
    public string? NoticeVersion { get; init; }

    /// <summary>SHA-256 of that notice, so that its wording can be proved; null for a withdrawal.</summary>
    public byte[]? NoticeHash { get; init; }
}

internal sealed class FaceConsentMapping : IEntityTypeConfiguration<FaceConsentRow>
{
    public void Configure(EntityTypeBuilder<FaceConsentRow> builder)
    {
        builder.ToTable(
            "face_consents",
            t =>
            {
                t.HasCheckConstraint(
                    "ck_face_consents_notice",
                    "(act = 'Given' AND notice_version IS NOT NULL AND notice_hash IS NOT NULL) "
                        + "OR (act = 'Withdrawn' AND notice_version IS NULL AND notice_hash IS NULL)"
                );
                // A history begins with a consent: there is nothing to withdraw before.
                t.HasCheckConstraint(
                    "ck_face_consents_first",
                    "step_number > 1 OR (step_number = 1 AND act = 'Given')"
                );
                t.HasTrigger("tr_face_consents_append_only");
            }
        );
        builder.HasKey(c => new { c.DriverId, c.Number });
        builder.Property(c => c.Number).HasColumnName("step_number").ValueGeneratedNever();
        builder.Property(c => c.At).HasColumnName("happened_at");
        builder.Property(c => c.NoticeVersion).HasMaxLength(20);
        builder.Property(c => c.NoticeHash).HasMaxLength(32);
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(c => c.DriverId);
    }
}
