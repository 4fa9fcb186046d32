using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Feedback;
using AdminPortal.Data.Leads;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Privacy;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Feedback;
using AdminPortal.Domain.Leads;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Casework;

/// <summary>Everything an officer needs to decide, on one screen.</summary>
/// <param name="MaskedIdNumber">Shown masked; the decision needs no more.</param>
/// <param name="ReferencePhotoId">The authority's own photo, or null.</param>
/// <param name="Round">The round it is about, else the driver's last one; null when there never was one.</param>
/// <param name="Attempt">The exam it is about, or null.</param>
/// <param name="DriverReason">What the driver wrote; empty for a photo with the identity card.</param>
/// <param name="Files">Photos and PDF files handed in with the case.</param>
/// <param name="Feedback">What a feedback ticket adds; null for other kinds.</param>
/// <param name="Scheme">Whose channels and words the driver's messages follow.</param>
/// <param name="DueDays">The arithmetic behind the due date.</param>
/// <param name="Permitted">Every act with the reason where it is refused now.</param>
/// <param name="UpholdAct">What upholding means now: the decision, or one of its two steps (S1-40).</param>
/// <param name="ProposedByName">Badge of who proposed to uphold it; null otherwise.</param>
/// <param name="Takers">Officers the viewer may pass it to, those with the fewest cases first.</param>
/// <param name="Templates">Ready-made reasons a supervisor worded, by outcome; else the product's own stand.</param>
/// <param name="Evidence">What the driver was asked for, or null.</param>
/// <param name="Entry">The blacklist entry an appeal is about, or null.</param>
/// <param name="Lead">What a lead was found by; null for other kinds.</param>
public sealed record CaseDesk(
    Guid CaseId,
    CaseKind Kind,
    CaseState State,
    int Version,
    string Authority,
    string MaskedName,
    string MaskedIdNumber,
    DateTimeOffset OpenedAt,
    Deadline Due,
    Period DuePeriod,
    IReadOnlyList<CountedDay> DueDays,
    Guid? HolderId,
    string? HolderName,
    DateTimeOffset? LeaseUntil,
    Guid? ReferencePhotoId,
    RoundView? Round,
    AttemptView? Attempt,
    string DriverReason,
    IReadOnlyList<CaseFile> Files,
    FeedbackFacts? Feedback,
    Scheme Scheme,
    IReadOnlyList<CaseStep> Steps,
    IReadOnlyList<PermittedAct> Permitted,
    CaseAct UpholdAct,
    string? ProposedByName,
    bool IsEscalated,
    DateTimeOffset? OpinionAskedAt,
    EvidenceRequest? Evidence,
    IReadOnlyList<Taker> Takers,
    IReadOnlyDictionary<bool, IReadOnlyList<string>> Templates,
    EntryView? Entry,
    LeadView? Lead,
    Guid ViewerId,
    DateTimeOffset Now
)
{
    /// <summary>Whether the faces of the driver are needed for the decision, and so shown.</summary>
    public bool ShowsFaces => CaseFaces.AreShown(Feedback?.Kind, Lead?.Lead.Kind);
}

/// <summary>A file handed in with a case.</summary>
/// <param name="Number">1, 2, 3 … in the order they were handed in.</param>
/// <param name="Length">In bytes.</param>
public sealed record CaseFile(Guid Id, int Number, PhotoFormat Format, int Length);

/// <summary>What a feedback ticket adds to its case on the desk.</summary>
public sealed record FeedbackFacts(string Number, FeedbackKind Kind);

/// <summary>
/// Opens the desk of a case. Looking is an act: it is recorded before anything is shown, and when it cannot be recorded
/// nothing is shown (N-33).
/// </summary>
public sealed record ViewCase(Guid CaseId) : ICommand<CaseDesk>
{
    public Permission Permission => Permission.ViewReviews;

