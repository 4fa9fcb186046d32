using AdminPortal.Data.Drivers;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Outages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.FaceChecks;

/// <summary>
/// Permission to submit one photo for one purpose: single use, short-lived, bound to driver, round and attempt, so that an
/// old photo request cannot be replayed.
/// </summary>
public sealed class FaceChallengeRow
{
    /// <summary>How long a challenge may be answered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public Guid Id { get; init; }
    public Guid DriverId { get; init; }
    public Guid RoundId { get; init; }
    public Guid? AttemptId { get; init; }
    public FaceCheckPurpose Purpose { get; init; }

    /// <summary>Names the check this try belongs to; consecutive failures are counted within it.</summary>
    public required string Series { get; init; }
    public DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>One try at a face check.</summary>
public sealed class FaceCheckRow
{
    public Guid Id { get; init; }
    public Guid ChallengeId { get; init; }
    public Guid DriverId { get; init; }
    public Guid RoundId { get; init; }
    public Guid? AttemptId { get; init; }
    public FaceCheckPurpose Purpose { get; init; }
    public required string Series { get; init; }

    /// <summary>Null once the photo is erased: after its time, or because consent was withdrawn.</summary>
    public Guid? PhotoId { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Null while the comparison has not answered; after a crash it stays null and never counts.</summary>
    public FaceOutcome? Outcome { get; set; }

    /// <summary>0 to 1, as the comparison service gave it; null when it gave none.</summary>
    public decimal? Score { get; set; }
    public DateTimeOffset? ComparedAt { get; set; }

    /// <summary>The same bytes were submitted before by this driver: a hint for the officer, never a decision.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>The outage for which a failure does not count; null for every other try (D-OUTAGE).</summary>
    public Guid? OutageId { get; set; }
}

/// <summary>What a photo shows.</summary>
public enum PhotoKind
{
    /// <summary>The authority's own photo of the driver.</summary>
    Reference,

    /// <summary>Taken for a face check.</summary>
    Live,

    /// <summary>The driver with the portrait side of the identity card (S1-27).</summary>
    IdCard,

    /// <summary>Handed in with an appeal or with feedback.</summary>
    Evidence,
}

/// <summary>What a stored photo is, as bytes.</summary>
public enum PhotoFormat
{
    /// <summary>Cleaned and written anew; may be shown.</summary>
    Jpeg,

    /// <summary>As it was given, not looked into; evidence only, and never shown, only downloaded (D-PDF).</summary>
    Pdf,
}

/// <summary>A stored photo, or a PDF handed in as evidence. The bytes are an encrypted file of the photo store under the same id.</summary>
public sealed class PhotoRow
{
    public Guid Id { get; init; }
    public Guid DriverId { get; init; }
    public PhotoKind Kind { get; init; }
    public PhotoFormat Format { get; init; }
    public required byte[] Sha256 { get; init; }
    public int Length { get; init; }

    /// <summary>In pixels; 0 for a PDF, as is the height.</summary>
    public int Width { get; init; }
    public int Height { get; init; }
    public DateTimeOffset StoredAt { get; init; }
}

internal sealed class FaceChallengeMapping : IEntityTypeConfiguration<FaceChallengeRow>
{
    public void Configure(EntityTypeBuilder<FaceChallengeRow> builder)
    {
        builder.ToTable("face_challenges");
        builder.Property(c => c.Series).HasMaxLength(80);
        builder.Property(c => c.UsedAt).IsConcurrencyToken();
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(c => c.DriverId);
    }
}

internal sealed class FaceCheckMapping : IEntityTypeConfiguration<FaceCheckRow>
{
    public void Configure(EntityTypeBuilder<FaceCheckRow> builder)
    {
        builder.ToTable(
            "face_checks",
            t => t.HasCheckConstraint("ck_face_checks_score", "score IS NULL OR (score >= 0 AND score <= 1)")
        );
        builder.HasIndex(c => c.ChallengeId).IsUnique();
        builder.HasIndex(c => new { c.RoundId, c.At });
        builder.HasIndex(c => c.Series);
        // The search for leads moves along the one and looks the other's bytes up.
        builder.HasIndex(c => c.At);
        builder.HasIndex(c => c.PhotoId);
        builder.Property(c => c.At).HasColumnName("taken_at");
        builder.Property(c => c.Series).HasMaxLength(80);
        builder.Property(c => c.Score).HasPrecision(5, 4);
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(c => c.DriverId);
        builder.HasOne<PhotoRow>().WithMany().HasForeignKey(c => c.PhotoId);
        builder.HasOne<Outage>().WithMany().HasForeignKey(c => c.OutageId);
    }
}

internal sealed class PhotoMapping : IEntityTypeConfiguration<PhotoRow>
{
    public void Configure(EntityTypeBuilder<PhotoRow> builder)
    {
        // A face is compared and shown: it is a picture that was written anew, whatever a page sends (D-PDF).
        builder.ToTable(
            "photos",
            t => t.HasCheckConstraint("ck_photos_format", "format = 'Jpeg' OR kind = 'Evidence'")
        );
        builder.Property(p => p.Format).HasDefaultValue(PhotoFormat.Jpeg).ValueGeneratedNever();
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Sha256).HasMaxLength(32);
        builder.HasIndex(p => new { p.DriverId, p.Sha256 });
        builder.HasIndex(p => p.Sha256);
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(p => p.DriverId);
    }
}
