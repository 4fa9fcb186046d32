using AdminPortal.Domain.Drivers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Drivers;

/// <summary>
/// A driver. Everything that names the person is sealed by the field cipher; the search keys allow equality only.
/// </summary>
public sealed class DriverRow
{
    public Guid Id { get; init; }

    /// <summary>Sealed resident identity number.</summary>
    public required byte[] IdNumber { get; set; }

    /// <summary>Search key (HMAC) of the canonical identity number.</summary>
    public required byte[] IdNumberKey { get; init; }
    public required byte[] Name { get; set; }

    /// <summary>Search key of the name, compared at sign-in.</summary>
    public required byte[] NameKey { get; set; }
    public required byte[] Mobile { get; set; }

    /// <summary>The authority's own photo of the driver, or null when none was delivered.</summary>
    public Guid? ReferencePhotoId { get; set; }
    public bool PrefersEnglish { get; set; }
    public LicenceRow? Licence { get; set; }
}

/// <summary>The driver's licence and points as the authority last delivered them.</summary>
public sealed class LicenceRow
{
    public Guid DriverId { get; init; }
    public required string Authority { get; set; }
    public required string Classes { get; set; }
    public required string Status { get; set; }
    public DateOnly FirstLicensedOn { get; set; }
    public bool IsInternational { get; set; }

    /// <summary>Accumulated points in the current cycle.</summary>
    public int Points { get; set; }

    /// <summary>Points taken off in the current cycle outside this product.</summary>
    public int PointsReducedElsewhere { get; set; }

    /// <summary>When the authority took the data (UTC).</summary>
    public DateTimeOffset AsOf { get; set; }

    /// <summary>
    /// Where the points stood before the last delivery. The same file may tell that a penalty was revoked: how much of it had been
    /// taken off already shows only against this number (N-16).
    /// </summary>
    public int PointsBefore { get; set; }
}

/// <summary>What else is on record about a driver.</summary>
public enum RecordKind
{
    FullMarkEducation,
    HitAndRun,
    DrinkDriving,
    ForgedPlatesOrDocuments,
    PointsTrading,
    Fraud,

    /// <summary>On the blacklist from <see cref="DriverEntryRow.On"/> until <see cref="DriverEntryRow.Until"/>.</summary>
    Blacklist,
}

/// <summary>A dated entry on a driver's record.</summary>
public sealed class DriverEntryRow
{
    public Guid Id { get; init; }
    public Guid DriverId { get; init; }
    public RecordKind Kind { get; init; }
    public DateOnly On { get; init; }
    public DateOnly? Until { get; init; }

    /// <summary>When an upheld appeal lifted it (S1-40): it no longer counts, also when an authority delivers it again.</summary>
    public DateTimeOffset? LiftedAt { get; set; }
    public Guid? LiftedById { get; set; }

    /// <summary>Badge number.</summary>
    public string? LiftedByName { get; set; }
    public string? LiftReason { get; set; }
}

/// <summary>A vehicle in the driver's name.</summary>
public sealed class VehicleRow
{
    public required string Plate { get; init; }
    public Guid DriverId { get; set; }
    public DateOnly InspectedUntil { get; set; }

    /// <summary>The date by which it must be deregistered, or null.</summary>
    public DateOnly? DeregisterBy { get; set; }
    public bool IsDeregistered { get; set; }

    public bool IsOverdue(DateOnly today) => !IsDeregistered && (InspectedUntil < today || DeregisterBy < today);
}

/// <summary>A violation on the driver's record.</summary>
public sealed class ViolationRow
{
    /// <summary>The authority's own number of the violation.</summary>
    public required string Number { get; init; }
    public Guid DriverId { get; set; }
    public required string Code { get; set; }
    public DateOnly On { get; set; }
    public int Points { get; set; }
    public DateOnly? HandledOn { get; set; }
    public DateOnly? PaidOn { get; set; }

    /// <summary>The day the penalty was revoked: it carries no points any more (N-16).</summary>
    public DateOnly? RevokedOn { get; set; }

    /// <summary>When the authority took the data that last changed it (UTC).</summary>
    public DateTimeOffset AsOf { get; set; }

    /// <summary>True while the driver has to handle it (N-25).</summary>
    public bool IsOpen => HandledOn is null && RevokedOn is null;

    /// <summary>As the points see it.</summary>
    public RecordedViolation Recorded() => new(Number, On, RevokedOn is null ? Points : 0, HandledOn, PaidOn);
}

/// <summary>A penalty whose points an authority changed after they were recorded (N-16). Never changed itself.</summary>
public sealed class PenaltyChangeRow
{
    public Guid Id { get; init; }
    public Guid DriverId { get; init; }
    public required string ViolationNumber { get; init; }
    public int PointsBefore { get; init; }
    public int PointsAfter { get; init; }

    /// <summary>How much of what fell away had been taken off already.</summary>
    public int Surplus { get; init; }

    /// <summary>The cycle the points stood in; null when it was over and nothing counted any more.</summary>
    public DateOnly? CycleStart { get; init; }

    /// <summary>When the authority took the data that told of it (UTC).</summary>
    public DateTimeOffset AsOf { get; init; }
    public DateTimeOffset NotedAt { get; init; }

    /// <summary>How many points fewer; below 0 when more.</summary>
    public int Lowered => PointsBefore - PointsAfter;
}

/// <summary>Which scheme the drivers of an authority fall under, from when to when.</summary>
public sealed class AuthorityRow
{
    /// <summary>Such as 渝A.</summary>
    public required string Authority { get; init; }
    public DateOnly From { get; init; }
    public DateOnly? To { get; set; }
    public required string Name { get; set; }
    public required string SchemeId { get; set; }

