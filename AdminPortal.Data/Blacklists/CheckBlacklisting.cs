using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Points;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Exams;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Blacklists;

/// <summary>
/// The second person confirms: the clocks are stamped (N-n9), an open round ends (S1-39), a reduction that rested on the fraud
/// is revoked (N-31), and the driver is told.
/// </summary>
public sealed record ConfirmBlacklisting(Guid EntryId) : ICommand<Unit>
{
    public Permission Permission => Permission.ConfirmBlacklisting;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (await Entries.DriverOfAsync(scope, EntryId, ct) is not { } driver)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        // An application at the same moment finds the entry, or its round is found here.
        await DriverQueue.EnterAsync(db, driver.Id, ct);
        var round = await Studies.OpenRoundAsync(db, driver.Id, ct);
        var attempt = round is null
            ? null
            : await db.ExamAttempts.SingleOrDefaultAsync(
                a => a.RoundId == round.Id && (a.FinishedAt == null || a.State == ExamState.Closing),
                ct
            );
        // The entry is read last: whatever another confirmation changed before it, the entry says so (decisions/004).
        var entry = await db.BlacklistEntries.SingleAsync(e => e.Id == EntryId, ct);
        if (entry.State == BlacklistState.InForce && entry.CheckedById == scope.Actor.Id)
        {
            // The second click of the same confirmation is the same success.
            return new Unit();
        }
        var licensedOn = await db
            .Licences.Where(l => l.DriverId == driver.Id)
            .Select(l => l.FirstLicensedOn)
            .SingleAsync(ct);
        var confirmed = entry.Confirm(licensedOn, scope.Today, driver.PersonKey, scope.Actor, scope.Now);
        if (confirmed is Outcome<Unit>.Refused)
        {
            return confirmed;
        }
        var ended = round?.Blacklist(scope.Now) == true;
        if (ended)
        {
            EndExam(attempt, scope.Now);
            await Studies.EndSessionAsync(db, driver.Id, ct);
        }
        var revoked = entry.RoundId is { } about && await ReductionChanges.RevokeAsync(scope, entry.Id, about, ct);
        var scheme = await Decisions.SchemeOfAsync(scope, entry.Authority, ct);
        scope.Tell(
            driver.Id,
            scheme,
            MessageTemplate.Blacklisted,
            entry.Ground.ToString(),
            entry.OutOfSchemeUntil!.Value,
            entry.OffOnlineUntil!.Value
        );
        if (ended)
        {
            scope.Tell(driver.Id, scope.SchemeOf(round!), MessageTemplate.RoundBlacklisted);
        }
        scope.Audit(
            "BlacklistEntry",
            entry.Id,
            driver.Id,
            new
            {
                entry.Ground,
                entry.OutOfSchemeUntil,
                entry.OffOnlineUntil,
                ended = ended ? round!.Id : (Guid?)null,
                revoked,
            }
        );
        return new Unit();
    }

    // Nobody goes on with it: an exam that is passed and waits for its closing check is invalid, one under way not accepted.
    private static void EndExam(ExamAttempt? attempt, DateTimeOffset now)
    {
        if (attempt?.State == ExamState.Closing)
        {
            attempt.Invalidate(now);
        }
        else
        {
            attempt?.NotAccept(now);
        }
    }
}

/// <summary>The second person does not confirm, with a reason: the entry never has an effect.</summary>
public sealed record DeclineBlacklisting(Guid EntryId, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.ConfirmBlacklisting;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await Entries.DriverOfAsync(scope, EntryId, ct) is not { } driver)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var entry = await scope.Db.BlacklistEntries.SingleAsync(e => e.Id == EntryId, ct);
        if (
            entry.State == BlacklistState.Declined
            && entry.CheckedById == scope.Actor.Id
            && entry.DeclineReason == Reason?.Trim()
        )
        {
            return new Unit();
        }
        var declined = entry.Decline(Reason, driver.PersonKey, scope.Actor, scope.Now);
        if (declined is Outcome<Unit>.Done)
        {
            scope.Audit("BlacklistEntry", entry.Id, driver.Id, new { entry.State });
        }
        return declined;
    }
}

internal static class Entries
{
    /// <summary>Whose entry it is; null when there is none, or another authority's: the same answer for both.</summary>
    public static async Task<EntryDriver?> DriverOfAsync(CommandScope scope, Guid entryId, CancellationToken ct) =>
        await scope
            .Db.BlacklistEntries.Where(e => e.Id == entryId && scope.Actor.Authorities.Contains(e.Authority))
            .Join(scope.Db.Drivers, e => e.DriverId, d => d.Id, (e, d) => new EntryDriver(d.Id, d.IdNumberKey))
            .SingleOrDefaultAsync(ct);
}

/// <param name="PersonKey">Search key of the identity number: nobody acts in their own case.</param>
internal sealed record EntryDriver(Guid Id, byte[] PersonKey);
