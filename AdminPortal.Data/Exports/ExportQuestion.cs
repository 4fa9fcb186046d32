using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Exports;

namespace AdminPortal.Data.Exports;

/// <summary>Which list an export is of, narrowed as it was on its page. Kept as text with the export and in the audit trail.</summary>
[JsonDerivedType(typeof(CasesAsked), "cases")]
[JsonDerivedType(typeof(BlacklistAsked), "blacklist")]
[JsonDerivedType(typeof(AttendancesAsked), "attendances")]
[JsonDerivedType(typeof(FiguresAsked), "figures")]
[JsonDerivedType(typeof(AuditAsked), "audit")]
public abstract record ExportQuestion
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    [JsonIgnore]
    public abstract ExportedList List { get; }

    public string ToText() => JsonSerializer.Serialize(this, Json);

    public static ExportQuestion Parse(string text) => JsonSerializer.Deserialize<ExportQuestion>(text, Json)!;
}

/// <summary>The queue.</summary>
public sealed record CasesAsked(QueueQuery Query) : ExportQuestion
{
    public override ExportedList List => ExportedList.Cases;
}

/// <param name="State">Only entries in this state, or null for all.</param>
public sealed record BlacklistAsked(BlacklistState? State) : ExportQuestion
{
    public override ExportedList List => ExportedList.Blacklist;
}

/// <param name="State">Only those in this state, or null for all.</param>
public sealed record AttendancesAsked(AttendanceState? State) : ExportQuestion
{
    public override ExportedList List => ExportedList.Attendances;
}

/// <summary>What a figure counted.</summary>
/// <param name="Part">Only this part of it, or null for all.</param>
public sealed record FiguresAsked(StatisticsQuestion Question, Figure Figure, string? Part) : ExportQuestion
{
    public override ExportedList List => ExportedList.Figures;
}

/// <summary>A search of the audit trail.</summary>
public sealed record AuditAsked(AuditSearch Search) : ExportQuestion
{
    public override ExportedList List => ExportedList.Audit;
}
