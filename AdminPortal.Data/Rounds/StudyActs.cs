using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Messages;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Rounds;

/// <summary>What the study page needs after opening a section or after a heartbeat.</summary>
/// <param name="Ticket">The single-use ticket the next beat must carry.</param>
/// <param name="CreditedSeconds">Seconds that count so far.</param>
/// <param name="RequiredSeconds">Seconds that are required.</param>
/// <param name="IsCheckDue">True when a random face check interrupts the study.</param>
public sealed record StudyProgress(string Ticket, int CreditedSeconds, int RequiredSeconds, bool IsCheckDue);

/// <summary>A driver opens a study section on one device; an older device loses the study (S0-09, one study at a time).</summary>
public sealed record BeginStudy(string SectionId) : ICommand<StudyProgress>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<StudyProgress>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        if (await Studies.OpenRoundAsync(db, driverId, ct) is not { } round)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var isOffered = await db.SectionVersions.AnyAsync(
            s => s.SectionId == SectionId && s.State == QuestionState.Published,
            ct
        );
        if (!isOffered && !await Studies.HasBegunAsync(db, round.Id, SectionId, ct))
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var scheme = scope.SchemeOf(round);
        if (round.MayStudy(scope.Now) is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        if (await FaceConsents.MissingAsync(db, driverId, ct) is { } missing)
        {
            // Its minutes would be lost at the next face check, which cannot take place.
            return missing;
        }
        if (!await Verifications.IsValidAsync(db, round, scheme, await scope.CalendarAsync(ct), scope.Now, ct))
        {
            return new Refusal(RefusalCode.VerificationMissing);
        }
        var session = await db.StudySessions.SingleOrDefaultAsync(s => s.DriverId == driverId, ct);
        if (session is null)
        {
            session = StudySession.For(driverId);
            db.StudySessions.Add(session);
        }
        var stretch = Studies.NewStretch(round.Id, SectionId, scope.Now);
        db.StudyStretches.Add(stretch);
        session.Begin(round.Id, stretch.Id, SectionId, session.TicketOf(CommandScope.Ticket(), next: true), scope.Now);
        scope.Audit("Round", round.Id, driverId, new { section = SectionId });
        var stretches = await Studies.StretchesAsync(db, round.Id, ct);
        return Studies.Progress(session, round, stretches, scheme);
    }
}

/// <summary>A heartbeat of the study page: credits the server's elapsed seconds, once (rulebook D, D-HEARTBEAT).</summary>
public sealed record TakeBeat(string Ticket) : ICommand<StudyProgress>
{
    public Permission Permission => Permission.ActAsDriver;

    /// <summary>The stretches are the record: four beats a minute of every driver would bury everything else in the trail.</summary>
    public bool IsAudited => false;

    public async Task<Outcome<StudyProgress>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        if (
            await db.StudySessions.SingleOrDefaultAsync(s => s.DriverId == driverId, ct) is not { IsOpen: true } session
        )
        {
            return new Refusal(RefusalCode.StudyTakenOver);
        }
        var round = await db.Rounds.SingleAsync(r => r.Id == session.RoundId, ct);
        var scheme = scope.SchemeOf(round);
        if (round.MayStudy(scope.Now) is Outcome<Unit>.Refused late)
        {
            return late.Refusal;
        }
        var stretches = await Studies.StretchesAsync(db, round.Id, ct);
        if (session.Check(Ticket) is { } invalid)
        {
            return invalid;
        }
        if (round.SnapshotIsDue)
        {
            // Nothing is credited until the face is checked.
            return Studies.Progress(session, round, stretches, scheme);
        }
        var taken = session.Take(Ticket, session.TicketOf(CommandScope.Ticket(), next: false), scope.Now);
        if (taken is Outcome<Beat>.Refused refused)
        {
            return refused.Refusal;
        }
        var beat = ((Outcome<Beat>.Done)taken).Value;
        if (beat.NewStretch)
        {
            var next = Studies.NewStretch(round.Id, session.SectionId, scope.Now);
            db.StudyStretches.Add(next);
            session.Continue(next.Id);
            stretches.Add(next);
        }
        else if (beat.Credited > 0)
        {
            var stretch = stretches.Single(s => s.Id == session.StretchId);
            stretch.Seconds += beat.Credited;
            stretch.LastBeatAt = scope.Now;
            round.AddStudy(beat.Credited);
        }
        return Studies.Progress(session, round, stretches, scheme);
    }
}

/// <summary>The driver files the completed study; the exam window begins (S0-12, S1-28).</summary>
public sealed record FileCompletion : ICommand<Unit>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        if (await Studies.OpenRoundAsync(db, driverId, ct) is not { } round)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (round.State == RoundState.ExamOpen)
        {
            // Filed already: a second click is the same success.
            return new Unit();
        }
        if (round.SnapshotIsDue)
        {
            return new Refusal(RefusalCode.FaceCheckPending);
        }
        var scheme = scope.SchemeOf(round);
        var credited = StudyCredit.Seconds(await Studies.StretchesAsync(db, round.Id, ct), scheme);
        var filed = round.FileCompletion(credited, scheme, await scope.CalendarAsync(ct), scope.Actor, scope.Now);
        if (filed is Outcome<Unit>.Refused)
        {
            return filed;
        }
        await Studies.EndSessionAsync(db, driverId, ct);
        Studies.TellCompleted(scope, round, scheme);
        scope.Audit("Round", round.Id, driverId, new { credited });
        return new Unit();
    }
}

internal static class Studies
{
    public static async Task<Round?> OpenRoundAsync(PortalDb db, Guid driverId, CancellationToken ct) =>
        await db.Rounds.SingleOrDefaultAsync(
            r => r.DriverId == driverId && r.State != RoundState.Reduced && r.State != RoundState.Void,
            ct
        );

    public static async Task<List<StudyStretch>> StretchesAsync(PortalDb db, Guid roundId, CancellationToken ct) =>
        await db.StudyStretches.Where(s => s.RoundId == roundId).OrderBy(s => s.StartedAt).ToListAsync(ct);

    /// <summary>Whether a section was begun in a round: who is in the middle of one that goes out of use may go on (D-STUDY-RETIRED).</summary>
    public static async Task<bool> HasBegunAsync(PortalDb db, Guid roundId, string sectionId, CancellationToken ct) =>
        await db.StudyStretches.AnyAsync(s => s.RoundId == roundId && s.SectionId == sectionId, ct);

    public static StudyStretch NewStretch(Guid roundId, string sectionId, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            RoundId = roundId,
            SectionId = sectionId,
            StartedAt = now,
            LastBeatAt = now,
        };

    public static StudyProgress Progress(
        StudySession session,
        Round round,
        IEnumerable<StudyStretch> stretches,
        Scheme scheme
    ) =>
        new(
            session.Ticket,
            StudyCredit.Seconds(stretches, scheme),
            scheme.StudyMinutes.Value * 60,
            round.SnapshotIsDue
        );

    public static async Task EndSessionAsync(PortalDb db, Guid driverId, CancellationToken ct)
    {
        var session = await db.StudySessions.SingleOrDefaultAsync(s => s.DriverId == driverId, ct);
        session?.End();
    }

    public static void TellCompleted(CommandScope scope, Round round, Scheme scheme) =>
        scope.Tell(round.DriverId, scheme, MessageTemplate.StudyCompleted, Moment(round.Running!));

    /// <summary>The last moment of a deadline for a message: the instant, or the provisional day while it is awaited.</summary>
    public static object Moment(RoundDeadline deadline) =>
        deadline.ExpiresAt is { } end ? end : deadline.ProvisionalDay!.Value;
}
