using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Feedback;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Feedback;

/// <summary>What filing feedback led to.</summary>
/// <param name="IsNew">False when the same form had been sent before.</param>
public sealed record FiledFeedback(Guid CaseId, bool IsNew);

/// <summary>
/// Files feedback of a driver (S0-21, S0-22): a case for the officers of the licence's authority with a target date, and a
/// number the driver is told. A round or eligibility is not asked for. The photos' files are already stored.
/// </summary>
/// <param name="FormKey">One per form shown; a repeated click finds the first ticket.</param>
internal sealed record FileFeedback(Guid FormKey, FeedbackKind? Kind, string? Text, IReadOnlyList<StoredPhoto> Photos)
    : ICommand<FiledFeedback>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<FiledFeedback>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        if (FeedbackTicket.Check(Kind, Text, Photos.Count) is { } fault)
        {
            return fault;
        }
        var text = FeedbackTicket.Clean(Text);
        var earlier = await db.FeedbackTickets.SingleOrDefaultAsync(
            f => f.DriverId == driverId && f.FormKey == FormKey,
            ct
        );
        if (earlier is not null)
        {
            // The same form again is its second click; with other words or photos it would be lost, so it is refused.
            return await IsSameAsync(scope, earlier, text, ct)
                ? new FiledFeedback(earlier.CaseId, false)
                : new Refusal(RefusalCode.FeedbackSent, null, earlier.Number);
        }
        var authority = await db
            .Licences.Where(l => l.DriverId == driverId)
            .Select(l => l.Authority)
            .SingleOrDefaultAsync(ct);
        if (
            authority is null
            || await AuthoritySchemes.LastAsync(db, scope.Schemes, authority, scope.Today, ct) is not { } scheme
        )
        {
            return new Refusal(RefusalCode.FeedbackNoAuthority);
        }
        var taken = await db
            .FeedbackTickets.Where(f => f.DriverId == driverId && f.OpenSlot != null)
            .Select(f => f.OpenSlot!.Value)
            .ToListAsync(ct);
        if (FeedbackTicket.FreeSlot(taken) is not { } slot)
        {
            return new Refusal(RefusalCode.FeedbackOpenTooMany, null, FeedbackTicket.MostOpen);
        }
        var caseId = Guid.CreateVersion7(scope.Now);
        var ticket = new FeedbackRow
        {
            CaseId = caseId,
            DriverId = driverId,
            FormKey = FormKey,
            Number = FeedbackTicket.NumberAt(scope.Now, CommandScope.Below),
            Kind = Kind!.Value,
            Text = scope.Cipher.SealFeedback(text),
            FiledAt = scope.Now,
            OpenSlot = slot,
        };
        var opened = Case.Open(
            caseId,
            CaseKind.Feedback,
            authority,
            driverId,
            caseId,
            scheme.FeedbackTarget,
            await scope.CalendarAsync(ct),
            scope.Actor,
            scope.Now
        );
        db.Cases.Add(opened);
        db.FeedbackTickets.Add(ticket);
        db.Photos.AddRange(Photos.Select(p => p.ToRow(driverId, PhotoKind.Evidence, scope.Now)));
        db.CaseFiles.AddRange(
            Photos.Select(
                (photo, index) =>
                    new CaseFileRow
                    {
                        CaseId = caseId,
                        Number = index + 1,
                        PhotoId = photo.Id,
                    }
            )
        );
        scope.Tell(
            driverId,
            scheme,
            MessageTemplate.FeedbackReceived,
            ticket.Number,
            opened.DueAt is { } due ? due : opened.ProvisionalOn!.Value
        );
        scope.Audit(
            "Case",
            caseId,
            driverId,
            new
            {
                ticket.Number,
                ticket.Kind,
                photos = Photos.Count,
                due = opened.DueOn,
            }
        );
        return new FiledFeedback(caseId, true);
    }

    private async Task<bool> IsSameAsync(CommandScope scope, FeedbackRow earlier, string text, CancellationToken ct)
    {
        var photos = await (
            from file in scope.Db.CaseFiles
            join photo in scope.Db.Photos on file.PhotoId equals photo.Id
            where file.CaseId == earlier.CaseId
            orderby file.Number
            select photo.Sha256
        ).ToListAsync(ct);
        return earlier.Kind == Kind
            && scope.Cipher.OpenFeedback(earlier.Text) == text
            && photos.Count == Photos.Count
            && photos.Zip(Photos).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.Sha256));
    }
}

/// <summary>Takes feedback from the page: the photos checked and cleaned, stored, then filed.</summary>
public sealed class FeedbackService(CommandRunner runner, PhotoFiles files)
{
    public async Task<Outcome<FiledFeedback>> FileAsync(
        ActorRef driver,
        Guid formKey,
        FeedbackKind? kind,
        string? text,
        IReadOnlyList<PhotoUpload> photos,
        CancellationToken ct
    ) =>
        // Before any file is touched; the act checks again.
        FeedbackTicket.Check(kind, text, photos.Count)
            is { } fault
            ? fault
            : await PhotoSets.StoreAsync(
                files,
                photos,
                Taken.Photos,
                async stored =>
                {
                    var outcome = await runner.RunAsync(new FileFeedback(formKey, kind, text, stored), driver, ct);
                    return (outcome, outcome is Outcome<FiledFeedback>.Done { Value.IsNew: true });
                },
                ct
            );
}
