using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Schemes;

/// <summary>
/// A system administrator proposes a new issuing authority with its first scheme. It is there once another one has confirmed;
/// nobody's rights change by it: accounts are given an authority one by one.
/// </summary>
/// <param name="AssignmentId">Made by the form, so that the same form sent twice is one proposal.</param>
/// <param name="Code">Such as 渝A.</param>
/// <param name="Hotline">Null when it has no number of its own.</param>
/// <param name="From">Today or later.</param>
public sealed record AddAuthority(
    Guid AssignmentId,
    string Code,
    string? Name,
    string? Hotline,
    string SchemeId,
    DateOnly From
) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageAuthorities;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await Assignments.IsMineAsync(scope, AssignmentId, ct) is { } mine)
        {
            return mine;
        }
        var code = Code.Trim().ToUpperInvariant();
        if (!PlateFormat.IsAuthority(code))
        {
            return new Refusal(RefusalCode.AuthorityInvalid, "code", Code);
        }
        return await scope.Db.Authorities.AnyAsync(a => a.Authority == code, ct)
            ? new Refusal(RefusalCode.AuthorityKnown, "code")
            : await Assignments.ProposeAsync(scope, AssignmentId, code, Name, Hotline, SchemeId, From, [], ct);
    }
}

/// <summary>A system administrator changes how an authority is called and its service number; nothing else hangs on either.</summary>
/// <param name="SeenVersion">The version the change was made on.</param>
public sealed record ChangeAuthority(string Code, string? Name, string? Hotline, int SeenVersion) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageAuthorities;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var rows = await scope.Db.Authorities.Where(a => a.Authority == Code).OrderBy(a => a.From).ToListAsync(ct);
        if (rows.Count == 0)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if ((SchemeAssignment.NameFault(Name) ?? SchemeAssignment.HotlineFault(Hotline)) is { } fault)
        {
            return fault;
        }
        var (name, hotline) = (Name!.Trim(), string.IsNullOrWhiteSpace(Hotline) ? null : Hotline.Trim());
        var last = rows[^1];
        if ((last.Name, last.Hotline) == (name, hotline))
        {
            // The second click, or nothing changed.
            return new Unit();
        }
        if (last.Version != SeenVersion)
        {
            return new Refusal(RefusalCode.Stale, null, last.ChangedByName ?? "", last.ChangedAt ?? scope.Now);
        }
        // What is over keeps the name of its time.
        foreach (var row in rows.Where(r => r == last || r.To is null || r.To >= scope.Today))
        {
            (row.Name, row.Hotline) = (name, hotline);
            (row.ChangedByName, row.ChangedAt) = (scope.Actor.Name, scope.Now);
            row.Version++;
        }
        scope.Audit("Authority", Code, null, new { name, hotline });
        return new Unit();
    }
}

/// <summary>
/// A system administrator proposes that an authority works under a scheme from a day on. Rounds that are open then keep the
/// scheme they began under.
/// </summary>
/// <param name="AssignmentId">Made by the form, so that the same form sent twice is one proposal.</param>
/// <param name="From">Today or later; the running assignment ends the day before.</param>
public sealed record AssignScheme(Guid AssignmentId, string Authority, string SchemeId, DateOnly From) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageAuthorities;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await Assignments.IsMineAsync(scope, AssignmentId, ct) is { } mine)
        {
            return mine;
        }
        var rows = await scope.Db.Authorities.AsNoTracking().Where(a => a.Authority == Authority).ToListAsync(ct);
        return rows.Count == 0
            ? new Refusal(RefusalCode.NotFound)
            : await Assignments.ProposeAsync(scope, AssignmentId, Authority, null, null, SchemeId, From, rows, ct);
    }
}

