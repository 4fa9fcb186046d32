using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Sections;

/// <summary>
/// The one row that acts wait at which change what drivers study, and by which every process sees that something changed
/// (<see cref="StudyReader"/>).
/// </summary>
public sealed class StudyShelfRow
{
    public int Id { get; init; }

    /// <summary>How often the sections in use were changed.</summary>
    public int Changes { get; init; }
}

internal sealed class StudyShelfMapping : IEntityTypeConfiguration<StudyShelfRow>
{
    public void Configure(EntityTypeBuilder<StudyShelfRow> builder)
    {
        builder.ToTable("study_shelf", t => t.HasCheckConstraint("ck_study_shelf_one", "id = 1"));
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasData(new StudyShelfRow { Id = 1 });
    }
}

internal sealed class SectionVersionMapping : IEntityTypeConfiguration<SectionVersion>
{
    public void Configure(EntityTypeBuilder<SectionVersion> builder)
    {
        builder.ToTable(
            "section_versions",
            t =>
            {
                t.HasTrigger("tr_section_versions_frozen");
                t.HasCheckConstraint("ck_section_versions_two_persons", "reviewed_by_id <> drafted_by_id");
                // What came with the product has no drafter; what an editor wrote is in use only after a review.
                t.HasCheckConstraint(
                    "ck_section_versions_reviewed",
                    "state <> 'Published' OR (published_at IS NOT NULL AND (drafted_by_id IS NULL OR (reviewed_by_id IS NOT NULL AND return_reason IS NULL)))"
                );
            }
        );
        builder.Ignore(s => s.Content);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.SectionId).HasMaxLength(SectionContent.IdLimit);
        builder.Property(s => s.Number).HasColumnName("version_number");
        builder.Property(s => s.Order).HasColumnName("reading_order");
        builder.Property(s => s.Title).HasJsonText();
        builder.Property(s => s.Text).HasJsonText();
        builder.Property(s => s.Articles).HasJsonText();
        builder.Property(s => s.DraftedByName).HasMaxLength(40);
        builder.Property(s => s.DraftedByKey).HasMaxLength(32);
        builder.Property(s => s.ReviewedByName).HasMaxLength(40);
        builder.Property(s => s.ReturnReason).HasMaxLength(Drafting.ReasonLimit);
        builder.Property(s => s.RetiredByName).HasMaxLength(40);
        builder.Property(s => s.Revision).IsConcurrencyToken();
        builder.HasIndex(s => new { s.SectionId, s.Number }).IsUnique();
        // At most one version of a section is in use.
        builder
            .HasIndex(s => s.SectionId)
            .HasFilter("state = 'Published'")
            .IsUnique()
            .HasDatabaseName("ux_section_versions_one_published");
        // And at most one is being worked on, so that nobody's words are lost to another draft.
        builder
            .HasIndex(s => s.SectionId, "ux_section_versions_one_open")
            .HasFilter("state IN ('Draft', 'InReview')")
            .IsUnique();
        builder.HasOne<StudyVideoRow>().WithMany().HasForeignKey(s => s.VideoId);
    }
}
