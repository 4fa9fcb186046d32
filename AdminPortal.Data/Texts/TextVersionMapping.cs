using AdminPortal.Domain.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Texts;

internal sealed class TextVersionMapping : IEntityTypeConfiguration<TextVersion>
{
    public void Configure(EntityTypeBuilder<TextVersion> builder)
    {
        builder.ToTable(
            "text_versions",
            t =>
            {
                t.HasTrigger("tr_text_versions_frozen");
                // Anybody may discard; it takes another person to publish.
                t.HasCheckConstraint(
                    "ck_text_versions_two_persons",
                    "state <> 'Published' OR (settled_by_id <> drafted_by_id AND "
                        + "(settled_by_key IS NULL OR drafted_by_key IS NULL OR settled_by_key <> drafted_by_key))"
                );
                t.HasCheckConstraint(
                    "ck_text_versions_settled",
                    "(state = 'Draft' AND settled_by_id IS NULL AND settled_at IS NULL) "
                        + "OR (state <> 'Draft' AND settled_by_id IS NOT NULL AND settled_at IS NOT NULL)"
                );
                t.HasCheckConstraint(
                    "ck_text_versions_label",
                    "(label IS NOT NULL AND state = 'Published' AND kind <> 'Message') "
                        + "OR (label IS NULL AND (state <> 'Published' OR kind = 'Message'))"
                );
            }
        );
        builder.Ignore(t => t.Content);
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Name).HasMaxLength(40);
        builder.Property(t => t.Number).HasColumnName("version_number");
        builder.Property(t => t.Label).HasMaxLength(20);
        builder.Property(t => t.DraftedByName).HasMaxLength(40);
        builder.Property(t => t.DraftedByKey).HasMaxLength(32);
        builder.Property(t => t.SettledByName).HasMaxLength(40);
        builder.Property(t => t.SettledByKey).HasMaxLength(32);
        builder.Property(t => t.Revision).IsConcurrencyToken();
        builder.HasIndex(t => new { t.Name, t.Number }).IsUnique();
        builder
            .HasIndex(t => new { t.Name, t.Label })
            .HasFilter("label IS NOT NULL")
            .IsUnique()
            .HasDatabaseName("ux_text_versions_label");
        // One draft of a text at a time: nobody's words are lost to another draft, and versions come into force in their order.
        builder.HasIndex(t => t.Name, "ux_text_versions_one_draft").HasFilter("state = 'Draft'").IsUnique();
    }
}
