using AdminPortal.Data.Drivers;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Leads;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Leads;

/// <summary>How far the search for leads of a kind has come.</summary>
public sealed class LeadMarkRow
{
    public LeadKind Kind { get; init; }

    /// <summary>Everything up to and including this instant has been looked at.</summary>
    public DateTimeOffset ReachedAt { get; init; }
}

internal sealed class LeadMapping : IEntityTypeConfiguration<Lead>
{
    public void Configure(EntityTypeBuilder<Lead> builder)
    {
        builder.ToTable(
            "leads",
            t =>
            {
                t.HasCheckConstraint(
                    "ck_leads_closed",
                    "(state = 'Open' AND closed_by_id IS NULL AND closed_at IS NULL) "
                        + "OR (state <> 'Open' AND closed_by_id IS NOT NULL AND closed_at IS NOT NULL)"
                );
                t.HasCheckConstraint(
                    "ck_leads_dismissed",
                    "(state = 'Dismissed' AND reason IS NOT NULL) OR (state <> 'Dismissed' AND reason IS NULL)"
                );
                t.HasCheckConstraint(
                    "ck_leads_proposal",
                    "(state = 'LedToProposal' AND entry_id IS NOT NULL) OR (state <> 'LedToProposal' AND entry_id IS NULL)"
                );
                t.HasCheckConstraint("ck_leads_round", "kind = 'SharedDevice' OR round_id IS NOT NULL");
            }
        );
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Authority).HasMaxLength(8);
        builder.Property(l => l.Evidence).HasJsonText();
        builder.Property(l => l.ClosedByName).HasMaxLength(40);
        builder.Property(l => l.Reason).HasMaxLength(Lead.TextLimit);
        builder.Property(l => l.Version).IsConcurrencyToken();
        // A job that runs twice, or two at once, makes one.
        builder.HasIndex(l => new { l.Kind, l.SubjectId }).IsUnique().HasDatabaseName("ux_leads_subject");
        builder.HasIndex(l => new
        {
            l.Authority,
            l.State,
            l.FoundAt,
        });
        builder.HasIndex(l => l.EntryId).HasFilter("entry_id IS NOT NULL").IsUnique().HasDatabaseName("ux_leads_entry");
        builder.HasIndex(l => l.RoundId);
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(l => l.DriverId);
        builder.HasOne<Round>().WithMany().HasForeignKey(l => l.RoundId);
        builder.HasOne<BlacklistEntry>().WithMany().HasForeignKey(l => l.EntryId);
    }
}

internal sealed class LeadMarkMapping : IEntityTypeConfiguration<LeadMarkRow>
{
    public void Configure(EntityTypeBuilder<LeadMarkRow> builder)
    {
        builder.ToTable("lead_marks");
        builder.HasKey(m => m.Kind);
        // Before the first service began: what is stored already is looked at too.
        builder.HasData(
            Enum.GetValues<LeadKind>()
                .Select(kind => new LeadMarkRow
                {
                    Kind = kind,
                    ReachedAt = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
                })
        );
    }
}
