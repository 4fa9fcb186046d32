using AdminPortal.Data.Drivers;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;
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
                // A lead and its case are one matter with one number.
                t.HasCheckConstraint("ck_leads_case", "case_id IS NULL OR case_id = id");
                t.HasCheckConstraint("ck_leads_proposal", "entry_id IS NULL OR case_id IS NOT NULL");
                t.HasCheckConstraint("ck_leads_round", "kind = 'SharedDevice' OR round_id IS NOT NULL");
            }
        );
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Authority).HasMaxLength(8);
        builder.Property(l => l.Evidence).HasJsonText();
        // A job that runs twice, or two at once, makes one.
        builder.HasIndex(l => new { l.Kind, l.SubjectId }).IsUnique().HasDatabaseName("ux_leads_subject");
        // Older than leads are cases: what the job still has to open.
        builder
            .HasIndex(l => new { l.FoundAt, l.Id })
            .HasFilter("case_id IS NULL")
            .HasDatabaseName("ix_leads_without_case");
        builder.HasIndex(l => l.EntryId).HasFilter("entry_id IS NOT NULL").IsUnique().HasDatabaseName("ux_leads_entry");
        builder.HasIndex(l => l.RoundId);
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(l => l.DriverId);
        builder.HasOne<Round>().WithMany().HasForeignKey(l => l.RoundId);
        builder.HasOne<Case>().WithOne().HasForeignKey<Lead>(l => l.CaseId);
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
