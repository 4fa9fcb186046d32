using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Calendar;

/// <summary>A year whose notice was published after the product shipped.</summary>
public sealed class CalendarYearRow
{
    public int Year { get; init; }
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>The notice it was taken from.</summary>
    public required string Source { get; init; }
}

/// <summary>A day of such a notice.</summary>
public sealed class CalendarDayRow
{
    public DateOnly Date { get; init; }
    public int Year { get; init; }
    public required string Name { get; init; }
    public bool Working { get; init; }
}

internal sealed class CalendarYearMapping : IEntityTypeConfiguration<CalendarYearRow>
{
    public void Configure(EntityTypeBuilder<CalendarYearRow> builder)
    {
        builder.ToTable("calendar_years");
        builder.HasKey(y => y.Year);
        builder.Property(y => y.Year).HasColumnName("calendar_year").ValueGeneratedNever();
        builder.Property(y => y.Source).HasMaxLength(200);
    }
}

internal sealed class CalendarDayMapping : IEntityTypeConfiguration<CalendarDayRow>
{
    public void Configure(EntityTypeBuilder<CalendarDayRow> builder)
    {
        builder.ToTable("calendar_days");
        builder.HasKey(d => d.Date);
        builder.Property(d => d.Date).HasColumnName("calendar_date");
        builder.Property(d => d.Year).HasColumnName("notice_year");
        builder.Property(d => d.Name).HasMaxLength(40);
        builder.Property(d => d.Working).HasColumnName("is_working");
        builder.HasOne<CalendarYearRow>().WithMany().HasForeignKey(d => d.Year);
    }
}
