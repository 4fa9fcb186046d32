using System.Globalization;
using AdminPortal.Data.Audit;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Staff.Audit;

/// <summary>A search of the trail as the query string holds it, so that Back works and a search can be handed on.</summary>
public sealed record AuditAddress(
    string? Badge,
    string? Act,
    string? Subject,
    string? Driver,
    string? Before,
    string? From = null,
    string? To = null
)
{
    /// <summary>Every field is blank: with <see cref="Everything"/> in the address the whole trail, without it no search yet.</summary>
    public bool IsBlank => this == new AuditAddress(null, null, null, null, null);

    /// <summary>The word of the query string that asks for the whole trail.</summary>
    public const string Everything = "all";

    public static AuditAddress Of(
        string? badge,
        string? act,
        string? subject,
        string? driver,
        string? before,
        string? from = null,
        string? to = null
    ) => new(Blank(badge), Blank(act), Blank(subject), Blank(driver), Blank(before), Blank(from), Blank(to));

    /// <summary>A driver's id that is none: said at the field, nothing is searched.</summary>
    public bool DriverIsWrong => Driver is not null && !Guid.TryParse(Driver, out _);

    public AuditSearch Search =>
        new(
            Badge,
            Act,
            Subject,
            Guid.TryParse(Driver, out var driver) ? driver : null,
            long.TryParse(Before, out var before) ? before : null,
            DayOf(From),
            DayOf(To)
        );

    public string Path =>
        QueryHelpers.AddQueryString(
            "/staff/audit",
            new Dictionary<string, string?>
            {
                [Everything] = IsBlank ? "1" : null,
                ["badge"] = Badge,
                ["act"] = Act,
                ["subject"] = Subject,
                ["driver"] = Driver,
                ["from"] = From,
                ["to"] = To,
                ["before"] = Before,
            }.Where(pair => pair.Value is not null)
        );

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    private static string? Blank(string? text) => SearchWords.Of(text);
}
