using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Schemes;

internal sealed class SchemeAssignmentMapping : IEntityTypeConfiguration<SchemeAssignment>
{
    public void Configure(EntityTypeBuilder<SchemeAssignment> builder)
    {
        builder.ToTable(
            "scheme_assignments",
            t =>
            {
                t.HasCheckConstraint(
                    "ck_scheme_assignments_two_persons",
                    "checked_by_id IS NULL OR (checked_by_id <> proposed_by_id AND "
                        + "(checked_by_key IS NULL OR proposed_by_key IS NULL OR checked_by_key <> proposed_by_key))"
                );
                t.HasCheckConstraint(
                    "ck_scheme_assignments_checked",
                    "(state = 'Proposed' AND checked_by_id IS NULL AND checked_at IS NULL) "
                        + "OR (state <> 'Proposed' AND checked_by_id IS NOT NULL AND checked_at IS NOT NULL)"
                );
            }
        );
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Authority).HasMaxLength(8);
        builder.Property(a => a.NewName).HasMaxLength(SchemeAssignment.NameLimit);
        builder.Property(a => a.NewHotline).HasMaxLength(20);
        builder.Property(a => a.SchemeId).HasMaxLength(8);
        builder.Property(a => a.From).HasColumnName("valid_from");
        builder.Property(a => a.ProposedByName).HasMaxLength(40);
        builder.Property(a => a.ProposedByKey).HasMaxLength(32);
        builder.Property(a => a.CheckedByName).HasMaxLength(40);
        builder.Property(a => a.CheckedByKey).HasMaxLength(32);
        builder.Property(a => a.DeclineReason).HasMaxLength(SchemeAssignment.ReasonLimit);
        builder.Property(a => a.Version).IsConcurrencyToken();
        // One proposal about an authority at a time.
        builder
            .HasIndex(a => a.Authority)
            .HasFilter("state = 'Proposed'")
            .IsUnique()
            .HasDatabaseName("ux_scheme_assignments_one_proposed");
        builder.HasIndex(a => new { a.Authority, a.ProposedAt });
    }
}