/// <summary>Another system administrator confirms: the running assignment ends the day before, the new one follows.</summary>
public sealed record ConfirmAssignment(Guid AssignmentId) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageAuthorities;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (await db.SchemeAssignments.SingleOrDefaultAsync(a => a.Id == AssignmentId, ct) is not { } assignment)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (assignment.CheckedById == scope.Actor.Id && assignment.State == AssignmentState.Confirmed)
        {
            return new Unit();
        }
        var rows = await db.Authorities.Where(a => a.Authority == assignment.Authority).ToListAsync(ct);
        var periods = Assignments.Periods(rows);
        var confirmed = assignment.Confirm(periods, scope.Schemes, scope.Actor, scope.Today, scope.Now);
        if (confirmed is Outcome<Unit>.Refused)
        {
            return confirmed;
        }
        var last = rows.MaxBy(a => a.From);
        if (last is { To: null })
        {
            last.To = assignment.From.AddDays(-1);
            last.Version++;
            // The trigger looks at every statement: the old period ends first.
            await db.SaveChangesAsync(ct);
        }
        db.Authorities.Add(
            new AuthorityRow
            {
                Authority = assignment.Authority,
                From = assignment.From,
                Name = last?.Name ?? assignment.NewName!,
                Hotline = last is null ? assignment.NewHotline : last.Hotline,
                SchemeId = assignment.SchemeId,
                ChangedByName = scope.Actor.Name,
                ChangedAt = scope.Now,
                Version = last?.Version ?? 0,
            }
        );
        Assignments.Audit(scope, assignment);
        return confirmed;
    }
}

/// <summary>Another system administrator declines, with a reason its proposer reads.</summary>
public sealed record DeclineAssignment(Guid AssignmentId, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageAuthorities;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var found = await scope.Db.SchemeAssignments.SingleOrDefaultAsync(a => a.Id == AssignmentId, ct);
        if (found is not { } assignment)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (assignment.CheckedById == scope.Actor.Id && assignment.State == AssignmentState.Declined)
        {
            return new Unit();
        }
        var declined = assignment.Decline(Reason, scope.Actor, scope.Now);
        if (declined is Outcome<Unit>.Done)
        {
            Assignments.Audit(scope, assignment);
        }
        return declined;
    }
}

internal static class Assignments
{
    public static IReadOnlyList<SchemePeriod> Periods(IEnumerable<AuthorityRow> rows) =>
        [.. rows.OrderBy(a => a.From).Select(a => new SchemePeriod(a.SchemeId, a.From, a.To))];

    /// <summary>The answer to a form that was sent before; null when it was not.</summary>
    public static async Task<Outcome<Unit>?> IsMineAsync(CommandScope scope, Guid assignmentId, CancellationToken ct)
    {
        var proposer = await scope
            .Db.SchemeAssignments.Where(a => a.Id == assignmentId)
            .Select(a => (Guid?)a.ProposedById)
            .SingleOrDefaultAsync(ct);
        return proposer is null ? null
            : proposer == scope.Actor.Id ? new Unit()
            : new Refusal(RefusalCode.NotFound);
    }

    public static async Task<Outcome<Unit>> ProposeAsync(
        CommandScope scope,
        Guid id,
        string authority,
        string? name,
        string? hotline,
        string schemeId,
        DateOnly from,
        IReadOnlyList<AuthorityRow> rows,
        CancellationToken ct
    )
    {
        var proposed = SchemeAssignment.Propose(
            id,
            authority,
            name,
            hotline,
            schemeId,
            from,
            Periods(rows),
            scope.Schemes,
            scope.Actor,
            scope.Today,
            scope.Now
        );
        if (proposed is not Outcome<SchemeAssignment>.Done { Value: var assignment })
        {
            return ((Outcome<SchemeAssignment>.Refused)proposed).Refusal;
        }
        if (
            await scope.Db.SchemeAssignments.AnyAsync(
                a => a.Authority == authority && a.State == AssignmentState.Proposed,
                ct
            )
        )
        {
            return new Refusal(RefusalCode.AssignmentProposed);
        }
        scope.Db.SchemeAssignments.Add(assignment);
        Audit(scope, assignment);
        return new Unit();
    }

    public static void Audit(CommandScope scope, SchemeAssignment assignment) =>
        scope.Audit(
            "Authority",
            assignment.Authority,
            null,
            new
            {
                scheme = assignment.SchemeId,
                from = assignment.From,
                assignment.State,
                assignment.NewName,
                assignment.ProposedByName,
            }
        );
}