    public async Task<Outcome<CaseDesk>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (await Claims.FindAsync(scope, CaseId, ct) is not { } open)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var driver = await db.Drivers.AsNoTracking().SingleAsync(d => d.Id == open.DriverId, ct);
        var review = await db.Reviews.AsNoTracking().SingleOrDefaultAsync(r => r.CaseId == CaseId, ct);
        var feedback = await db.FeedbackTickets.AsNoTracking().SingleOrDefaultAsync(f => f.CaseId == CaseId, ct);
        var entry =
            open.Kind == CaseKind.Appeal
                ? (await DriverEntries.ReadAsync(db, scope.Schemes, open.DriverId, scope.Today, ct)).Single(e =>
                    e.Id == open.SubjectId
                )
                : null;
        var roundId = await CaseRounds.OfAsync(db, open, ct);
        var round = roundId is { } id ? await RoundView.ReadAsync(db, scope.Schemes, id, ct) : null;
        var lead = open.Kind == CaseKind.Lead ? await LeadView.ReadAsync(scope, CaseId, ct) : null;
        var showsFaces = CaseFaces.AreShown(feedback?.Kind, lead?.Lead.Kind);
        if (!showsFaces && round is not null)
        {
            // A lead is weighed against all that happened in the round, without the pictures; feedback has no part in it.
            round = round with
            {
                FaceChecks = lead is null ? [] : [.. round.FaceChecks.Select(c => c with { PhotoId = null })],
            };
        }
        var files = await (
            from file in db.CaseFiles
            join photo in db.Photos on file.PhotoId equals photo.Id
            where file.CaseId == CaseId
            orderby file.Number
            select new CaseFile(photo.Id, file.Number, photo.Format, photo.Length)
        ).ToListAsync(ct);
        // The photos are shown with the desk; a PDF is looked at when it is downloaded.
        var shown = files.Count(f => f.Format == PhotoFormat.Jpeg) + (showsFaces ? round?.FaceChecks.Count ?? 0 : 0);
        var scheme = await Decisions.SchemeOfAsync(scope, open, ct);
        scope.Audit(
            Claims.SubjectOf(open),
            open.Id,
            open.DriverId,
            lead is null ? new { photos = shown } : new { photos = shown, lead = lead.Lead.Kind }
        );
        return new CaseDesk(
            open.Id,
            open.Kind,
            open.State,
            open.Version,
            open.Authority,
            Mask.Name(scope.Cipher.OpenName(driver.Name)),
            Mask.IdNumber(scope.Cipher.OpenIdNumber(driver.IdNumber)),
            open.OpenedAt,
            open.Due,
            open.Term,
            DeadlineArithmetic.Explain(open.Due, open.Term, await scope.CalendarAsync(ct)),
            open.HolderId,
            open.HolderName,
            open.LeaseUntil,
            showsFaces ? driver.ReferencePhotoId : null,
            round,
            round?.Attempts.FirstOrDefault(a => a.Id == open.SubjectId),
            feedback is null ? review?.Reason ?? entry?.Appeal?.Reason ?? "" : scope.Cipher.OpenFeedback(feedback.Text),
            files,
            feedback is null ? null : new FeedbackFacts(feedback.Number, feedback.Kind),
            scheme,
            [.. open.Steps.OrderBy(s => s.Number)],
            open.Permitted(scope.Actor, driver.IdNumberKey, scope.Now),
            open.UpholdAct,
            open.ProposedByName,
            open.EscalatedAt is not null,
            open.OpinionAskedAt,
            EvidenceRequest.Of(open),
            await Takers.OfAsync(scope, open, driver.IdNumberKey, ct),
            await TemplatePages.OfAsync(db, scheme.Id, open.Kind, ct),
            entry,
            lead,
            scope.Actor.Id,
            scope.Now
        );
    }
}

/// <summary>
/// Opens one photo of a case: the reference photo, one of the round's snapshots, or what was handed in, of which a PDF is
/// downloaded. Every look is recorded (N-33).
/// </summary>
public sealed record ViewCasePhoto(Guid CaseId, Guid PhotoId) : ICommand<ShownFile>
{
    public Permission Permission => Permission.ViewReviews;

    public async Task<Outcome<ShownFile>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (await Claims.FindAsync(scope, CaseId, ct) is not { } open)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var roundId = await CaseRounds.OfAsync(db, open, ct);
        var showsFaces = CaseFaces.AreShown(
            await db
                .FeedbackTickets.Where(f => f.CaseId == CaseId)
                .Select(f => (FeedbackKind?)f.Kind)
                .SingleOrDefaultAsync(ct),
            await db.Leads.Where(l => l.CaseId == CaseId).Select(l => (LeadKind?)l.Kind).SingleOrDefaultAsync(ct)
        );
        var belonging = db.Photos.Where(p =>
            p.Id == PhotoId
            && p.DriverId == open.DriverId
            && (
                db.CaseFiles.Any(f => f.CaseId == CaseId && f.PhotoId == p.Id)
                || showsFaces && db.Drivers.Any(d => d.Id == open.DriverId && d.ReferencePhotoId == p.Id)
                || showsFaces && db.FaceChecks.Any(f => f.PhotoId == p.Id && f.RoundId == roundId)
            )
        );
        if (await ShownFiles.FindAsync(db, belonging, ct) is not { } file)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        scope.Audit(
            "Photo",
            PhotoId,
            open.DriverId,
            CaseTable.TellsDriver(open.Kind) ? new { @case = CaseId } : new { lead = CaseId }
        );
        return file;
    }
}

/// <summary>Whether the faces of the driver are needed for a decision: else they are not shown.</summary>
internal static class CaseFaces
{
    public static bool AreShown(FeedbackKind? ticket, LeadKind? lead) =>
        (ticket is not { } kind || FeedbackTicket.ShowsFaces(kind)) && (lead is null or LeadKind.RepeatedPhoto);
}

/// <summary>Which round a case is shown with.</summary>
internal static class CaseRounds
{
    /// <summary>
    /// The round it is about; for one that is about none, the driver's last round; null when there never was one. A lead is
    /// about the round it was found in, or about none: nothing else of the driver is shown for it.
    /// </summary>
    public static async Task<Guid?> OfAsync(PortalDb db, Case open, CancellationToken ct) =>
        open.Kind == CaseKind.Lead
            ? await db.Leads.Where(l => l.CaseId == open.Id).Select(l => l.RoundId).SingleOrDefaultAsync(ct)
            : await OtherAsync(db, open, ct);

    private static async Task<Guid?> OtherAsync(PortalDb db, Case open, CancellationToken ct) =>
        await db.Reviews.Where(r => r.CaseId == open.Id).Select(r => (Guid?)r.RoundId).SingleOrDefaultAsync(ct)
        ?? await db.IdPhotoChecks.Where(i => i.CaseId == open.Id).Select(i => (Guid?)i.RoundId).SingleOrDefaultAsync(ct)
        ?? await db
            .BlacklistEntries.Where(e => open.Kind == CaseKind.Appeal && e.Id == open.SubjectId)
            .Select(e => e.RoundId)
            .SingleOrDefaultAsync(ct)
        ?? await db
            .Rounds.Where(r => r.DriverId == open.DriverId)
            .OrderByDescending(r => r.OpenedAt)
            .Select(r => (Guid?)r.Id)
            .FirstOrDefaultAsync(ct);
}
