using AdminPortal.Data.Drivers;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Blacklists;

internal sealed class BlacklistMapping : IEntityTypeConfiguration<BlacklistEntry>
{
    public void Configure(EntityTypeBuilder<BlacklistEntry> builder)
    {
        builder.ToTable(
            "blacklist_entries",
            t =>
            {
                t.HasCheckConstraint(
                    "ck_blacklist_maker_checker",
                    "checked_by_id IS NULL OR (checked_by_id <> proposed_by_id AND checked_by_id <> driver_id)"
                );
                t.HasCheckConstraint(
                    "ck_blacklist_checked",
                    "(state = 'Proposed' AND checked_by_id IS NULL AND checked_at IS NULL) "
                        + "OR (state <> 'Proposed' AND checked_by_id IS NOT NULL AND checked_at IS NOT NULL)"
                );
                t.HasCheckConstraint(
                    "ck_blacklist_clocks",
                    "(state IN ('InForce', 'Lifted') AND out_of_scheme_until IS NOT NULL AND off_online_until IS NOT NULL) "
                        + "OR (state IN ('Proposed', 'Declined') AND out_of_scheme_until IS NULL AND off_online_until IS NULL)"
                );
                t.HasCheckConstraint(
                    "ck_blacklist_lifted",
                    "(state = 'Lifted' AND lifted_by_id IS NOT NULL AND lifted_at IS NOT NULL AND lift_reason IS NOT NULL) "
                        + "OR (state <> 'Lifted' AND lifted_by_id IS NULL AND lifted_at IS NULL AND lift_reason IS NULL)"
                );
            }
        );
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Authority).HasMaxLength(8);
        builder.Property(e => e.Description).HasMaxLength(BlacklistEntry.TextLimit);
        builder.Property(e => e.DeclineReason).HasMaxLength(BlacklistEntry.TextLimit);
        builder.Property(e => e.LiftReason).HasMaxLength(BlacklistEntry.TextLimit);
        builder.Property(e => e.ProposedByName).HasMaxLength(40);
        builder.Property(e => e.ProposedByKey).HasMaxLength(32);
        builder.Property(e => e.CheckedByName).HasMaxLength(40);
        builder.Property(e => e.LiftedByName).HasMaxLength(40);
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.Ignore(e => e.Clocks);
        // One proposal at a time: two officers who see the same fraud make one entry.
        builder
            .HasIndex(e => e.DriverId)
            .HasFilter("state = 'Proposed'")
            .IsUnique()
            .HasDatabaseName("ux_blacklist_one_proposal");
        builder.HasIndex(e => new
        {
            e.Authority,
            e.State,
            e.ProposedAt,
        });
        // The list over several authorities is in its order; what is not shown is passed over without looking it up.
        builder
            .HasIndex(e => new
            {
                e.ProposedAt,
                e.Id,
                e.Authority,
                e.State,
            })
            .HasDatabaseName("ix_blacklist_entries_newest");
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(e => e.DriverId);
        builder.HasOne<Round>().WithMany().HasForeignKey(e => e.RoundId);
    }
}

internal sealed class AppealMapping : IEntityTypeConfiguration<Appeal>
{
    public void Configure(EntityTypeBuilder<Appeal> builder)
    {
        builder.ToTable(
            "appeals",
            t =>
                t.HasCheckConstraint(
                    "ck_appeals_subject",
                    "(entry_id IS NULL AND delivered_id IS NOT NULL) OR (entry_id IS NOT NULL AND delivered_id IS NULL)"
                )
        );
        builder.HasKey(a => a.CaseId);
        builder.Property(a => a.CaseId).ValueGeneratedNever();
        builder.Property(a => a.Reason).HasMaxLength(BlacklistEntry.TextLimit);
        // Once per entry (S1-40), whichever side made it.
        builder.HasIndex(a => a.EntryId).HasFilter("entry_id IS NOT NULL").IsUnique();
        builder.HasIndex(a => a.DeliveredId).HasFilter("delivered_id IS NOT NULL").IsUnique();
        builder.HasOne<Case>().WithOne().HasForeignKey<Appeal>(a => a.CaseId);
        builder.HasOne<BlacklistEntry>().WithMany().HasForeignKey(a => a.EntryId);
        builder.HasOne<DriverEntryRow>().WithMany().HasForeignKey(a => a.DeliveredId);
    }
}
