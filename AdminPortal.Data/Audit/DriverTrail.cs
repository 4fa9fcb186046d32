using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Audit;

/// <summary>Who looked at a driver and did something about them. Not who the driver is: the auditor need not learn it.</summary>
/// <param name="DriverId">The driver as the trail names them.</param>
public sealed record DriverTrail(Guid DriverId, IReadOnlyList<AuditLine> Lines, long? Next);

/// <summary>
/// The auditor asks who looked at a driver, by identity number, or by the number of a case, a round or a ticket. It takes a reason,
/// and the search is an entry of the trail itself, which the driver sees (N-33).
/// </summary>
/// <param name="Reason">Required.</param>
/// <param name="Before">Only entries before this number, for the next page.</param>
public sealed record SearchDriverTrail(string? Number, string? Reason, long? Before) : ICommand<DriverTrail?>
{
    /// <summary>The longest reason, in characters.</summary>
    public const int ReasonLimit = 200;

    private static readonly string[] People = [nameof(ActorKind.Staff), nameof(ActorKind.Operator)];

    public Permission Permission => Permission.ViewAudit;

    public async Task<Outcome<DriverTrail?>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var number = TypedText.HalfWidth(Number);
        if (number.Length == 0)
        {
            return new Refusal(RefusalCode.FieldRequired, "number");
        }
        var reason = Reason?.Trim() ?? "";
        if (reason.Length is 0 or > ReasonLimit)
        {
            return reason.Length == 0
                ? new Refusal(RefusalCode.ReasonRequired, "reason", 1)
                : new Refusal(RefusalCode.FieldTooLong, "reason", ReasonLimit);
        }
        var found = await DriverOfAsync(scope, number, ct);
        scope.Audit("Driver", found?.ToString() ?? "none", found, new { reason });
        if (found is not { } driver)
        {
            return (DriverTrail?)null;
        }
        var before = Before ?? long.MaxValue;
        var entries = await scope
            .Db.AuditEntries.AsNoTracking()
            .Where(e => e.DriverId == driver && e.Number < before && People.Contains(e.ActorKind))
            .OrderByDescending(e => e.Number)
            .Take(SearchAudit.PageSize + 1)
            .ToListAsync(ct);
        var more = entries.Count > SearchAudit.PageSize;
        return new DriverTrail(
            driver,
            [.. entries.Take(SearchAudit.PageSize).Select(SearchAudit.LineOf)],
            more ? entries[SearchAudit.PageSize - 1].Number : null
        );
    }

    private static async Task<Guid?> DriverOfAsync(CommandScope scope, string number, CancellationToken ct)
    {
        var db = scope.Db;
        if (ResidentId.TryParse(number, out var person))
        {
            var key = scope.Cipher.IdNumberKey(person);
            return await db.Drivers.Where(d => d.IdNumberKey == key).Select(d => (Guid?)d.Id).SingleOrDefaultAsync(ct);
        }
        var ticket = number.ToUpperInvariant();
        if (
            await db
                .FeedbackTickets.Where(f => f.Number == ticket)
                .Select(f => (Guid?)f.DriverId)
                .SingleOrDefaultAsync(ct) is
            { } asker
        )
        {
            return asker;
        }
        return Guid.TryParse(number, out var id) ? await OfIdAsync(db, id, ct)
            : number.Length == 8 && number.All(char.IsAsciiHexDigit) ? await OfEndAsync(db, number, ct)
            : null;
    }

    private static async Task<Guid?> OfIdAsync(PortalDb db, Guid id, CancellationToken ct) =>
        await db.Cases.Where(c => c.Id == id).Select(c => (Guid?)c.DriverId).SingleOrDefaultAsync(ct)
        ?? await db.Rounds.Where(r => r.Id == id).Select(r => (Guid?)r.DriverId).SingleOrDefaultAsync(ct);

    // The short number that people say on the telephone is the end of an id. No index serves it: an auditor's question is rare.
    private static async Task<Guid?> OfEndAsync(PortalDb db, string end, CancellationToken ct)
    {
        var (lower, upper) = (end.ToLowerInvariant(), end.ToUpperInvariant());
        return await db
                .Cases.Where(c => c.Id.ToString().EndsWith(lower) || c.Id.ToString().EndsWith(upper))
                .OrderBy(c => c.Id)
                .Select(c => (Guid?)c.DriverId)
                .FirstOrDefaultAsync(ct)
            ?? await db
                .Rounds.Where(r => r.Id.ToString().EndsWith(lower) || r.Id.ToString().EndsWith(upper))
                .OrderBy(r => r.Id)
                .Select(r => (Guid?)r.DriverId)
                .FirstOrDefaultAsync(ct);
    }
}

/// <summary>Writes down that somebody had the trail verified, and what came out.</summary>
internal sealed record NoteVerification(long Entries, bool IsWhole) : ICommand<Unit>
{
    public Permission Permission => Permission.ViewAudit;

    public Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        scope.Audit("Audit", "verification", null, new { Entries, IsWhole });
        return Task.FromResult<Outcome<Unit>>(new Unit());
    }
}

/// <summary>The auditor has the whole trail verified from the page; that it was done stands in the trail.</summary>
public sealed class AuditProofs(CommandRunner runner, AuditVerifier verifier, IDbContextFactory<PortalDb> databases)
{
    /// <summary>Null when the actor may not.</summary>
    public async Task<AuditVerdict?> RunAsync(ActorRef who, CancellationToken ct)
    {
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ViewAudit))
            {
                return null;
            }
        }
        var verdict = await verifier.VerifyAsync(ct);
        await runner.RunAsync(new NoteVerification(verdict.Entries, verdict.Fault is null), who, ct);
        return verdict;
    }
}
