using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Audit;

/// <summary>
/// One entry of the audit trail: who did or looked at what, when and why (N-33). Append-only by trigger; each entry's hash
/// covers the one before, so that nothing can be altered, removed or put in between unnoticed.
/// </summary>
public sealed class AuditRow
{
    /// <summary>1, 2, 3 … without gaps.</summary>
    public long Number { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The name of the <see cref="Domain.Access.ActorKind"/>; text, so that a tampered one can be read and named.</summary>
    public required string ActorKind { get; init; }
    public Guid ActorId { get; init; }
    public required string ActorName { get; init; }

    /// <summary>The name of the command.</summary>
    public required string Act { get; init; }

    /// <summary>What the act was about, such as Case or Round.</summary>
    public required string SubjectKind { get; init; }
    public required string SubjectId { get; init; }

    /// <summary>The driver concerned, or null.</summary>
    public Guid? DriverId { get; init; }

    /// <summary>Facts of the act as JSON; never a name, number or other text that identifies a person.</summary>
    public required string Details { get; init; }

    /// <summary>HMAC-SHA256 over the hash before and every other column.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>The end of the chain; one row. Updating it orders the writers.</summary>
public sealed class AuditHeadRow
{
    public int Id { get; init; }
    public long Number { get; set; }
    public required byte[] Hash { get; set; }
}

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit_entries", t => t.HasTrigger("tr_audit_entries_append_only"));
        builder.HasKey(a => a.Number);
        builder.Property(a => a.Number).HasColumnName("entry_number").ValueGeneratedNever();
        builder.Property(a => a.At).HasColumnName("happened_at");
        builder.Property(a => a.ActorKind).HasMaxLength(40);
        builder.Property(a => a.ActorName).HasMaxLength(40);
        builder.Property(a => a.Act).HasMaxLength(60);
        builder.Property(a => a.SubjectKind).HasMaxLength(40);
        builder.Property(a => a.SubjectId).HasMaxLength(60);
        builder.Property(a => a.Hash).HasMaxLength(32);
        builder.HasIndex(a => new { a.DriverId, a.Number });
        builder.HasIndex(a => new
        {
            a.SubjectKind,
            a.SubjectId,
            a.Number,
        });
        builder.HasIndex(a => new { a.ActorId, a.Number });
        builder.HasIndex(a => a.At);
    }
}

internal sealed class AuditHeadMapping : IEntityTypeConfiguration<AuditHeadRow>
{
    public void Configure(EntityTypeBuilder<AuditHeadRow> builder)
    {
        builder.ToTable("audit_head", t => t.HasCheckConstraint("ck_audit_head_one", "id = 1"));
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Hash).HasMaxLength(32);
        builder.HasData(
            new AuditHeadRow
            {
                Id = 1,
                Number = 0,
                Hash = new byte[32],
            }
        );
    }
}