    /// <summary>The authority's own service number beside the national one (S0-22); null when it has none.</summary>
    public string? Hotline { get; set; }

    /// <summary>Badge of the administrator who last changed name or hotline here; null when nobody did.</summary>
    public string? ChangedByName { get; set; }
    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>Optimistic concurrency: a change names the version it was made on.</summary>
    public int Version { get; set; }
}

internal sealed class DriverMapping : IEntityTypeConfiguration<DriverRow>
{
    public void Configure(EntityTypeBuilder<DriverRow> builder)
    {
        builder.ToTable("drivers");
        builder.Property(d => d.IdNumberKey).HasMaxLength(32);
        builder.HasIndex(d => d.IdNumberKey).IsUnique();
        builder.Property(d => d.NameKey).HasMaxLength(32);
        builder.HasOne(d => d.Licence).WithOne().HasForeignKey<LicenceRow>(l => l.DriverId);
    }
}

internal sealed class LicenceMapping : IEntityTypeConfiguration<LicenceRow>
{
    public void Configure(EntityTypeBuilder<LicenceRow> builder)
    {
        builder.ToTable(
            "licences",
            t => t.HasCheckConstraint("ck_licences_points", "points >= 0 AND points_reduced_elsewhere >= 0")
        );
        builder.HasKey(l => l.DriverId);
        builder.Property(l => l.Authority).HasMaxLength(8);
        builder.Property(l => l.Classes).HasMaxLength(40);
        builder.Property(l => l.Status).HasMaxLength(20);
    }
}

internal sealed class DriverEntryMapping : IEntityTypeConfiguration<DriverEntryRow>
{
    public void Configure(EntityTypeBuilder<DriverEntryRow> builder)
    {
        builder.ToTable(
            "driver_entries",
            t =>
                t.HasCheckConstraint(
                    "ck_driver_entries_lifted",
                    "(lifted_at IS NULL AND lifted_by_id IS NULL AND lift_reason IS NULL) "
                        + "OR (lifted_at IS NOT NULL AND lifted_by_id IS NOT NULL AND lift_reason IS NOT NULL)"
                )
        );
        builder.Property(e => e.LiftedByName).HasMaxLength(40);
        builder.Property(e => e.LiftReason).HasMaxLength(1000);
        builder.Property(e => e.On).HasColumnName("happened_on");
        builder
            .HasIndex(e => new
            {
                e.DriverId,
                e.Kind,
                e.On,
            })
            .IsUnique();
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(e => e.DriverId);
    }
}

internal sealed class VehicleMapping : IEntityTypeConfiguration<VehicleRow>
{
    public void Configure(EntityTypeBuilder<VehicleRow> builder)
    {
        builder.ToTable("vehicles");
        builder.HasKey(v => v.Plate);
        builder.Property(v => v.Plate).HasMaxLength(8);
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(v => v.DriverId);
    }
}

internal sealed class ViolationMapping : IEntityTypeConfiguration<ViolationRow>
{
    public void Configure(EntityTypeBuilder<ViolationRow> builder)
    {
        // The points a single violation can carry (N-07), and 0 for a warning (N-28).
        builder.ToTable(
            "violations",
            t => t.HasCheckConstraint("ck_violations_points", "points IN (0, 1, 3, 6, 9, 12)")
        );
        builder.HasKey(v => v.Number);
        builder.Ignore(v => v.IsOpen);
        builder.Property(v => v.Number).HasMaxLength(40);
        builder.Property(v => v.Code).HasMaxLength(10);
        builder.Property(v => v.On).HasColumnName("happened_on");
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(v => v.DriverId);
    }
}

internal sealed class PenaltyChangeMapping : IEntityTypeConfiguration<PenaltyChangeRow>
{
    public void Configure(EntityTypeBuilder<PenaltyChangeRow> builder)
    {
        builder.ToTable(
            "penalty_changes",
            t =>
                t.HasCheckConstraint(
                    "ck_penalty_changes_points",
                    "points_before <> points_after AND points_after >= 0 AND surplus >= 0 "
                        + "AND (surplus = 0 OR surplus <= points_before - points_after)"
                )
        );
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.ViolationNumber).HasMaxLength(40);
        builder.Ignore(c => c.Lowered);
        // One change per violation and delivery: the same file imported by two processes at once tells of it once.
        builder.HasIndex(c => new { c.ViolationNumber, c.AsOf }).IsUnique();
        builder.HasIndex(c => c.DriverId);
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(c => c.DriverId);
        builder.HasOne<ViolationRow>().WithMany().HasForeignKey(c => c.ViolationNumber);
    }
}

internal sealed class AuthorityMapping : IEntityTypeConfiguration<AuthorityRow>
{
    public void Configure(EntityTypeBuilder<AuthorityRow> builder)
    {
        builder.ToTable(
            "authorities",
            t =>
            {
                // No two periods of an authority overlap: every day has one scheme.
                t.HasTrigger("tr_authorities_no_overlap");
                t.HasCheckConstraint("ck_authorities_order", "valid_to IS NULL OR valid_to >= valid_from");
            }
        );
        builder
            .HasIndex(a => a.Authority)
            .HasFilter("valid_to IS NULL")
            .IsUnique()
            .HasDatabaseName("ux_authorities_one_running");
        builder.Property(a => a.ChangedByName).HasMaxLength(40);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasKey(a => new { a.Authority, a.From });
        builder.Property(a => a.Authority).HasMaxLength(8);
        builder.Property(a => a.From).HasColumnName("valid_from");
        builder.Property(a => a.To).HasColumnName("valid_to");
        builder.Property(a => a.Name).HasMaxLength(100);
        builder.Property(a => a.SchemeId).HasMaxLength(8);
        builder.Property(a => a.Hotline).HasMaxLength(20);
    }
}
