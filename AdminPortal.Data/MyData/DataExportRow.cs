using AdminPortal.Data.Drivers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.MyData;

/// <summary>The files a driver's data can be had in.</summary>
public enum ExportFormat
{
    Json,
    Excel,
}

/// <summary>
/// A copy of their data that a driver took. The number is part of the key: of two requests at once one is written, the other
/// runs again and finds the minute not over (decision 004).
/// </summary>
public sealed class DataExportRow
{
    public Guid DriverId { get; init; }

    /// <summary>1, 2, 3 … for each driver.</summary>
    public int Number { get; init; }
    public DateTimeOffset At { get; init; }
    public ExportFormat Format { get; init; }
}

internal sealed class DataExportMapping : IEntityTypeConfiguration<DataExportRow>
{
    public void Configure(EntityTypeBuilder<DataExportRow> builder)
    {
        builder.ToTable("data_exports");
        builder.HasKey(e => new { e.DriverId, e.Number });
        builder.Property(e => e.Number).HasColumnName("export_number").ValueGeneratedNever();
        builder.Property(e => e.At).HasColumnName("exported_at");
        builder.Property(e => e.Format).HasColumnName("file_format");
        builder.HasOne<DriverRow>().WithMany().HasForeignKey(e => e.DriverId);
    }
}
