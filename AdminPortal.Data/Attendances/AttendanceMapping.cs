using AdminPortal.Data.Drivers;
using AdminPortal.Domain.Attendances;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Attendances;

internal sealed class AttendanceMapping : IEntityTypeConfiguration<Attendance>
{
    public void Configure(EntityTypeBuilder<Attendance> builder)
    {
        builder.ToTable(
            "attendances",
            t =>
            {
                t.HasCheckConstraint(
                    "ck_attendances_maker_checker",
                    "checked_by_id IS NULL OR checked_by_id <> recorded_by_id"
                );
                t.HasCheckConstraint(
                    "ck_attendances_checked",
                    "(state = 'Recorded' AND checked_by_id IS NULL AND checked_at IS NULL) "
                        + "OR (state <> 'Recorded' AND checked_by_id IS NOT NULL AND checked_at IS NOT NULL)"
                );
                t.HasCheckConstraint(
                    "ck_attendances_points",
                    "(state = 'Confirmed' AND points BETWEEN 1 AND 6) OR (state <> 'Confirmed' AND points IS NULL)"
                );
                t.HasCheckConstraint(
                    "ck_attendances_declined",
                    "(state = 'Declined' AND decline_reason IS NOT NULL) OR (state <> 'Declined' AND decline_reason IS NULL)"
                );
            }
        );
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Authority).HasMaxLength(8);
        builder.Property(a => a.SchemeId).HasMaxLength(8);
        builder.Property(a => a.Place).HasMaxLength(Attendance.TextLimit);
        builder.Property(a => a.DeclineReason).HasMaxLength(Attendance.TextLimit);
        builder.Property(a => a.RecordedByName).HasMaxLength(40);
        builder.Property(a => a.RecordedByKey).HasMaxLength(32);
        builder.Property(a => a.CheckedByName).HasMaxLength(40);
        builder.Property(a => a.Version).IsConcurrencyToken();
        // One of each kind on a day, however many officers write it down (D-ATTENDANCE).
        builder
            .HasIndex(a => new
            {
                a.DriverId,
                a.Kind,
                a.HeldOn,
            })
            .HasFilter("state <> 'Declined'")
            .IsUnique()
            .HasDatabaseName("ux_attendances_once");
        builder.HasIndex(a => new
        {
            a.Authority,
            a.State,
            a.RecordedAt,
        });
        // The list over several authorities is in its order; what is not shown is passed over without looking it up.
        builder
            .HasIndex(a => new
            {
                a.RecordedAt,
                a.Id,
                a.Authority,
                a.State,
            })
            .HasDatabaseName("ix_attendances_newest");
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(a => a.DriverId);
    }
}
