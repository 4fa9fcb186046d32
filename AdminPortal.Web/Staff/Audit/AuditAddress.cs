using AdminPortal.Data.Audit;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Staff.Audit;

/// <summary>A search of the trail as the query string holds it, so that Back works and a search can be handed on.</summary>
public sealed record AuditAddress(string? Badge, string? Act, string? Subject, string? Driver, string? Before)
{
    /// <summary>Nothing was submitted: nothing is searched, for a search is itself recorded.</summary>
    public bool IsEmpty => this == new AuditAddress(null, null, null, null, null);

    /// <summary>A driver's id that is none: said at the field, nothing is searched.</summary>
    public bool DriverIsWrong => !string.IsNullOrWhiteSpace(Driver) && !Guid.TryParse(Driver, out _);

    public AuditSearch Search =>
        new(
            Badge,
            Act,
            Subject,
            Guid.TryParse(Driver, out var driver) ? driver : null,
            long.TryParse(Before, out var before) ? before : null
        );

    // An empty search keeps its empty badge: "everything, newest first" is a search too.
    public string Path =>
        QueryHelpers.AddQueryString(
            "/staff/audit",
            new Dictionary<string, string?>
            {
                ["badge"] = Badge ?? "",
                ["act"] = Blank(Act),
                ["subject"] = Blank(Subject),
                ["driver"] = Blank(Driver),
                ["before"] = Blank(Before),
            }.Where(pair => pair.Value is not null)
        );

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
