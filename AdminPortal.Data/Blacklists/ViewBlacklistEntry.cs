using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Points;
using AdminPortal.Data.Privacy;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Blacklists;

/// <summary>What was done to the reduction of the entry's round.</summary>
public sealed record ReductionChangeView(
    ReductionChangeKind Kind,
    ReductionChangeState State,
    DateTimeOffset DecidedAt,
    DateTimeOffset? SettledAt,
    string? Reason
);

/// <summary>An entry as the officers see it.</summary>
/// <param name="Round">The round it is about, or null.</param>
/// <param name="AppealCase">The appeal against it, or null.</param>
/// <param name="MayCheck">Null when the viewer may confirm or decline; else why not.</param>
/// <param name="Clocks">The clocks as stamped; those a confirmation today would stamp, while it waits; null once declined.</param>
public sealed record BlacklistDesk(
    BlacklistEntry Entry,
    string MaskedName,
    string MaskedIdNumber,
    RoundView? Round,
    IReadOnlyList<ReductionChangeView> Changes,
    Guid? AppealCase,
    Refusal? MayCheck,
    BlacklistClocks? Clocks
);

/// <summary>Opens an entry. Looking is an act: it is recorded before anything is shown (N-33).</summary>
public sealed record ViewBlacklistEntry(Guid EntryId) : ICommand<BlacklistDesk>
{
    public Permission Permission => Permission.ProposeBlacklisting;

    public async Task<Outcome<BlacklistDesk>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var entry = await db
            .BlacklistEntries.AsNoTracking()
            .SingleOrDefaultAsync(e => e.Id == EntryId && scope.Actor.Authorities.Contains(e.Authority), ct);
        if (entry is null)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var driver = await db
            .Drivers.AsNoTracking()
            .Include(d => d.Licence)
            .SingleAsync(d => d.Id == entry.DriverId, ct);
        var changes = await db
            .ReductionChanges.Where(c => c.EntryId == EntryId)
            .OrderBy(c => c.Number)
            .Select(c => new ReductionChangeView(c.Kind, c.State, c.DecidedAt, c.SettledAt, c.Reason))
            .ToListAsync(ct);
        var appeal = await db
            .Cases.Where(c => c.Kind == CaseKind.Appeal && c.SubjectId == EntryId)
            .Select(c => (Guid?)c.Id)
            .SingleOrDefaultAsync(ct);
        scope.Audit("BlacklistEntry", entry.Id, entry.DriverId);
        return new BlacklistDesk(
            entry,
            Mask.Name(scope.Cipher.OpenName(driver.Name)),
            Mask.IdNumber(scope.Cipher.OpenIdNumber(driver.IdNumber)),
            entry.RoundId is { } round ? await RoundView.ReadAsync(db, scope.Schemes, round, ct) : null,
            changes,
            appeal,
            entry.Check(driver.IdNumberKey, scope.Actor),
            entry.State == BlacklistState.Proposed && driver.Licence is { } licence
                ? BlacklistClocks.From(licence.FirstLicensedOn, scope.Today)
                : entry.Clocks
        );
    }
}
