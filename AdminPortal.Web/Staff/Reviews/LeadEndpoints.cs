using AdminPortal.Data.Casework;
using AdminPortal.Domain.Casework;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>Where leads were before they were cases: links of old papers and bookmarks still open. A case has the id of its lead.</summary>
internal static class LeadEndpoints
{
    public static void MapLeads(this IEndpointRouteBuilder app)
    {
        app.MapGet("/staff/leads", (string? state) => Results.Redirect(PathOf(state)))
            .RequireAuthorization(SignIns.Staff);
        app.MapGet("/staff/leads/{id:guid}", (Guid id) => Results.Redirect($"/staff/reviews/{id}"))
            .RequireAuthorization(SignIns.Staff);
    }

    /// <param name="state">Open, dismissed or led to a proposal, as the old list wrote it; without it what is open.</param>
    internal static string PathOf(string? state) =>
        new QueueAddress(
            new QueueQuery(
                state is null or "" || state.Equals("open", StringComparison.OrdinalIgnoreCase)
                    ? QueueFilter.All
                    : QueueFilter.Decided,
                CaseKind.Lead
            )
        ).Path;
}
