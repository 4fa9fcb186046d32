using AdminPortal.Data.Accounts;
using AdminPortal.Domain.Exports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Exports;

/// <summary>A part of an export's file, sealed. Parts of an attempt that was lost are nobody's and are deleted with the rest.</summary>
public sealed class ListExportPartRow
{
    public Guid ExportId { get; init; }
    public int Attempt { get; init; }

    /// <summary>0, 1, 2 …</summary>
    public int Ordinal { get; init; }
    public required byte[] Content { get; init; }
}

internal sealed class ListExportMapping : IEntityTypeConfiguration<ListExport>
{
    public void Configure(EntityTypeBuilder<ListExport> builder)
    {
        builder.ToTable(
            "list_exports",
            t =>
            {
                // Names and numbers in full never leave without a second person (N-33).
                t.HasCheckConstraint(
                    "ck_list_exports_two_persons",
                    "(persons = 'Full' AND (state IN ('AwaitsApproval', 'Cancelled') "
                        + "OR (checked_by_id IS NOT NULL AND checked_by_id <> owner_id))) "
                        + "OR (persons = 'Masked' AND checked_by_id IS NULL AND state NOT IN ('AwaitsApproval', 'Declined'))"
                );
                t.HasCheckConstraint(
                    "ck_list_exports_file",
                    "state <> 'Done' OR (size IS NOT NULL AND parts IS NOT NULL AND digest IS NOT NULL AND expires_at IS NOT NULL)"
                );
                t.HasCheckConstraint("ck_list_exports_running", "state <> 'Running' OR lease_until IS NOT NULL");
            }
        );
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.OwnerName).HasMaxLength(40);
        builder.Property(e => e.OwnerKey).HasMaxLength(32);
        builder.Property(e => e.Question).HasMaxLength(ListExport.QuestionLimit);
        builder.Property(e => e.Language).HasMaxLength(10);
        builder.Property(e => e.Reason).HasMaxLength(ListExport.TextLimit);
        builder.Property(e => e.DeclineReason).HasMaxLength(ListExport.TextLimit);
        builder.Property(e => e.CheckedByName).HasMaxLength(40);
        builder.Property(e => e.Digest).HasMaxLength(64);
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.Ignore(e => e.IsUnderWay);
        // One at a time for each person.
        builder
            .HasIndex(e => e.OwnerId)
            .IsUnique()
            .HasFilter("state IN ('AwaitsApproval', 'Waiting', 'Running')")
            .HasDatabaseName("ix_list_exports_under_way");
        builder.HasIndex(e => new { e.OwnerId, e.RequestedAt });
        builder.HasIndex(e => new { e.State, e.RequestedAt });
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(e => e.OwnerId);
    }
}

internal sealed class ListExportPartMapping : IEntityTypeConfiguration<ListExportPartRow>
{
    public void Configure(EntityTypeBuilder<ListExportPartRow> builder)
    {
        builder.ToTable("list_export_parts");
        builder.HasKey(p => new
        {
            p.ExportId,
            p.Attempt,
            p.Ordinal,
        });
        builder.HasOne<ListExport>().WithMany().HasForeignKey(p => p.ExportId);
    }
}
