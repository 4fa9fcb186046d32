using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Questions;

/// <summary>The one row that acts wait at which take a question out of use; see <see cref="QuestionBank.EnterAsync"/>.</summary>
public sealed class QuestionBankRow
{
    public int Id { get; init; }

    /// <summary>How often the questions in use were changed.</summary>
    public int Changes { get; init; }

    /// <summary>The number the newest picture of the shelf got; a number is given once.</summary>
    public int LastPicture { get; init; }
}

internal sealed class QuestionBankMapping : IEntityTypeConfiguration<QuestionBankRow>
{
    public void Configure(EntityTypeBuilder<QuestionBankRow> builder)
    {
        builder.ToTable("question_bank", t => t.HasCheckConstraint("ck_question_bank_one", "id = 1"));
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.HasData(new QuestionBankRow { Id = 1 });
    }
}

internal sealed class QuestionVersionMapping : IEntityTypeConfiguration<QuestionVersion>
{
    public void Configure(EntityTypeBuilder<QuestionVersion> builder)
    {
        builder.ToTable(
            "question_versions",
            t =>
            {
                t.HasTrigger("tr_question_versions_frozen");
                t.HasTrigger("tr_question_versions_picture_frozen");
                t.HasCheckConstraint(
                    "ck_question_versions_picture",
                    "(picture_name IS NULL AND picture_description IS NULL) OR (picture_name IS NOT NULL AND picture_description IS NOT NULL)"
                );
                t.HasCheckConstraint("ck_question_versions_two_persons", "reviewed_by_id <> drafted_by_id");
                // What came with the product has no drafter; what an editor wrote is in use only after a review.
                t.HasCheckConstraint(
                    "ck_question_versions_reviewed",
                    "state <> 'Published' OR drafted_by_id IS NULL OR (reviewed_by_id IS NOT NULL AND return_reason IS NULL)"
                );
            }
        );
        builder.Ignore(q => q.Content);
        builder.Ignore(q => q.Picture);
        builder.Property(q => q.Id).ValueGeneratedNever();
        builder.Property(q => q.QuestionId).HasMaxLength(50);
        builder.Property(q => q.Category).HasMaxLength(QuestionContent.CategoryLimit);
        builder.Property(q => q.Article).HasMaxLength(QuestionContent.ArticleLimit);
        builder.Property(q => q.Number).HasColumnName("version_number");
        builder.Property(q => q.Type).HasColumnName("question_type");
        builder.Property(q => q.Text).HasJsonText();
        builder.Property(q => q.Options).HasJsonText();
        builder.Property(q => q.Key).HasNumbers().HasColumnName("answer_key");
        builder.Property(q => q.Explanation).HasJsonText();
        builder.Property(q => q.PictureName).HasMaxLength(QuestionPicture.NameLimit);
        builder.Property(q => q.PictureDescription!).HasJsonText();
        // A picture stays while any version shows it.
        builder.HasOne<QuestionPictureRow>().WithMany().HasForeignKey(q => q.PictureName);
        builder.Property(q => q.DraftedByName).HasMaxLength(40);
        builder.Property(q => q.DraftedByKey).HasMaxLength(32);
        builder.Property(q => q.ReviewedByName).HasMaxLength(40);
        builder.Property(q => q.ReturnReason).HasMaxLength(QuestionVersion.ReasonLimit);
        builder.Property(q => q.RetiredByName).HasMaxLength(40);
        builder.Property(q => q.Revision).IsConcurrencyToken();
        builder.HasIndex(q => new { q.QuestionId, q.Number }).IsUnique();
        // At most one version of a question is in use.
        builder
            .HasIndex(q => q.QuestionId)
            .HasFilter("state = 'Published'")
            .IsUnique()
            .HasDatabaseName("ux_question_versions_one_published");
        // And at most one is being worked on, so that nobody's words are lost to another draft.
        builder
            .HasIndex(q => q.QuestionId, "ux_question_versions_one_open")
            .HasFilter("state IN ('Draft', 'InReview')")
            .IsUnique();
    }
}
