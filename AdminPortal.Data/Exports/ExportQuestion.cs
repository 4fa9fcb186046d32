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
    public ExportedList List =>
        this switch
        {
            CasesAsked => ExportedList.Cases,
            BlacklistAsked => ExportedList.Blacklist,
            AttendancesAsked => ExportedList.Attendances,
            FiguresAsked => ExportedList.Figures,
            AuditAsked => ExportedList.Audit,
            _ => throw new NotSupportedException($"{GetType().Name} is no list."),
        };

    public string ToText() => JsonSerializer.Serialize(this, Json);

    /// <summary>The same as a value, for the audit trail.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, Json);

    public static ExportQuestion Parse(string text) => JsonSerializer.Deserialize<ExportQuestion>(text, Json)!;
}

/// <summary>The queue.</summary>
public sealed record CasesAsked(QueueQuery Query) : ExportQuestion;

/// <param name="State">Only entries in this state, or null for all.</param>
public sealed record BlacklistAsked(BlacklistState? State) : ExportQuestion;

/// <param name="State">Only those in this state, or null for all.</param>
public sealed record AttendancesAsked(AttendanceState? State) : ExportQuestion;

/// <summary>What a figure counted.</summary>
/// <param name="Part">Only this part of it, or null for all.</param>
public sealed record FiguresAsked(StatisticsQuestion Question, Figure Figure, string? Part) : ExportQuestion;

/// <summary>A search of the audit trail.</summary>
public sealed record AuditAsked(AuditSearch Search) : ExportQuestion;
