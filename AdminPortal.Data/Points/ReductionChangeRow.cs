using AdminPortal.Domain.Blacklists;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Points;

/// <summary>What is done to a reduction after it was applied.</summary>
public enum ReductionChangeKind
{
    /// <summary>The points are put back on the licence: the reduction rested on fraud (N-31).</summary>
    Revoke,

    /// <summary>The points are taken off again: the appeal was upheld (S1-40).</summary>
    Retake,
}

/// <summary>Where a change stands at the points gateway.</summary>
public enum ReductionChangeState
{
    /// <summary>Decided; not sent yet.</summary>
    Waiting,

    /// <summary>Sent or being sent; the answer is not known. Only a query may follow, never a new request.</summary>
    Unknown,
    Applied,
    Refused,

    /// <summary>There was nothing to change: the reduction itself was refused, or the entry was lifted before anything was sent.</summary>
    Dropped,
}

/// <summary>
/// A revocation of a reduction, or its repetition: the ledger and, at once, the order to the points gateway. Its id is its key
/// there for ever, as a reduction's is its own. One of each kind per entry.
/// </summary>
public sealed class ReductionChangeRow
{
    /// <summary>The key at the gateway, for ever.</summary>
    public Guid Id { get; init; }
    public Guid ReductionId { get; init; }

    /// <summary>1, 2, 3 … of one reduction: each waits for the one before it.</summary>
    public int Number { get; init; }
    public Guid EntryId { get; init; }
    public ReductionChangeKind Kind { get; init; }
    public ReductionChangeState State { get; set; }
    public DateTimeOffset DecidedAt { get; init; }
    public DateTimeOffset NextAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>The gateway's reason for a refusal.</summary>
    public string? Reason { get; set; }
    public int Version { get; set; }
}

internal sealed class ReductionChangeMapping : IEntityTypeConfiguration<ReductionChangeRow>
{
    public void Configure(EntityTypeBuilder<ReductionChangeRow> builder)
    {
        builder.ToTable(
            "reduction_changes",
            t =>
                t.HasCheckConstraint(
                    "ck_reduction_changes_settled",
                    "(state IN ('Waiting', 'Unknown') AND settled_at IS NULL) "
                        + "OR (state NOT IN ('Waiting', 'Unknown') AND settled_at IS NOT NULL)"
                )
        );
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Number).HasColumnName("change_number");
        builder.Property(c => c.Reason).HasMaxLength(500);
        builder.Property(c => c.Version).IsConcurrencyToken();
        // Revoked once and taken off again once, whatever happens at once (N-31, S1-40).
        builder.HasIndex(c => new { c.EntryId, c.Kind }).IsUnique().HasDatabaseName("ux_reduction_changes_once");
        builder.HasIndex(c => new { c.ReductionId, c.Number }).IsUnique();
        builder.HasIndex(c => c.NextAt).HasFilter("settled_at IS NULL").HasDatabaseName("ix_reduction_changes_open");
        builder.HasOne<ReductionRow>().WithMany().HasForeignKey(c => c.ReductionId);
        builder.HasOne<BlacklistEntry>().WithMany().HasForeignKey(c => c.EntryId);
    }
}
