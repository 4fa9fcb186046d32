using AdminPortal.Data.Drivers;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Rounds;

internal sealed class RoundMapping : IEntityTypeConfiguration<Round>
{
    // Filtered indexes of SQL Server know neither NOT IN nor OR, so the final states are spelt out.
    private const string Open = "state <> 'Reduced' AND state <> 'Void'";

    public void Configure(EntityTypeBuilder<Round> builder)
    {
        builder.ToTable(
            "rounds",
            t =>
            {
                t.HasCheckConstraint("ck_rounds_attempts", "attempts_used BETWEEN 0 AND 3");
                t.HasCheckConstraint(
                    "ck_rounds_void",
                    "(state = 'Void' AND void_reason IS NOT NULL) OR (state <> 'Void' AND void_reason IS NULL)"
                );
            }
        );
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.SchemeId).HasMaxLength(8);
        builder.Property(r => r.Authority).HasMaxLength(8);
        builder.Property(r => r.Version).IsConcurrencyToken();
        // One open round per driver (S1-21), whatever happens at once.
        builder.HasIndex(r => r.DriverId).HasFilter(Open).IsUnique().HasDatabaseName("ux_rounds_one_open");
        builder.HasIndex(r => new { r.DriverId, r.OpenedAt });
        builder.HasIndex(r => new { r.Authority, r.OpenedAt });
        // The rounds of an authority that an outage may have hit: most of all rounds brought their reduction and are no matter for it.
        builder
            .HasIndex(r => new { r.Authority, r.OpenedAt }, "ix_rounds_not_reduced")
            .HasFilter("state <> 'Reduced' AND state <> 'Reducing'");
        builder.HasIndex(r => new { r.ResetOn }).HasFilter(Open).HasDatabaseName("ix_rounds_open_reset");
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(r => r.DriverId);
        builder.HasMany(r => r.Deadlines).WithOne().HasForeignKey(d => d.RoundId);
        builder.HasMany(r => r.Steps).WithOne().HasForeignKey(s => s.RoundId);
        builder.Navigation(r => r.Deadlines).AutoInclude();
        builder.Navigation(r => r.Steps).AutoInclude();
        builder.Ignore(r => r.Running);
        builder.Ignore(r => r.EndedWindow);
    }
}

internal sealed class RoundDeadlineMapping : IEntityTypeConfiguration<RoundDeadline>
{
    public void Configure(EntityTypeBuilder<RoundDeadline> builder)
    {
        builder.ToTable("round_deadlines", t => t.HasCheckConstraint("ck_round_deadlines_lost", "lost_seconds >= 0"));
        builder.HasKey(d => new { d.RoundId, d.Number });
        builder.Property(d => d.Number).ValueGeneratedNever();
        builder.Property(d => d.Rule).HasMaxLength(20);
        builder.Property(d => d.From).HasColumnName("runs_from");
        builder.Ignore(d => d.Value);
        builder.Ignore(d => d.Lost);
        builder
            .HasIndex(d => d.RoundId)
            .HasFilter("closed_at IS NULL")
            .IsUnique()
            .HasDatabaseName("ux_round_deadlines_one_running");
        builder.HasIndex(d => d.ExpiresAt).HasFilter("closed_at IS NULL").HasDatabaseName("ix_round_deadlines_running");
    }
}

internal sealed class RoundStepMapping : IEntityTypeConfiguration<RoundStep>
{
    public void Configure(EntityTypeBuilder<RoundStep> builder)
    {
        builder.ToTable("round_steps", t => t.HasTrigger("tr_round_steps_append_only"));
        builder.HasKey(s => new { s.RoundId, s.Number });
        builder.Property(s => s.Number).ValueGeneratedNever();
        builder.Property(s => s.From).HasColumnName("from_state");
        builder.Property(s => s.To).HasColumnName("to_state");
        builder.Property(s => s.At).HasColumnName("happened_at");
        builder.Property(s => s.By).HasColumnName("by_kind");
        builder.Property(s => s.Rule).HasMaxLength(20);
        builder.HasOne<Outage>().WithMany().HasForeignKey(s => s.OutageId);
    }
}

internal sealed class StudyStretchMapping : IEntityTypeConfiguration<StudyStretch>
{
    public void Configure(EntityTypeBuilder<StudyStretch> builder)
    {
        builder.ToTable("study_stretches", t => t.HasCheckConstraint("ck_study_stretches_seconds", "seconds >= 0"));
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.SectionId).HasMaxLength(40);
        builder.Property(s => s.VoidedBy).HasMaxLength(20);
        builder.HasIndex(s => new { s.RoundId, s.StartedAt });
        // The load of the last days is counted over it (S0-24).
        builder.HasIndex(s => s.StartedAt);
        builder.HasOne<Round>().WithMany().HasForeignKey(s => s.RoundId);
    }
}

internal sealed class StudySessionMapping : IEntityTypeConfiguration<StudySession>
{
    public void Configure(EntityTypeBuilder<StudySession> builder)
    {
        builder.ToTable("study_sessions");
        builder.HasKey(s => s.DriverId);
        builder.Property(s => s.DriverId).ValueGeneratedNever();
        builder.Property(s => s.SectionId).HasMaxLength(40);
        builder.Property(s => s.Ticket).HasMaxLength(64);
        builder.Property(s => s.PreviousTicket).HasMaxLength(64);
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(s => s.DriverId);
    }
}
