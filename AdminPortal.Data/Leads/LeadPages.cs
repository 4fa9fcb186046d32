using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Leads;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Leads;

/// <summary>A lead in the officers' list. No personal data: that is shown with the lead, where looking at it is recorded.</summary>
public sealed record LeadLine(
    Guid Id,
    LeadKind Kind,
    string Authority,
    LeadState State,
    LeadEvidence Evidence,
    DateTimeOffset FoundAt,
    string? ClosedByName,
    DateTimeOffset? ClosedAt
);

/// <summary>A page of the list.</summary>
/// <param name="Counts">How many there are in each state, of the kind that is shown; states without any are left out.</param>
public sealed record LeadPage(IReadOnlyList<LeadLine> Lines, bool HasMore, IReadOnlyDictionary<LeadState, int> Counts)
{
    /// <summary>How many a list with this filter has.</summary>
    public int Count(LeadState? state) => state is { } one ? Counts.GetValueOrDefault(one) : Counts.Values.Sum();
}

/// <summary>The officers' list of leads.</summary>
public sealed class LeadPages(IDbContextFactory<PortalDb> databases)
{
    public const int PageSize = 50;

    /// <summary>Those of the officer's authorities, open ones first; null when the actor may not see them.</summary>
    /// <param name="state">Only those in this state, or null for all.</param>
    /// <param name="kind">Only those of this kind, or null for all.</param>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<LeadPage?> ListAsync(
        ActorRef who,
        LeadState? state,
        LeadKind? kind,
        int page,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.WorkLeads))
        {
            return null;
        }
        var visible = LeadRows.Visible(db, actor).AsNoTracking().Where(l => kind == null || l.Kind == kind);
        var counts = await visible
            .GroupBy(l => l.State)
            .Select(g => new { State = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.State, g => g.Count, ct);
        var (lines, hasMore) = state is { } wanted
            ? await ListPages.ReadAsync(Lines(visible.Where(l => l.State == wanted)), page, PageSize, ct)
            : await ListPages.ReadAsync(
                Lines(visible.Where(l => l.State == LeadState.Open)),
                counts.GetValueOrDefault(LeadState.Open),
                Lines(visible.Where(l => l.State != LeadState.Open)),
                page,
                PageSize,
                ct
            );
        return new LeadPage(lines, hasMore, counts);
    }

    private static IQueryable<LeadLine> Lines(IQueryable<Lead> leads) =>
        leads
            .OrderByDescending(l => l.FoundAt)
            .ThenByDescending(l => l.Id)
            .Select(l => new LeadLine(
                l.Id,
                l.Kind,
                l.Authority,
                l.State,
                l.Evidence,
                l.FoundAt,
                l.ClosedByName,
                l.ClosedAt
            ));
}
