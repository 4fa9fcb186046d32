using AdminPortal.Data.Commands;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Texts;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Texts;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Consents;

/// <summary>A driver consents to face data outside an application: after a withdrawal, to go on online.</summary>
/// <param name="NoticeVersion">The version of the notice that was shown.</param>
/// <param name="Accepted">The box beside it, never ticked beforehand.</param>
public sealed record GiveFaceConsent(string? NoticeVersion, bool Accepted) : ICommand<Unit>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (!Accepted)
        {
            return new Refusal(RefusalCode.FaceConsentNotGiven, "faceConsent");
        }
        var notice = await TextReads.NoticeAsync(scope.Db, TextKind.FaceNotice, ct);
        if (NoticeVersion != notice.Version)
        {
            return new Refusal(RefusalCode.NoticeOutdated, "faceConsent");
        }
        var driverId = scope.Actor.Id;
        var last = await FaceConsents.LastAsync(scope.Db, driverId, ct);
        if (FaceConsents.IsCurrent(last, notice))
        {
            return new Unit();
        }
        FaceConsents.Give(scope, driverId, last, notice);
        scope.Audit("FaceConsent", driverId, driverId, new { notice = notice.Version });
        return new Unit();
    }
}

/// <summary>What a withdrawal did to the photos.</summary>
/// <param name="Erased">Their rows are gone; their files follow after the commit.</param>
/// <param name="Kept">Photos that a running round or an open review still needs.</param>
public sealed record ConsentWithdrawn(IReadOnlyList<Guid> Erased, int Kept);

/// <summary>
/// A driver withdraws the consent to face data. From the commit on no face check can be opened and no photo taken; live photos
/// that no running round and no open review needs are erased at once. Through <see cref="PhotoEraser"/>, which removes the files.
/// </summary>
public sealed record WithdrawFaceConsent : ICommand<ConsentWithdrawn>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<ConsentWithdrawn>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        if (await FaceConsents.LastAsync(db, driverId, ct) is not { Act: FaceConsentAct.Given } last)
        {
            return new ConsentWithdrawn([], await KeptAsync(db, driverId, ct));
        }
        var open = await db
            .Rounds.Where(r => r.DriverId == driverId && r.State != RoundState.Reduced && r.State != RoundState.Void)
            .Select(r => (Guid?)r.Id)
            .SingleOrDefaultAsync(ct);
        if (open is { } round)
        {
            // A photo that is being taken waits, and is then refused; or it is taken first, and this waits.
            await DueChecks.QueueUpAsync(db, round, ct);
        }
        db.FaceConsents.Add(
            new FaceConsentRow
            {
                DriverId = driverId,
                Number = last.Number + 1,
                Act = FaceConsentAct.Withdrawn,
                At = scope.Now,
            }
        );
        await db.SaveChangesAsync(ct);
        var due = await PhotoErasure.Due(db, scope.Now).Where(p => p.DriverId == driverId).ToListAsync(ct);
        await PhotoErasure.EraseAsync(db, [.. due.Select(p => p.Id)], ct);
        var kept = await KeptAsync(db, driverId, ct);
        scope.Audit("FaceConsent", driverId, driverId, new { erased = due.Count, kept });
        return new ConsentWithdrawn([.. due.Select(p => p.Id)], kept);
    }

    private static async Task<int> KeptAsync(PortalDb db, Guid driverId, CancellationToken ct) =>
        await db.Photos.CountAsync(p => p.DriverId == driverId && p.Kind == PhotoKind.Live, ct);
}
