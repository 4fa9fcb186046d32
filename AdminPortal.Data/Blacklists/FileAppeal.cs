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

/// <summary>What became of an appeal that was handed in.</summary>
/// <param name="IsNew">False when it had been filed before in the same words; its files are the ones that count.</param>
public sealed record FiledAppeal(Guid CaseId, bool IsNew);

/// <summary>
/// A driver appeals against a blacklist entry, with a reason and evidence, once per entry (S1-40): a case for the officers of
/// the issuing authority. Its due date is a target (D-APPEAL).
/// </summary>
internal sealed record FileAppeal(Guid EntryId, string? Reason, IReadOnlyList<StoredPhoto> Photos)
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
            db.Photos.Add(photo.ToRow(driverId, PhotoKind.Evidence, scope.Now));
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

/// <summary>Takes an appeal from the page: its photos are checked and cleaned, its PDF files checked; stored, then it is filed.</summary>
public sealed class AppealService(CommandRunner runner, PhotoFiles files)
{
    public async Task<Outcome<FiledAppeal>> FileAsync(
        ActorRef driver,
        Guid entryId,
        string? reason,
        IReadOnlyList<ReadOnlyMemory<byte>> uploads,
        CancellationToken ct
    ) =>
        uploads.Count > Appeal.MostPhotos
            ? new Refusal(RefusalCode.TooManyPhotos, "photos", Appeal.MostPhotos)
            : await PhotoSets.StoreAsync(
                files,
                [.. uploads.Select(bytes => new PhotoUpload("photos", bytes))],
                Taken.PhotosAndPdf,
                async stored =>
                {
                    var outcome = await runner.RunAsync(new FileAppeal(entryId, reason, stored), driver, ct);
                    return (outcome, outcome is Outcome<FiledAppeal>.Done { Value.IsNew: true });
                },
                ct
            );
}
