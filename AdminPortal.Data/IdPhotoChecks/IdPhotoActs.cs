using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.IdPhotoChecks;

/// <summary>Whether a driver may have an officer look at a photo with the identity card now.</summary>
public static class IdPhotoWays
{
    /// <summary>Open once the real-person verification of the round has failed for good (S1-27).</summary>
    public static async Task<bool> VerificationFailedAsync(PortalDb db, Round round, int tries, CancellationToken ct) =>
        await db
            .FaceChecks.Where(c => c.RoundId == round.Id && c.Purpose == FaceCheckPurpose.Verification)
            .Where(c => c.Outcome == FaceOutcome.Mismatch || c.Outcome == FaceOutcome.NoFace)
            .GroupBy(c => c.Series)
            .AnyAsync(series => series.Count() >= tries, ct);
}

/// <summary>
/// Files the photo of the driver with the portrait side of the identity card (S1-27): a case for an officer of the issuing
/// authority, due in the scheme's term (N-n7). The photo's file is already stored.
/// </summary>
internal sealed record FileIdPhoto(Guid PhotoId, byte[] Sha256, int Length, int Width, int Height) : ICommand<Guid>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        if (await Studies.OpenRoundAsync(db, driverId, ct) is not { } round)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var scheme = scope.SchemeOf(round);
        if (
            scheme.IdPhotoPeriod is not { } period
            || round.State == RoundState.Studying
                && !await IdPhotoWays.VerificationFailedAsync(db, round, scheme.FaceTries.Value, ct)
        )
        {
            return new Refusal(RefusalCode.IdPhotoNotOpen);
        }
        if (round.FileIdPhoto(scheme, scope.Actor, scope.Now) is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        // Else a beat right after a quick answer would be credited for the time the police looked.
        await Studies.EndSessionAsync(db, driverId, ct);
        var caseId = Guid.CreateVersion7(scope.Now);
        var opened = Case.Open(
            caseId,
            CaseKind.IdPhoto,
            round.Authority,
            driverId,
            PhotoId,
            period,
            await scope.CalendarAsync(ct),
            scope.Actor,
            scope.Now
        );
        db.Cases.Add(opened);
        db.IdPhotoChecks.Add(
            new IdPhotoRow
            {
                CaseId = caseId,
                RoundId = round.Id,
                Number = round.IdPhotosFiled,
                FiledAt = scope.Now,
            }
        );
        db.Photos.Add(
            new PhotoRow
            {
                Id = PhotoId,
                DriverId = driverId,
                Kind = PhotoKind.IdCard,
                Sha256 = Sha256,
                Length = Length,
                Width = Width,
                Height = Height,
                StoredAt = scope.Now,
            }
        );
        db.CaseFiles.Add(
            new CaseFileRow
            {
                CaseId = caseId,
                Number = 1,
                PhotoId = PhotoId,
            }
        );
        scope.Tell(
            driverId,
            scheme,
            MessageTemplate.IdPhotoReceived,
            opened.DueAt is { } due ? due : opened.ProvisionalOn!.Value
        );
        scope.Audit("Case", caseId, driverId, new { photo = PhotoId, due = opened.DueOn });
        return caseId;
    }
}

/// <summary>
/// The officer's answer to a photo with the identity card: accepted, the person is verified as by a passed face check; refused,
/// the driver is told why. Either way the study window begins anew (D-WAITING).
/// </summary>
public sealed record DecideIdPhoto(Guid CaseId, int SeenVersion, bool Accept, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.DecideReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (await db.IdPhotoChecks.SingleOrDefaultAsync(i => i.CaseId == CaseId, ct) is not { } request)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var round = await db.Rounds.SingleAsync(r => r.Id == request.RoundId, ct);
        if (await Claims.FindAsync(scope, CaseId, ct) is not { } open)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (await Decisions.TakeAsync(scope, open, SeenVersion, Accept, Reason, ct) is { } end)
        {
            return end;
        }
        var scheme = scope.SchemeOf(round);
        round.SettleIdPhoto(Accept, scheme, await scope.CalendarAsync(ct), scope.Now);
        if (round.VoidReason is { } reason)
        {
            // Whose round ended by the blacklist was told so then.
            if (reason != VoidReason.Blacklisted)
            {
                scope.Tell(round.DriverId, scheme, MessageTemplate.RoundVoid, reason.ToString());
            }
        }
        else if (Accept)
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.IdPhotoAccepted, Studies.Moment(round.Running!));
        }
        else
        {
            scope.Tell(
                round.DriverId,
                scheme,
                MessageTemplate.IdPhotoRefused,
                Reason!.Trim(),
                Studies.Moment(round.Running!)
            );
        }
        scope.Audit(
            "Case",
            open.Id,
            open.DriverId,
            new
            {
                Accept,
                round = round.State,
                seen = SeenVersion,
            }
        );
        return new Unit();
    }
}

/// <summary>Takes the photo with the identity card from the page: checked and cleaned, stored, then filed.</summary>
public sealed class IdPhotoService(CommandRunner runner, PhotoFiles files)
{
    public Task<Outcome<Guid>> FileAsync(ActorRef driver, ReadOnlyMemory<byte> upload, CancellationToken ct) =>
        PhotoUploads.StoreAsync(
            files,
            upload,
            (id, stored, clean) =>
                runner.RunAsync(
                    new FileIdPhoto(id, Convert.FromHexString(stored.Sha256), stored.Length, clean.Width, clean.Height),
                    driver,
                    ct
                ),
            ct
        );
}
