using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Sections;

/// <summary>A video for study sections. It never changes: another one is another video.</summary>
public sealed class StudyVideoRow
{
    public Guid Id { get; init; }

    /// <summary>Small letters, digits and hyphens: part of an address.</summary>
    public string Name { get; init; } = "";
    public BilingualText Title { get; init; } = new("", "");

    /// <summary>How long it runs, rounded.</summary>
    public int Seconds { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }

    /// <summary>Null for the videos that came with the product.</summary>
    public Guid? UploadedById { get; init; }

    /// <summary>Badge number.</summary>
    public string? UploadedByName { get; init; }
    public DateTimeOffset UploadedAt { get; init; }
}

/// <summary>The files of a video.</summary>
public enum VideoFileKind
{
    Video,
    Poster,
    ChineseCaptions,
    EnglishCaptions,
}

/// <summary>A file of a video; its bytes lie in parts, so that a piece of it is read without the rest.</summary>
public sealed class StudyVideoFileRow
{
    public Guid VideoId { get; init; }
    public VideoFileKind Kind { get; init; }
    public string ContentType { get; init; } = "";
    public long Size { get; init; }

    /// <summary>Bytes of every part but the last.</summary>
    public int PartSize { get; init; }

    /// <summary>SHA-256 of the file in hexadecimal digits.</summary>
    public string Digest { get; init; } = "";
}

/// <summary>A part of a file. Not sealed: every driver may see it.</summary>
public sealed class StudyVideoPartRow
{
    public Guid VideoId { get; init; }
    public VideoFileKind Kind { get; init; }

    /// <summary>0, 1, 2 …</summary>
    public int Ordinal { get; init; }
    public required byte[] Content { get; init; }
}

internal sealed class StudyVideoMapping : IEntityTypeConfiguration<StudyVideoRow>
{
    public void Configure(EntityTypeBuilder<StudyVideoRow> builder)
    {
        builder.ToTable("study_videos", t => t.HasTrigger("tr_study_videos_append_only"));
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.Property(v => v.Name).HasMaxLength(50);
        builder.Property(v => v.Title).HasJsonText();
        builder.Property(v => v.UploadedByName).HasMaxLength(40);
        builder.HasIndex(v => v.Name).IsUnique();
        builder.HasIndex(v => new { v.UploadedAt, v.Id }).HasDatabaseName("ix_study_videos_newest");
    }
}

internal sealed class StudyVideoFileMapping : IEntityTypeConfiguration<StudyVideoFileRow>
{
    public void Configure(EntityTypeBuilder<StudyVideoFileRow> builder)
    {
        builder.ToTable("study_video_files", t => t.HasTrigger("tr_study_video_files_append_only"));
        builder.HasKey(f => new { f.VideoId, f.Kind });
        builder.Property(f => f.ContentType).HasMaxLength(40);
        builder.Property(f => f.Digest).HasMaxLength(64);
        builder.HasOne<StudyVideoRow>().WithMany().HasForeignKey(f => f.VideoId);
    }
}

internal sealed class StudyVideoPartMapping : IEntityTypeConfiguration<StudyVideoPartRow>
{
    public void Configure(EntityTypeBuilder<StudyVideoPartRow> builder)
    {
        builder.ToTable("study_video_parts", t => t.HasTrigger("tr_study_video_parts_append_only"));
        builder.HasKey(p => new
        {
            p.VideoId,
            p.Kind,
            p.Ordinal,
        });
        builder.HasOne<StudyVideoFileRow>().WithMany().HasForeignKey(p => new { p.VideoId, p.Kind });
    }
}
