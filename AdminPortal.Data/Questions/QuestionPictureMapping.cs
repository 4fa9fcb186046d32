using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Questions;

/// <summary>A picture on the shelf. A row is never changed: questions name it.</summary>
public sealed class QuestionPictureRow
{
    /// <summary>Such as P-0001. A name is given once: that of a picture that was removed is not given again.</summary>
    public required string Name { get; init; }

    /// <summary>The number in the name: the order of the shelf.</summary>
    public int Number { get; init; }

    /// <summary>SHA-256 of the bytes: the same picture stands on the shelf once.</summary>
    public required byte[] Digest { get; init; }
    public PictureFormat Format { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }
    public int Size { get; init; }
    public required byte[] Content { get; init; }

    /// <summary>Null for the pictures that came with the product.</summary>
    public Guid? UploadedById { get; init; }

    /// <summary>Badge number.</summary>
    public string? UploadedByName { get; init; }
    public DateTimeOffset UploadedAt { get; init; }
}

internal sealed class QuestionPictureMapping : IEntityTypeConfiguration<QuestionPictureRow>
{
    public void Configure(EntityTypeBuilder<QuestionPictureRow> builder)
    {
        builder.ToTable(
            "question_pictures",
            t =>
            {
                t.HasTrigger("tr_question_pictures_frozen");
                t.HasCheckConstraint(
                    "ck_question_pictures_size",
                    $"byte_count BETWEEN 1 AND {QuestionPictureFile.MostKept}"
                );
                t.HasCheckConstraint(
                    "ck_question_pictures_sides",
                    $"pixel_width BETWEEN {QuestionPictureFile.ShortestSide} AND {QuestionPictureFile.LongestSide} AND pixel_height BETWEEN {QuestionPictureFile.ShortestSide} AND {QuestionPictureFile.LongestSide}"
                );
            }
        );
        builder.HasKey(p => p.Name);
        builder.Property(p => p.Name).HasMaxLength(QuestionPicture.NameLimit).HasColumnName("picture_name");
        builder.Property(p => p.Number).HasColumnName("picture_number");
        builder.Property(p => p.Digest).HasMaxLength(32);
        builder.Property(p => p.Format).HasColumnName("picture_format");
        builder.Property(p => p.Width).HasColumnName("pixel_width");
        builder.Property(p => p.Height).HasColumnName("pixel_height");
        builder.Property(p => p.Size).HasColumnName("byte_count");
        builder.Property(p => p.UploadedByName).HasMaxLength(40);
        // The shelf is shown in its order, newest first.
        builder.HasIndex(p => p.Number).IsUnique().HasDatabaseName("ux_question_pictures_number");
        builder.HasIndex(p => p.Digest).IsUnique().HasDatabaseName("ux_question_pictures_digest");
    }
}
