using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Questions;

internal sealed class RemarkMapping : IEntityTypeConfiguration<Remark>
{
    public void Configure(EntityTypeBuilder<Remark> builder)
    {
        builder.ToTable(
            "remarks",
            t =>
            {
                t.HasCheckConstraint(
                    "ck_remarks_maker_checker",
                    "checked_by_id IS NULL OR checked_by_id <> proposed_by_id"
                );
                t.HasCheckConstraint(
                    "ck_remarks_checked",
                    "(state = 'Proposed' AND checked_by_id IS NULL AND checked_at IS NULL) "
                        + "OR (state <> 'Proposed' AND checked_by_id IS NOT NULL AND checked_at IS NOT NULL)"
                );
            }
        );
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.QuestionId).HasMaxLength(50);
        builder.Property(r => r.Reason).HasMaxLength(Remark.ReasonLimit);
        builder.Property(r => r.ProposedByName).HasMaxLength(40);
        builder.Property(r => r.ProposedByKey).HasMaxLength(32);
        builder.Property(r => r.CheckedByName).HasMaxLength(40);
        builder.Property(r => r.DeclineReason).HasMaxLength(Remark.ReasonLimit);
        builder.Property(r => r.Version).IsConcurrencyToken();
        // The same proposal once at a time, however many editors see the mistake.
        builder
            .HasIndex(r => new { r.FromId, r.ToId })
            .HasFilter("state = 'Proposed'")
            .IsUnique()
            .HasDatabaseName("ux_remarks_one_proposed");
        builder.HasIndex(r => r.ProposedAt);
        builder.HasOne<QuestionVersion>().WithMany().HasForeignKey(r => r.FromId);
        builder.HasOne<QuestionVersion>().WithMany().HasForeignKey(r => r.ToId);
    }
}

internal sealed class RemarkedAnswerMapping : IEntityTypeConfiguration<RemarkedAnswer>
{
    public void Configure(EntityTypeBuilder<RemarkedAnswer> builder)
    {
        // Once per answer: nobody gains twice by one mistake. Insert-only by trigger.
        builder.ToTable("remarked_answers", t => t.HasTrigger("tr_remarked_answers_append_only"));
        builder.HasKey(a => new { a.AttemptId, a.Ordinal });
        builder.HasOne<ExamAnswer>().WithOne().HasForeignKey<RemarkedAnswer>(a => new { a.AttemptId, a.Ordinal });
        builder.HasOne<Remark>().WithMany().HasForeignKey(a => a.RemarkId);
    }
}
