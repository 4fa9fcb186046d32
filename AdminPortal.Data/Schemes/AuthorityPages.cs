using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Schemes;

/// <summary>Which authorities a list shows. Empty fields do not filter.</summary>
/// <param name="Text">Part of code or name.</param>
/// <param name="SchemeId">Of the newest assignment.</param>
public sealed record AuthorityFilter(string? Text, string? SchemeId);

/// <summary>An authority in the list.</summary>
/// <param name="Running">Null when it works under none today.</param>
/// <param name="Next">The assignment that begins later; null when there is none.</param>
/// <param name="IsProposed">A proposal about it waits for its second person.</param>
public sealed record AuthorityLine(
    string Code,
    string Name,
    string? Hotline,
    SchemePeriod? Running,
    SchemePeriod? Next,
    bool IsProposed
);

/// <summary>A page of the list.</summary>
/// <param name="New">Authorities that are proposed and not there yet.</param>
public sealed record AuthorityList(
    IReadOnlyList<AuthorityLine> Lines,
    bool HasMore,
    IReadOnlyList<SchemeAssignment> New,
    IReadOnlyList<string> SchemeIds
);

/// <summary>One authority with its dated line of schemes.</summary>
/// <param name="Name">Null while it is only proposed.</param>
/// <param name="Version">To be handed back with a change.</param>
/// <param name="Periods">Newest first.</param>
/// <param name="Assignments">What was proposed, newest first; the first may wait.</param>
/// <param name="OpenRounds">Rounds that are open now: they keep the scheme they began under.</param>
/// <param name="Accounts">Accounts of staff that answer for it.</param>
/// <param name="MayCheck">Null when the viewer may confirm or decline what waits; else why not.</param>
/// <param name="SchemeIds">The schemes there are.</param>
public sealed record AuthorityView(
    string Code,
    string? Name,
    string? Hotline,
    int Version,
    IReadOnlyList<SchemePeriod> Periods,
    IReadOnlyList<SchemeAssignment> Assignments,
    int OpenRounds,
    int Accounts,
    Refusal? MayCheck,
    IReadOnlyList<string> SchemeIds,
    DateOnly Today
)
{
    /// <summary>What waits for its second person.</summary>
    public SchemeAssignment? Proposed => Assignments.FirstOrDefault(a => a.State == AssignmentState.Proposed);

    /// <summary>Why what waits could not be confirmed now; null when it could.</summary>
    public Refusal? Fault { get; init; }
}

/// <summary>The issuing authorities and what each works under, as system administrators see them.</summary>
public sealed class AuthorityPages(IDbContextFactory<PortalDb> databases, SchemeCatalogue schemes, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>Authorities by code; null when the actor may not see them.</summary>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<AuthorityList?> ListAsync(ActorRef who, AuthorityFilter filter, int page, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ManageAuthorities))
        {
            return null;
        }
        var (newest, hasMore) = await ListPages.ReadAsync(Newest(db, filter), page, PageSize, ct);
        var codes = newest.Select(a => a.Authority).ToList();
        var periods = (
            await db.Authorities.AsNoTracking().Where(a => codes.Contains(a.Authority)).ToListAsync(ct)
        ).ToLookup(a => a.Authority);
        var proposed = await db
            .SchemeAssignments.AsNoTracking()
            .Where(a => a.State == AssignmentState.Proposed)
            .OrderBy(a => a.Authority)
            .ToListAsync(ct);
        var today = ChinaTime.DateOf(clock.GetUtcNow());
        return new AuthorityList(
            [
                .. newest.Select(a => new AuthorityLine(
                    a.Authority,
                    a.Name,
                    a.Hotline,
                    Assignments
                        .Periods(periods[a.Authority])
                        .LastOrDefault(p => p.From <= today && (p.To is null || p.To >= today)),
                    Assignments.Periods(periods[a.Authority]).FirstOrDefault(p => p.From > today),
                    proposed.Any(p => p.Authority == a.Authority)
                )),
            ],
            hasMore,
            [.. proposed.Where(p => p.NewName is not null)],
            Ids()
        );
    }

    /// <summary>One authority, also one that is only proposed; null when there is none or the actor may not see it.</summary>
    public async Task<AuthorityView?> FindAsync(ActorRef who, string code, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ManageAuthorities))
        {
            return null;
        }
        var rows = await db.Authorities.AsNoTracking().Where(a => a.Authority == code).ToListAsync(ct);
        var proposals = await db
            .SchemeAssignments.AsNoTracking()
            .Where(a => a.Authority == code)
            .OrderByDescending(a => a.ProposedAt)
            .Take(20)
            .ToListAsync(ct);
        if (rows.Count == 0 && proposals.Count == 0)
        {
            return null;
        }
        var last = rows.MaxBy(a => a.From);
        var periods = Assignments.Periods(rows);
        var today = ChinaTime.DateOf(clock.GetUtcNow());
        var view = new AuthorityView(
            code,
            last?.Name,
            last?.Hotline,
            last?.Version ?? 0,
            [.. periods.Reverse()],
            proposals,
            await OpenRounds(db, code).CountAsync(ct),
            await db.Users.CountAsync(u => u.IsActive && u.Authorities.Any(a => a.Authority == code), ct),
            proposals.FirstOrDefault(a => a.State == AssignmentState.Proposed)?.Check(actor),
            Ids(),
            today
        );
        return view.Proposed is { } open
            ? view with
            {
                Fault = SchemeAssignment.PlaceFault(open.SchemeId, open.From, periods, schemes, today),
            }
            : view;
    }

    /// <summary>Rounds of an authority that are under way.</summary>
    internal static IQueryable<Round> OpenRounds(PortalDb db, string code) =>
        db.Rounds.Where(r => r.Authority == code && r.State != RoundState.Reduced && r.State != RoundState.Void);

    // One row of each authority, the newest.
    private static IQueryable<AuthorityRow> Newest(PortalDb db, AuthorityFilter filter)
    {
        var newest = db
            .Authorities.AsNoTracking()
            .Where(a => !db.Authorities.Any(later => later.Authority == a.Authority && later.From > a.From));
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var text = filter.Text.Trim();
            newest = newest.Where(a => a.Authority.Contains(text) || a.Name.Contains(text));
        }
        if (!string.IsNullOrWhiteSpace(filter.SchemeId))
        {
            newest = newest.Where(a => a.SchemeId == filter.SchemeId);
        }
        return newest.OrderBy(a => a.Authority);
    }

    private IReadOnlyList<string> Ids() => [.. schemes.All.Select(s => s.Id).Distinct()];
}
