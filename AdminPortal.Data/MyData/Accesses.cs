using System.Text.Json;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Leads;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.MyData;

/// <summary>Whose acts about a driver are asked for.</summary>
public enum AccessBy
{
    /// <summary>Police staff and operators.</summary>
    Others,

    /// <summary>The driver, and whoever asked for a sign-in code under the driver's name.</summary>
    Me,

    /// <summary>The product by itself.</summary>
    Product,
}

/// <summary>
/// One act about a driver, as the driver may see it: unit and roles answer for it, the officer by name or badge does not
/// (decision 005).
/// </summary>
/// <param name="Unit">The officer's unit; null for others.</param>
/// <param name="Roles">The officer's roles as held now.</param>
/// <param name="Act">The name of the command; for everything officers do about a lead the one of looking.</param>
/// <param name="CaseId">The case it was done for, or null.</param>
public sealed record Access(
    long Number,
    DateTimeOffset At,
    ActorKind By,
    string? Unit,
    IReadOnlyList<Role> Roles,
    string Act,
    Guid? CaseId
);

/// <summary>The trail of one driver.</summary>
internal static class Accesses
{
    private static readonly Dictionary<AccessBy, string[]> Kinds = new()
    {
        [AccessBy.Others] = [nameof(ActorKind.Staff), nameof(ActorKind.Operator)],
        [AccessBy.Me] = [nameof(ActorKind.Driver), nameof(ActorKind.Anonymous)],
        [AccessBy.Product] = [nameof(ActorKind.System)],
    };

    /// <summary>Newest first. The index on driver and number serves both the filter and the order.</summary>
    public static IQueryable<AuditRow> Of(PortalDb db, Guid driverId, AccessBy by)
    {
        var kinds = Kinds[by];
        return db
            .AuditEntries.AsNoTracking()
            .Where(e => e.DriverId == driverId && kinds.Contains(e.ActorKind))
            .OrderByDescending(e => e.Number);
    }

    public static async Task<IReadOnlyList<Access>> ReadAsync(
        PortalDb db,
        IReadOnlyList<AuditRow> entries,
        CancellationToken ct
    )
    {
        var staffKind = nameof(ActorKind.Staff);
        var ids = entries.Where(e => e.ActorKind == staffKind).Select(e => e.ActorId).Distinct().ToList();
        var staff = await db
            .Users.AsNoTracking()
            .Where(u => ids.Contains(u.Id))
            .Select(u => new
            {
                u.Id,
                u.Unit,
                Roles = u.Roles.Select(r => r.Role).ToList(),
            })
            .ToDictionaryAsync(u => u.Id, ct);
        return
        [
            .. entries.Select(e =>
            {
                var officer = e.ActorKind == staffKind ? staff.GetValueOrDefault(e.ActorId) : null;
                return new Access(
                    e.Number,
                    e.At,
                    Enum.TryParse<ActorKind>(e.ActorKind, out var kind) ? kind : ActorKind.Anonymous,
                    officer?.Unit,
                    officer?.Roles.Order().ToArray() ?? [],
                    ActOf(e),
                    CaseOf(e)
                );
            }),
        ];
    }

    // That somebody looked, whose unit and when is the driver's to know; that there is a lead, and how it is worked, is not: it
    // would tell what is looked for (D-LEAD).
    // A proposal out of a lead is one of the things done with it: a confirmed one is told to them with its reason.
    private static string ActOf(AuditRow entry) =>
        entry.Act == nameof(ProposeFromLead) ? Looked
        : entry.SubjectKind != "Lead" ? entry.Act
        : entry.ActorKind == nameof(ActorKind.Staff) ? Looked
        : nameof(FindLeads);

    /// <summary>The name of an act of before, whose words are: an officer looked at study and exam records.</summary>
    private const string Looked = "ViewLead";

    private static Guid? CaseOf(AuditRow entry)
    {
        if (entry.SubjectKind == "Case")
        {
            return Guid.TryParse(entry.SubjectId, out var id) ? id : null;
        }
        using var details = JsonDocument.Parse(entry.Details);
        return
            details.RootElement.ValueKind == JsonValueKind.Object
            && details.RootElement.TryGetProperty("case", out var named)
            && named.ValueKind == JsonValueKind.String
            && named.TryGetGuid(out var @case)
            ? @case
            : null;
    }
}
