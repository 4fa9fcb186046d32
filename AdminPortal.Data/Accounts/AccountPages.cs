using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>Which accounts a list shows. Empty fields do not filter.</summary>
/// <param name="Text">Part of badge, name or unit.</param>
public sealed record AccountFilter(string? Text, string? Authority, Role? Role, AccountState? State)
{
    public static AccountFilter None { get; } = new(null, null, null, null);
}

/// <summary>An account in the list.</summary>
/// <param name="Proposals">Grants that wait for their second person.</param>
public sealed record AccountLine(
    Guid Id,
    string Badge,
    string DisplayName,
    string UnitName,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<string> Authorities,
    AccountState State,
    DateTimeOffset? SignedInAt,
    int Proposals
);

/// <summary>A page of the list.</summary>
/// <param name="Authorities">Every authority some account answers for, to choose from.</param>
/// <param name="Proposals">Grants that wait for their second person, over all accounts.</param>
public sealed record AccountList(
    IReadOnlyList<AccountLine> Lines,
    bool HasMore,
    IReadOnlyList<string> Authorities,
    int Proposals
);

/// <summary>A grant as its account's page shows it.</summary>
/// <param name="MayCheck">Null when the viewer may confirm or decline it; else why not.</param>
public sealed record GrantView(
    Guid Id,
    Role Role,
    RoleGrantState State,
    string Reason,
    string ProposedByName,
    DateTimeOffset ProposedAt,
    string? CheckedByName,
    DateTimeOffset? CheckedAt,
    string? DeclineReason,
    Refusal? MayCheck
);

/// <summary>One account with all that may be done to it.</summary>
/// <param name="Version">To be handed back with a change.</param>
/// <param name="IsKnownPerson">True when the identity number was given: then nobody is given their own case.</param>
/// <param name="Passkeys">How many the person has.</param>
/// <param name="HasPassword">False until the person has enrolled.</param>
/// <param name="MayChange">Null when the viewer may act on it; else why not.</param>
public sealed record AccountView(
    AccountLine Line,
    string Version,
    bool IsKnownPerson,
    bool HasPassword,
    DateTimeOffset OpenedAt,
    DateTimeOffset? LockedUntil,
    DateTimeOffset? DormantSince,
    DateTimeOffset? ActivationExpiresAt,
    DateTimeOffset? ClosedAt,
    string? ClosedReason,
    int Passkeys,
    IReadOnlyList<GrantView> Grants,
    Refusal? MayChange
);

