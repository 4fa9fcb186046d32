using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Exams;

internal sealed class ExamAttemptMapping : IEntityTypeConfiguration<ExamAttempt>
{
    public void Configure(EntityTypeBuilder<ExamAttempt> builder)
    {
        builder.ToTable(
            "exam_attempts",
            t =>
            {
                t.HasCheckConstraint("ck_exam_attempts_number", "attempt_number BETWEEN 0 AND 3");
                // One void per attempt: the outage it is void for, and nothing else may follow.
                t.HasCheckConstraint(
                    "ck_exam_attempts_outage",
                    "outage_id IS NULL OR (state = 'Annulled' AND attempt_number = 0)"
                );
            }
        );
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Number).HasColumnName("attempt_number");
        builder.Property(a => a.Right).HasColumnName("right_count");
        builder.Property(a => a.Wrong).HasColumnName("wrong_count");
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasIndex(a => new { a.RoundId, a.OpenedAt });
        // The load of the last days is counted over it (S0-24).
        builder.HasIndex(a => a.StartedAt);
        builder
            .HasIndex(a => a.RoundId)
            .HasFilter("finished_at IS NULL")
            .IsUnique()
            .HasDatabaseName("ux_exam_attempts_one_under_way");
        // The search for leads moves along it.
        builder.HasIndex(a => a.FinishedAt);
        builder.HasIndex(a => a.LimitAt).HasFilter("finished_at IS NULL").HasDatabaseName("ix_exam_attempts_under_way");
        builder.HasOne<Round>().WithMany().HasForeignKey(a => a.RoundId);
        builder.HasOne<Outage>().WithMany().HasForeignKey(a => a.OutageId);
    }
}

internal sealed class ExamItemMapping : IEntityTypeConfiguration<ExamItem>
{
    public void Configure(EntityTypeBuilder<ExamItem> builder)
    {
        builder.ToTable("exam_items");
        builder.HasKey(i => new { i.AttemptId, i.Ordinal });
        builder.Property(i => i.OptionOrder).HasNumbers();
        builder.HasOne<ExamAttempt>().WithMany().HasForeignKey(i => i.AttemptId);
        builder.HasOne<QuestionVersion>().WithMany().HasForeignKey(i => i.VersionId);
    }
}

internal sealed class ExamAnswerMapping : IEntityTypeConfiguration<ExamAnswer>
{
    public void Configure(EntityTypeBuilder<ExamAnswer> builder)
    {
        // One answer per question, insert-only by trigger.
        builder.ToTable("exam_answers", t => t.HasTrigger("tr_exam_answers_append_only"));
        builder.HasKey(a => new { a.AttemptId, a.Ordinal });
        builder.Property(a => a.Chosen).HasNumbers();
        builder.HasOne<ExamItem>().WithOne().HasForeignKey<ExamAnswer>(a => new { a.AttemptId, a.Ordinal });
    }
}
