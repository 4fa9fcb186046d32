using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Points;

/// <summary>Where the reduction of a round stands at the points gateway.</summary>
public enum ReductionState
{
    /// <summary>Reserved; not sent yet.</summary>
    Waiting,

    /// <summary>Sent or being sent; the answer is not known. Only a query may follow, never a new request.</summary>
    Unknown,
    Applied,
    Refused,

    /// <summary>Applied and put back again: it rested on fraud (N-31).</summary>
    Revoked,
}

/// <summary>
/// One point taken off in a cycle, by whichever route (N-27): the ledger and, at once, the order to the points gateway. The slot
/// is reserved before anything is sent, so that no race can exceed the cap; a refused reduction gives its slot back.
/// </summary>
public sealed class ReductionRow
{
    /// <summary>The key at the gateway, for ever: the round's id, or one of its own for an attendance.</summary>
    public Guid Id { get; init; }

    /// <summary>The round it is for; else an attendance.</summary>
    public Guid? RoundId { get; init; }
    public Guid? AttendanceId { get; init; }
    public Guid DriverId { get; init; }
    public DateOnly CycleStart { get; init; }

    /// <summary>1…6 within the cycle; null once refused or revoked.</summary>
    public int? Slot { get; set; }
    public int Points { get; init; }
    public ReductionState State { get; set; }
    public DateTimeOffset ReservedAt { get; init; }
    public DateTimeOffset NextAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>How much of it found no points to be taken from when it was applied (N-16).</summary>
    public int Surplus { get; set; }

    /// <summary>The gateway's reason for a refusal.</summary>
    public string? Reason { get; set; }
    public int Version { get; set; }
}

internal sealed class ReductionMapping : IEntityTypeConfiguration<ReductionRow>
{
    public void Configure(EntityTypeBuilder<ReductionRow> builder)
    {
        builder.ToTable(
            "reductions",
            t =>
            {
                t.HasCheckConstraint("ck_reductions_slot", "slot IS NULL OR slot BETWEEN 1 AND 6");
                t.HasCheckConstraint(
                    "ck_reductions_route",
                    "(round_id IS NOT NULL AND attendance_id IS NULL) OR (round_id IS NULL AND attendance_id IS NOT NULL)"
                );
                t.HasCheckConstraint("ck_reductions_surplus", "surplus BETWEEN 0 AND points");
                t.HasCheckConstraint(
                    "ck_reductions_refused",
                    // A revoked one holds a slot only while it is being taken off again.
                    "(state = 'Refused' AND slot IS NULL) OR state = 'Revoked' "
                        + "OR (state NOT IN ('Refused', 'Revoked') AND slot IS NOT NULL)"
                );
            }
        );
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => r.RoundId).HasFilter("round_id IS NOT NULL").IsUnique();
        builder.Property(r => r.Reason).HasMaxLength(500);
        builder.Property(r => r.Version).IsConcurrencyToken();
        // At most six per cycle over all routes (N-25): six slots, each taken once.
        builder
            .HasIndex(r => new
            {
                r.DriverId,
                r.CycleStart,
                r.Slot,
            })
            .HasFilter("slot IS NOT NULL")
            .IsUnique()
            .HasDatabaseName("ux_reductions_slot");
        builder.HasIndex(r => r.NextAt).HasFilter("settled_at IS NULL").HasDatabaseName("ix_reductions_open");
        builder.HasOne<Round>().WithMany().HasForeignKey(r => r.RoundId);
        builder.HasOne<Attendance>().WithMany().HasForeignKey(r => r.AttendanceId);
    }
}