/// <summary>The administrators' pages about accounts of staff.</summary>
public sealed class AccountPages(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>Accounts by badge; null when the actor may not see them.</summary>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<AccountList?> ListAsync(ActorRef who, AccountFilter filter, int page, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ViewAccounts))
        {
            return null;
        }
        var now = clock.GetUtcNow();
        var found = Filtered(db, filter, now);
        var rows = await Lines(
                db,
                found.OrderBy(u => u.NormalizedUserName).Skip(ListPages.Offset(page, PageSize)).Take(PageSize + 1)
            )
            .ToListAsync(ct);
        return new AccountList(
            [.. rows.Take(PageSize).Select(r => r.LineAt(now))],
            rows.Count > PageSize,
            await db.Set<StaffAuthorityRow>().Select(a => a.Authority).Distinct().Order().ToListAsync(ct),
            await db.RoleGrants.CountAsync(g => g.State == RoleGrantState.Proposed, ct)
        );
    }

    /// <summary>One account; null when there is none or the actor may not see it.</summary>
    public async Task<AccountView?> FindAsync(ActorRef who, Guid staffId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ViewAccounts))
        {
            return null;
        }
        var now = clock.GetUtcNow();
        if (await Lines(db, db.Users.Where(u => u.Id == staffId)).SingleOrDefaultAsync(ct) is not { } row)
        {
            return null;
        }
        var grants = await db
            .RoleGrants.AsNoTracking()
            .Where(g => g.StaffId == staffId)
            .OrderByDescending(g => g.ProposedAt)
            .Take(20)
            .ToListAsync(ct);
        var staff = row.Staff;
        return new AccountView(
            row.LineAt(now),
            staff.ConcurrencyStamp ?? "",
            staff.PersonKey is not null,
            staff.PasswordHash is not null,
            staff.OpenedAt,
            staff.LockoutEnd > now ? staff.LockoutEnd : null,
            staff.DormantSince,
            staff.ActivationKey is null ? null : staff.ActivationExpiresAt,
            staff.ClosedAt,
            staff.ClosedReason,
            await db.Passkeys.CountAsync(p => p.StaffId == staffId, ct),
            [
                .. grants.Select(g => new GrantView(
                    g.Id,
                    g.Role,
                    g.State,
                    g.Reason,
                    g.ProposedByName,
                    g.ProposedAt,
                    g.CheckedByName,
                    g.CheckedAt,
                    g.DeclineReason,
                    g.Check(staff.PersonKey, actor)
                )),
            ],
            StaffAccounts.MayChange(actor, staffId, staff.PersonKey)
        );
    }

    private static IQueryable<StaffUser> Filtered(PortalDb db, AccountFilter filter, DateTimeOffset now)
    {
        var found = db.Users.AsQueryable();
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var text = filter.Text.Trim();
            var badge = text.ToUpperInvariant();
            found = found.Where(u =>
                u.NormalizedUserName!.Contains(badge) || u.DisplayName.Contains(text) || u.Unit.Contains(text)
            );
        }
        if (filter.Authority is { } authority)
        {
            found = found.Where(u => u.Authorities.Any(a => a.Authority == authority));
        }
        if (filter.Role is { } role)
        {
            found = found.Where(u => u.Roles.Any(r => r.Role == role));
        }
        return filter.State is { } state ? InState(found, state, now) : found;
    }

    // The same order of questions as StaffAccounts.StateOf.
    private static IQueryable<StaffUser> InState(
        IQueryable<StaffUser> accounts,
        AccountState state,
        DateTimeOffset now
    ) =>
        state switch
        {
            AccountState.Closed => accounts.Where(u => !u.IsActive),
            AccountState.Dormant => accounts.Where(u => u.IsActive && u.DormantSince != null),
            AccountState.Invited => Open(accounts).Where(u => u.ActivationKey != null),
            AccountState.Locked => Open(accounts).Where(u => u.ActivationKey == null && u.LockoutEnd > now),
            AccountState.Active => Open(accounts)
                .Where(u => u.ActivationKey == null && (u.LockoutEnd == null || u.LockoutEnd <= now)),
        };

    private static IQueryable<StaffUser> Open(IQueryable<StaffUser> accounts) =>
        accounts.Where(u => u.IsActive && u.DormantSince == null);

    private static IQueryable<Row> Lines(PortalDb db, IQueryable<StaffUser> accounts) =>
        accounts
            .AsNoTracking()
            .Select(u => new Row(
                u,
                u.Roles.Select(r => r.Role).ToList(),
                u.Authorities.Select(a => a.Authority).ToList(),
                db.RoleGrants.Count(g => g.StaffId == u.Id && g.State == RoleGrantState.Proposed)
            ));

    private sealed record Row(StaffUser Staff, List<Role> Roles, List<string> Authorities, int Proposals)
    {
        public AccountLine LineAt(DateTimeOffset now) =>
            new(
                Staff.Id,
                Staff.UserName ?? "",
                Staff.DisplayName,
                Staff.Unit,
                [.. Roles.Order()],
                [.. Authorities.Order(StringComparer.Ordinal)],
                StaffAccounts.StateOf(
                    Staff.IsActive,
                    Staff.DormantSince is not null,
                    Staff.ActivationKey is not null,
                    Staff.LockoutEnd,
                    now
                ),
                Staff.SignedInAt,
                Proposals
            );
    }
}
