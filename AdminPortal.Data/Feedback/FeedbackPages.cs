using AdminPortal.Data.Calendar;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Feedback;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Feedback;

/// <summary>One of the driver's tickets in the list.</summary>
public sealed record TicketLine(
    Guid CaseId,
    string Number,
    FeedbackKind Kind,
    DateTimeOffset FiledAt,
    CaseState State,
    Deadline Due
);

/// <summary>The driver's feedback page.</summary>
/// <param name="Tickets">Own tickets, the open ones first, then the newest.</param>
/// <param name="Target">The target for an answer; null when no officers work for the authority here (D-FEEDBACK-AUTHORITY).</param>
/// <param name="MayFile">False when too many are open, or nobody could answer.</param>
public sealed record FeedbackHome(IReadOnlyList<TicketLine> Tickets, Period? Target, bool MayFile, HotlineView Hotline);

/// <summary>One ticket as its driver sees it.</summary>
/// <param name="Answer">The officer's words; null while it is open.</param>
/// <param name="Files">What was handed in, in order: a PDF when an officer asked for evidence.</param>
/// <param name="DueDays">The arithmetic behind the target date.</param>
public sealed record TicketView(
    TicketLine Line,
    string Text,
    IReadOnlyList<PhotoFormat> Files,
    IReadOnlyList<CountedDay> DueDays,
    DateTimeOffset? DecidedAt,
    string? Answer,
    HotlineView Hotline
);

/// <summary>What a driver may read about feedback: only their own.</summary>
public sealed class FeedbackPages(
    IDbContextFactory<PortalDb> databases,
    FieldCipher cipher,
    SchemeCatalogue schemes,
    TimeProvider clock
)
{
    /// <summary>So many tickets are listed; with older ones the officers can still help by number.</summary>
    private const int Listed = 50;

    /// <summary>The list with what the form needs to know.</summary>
    public async Task<FeedbackHome> HomeAsync(Guid driverId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var authority = await AuthorityAsync(db, driverId, ct);
        var scheme = authority is null
            ? null
            : await AuthoritySchemes.LastAsync(db, schemes, authority, ChinaTime.DateOf(now), ct);
        var rows = await (
            from ticket in db.FeedbackTickets.AsNoTracking()
            join open in db.Cases.AsNoTracking().IgnoreAutoIncludes() on ticket.CaseId equals open.Id
            where ticket.DriverId == driverId
            orderby ticket.OpenSlot == null, ticket.FiledAt descending
            select new { ticket, open }
        )
            .Take(Listed)
            .ToListAsync(ct);
        return new FeedbackHome(
            [.. rows.Select(r => Line(r.ticket, r.open))],
            scheme?.FeedbackTarget,
            scheme is not null && rows.Count(r => r.ticket.OpenSlot is not null) < FeedbackTicket.MostOpen,
            await Hotlines.ReadAsync(db, schemes, authority, now, ct)
        );
    }

    /// <summary>One ticket, or null when it is not the driver's.</summary>
    public async Task<TicketView?> FindAsync(Guid driverId, Guid caseId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var ticket = await db
            .FeedbackTickets.AsNoTracking()
            .SingleOrDefaultAsync(f => f.CaseId == caseId && f.DriverId == driverId, ct);
        if (ticket is null)
        {
            return null;
        }
        var open = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == caseId, ct);
        return new TicketView(
            Line(ticket, open),
            cipher.OpenFeedback(ticket.Text),
            await (
                from file in db.CaseFiles
                join photo in db.Photos on file.PhotoId equals photo.Id
                where file.CaseId == caseId
                orderby file.Number
                select photo.Format
            ).ToListAsync(ct),
            DeadlineArithmetic.Explain(open.Due, open.Term, await CalendarStore.LoadAsync(db, ct)),
            open.DecidedAt,
            open.IsOpen ? null : open.Steps.MaxBy(s => s.Number)!.Note,
            await Hotlines.ReadAsync(db, schemes, await AuthorityAsync(db, driverId, ct), clock.GetUtcNow(), ct)
        );
    }

    /// <summary>A file of the driver's own ticket, or null.</summary>
    /// <param name="number">1, 2, 3.</param>
    public async Task<ShownFile?> FileAsync(Guid driverId, Guid caseId, int number, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var own = db.Photos.Where(p =>
            db.CaseFiles.Any(f => f.CaseId == caseId && f.Number == number && f.PhotoId == p.Id)
            && db.FeedbackTickets.Any(t => t.CaseId == caseId && t.DriverId == driverId)
        );
        return await ShownFiles.FindAsync(db, own, ct);
    }

    private static async Task<string?> AuthorityAsync(PortalDb db, Guid driverId, CancellationToken ct) =>
        await db.Licences.Where(l => l.DriverId == driverId).Select(l => (string?)l.Authority).SingleOrDefaultAsync(ct);

    private static TicketLine Line(FeedbackRow ticket, Case open) =>
        new(ticket.CaseId, ticket.Number, ticket.Kind, ticket.FiledAt, open.State, open.Due);
}
