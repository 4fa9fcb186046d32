using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Blacklists;

/// <summary>A cleaned photo whose file is already stored.</summary>
internal sealed record EvidencePhoto(Guid Id, byte[] Sha256, int Length, int Width, int Height);

/// <summary>What became of an appeal that was handed in.</summary>
/// <param name="IsNew">False when it had been filed before in the same words; its photos are the ones that count.</param>
public sealed record FiledAppeal(Guid CaseId, bool IsNew);

/// <summary>
/// A driver appeals against a blacklist entry, with a reason and evidence, once per entry (S1-40): a case for the officers of
/// the issuing authority. Its due date is a target (D-APPEAL).
/// </summary>
internal sealed record FileAppeal(Guid EntryId, string? Reason, IReadOnlyList<EvidencePhoto> Photos)
    : ICommand<FiledAppeal>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<FiledAppeal>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        var earlier = await db
            .Appeals.Where(a => a.EntryId == EntryId || a.DeliveredId == EntryId)
            .Where(a => db.Cases.Any(c => c.Id == a.CaseId && c.DriverId == driverId))
            .SingleOrDefaultAsync(ct);
        if (earlier is not null)
        {
            // The same words again are the second click of the same form; other words are a second appeal.
            return earlier.Reason == Reason?.Trim()
                ? new FiledAppeal(earlier.CaseId, false)
                : new Refusal(RefusalCode.AppealOnce);
        }
        var entries = await DriverEntries.ReadAsync(db, scope.Schemes, driverId, scope.Today, ct);
        if (entries.SingleOrDefault(e => e.Id == EntryId) is not { } entry)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (!entry.Bars)
        {
            return new Refusal(RefusalCode.AppealNotOpen);
        }
        var scheme = await Decisions.SchemeOfAsync(scope, entry.Authority, ct);
        var filed = Appeal.Open(
            Guid.CreateVersion7(scope.Now),
            EntryId,
            entry.IsOwn,
            entry.Authority,
            driverId,
            Reason,
            Photos.Count,
            scheme,
            await scope.CalendarAsync(ct),
            scope.Actor,
            scope.Now
        );
        if (filed is not Outcome<(Appeal Appeal, Domain.Casework.Case Case)>.Done { Value: var (appeal, opened) })
        {
            return ((Outcome<(Appeal, Domain.Casework.Case)>.Refused)filed).Refusal;
        }
        db.Cases.Add(opened);
        db.Appeals.Add(appeal);
        foreach (var (photo, index) in Photos.Select((photo, index) => (photo, index)))
        {
            db.Photos.Add(
                new PhotoRow
                {
                    Id = photo.Id,
                    DriverId = driverId,
                    Kind = PhotoKind.Evidence,
                    Sha256 = photo.Sha256,
                    Length = photo.Length,
                    Width = photo.Width,
                    Height = photo.Height,
                    StoredAt = scope.Now,
                }
            );
            db.CaseFiles.Add(
                new CaseFileRow
                {
                    CaseId = opened.Id,
                    Number = index + 1,
                    PhotoId = photo.Id,
                }
            );
        }
        scope.Tell(
            driverId,
            scheme,
            MessageTemplate.AppealReceived,
            opened.DueAt is { } due ? due : opened.ProvisionalOn!.Value
        );
        scope.Audit(
            "Case",
            opened.Id,
            driverId,
            new
            {
                entry = EntryId,
                photos = Photos.Count,
                due = opened.DueOn,
            }
        );
        return new FiledAppeal(opened.Id, true);
    }
}

/// <summary>Takes an appeal from the page: its photos are checked and cleaned, stored, then it is filed.</summary>
public sealed class AppealService(CommandRunner runner, PhotoFiles files)
{
    public Task<Outcome<FiledAppeal>> FileAsync(
        ActorRef driver,
        Guid entryId,
        string? reason,
        IReadOnlyList<ReadOnlyMemory<byte>> uploads,
        CancellationToken ct
    ) =>
        uploads.Count > Appeal.MostPhotos
            ? Task.FromResult<Outcome<FiledAppeal>>(new Refusal(RefusalCode.TooManyPhotos, "photos", Appeal.MostPhotos))
            : PhotoUploads.StoreAllAsync(
                files,
                uploads,
                "photos",
                stored =>
                    runner.RunAsync(
                        new FileAppeal(
                            entryId,
                            reason,
                            [
                                .. stored.Select(s => new EvidencePhoto(
                                    s.Id,
                                    Convert.FromHexString(s.File.Sha256),
                                    s.File.Length,
                                    s.Clean.Width,
                                    s.Clean.Height
                                )),
                            ]
                        ),
                        driver,
                        ct
                    ),
                done => done.IsNew,
                ct
            );
}
