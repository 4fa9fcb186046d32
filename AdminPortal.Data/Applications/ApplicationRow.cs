using AdminPortal.Data.Drivers;
using AdminPortal.Domain.Drivers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Applications;

/// <summary>An application and its automatic decision with every ground as it was found (S1-22).</summary>
public sealed class ApplicationRow
{
    public Guid Id { get; init; }

    /// <summary>One per form shown: a second click finds the first application.</summary>
    public Guid FormKey { get; init; }
    public Guid DriverId { get; init; }
    public required string SchemeId { get; init; }
    public DateOnly SchemeFrom { get; init; }
    public DateTimeOffset AppliedAt { get; init; }

    /// <summary>Version of the service notice the driver accepted (S0-05).</summary>
    public required string NoticeVersion { get; init; }

    /// <summary>SHA-256 of the accepted notice, so that its wording can be proved.</summary>
    public required byte[] NoticeHash { get; init; }

    /// <summary>Sealed mobile number the driver confirmed (S1-07).</summary>
    public required byte[] Mobile { get; init; }
    public bool IsApproved { get; init; }
    public required IReadOnlyList<GroundFinding> Findings { get; init; }

    /// <summary>The round that the approval opened; null when refused.</summary>
    public Guid? RoundId { get; init; }
}

internal sealed class ApplicationMapping : IEntityTypeConfiguration<ApplicationRow>
{
    public void Configure(EntityTypeBuilder<ApplicationRow> builder)
    {
        builder.ToTable("applications");
        builder.HasIndex(a => a.FormKey).IsUnique();
        builder.HasIndex(a => new { a.DriverId, a.AppliedAt });
        builder.Property(a => a.SchemeId).HasMaxLength(8);
        builder.Property(a => a.NoticeVersion).HasMaxLength(20);
        builder.Property(a => a.NoticeHash).HasMaxLength(32);
        builder.Property(a => a.Findings).HasJsonText();
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(a => a.DriverId);
    }
}
