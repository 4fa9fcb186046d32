using AdminPortal.Data.Drivers;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Casework;

internal sealed class CaseMapping : IEntityTypeConfiguration<Case>
{
    public void Configure(EntityTypeBuilder<Case> builder)
    {
        builder.ToTable(
            "cases",
            t =>
            {
                t.HasCheckConstraint(
                    "ck_cases_due",
                    "(due_at IS NOT NULL AND awaiting_year IS NULL) OR (due_at IS NULL AND awaiting_year IS NOT NULL)"
                );
                t.HasCheckConstraint(
                    "ck_cases_holder",
                    "state <> 'Claimed' OR (holder_id IS NOT NULL AND lease_until IS NOT NULL)"
                );
                t.HasCheckConstraint(
                    "ck_cases_decided",
                    "(decided_at IS NULL AND decider_id IS NULL) OR (decided_at IS NOT NULL AND decider_id IS NOT NULL)"
                );
                // Taking somebody off the blacklist takes two persons (S1-40).
                t.HasCheckConstraint(
                    "ck_cases_two_persons",
                    "state <> 'Upheld' OR (kind <> 'Appeal' AND proposed_by_id IS NULL) "
                        + "OR (kind = 'Appeal' AND proposed_by_id IS NOT NULL AND proposed_by_id <> decider_id)"
                );
                // Asked once, answered at most once, and the question has an end (D-EVIDENCE).
                t.HasCheckConstraint(
                    "ck_cases_evidence",
                    "(evidence_asked_at IS NULL AND evidence_until IS NULL AND evidence_given_at IS NULL) "
                        + "OR (evidence_asked_at IS NOT NULL AND evidence_until IS NOT NULL)"
                );
                // Only a holder has a question to the colleagues.
                t.HasCheckConstraint("ck_cases_opinion", "opinion_asked_at IS NULL OR state = 'Claimed'");
                t.HasCheckConstraint("ck_cases_maker_checker", "decider_id IS NULL OR decider_id <> driver_id");
            }
        );
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Number).HasMaxLength(8);
        builder.Property(c => c.Authority).HasMaxLength(8);
        builder.Property(c => c.DueRule).HasMaxLength(20);
        builder.Property(c => c.HolderName).HasMaxLength(40);
        builder.Property(c => c.ProposedByName).HasMaxLength(40);
        builder.Property(c => c.ProposedByKey).HasMaxLength(32);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Ignore(c => c.Due);
        builder.Ignore(c => c.Term);
        builder.Ignore(c => c.UpholdAct);
        builder.Ignore(c => c.TakesEvidence);
        // Open work is counted and listed over this index alone, whatever the kind.
        builder
            .HasIndex(c => new
            {
                c.Authority,
                c.DueAt,
                c.Kind,
            })
            .HasFilter("decided_at IS NULL")
            .HasDatabaseName("ix_cases_open_due");
        builder
            .HasIndex(c => new { c.HolderId })
            .HasFilter("decided_at IS NULL")
            .HasDatabaseName("ix_cases_open_holder");
        // What was decided lately, an authority at a time.
        builder
            .HasIndex(c => new { c.Authority, c.DecidedAt })
            .HasFilter("decided_at IS NOT NULL")
            .HasDatabaseName("ix_cases_decided");
        // The list of what was decided is in its order, with everything in it that the list can be narrowed by.
        builder
            .HasIndex(c => new
            {
                c.DecidedAt,
                c.Id,
                c.Authority,
                c.Kind,
                c.HolderName,
            })
            .HasFilter("decided_at IS NOT NULL")
            .HasDatabaseName("ix_cases_decided_newest");
        // What came in, an authority at a time.
        builder.HasIndex(c => new { c.Authority, c.OpenedAt }).HasDatabaseName("ix_cases_opened");
        builder.HasIndex(c => c.Number);
        builder.HasIndex(c => new { c.Kind, c.SubjectId }).IsUnique();
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(c => c.DriverId);
        builder.HasMany(c => c.Steps).WithOne().HasForeignKey(s => s.CaseId);
        builder.Navigation(c => c.Steps).AutoInclude();
    }
}

internal sealed class CaseStepMapping : IEntityTypeConfiguration<CaseStep>
{
    public void Configure(EntityTypeBuilder<CaseStep> builder)
    {
        builder.ToTable("case_steps", t => t.HasTrigger("tr_case_steps_append_only"));
        builder.HasKey(s => new { s.CaseId, s.Number });
        builder.Property(s => s.Number).ValueGeneratedNever();
        builder.Property(s => s.From).HasColumnName("from_state");
        builder.Property(s => s.To).HasColumnName("to_state");
        builder.Property(s => s.At).HasColumnName("happened_at");
        builder.Property(s => s.ByName).HasMaxLength(40);
        builder.Property(s => s.Note).HasMaxLength(Case.TextLimit);
        builder.Property(s => s.ToName).HasMaxLength(40);
        // One decision per case, whatever happens at once.
        builder
            .HasIndex(s => s.CaseId)
            .HasFilter("to_state IN ('Upheld', 'Rejected')")
            .IsUnique()
            .HasDatabaseName("ux_case_steps_one_decision");
        // The driver is asked once; asking again and again would be a way to decide nothing (D-EVIDENCE).
        builder
            .HasIndex(s => new { s.CaseId, s.Act })
            .HasFilter("act = 'AskEvidence'")
            .IsUnique()
            .HasDatabaseName("ux_case_steps_one_evidence");
    }
}

internal sealed class ReviewMapping : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> builder)
    {
        builder.ToTable(
            "reviews",
            t =>
                t.HasCheckConstraint(
                    "ck_reviews_subject",
                    "(attempt_id IS NULL AND check_id IS NOT NULL) OR (attempt_id IS NOT NULL AND check_id IS NULL)"
                )
        );
        builder.HasKey(r => r.CaseId);
        builder.Property(r => r.CaseId).ValueGeneratedNever();
        builder.Property(r => r.Reason).HasMaxLength(Case.TextLimit);
        // Once per exam record (S1-37), once per study period (N-n5).
        builder.HasIndex(r => r.AttemptId).HasFilter("attempt_id IS NOT NULL").IsUnique();
        builder.HasIndex(r => r.CheckId).HasFilter("check_id IS NOT NULL").IsUnique();
        builder.HasIndex(r => new { r.RoundId, r.FiledAt });
        builder.HasOne<Case>().WithOne().HasForeignKey<Review>(r => r.CaseId);
        builder.HasOne<ExamAttempt>().WithMany().HasForeignKey(r => r.AttemptId);
        builder.HasOne<FaceCheckRow>().WithMany().HasForeignKey(r => r.CheckId);
    }
}

/// <summary>A file that belongs to a case: a photo with the identity card, evidence, or attached to feedback.</summary>
public sealed class CaseFileRow
{
    public Guid CaseId { get; init; }

    /// <summary>1, 2, 3 … in the order they were handed in.</summary>
    public int Number { get; init; }
    public Guid PhotoId { get; init; }
}

internal sealed class CaseFileMapping : IEntityTypeConfiguration<CaseFileRow>
{
    public void Configure(EntityTypeBuilder<CaseFileRow> builder)
    {
        builder.ToTable("case_files");
        builder.HasKey(f => new { f.CaseId, f.Number });
        builder.Property(f => f.Number).ValueGeneratedNever();
        builder.HasIndex(f => f.PhotoId).IsUnique();
        builder.HasOne<Case>().WithMany().HasForeignKey(f => f.CaseId);
        builder.HasOne<PhotoRow>().WithMany().HasForeignKey(f => f.PhotoId);
    }
}
