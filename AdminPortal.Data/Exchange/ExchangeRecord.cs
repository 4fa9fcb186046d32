using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPortal.Data.Drivers;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Schemes;

namespace AdminPortal.Data.Exchange;

/// <summary>One line of an exchange file; see docs/exchange.md for the format.</summary>
[JsonPolymorphic(
    TypeDiscriminatorPropertyName = "record",
    UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization
)]
[JsonDerivedType(typeof(HeaderRecord), "header")]
[JsonDerivedType(typeof(AuthorityRecord), "authority")]
[JsonDerivedType(typeof(PersonRecord), "driver")]
[JsonDerivedType(typeof(LicenceRecord), "licence")]
[JsonDerivedType(typeof(VehicleRecord), "vehicle")]
[JsonDerivedType(typeof(ViolationRecord), "violation")]
[JsonDerivedType(typeof(EntryRecord), "entry")]
public abstract record ExchangeRecord
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>What is wrong with the record by itself, or null.</summary>
    public abstract string? Defect();
}

/// <summary>The first line: format, when the data were taken, where they come from.</summary>
public sealed record HeaderRecord(string Format, DateTimeOffset AsOf, string Source) : ExchangeRecord
{
    public const string KnownFormat = "adminportal-exchange/1";

    public override string? Defect() =>
        Format != KnownFormat ? $"format must be {KnownFormat}"
        : Source.Length is 0 or > 100 ? "source must have 1 to 100 characters"
        : null;
}

/// <summary>Which scheme the drivers of an issuing authority fall under.</summary>
/// <param name="Hotline">The authority's own service number, digits and hyphens; null when it has none.</param>
public sealed record AuthorityRecord(
    string Code,
    string Name,
    string Scheme,
    DateOnly From,
    DateOnly? To = null,
    string? Hotline = null
) : ExchangeRecord
{
    public override string? Defect() =>
        !PlateFormat.IsAuthority(Code) ? "code is not an issuing authority"
        : Name.Length is 0 or > 100 ? "name must have 1 to 100 characters"
        : To < From ? "to is before from"
        : Hotline is { } number && !SchemeAssignment.IsHotline(number) ? "hotline is not a telephone number"
        : null;
}

/// <summary>A record about one person, named by the identity number.</summary>
public abstract record PersonalRecord(string IdNumber) : ExchangeRecord
{
    /// <summary>The canonical number; valid once <see cref="Defect"/> is null.</summary>
    [JsonIgnore]
    public ResidentId Id =>
        ResidentId.TryParse(IdNumber, out var id)
            ? id
            : throw new InvalidOperationException("The number is not valid.");

    public sealed override string? Defect() =>
        ResidentId.TryParse(IdNumber, out _) ? OwnDefect() : "idNumber is not a valid resident identity number";

    private protected abstract string? OwnDefect();
}

/// <summary>A driver. The photo is a file beside the exchange file.</summary>
public sealed record PersonRecord(string IdNumber, string Name, string Mobile, string? Photo = null)
    : PersonalRecord(IdNumber)
{
    private protected override string? OwnDefect() =>
        TypedText.HalfWidth(Name).Length is 0 or > 60 ? "name must have 1 to 60 characters"
        : Domain.Drivers.Mobile.Normalise(Mobile) is null ? "mobile is not a mobile number"
        : Photo is not null && (Path.IsPathRooted(Photo) || Photo.Contains("..", StringComparison.Ordinal))
            ? "photo must be a path beside the file"
        : null;
}

/// <summary>A driver's licence and points.</summary>
public sealed record LicenceRecord(
    string IdNumber,
    string Authority,
    string Classes,
    string Status,
    DateOnly FirstLicensedOn,
    int Points,
    int PointsReducedElsewhere = 0,
    bool International = false
) : PersonalRecord(IdNumber)
{
    private protected override string? OwnDefect() =>
        !PlateFormat.IsAuthority(Authority) ? "authority is not an issuing authority"
        : !LicenceClass.IsValid(Classes) ? "classes names an unknown class"
        : !Domain.Drivers.LicenceStatus.IsValid(Status) ? "status has an unknown or repeated letter"
        : Points is < 0 or > 99 ? "points must be 0 to 99"
        : PointsReducedElsewhere is < 0 or > 6 ? "pointsReducedElsewhere must be 0 to 6"
        : FirstLicensedOn < Id.BirthDate ? "firstLicensedOn is before birth"
        : null;
}

/// <summary>A vehicle in the driver's name.</summary>
public sealed record VehicleRecord(
    string IdNumber,
    string Plate,
    DateOnly InspectedUntil,
    DateOnly? DeregisterBy = null,
    bool Deregistered = false
) : PersonalRecord(IdNumber)
{
    private protected override string? OwnDefect() => PlateFormat.IsPlate(Plate) ? null : "plate is not a plate number";
}

/// <summary>A violation on the driver's record.</summary>
/// <param name="RevokedOn">The day the penalty was revoked (N-16), or null.</param>
public sealed record ViolationRecord(
    string IdNumber,
    string Number,
    string Code,
    DateOnly On,
    int Points,
    DateOnly? HandledOn = null,
    DateOnly? PaidOn = null,
    DateOnly? RevokedOn = null
) : PersonalRecord(IdNumber)
{
    private protected override string? OwnDefect() =>
        Number.Length is 0 or > 40 ? "number must have 1 to 40 characters"
        : Code.Length is 0 or > 10 ? "code must have 1 to 10 characters"
        : Points is not (0 or 1 or 3 or 6 or 9 or 12) ? "points must be 0, 1, 3, 6, 9 or 12 (N-07, N-28)"
        : HandledOn < On || PaidOn < On || RevokedOn < On ? "handled, paid or revoked before it happened"
        : null;
}

/// <summary>Another dated entry: full-mark education, a serious offence, fraud, the blacklist.</summary>
public sealed record EntryRecord(string IdNumber, RecordKind Kind, DateOnly On, DateOnly? Until = null)
    : PersonalRecord(IdNumber)
{
    private protected override string? OwnDefect() =>
        (Kind == RecordKind.Blacklist) != (Until is not null) ? "until belongs to, and only to, a blacklist entry"
        : Until < On ? "until is before on"
        : null;
}
