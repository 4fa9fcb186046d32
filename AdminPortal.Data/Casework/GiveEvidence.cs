using AdminPortal.Data.Commands;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Casework;

/// <summary>
/// The driver hands in what an officer asked for: words, files, or both. It is taken until the case is decided, also after the
/// time that was set: what helps to decide is never turned away (D-EVIDENCE).
/// </summary>
/// <returns>True when it is new; false for the second click of the same form.</returns>
internal sealed record GiveEvidence(Guid CaseId, string? Text, IReadOnlyList<StoredPhoto> Photos) : ICommand<bool>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<bool>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        var open = await db.Cases.SingleOrDefaultAsync(c => c.Id == CaseId && c.DriverId == driverId, ct);
        if (open is null)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (EvidenceService.Check(Text, Photos.Count) is { } fault)
        {
            return fault;
        }
        var text = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim();
        if (open.Steps.Any(s => s.Act == CaseAct.GiveEvidence && s.Note == text))
        {
            return false;
        }
        if (
            open.Apply(CaseAct.GiveEvidence, scope.Actor, null, text, scope.Now) is Outcome<Unit>.Refused
            {
                Refusal: var refusal
            }
        )
        {
            return refusal;
        }
        var before = await db.CaseFiles.CountAsync(f => f.CaseId == CaseId, ct);
        db.Photos.AddRange(Photos.Select(p => p.ToRow(driverId, PhotoKind.Evidence, scope.Now)));
        db.CaseFiles.AddRange(
            Photos.Select(
                (photo, index) =>
                    new CaseFileRow
                    {
                        CaseId = CaseId,
                        Number = before + index + 1,
                        PhotoId = photo.Id,
                    }
            )
        );
        scope.Audit("Case", CaseId, driverId, new { photos = Photos.Count });
        return true;
    }
}

/// <summary>Takes evidence from the page: the photos checked and cleaned, PDF files checked; stored, then handed in.</summary>
public sealed class EvidenceService(CommandRunner runner, PhotoFiles files)
{
    /// <summary>The most files with one answer (D-EVIDENCE).</summary>
    public const int MostPhotos = 3;

    public async Task<Outcome<bool>> GiveAsync(
        ActorRef driver,
        Guid caseId,
        string? text,
        IReadOnlyList<PhotoUpload> photos,
        CancellationToken ct
    ) =>
        // Before any file is touched; the act checks again.
        Check(text, photos.Count) is { } fault
            ? fault
            : await PhotoSets.StoreAsync(
                files,
                photos,
                Taken.PhotosAndPdf,
                async stored =>
                {
                    var outcome = await runner.RunAsync(new GiveEvidence(caseId, text, stored), driver, ct);
                    return (outcome, outcome is Outcome<bool>.Done { Value: true });
                },
                ct
            );

    internal static Refusal? Check(string? text, int photos) =>
        text is { Length: > Case.TextLimit } ? new Refusal(RefusalCode.FieldTooLong, "text", Case.TextLimit)
        : photos > MostPhotos ? new Refusal(RefusalCode.TooManyPhotos, "photo1", MostPhotos)
        : photos == 0 && string.IsNullOrWhiteSpace(text) ? new Refusal(RefusalCode.EvidenceEmpty, "text")
        : null;
}

/// <summary>What a driver is asked for.</summary>
/// <param name="Request">The officer's words.</param>
/// <param name="Until">The time that was set; what comes later is taken until the case is decided.</param>
/// <param name="DueAt">When the police must have decided; null while that calendar year is awaited.</param>
/// <param name="GivenAt">When it was handed in, or null.</param>
/// <param name="IsDecided">True once the case is decided: then nothing is taken any more.</param>
public sealed record EvidenceRequest(
    Guid CaseId,
    string Number,
    CaseKind Kind,
    string Request,
    DateTimeOffset AskedAt,
    DateTimeOffset Until,
    DateTimeOffset? DueAt,
    DateTimeOffset? GivenAt,
    string? Given,
    bool IsDecided
)
{
    public bool IsOpen => GivenAt is null && !IsDecided;

    /// <summary>Null when nothing was asked.</summary>
    internal static EvidenceRequest? Of(Case asked) =>
        asked.EvidenceAskedAt is not { } at
            ? null
            : new(
                asked.Id,
                asked.Number,
                asked.Kind,
                asked.Steps.Single(s => s.Act == CaseAct.AskEvidence).Note ?? "",
                at,
                asked.EvidenceUntil!.Value,
                asked.DueAt,
                asked.EvidenceGivenAt,
                asked.Steps.SingleOrDefault(s => s.Act == CaseAct.GiveEvidence)?.Note,
                !asked.IsOpen
            );
}

/// <summary>What officers ask of a driver.</summary>
public sealed class EvidencePages(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The questions a driver has not answered, the most urgent first.</summary>
    internal static async Task<IReadOnlyList<EvidenceRequest>> OpenAsync(
        PortalDb db,
        Guid driverId,
        CancellationToken ct
    )
    {
        var asked = await db
            .Cases.AsNoTracking()
            .Where(c =>
                c.DriverId == driverId && c.DecidedAt == null && c.EvidenceAskedAt != null && c.EvidenceGivenAt == null
            )
            .OrderBy(c => c.EvidenceUntil)
            .ToListAsync(ct);
        return [.. asked.Select(EvidenceRequest.Of).OfType<EvidenceRequest>()];
    }

    /// <summary>One question to a driver; null when there is no such question, or it is somebody else's.</summary>
    public async Task<EvidenceRequest?> FindAsync(Guid driverId, Guid caseId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var asked = await db
            .Cases.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == caseId && c.DriverId == driverId && c.EvidenceAskedAt != null, ct);
        return asked is null ? null : EvidenceRequest.Of(asked);
    }
}
