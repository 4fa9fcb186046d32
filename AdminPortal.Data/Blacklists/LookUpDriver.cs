using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Points;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Blacklists;

/// <summary>A round an entry may be about.</summary>
public sealed record RoundChoice(Guid Id, DateTimeOffset OpenedAt, RoundState State, ReductionState? Reduction);

/// <summary>What an officer sees of a driver before proposing an entry; masked.</summary>
public sealed record DriverLookUp(
    Guid DriverId,
    string MaskedName,
    string MaskedIdNumber,
    string Authority,
    IReadOnlyList<RoundChoice> Rounds
);

/// <summary>
/// Looks a driver up by identity number, with a reason. Every look-up is recorded with it, also one that finds nobody (N-33).
/// </summary>
/// <param name="Reason">Why the officer looks; stands in the audit trail.</param>
public sealed record LookUpDriver(string? IdNumber, string? Reason) : ICommand<DriverLookUp?>
{
    /// <summary>The longest reason, in characters.</summary>
    public const int ReasonLimit = 200;

    public Permission Permission => Permission.ProposeBlacklisting;

    public async Task<Outcome<DriverLookUp?>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, why) = (scope.Db, Reason?.Trim() ?? "");
        if (!ResidentId.TryParse(IdNumber, out var id))
        {
            return new Refusal(RefusalCode.IdNumberInvalid, "idNumber");
        }
        if (why.Length is 0 or > ReasonLimit)
        {
            return why.Length == 0
                ? new Refusal(RefusalCode.ReasonRequired, "why", 1)
                : new Refusal(RefusalCode.FieldTooLong, "why", ReasonLimit);
        }
        if (await DriverSearch.FindAsync(scope, id, why, ct) is not { } driver)
        {
            return (DriverLookUp?)null;
        }
        var rounds = await (
            from round in db.Rounds
            where round.DriverId == driver.Id
            orderby round.OpenedAt descending
            select new RoundChoice(
                round.Id,
                round.OpenedAt,
                round.State,
                db.Reductions.Where(r => r.RoundId == round.Id).Select(r => (ReductionState?)r.State).FirstOrDefault()
            )
        )
            .Take(12)
            .ToListAsync(ct);
        return new DriverLookUp(
            driver.Id,
            Mask.Name(scope.Cipher.OpenName(driver.Name)),
            Mask.IdNumber(scope.Cipher.OpenIdNumber(driver.IdNumber)),
            driver.Licence!.Authority,
            rounds
        );
    }
}

/// <summary>
/// An officer proposes to put a driver on the blacklist. Nothing follows from it until another person confirms it.
/// </summary>
/// <param name="Description">What happened; the driver will read it.</param>
/// <param name="RoundId">The round it is about, or null.</param>
public sealed record ProposeBlacklisting(Guid DriverId, BlacklistGround Ground, string? Description, Guid? RoundId)
    : ICommand<Guid>
{
    public Permission Permission => Permission.ProposeBlacklisting;

    public Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct) =>
        ProposeAsync(scope, this, null, ct);

    /// <summary>The one way to a proposal, with or without a lead it came of.</summary>
    internal static async Task<Outcome<Guid>> ProposeAsync(
        CommandScope scope,
        ProposeBlacklisting asked,
        Guid? lead,
        CancellationToken ct
    )
    {
        var db = scope.Db;
        var (driverId, ground, description, roundId) = asked;
        var driver = await db
            .Drivers.AsNoTracking()
            .Include(d => d.Licence)
            .SingleOrDefaultAsync(d => d.Id == driverId, ct);
        if (driver?.Licence is not { } licence || !scope.Actor.Authorities.Contains(licence.Authority))
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (roundId is { } round && !await db.Rounds.AnyAsync(r => r.Id == round && r.DriverId == driverId, ct))
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (await db.BlacklistEntries.AnyAsync(e => e.DriverId == driverId && e.State == BlacklistState.Proposed, ct))
        {
            return new Refusal(RefusalCode.ProposalExists);
        }
        var proposed = BlacklistEntry.Propose(
            Guid.CreateVersion7(scope.Now),
            driverId,
            licence.Authority,
            ground,
            description,
            roundId,
            driver.IdNumberKey,
            scope.Actor,
            scope.Now
        );
        if (proposed is not Outcome<BlacklistEntry>.Done { Value: var entry })
        {
            return ((Outcome<BlacklistEntry>.Refused)proposed).Refusal;
        }
        db.BlacklistEntries.Add(entry);
        scope.Audit(
            "BlacklistEntry",
            entry.Id,
            driverId,
            new
            {
                ground,
                round = roundId,
                lead,
            }
        );
        return entry.Id;
    }
}
