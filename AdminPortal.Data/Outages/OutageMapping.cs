using AdminPortal.Data.Drivers;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Outages;

/// <summary>That an outage was reckoned for a round, and what it gave back: written once, so it is reckoned once.</summary>
public sealed class OutageEffectRow
{
    public Guid OutageId { get; init; }
    public Guid RoundId { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>True when the outage touched the round at all; the others were only looked at.</summary>
    public bool IsHit { get; init; }
    public int Voided { get; init; }
    public int Discounted { get; init; }
    public int SecondsRestored { get; init; }
    public RoundAct? Act { get; init; }
    public DeadlineKind? Window { get; init; }

    /// <summary>The end of a window that was moved; null for one that began anew or awaits the calendar.</summary>
    public DateTimeOffset? EndBefore { get; init; }
    public DateTimeOffset? EndAfter { get; init; }
    public OutageLeft? Left { get; init; }
}

internal sealed class OutageMapping : IEntityTypeConfiguration<Outage>
{
    public void Configure(EntityTypeBuilder<Outage> builder)
    {
        builder.ToTable(
            "outages",
            t =>
            {
                t.HasCheckConstraint("ck_outages_span", "ends_at > begins_at");
                t.HasCheckConstraint(
                    "ck_outages_maker_checker",
                    "checked_by_id IS NULL OR checked_by_id <> declared_by_id"
                );
                t.HasCheckConstraint(
                    "ck_outages_checked",
                    "(state = 'Declared' AND checked_by_id IS NULL AND checked_at IS NULL) "
                        + "OR (state <> 'Declared' AND checked_by_id IS NOT NULL AND checked_at IS NOT NULL)"
                );
                t.HasCheckConstraint(
                    "ck_outages_declined",
                    "(state = 'Declined' AND decline_reason IS NOT NULL) OR (state <> 'Declined' AND decline_reason IS NULL)"
                );
                t.HasCheckConstraint("ck_outages_completed", "completed_at IS NULL OR state = 'Confirmed'");
            }
        );
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.From).HasColumnName("begins_at");
        builder.Property(o => o.To).HasColumnName("ends_at");
        builder.Property(o => o.Reason).HasMaxLength(Outage.TextLimit);
        builder.Property(o => o.DeclineReason).HasMaxLength(Outage.TextLimit);
        builder.Property(o => o.DeclaredByName).HasMaxLength(40);
        builder.Property(o => o.DeclaredByKey).HasMaxLength(32);
        builder.Property(o => o.CheckedByName).HasMaxLength(40);
        builder.Property(o => o.Version).IsConcurrencyToken();
        builder.Ignore(o => o.Span);
        builder.Ignore(o => o.SpoilsFaces);
        builder.HasIndex(o => new { o.DeclaredAt, o.Id }).HasDatabaseName("ix_outages_newest");
        builder.HasIndex(o => new { o.State, o.DeclaredAt });
        builder
            .HasIndex(o => o.CheckedAt)
            .HasFilter("state = 'Confirmed' AND completed_at IS NULL")
            .HasDatabaseName("ix_outages_to_apply");
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(o => o.DriverId);
        builder.HasMany(o => o.Authorities).WithOne().HasForeignKey(a => a.OutageId);
        builder.Navigation(o => o.Authorities).AutoInclude();
    }
}

internal sealed class OutageAuthorityMapping : IEntityTypeConfiguration<OutageAuthority>
{
    public void Configure(EntityTypeBuilder<OutageAuthority> builder)
    {
        builder.ToTable("outage_authorities");
        builder.HasKey(a => new { a.OutageId, a.Authority });
        builder.Property(a => a.Authority).HasMaxLength(8);
    }
}

internal sealed class OutageEffectMapping : IEntityTypeConfiguration<OutageEffectRow>
{
    public void Configure(EntityTypeBuilder<OutageEffectRow> builder)
    {
        builder.ToTable("outage_effects");
        // Each outage is reckoned once for each round, however many processes and batches there are.
        builder.HasKey(e => new { e.OutageId, e.RoundId });
        builder.Property(e => e.At).HasColumnName("reckoned_at");
        builder.Property(e => e.Window).HasColumnName("window_kind");
        builder.Property(e => e.Left).HasColumnName("left_because");
        builder.HasIndex(e => e.RoundId);
        builder.HasOne<Outage>().WithMany().HasForeignKey(e => e.OutageId);
        builder.HasOne<Round>().WithMany().HasForeignKey(e => e.RoundId);
    }
}
