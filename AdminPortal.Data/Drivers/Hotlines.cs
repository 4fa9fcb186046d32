using AdminPortal.Data.Calendar;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Drivers;

/// <summary>The numbers a driver may call and whether somebody answers now (S0-22, S0-23).</summary>
/// <param name="Own">The authority's own number beside the national one, or null.</param>
/// <param name="OwnName">Whose number it is.</param>
/// <param name="Hours">On working days; null when the authority never was open for the service.</param>
/// <param name="State">Null with the hours.</param>
public sealed record HotlineView(string? Own, string? OwnName, Ruled<OfficeHours>? Hours, OfficeHoursState? State)
{
    /// <summary>The traffic police's service number all over the country (S0-22).</summary>
    public const string National = "12123";

    /// <summary>What is known about somebody whose authority is not known.</summary>
    public static HotlineView NationalOnly { get; } = new(null, null, null, null);
}

/// <summary>Reads the hotline of an authority.</summary>
internal static class Hotlines
{
    public static async Task<HotlineView> ReadAsync(
        PortalDb db,
        SchemeCatalogue schemes,
        string? authority,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (authority is null)
        {
            return HotlineView.NationalOnly;
        }
        var today = ChinaTime.DateOf(now);
        var row = await db
            .Authorities.AsNoTracking()
            .Where(a => a.Authority == authority && a.From <= today)
            .OrderByDescending(a => a.From)
            .FirstOrDefaultAsync(ct);
        var scheme = await AuthoritySchemes.LastAsync(db, schemes, authority, today, ct);
        return new HotlineView(
            row?.Hotline,
            row?.Name,
            scheme?.HotlineHours,
            scheme is null
                ? null
                : OfficeHoursState.At(now, scheme.HotlineHours.Value, await CalendarStore.LoadAsync(db, ct))
        );
    }
}
