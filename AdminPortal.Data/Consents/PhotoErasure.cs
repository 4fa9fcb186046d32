using AdminPortal.Data.Commands;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Consents;

/// <summary>Which live photos must go, and how their rows go. The face check stays as a record, without its photo.</summary>
internal static class PhotoErasure
{
    /// <summary>How long after the last step of its ended round a live photo is kept (D-PHOTO-KEEP).</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Live photos that no running round and no open review needs.</summary>
    public static IQueryable<PhotoRow> Unneeded(PortalDb db) =>
        db.Photos.Where(p =>
            p.Kind == PhotoKind.Live
            && !db.FaceChecks.Any(c =>
                c.PhotoId == p.Id
                && (
                    db.Rounds.Any(r => r.Id == c.RoundId && r.State != RoundState.Reduced && r.State != RoundState.Void)
                    || db.Reviews.Any(v =>
                        v.RoundId == c.RoundId
                        && db.Cases.Any(k =>
                            k.Id == v.CaseId && (k.State == CaseState.Waiting || k.State == CaseState.Claimed)
                        )
                    )
                )
            )
        );

    /// <summary>Of those, the ones whose time is over or whose consent is withdrawn.</summary>
    public static IQueryable<PhotoRow> Due(PortalDb db, DateTimeOffset now)
    {
        var before = now - Kept;
        return Unneeded(db)
            .Where(p =>
                db.FaceConsents.Any(w =>
                    w.DriverId == p.DriverId
                    && w.Act == FaceConsentAct.Withdrawn
                    && !db.FaceConsents.Any(n => n.DriverId == w.DriverId && n.Number > w.Number)
                )
                || (
                    p.StoredAt <= before
                    && !db.FaceChecks.Any(c =>
                        c.PhotoId == p.Id && db.Set<RoundStep>().Any(s => s.RoundId == c.RoundId && s.At > before)
                    )
                )
            );
    }

    public static async Task EraseAsync(PortalDb db, IReadOnlyList<Guid> photos, CancellationToken ct)
    {
        if (photos.Count == 0)
        {
            return;
        }
        await db
            .FaceChecks.Where(c => c.PhotoId != null && photos.Contains(c.PhotoId.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.PhotoId, (Guid?)null), ct);
        await db.Photos.Where(p => photos.Contains(p.Id)).ExecuteDeleteAsync(ct);
    }
}

/// <summary>Erases the rows of photos that are due, in batches: after a round has ended, nobody asks for it.</summary>
internal sealed record ErasePhotos : ICommand<IReadOnlyList<Guid>>
{
    private const int Batch = 200;

    public Permission Permission => Permission.RunJobs;

    public async Task<Outcome<IReadOnlyList<Guid>>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var due = await PhotoErasure
            .Due(scope.Db, scope.Now)
            .OrderBy(p => p.StoredAt)
            .ThenBy(p => p.Id)
            .Take(Batch)
            .Select(p => new { p.Id, p.DriverId })
            .ToListAsync(ct);
        await PhotoErasure.EraseAsync(scope.Db, [.. due.Select(p => p.Id)], ct);
        foreach (var driver in due.GroupBy(p => p.DriverId))
        {
            scope.Audit("Photo", "erased", driver.Key, new { erased = driver.Count() });
        }
        return due.Select(p => p.Id).ToArray();
    }
}

/// <summary>
/// Erases photos whole: rows first, in their act, then files. A crash in between leaves files without a row, which
/// <see cref="PhotoSweep"/> removes.
/// </summary>
public sealed class PhotoEraser(CommandRunner runner, PhotoFiles files)
{
    /// <summary>Carries out a driver's withdrawal.</summary>
    public async Task<Outcome<ConsentWithdrawn>> WithdrawAsync(ActorRef driver, CancellationToken ct)
    {
        var outcome = await runner.RunAsync(new WithdrawFaceConsent(), driver, ct);
        if (outcome is Outcome<ConsentWithdrawn>.Done { Value: var done })
        {
            Delete(done.Erased);
        }
        return outcome;
    }

    /// <summary>Erases everything that is due now.</summary>
    /// <returns>How many photos.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        for (var erased = 0; ; )
        {
            if (
                await runner.RunAsync(new ErasePhotos(), ActorRef.System, ct)
                is not Outcome<IReadOnlyList<Guid>>.Done { Value: { Count: > 0 } photos }
            )
            {
                return erased;
            }
            Delete(photos);
            erased += photos.Count;
        }
    }

    private void Delete(IReadOnlyList<Guid> photos)
    {
        foreach (var photo in photos)
        {
            files.Delete(photo);
        }
    }
}
