using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.IdPhotoChecks;

/// <summary>What a photo with the identity card adds to its case (S1-27, N-n7).</summary>
public sealed class IdPhotoRow
{
    public Guid CaseId { get; init; }
    public Guid RoundId { get; init; }

    /// <summary>1, 2, 3 within the round.</summary>
    public int Number { get; init; }
    public DateTimeOffset FiledAt { get; init; }
}

internal sealed class IdPhotoMapping : IEntityTypeConfiguration<IdPhotoRow>
{
    public void Configure(EntityTypeBuilder<IdPhotoRow> builder)
    {
        builder.ToTable("id_photo_checks");
        builder.HasKey(i => i.CaseId);
        builder.Property(i => i.CaseId).ValueGeneratedNever();
        builder.Property(i => i.Number).HasColumnName("photo_number");
        builder.HasIndex(i => new { i.RoundId, i.Number }).IsUnique();
        builder.HasOne<Case>().WithOne().HasForeignKey<IdPhotoRow>(i => i.CaseId);
        builder.HasOne<Round>().WithMany().HasForeignKey(i => i.RoundId);
    }
}
