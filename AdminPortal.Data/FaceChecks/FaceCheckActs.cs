using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Exams;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.FaceChecks;

/// <summary>A face check that is due now, and the permission to submit one photo for it.</summary>
/// <param name="ChallengeId">Goes back with the photo; single use.</param>
/// <param name="TriesLeft">Failures that may still happen; unavailable comparisons do not count.</param>
/// <param name="LastOutcome">What the try before found, or null.</param>
/// <param name="BlockedUntil">When the next try is allowed, or null when it is now.</param>
/// <param name="MayFileIdPhoto">The verification failed, and an officer may look at a photo with the identity card (S1-27).</param>
public sealed record FaceChallenge(
    Guid ChallengeId,
    FaceCheckPurpose Purpose,
    int TriesLeft,
    FaceOutcome? LastOutcome,
    DateTimeOffset? BlockedUntil,
    bool MayFileIdPhoto = false
);

/// <summary>Which check a driver owes at this moment: read from the state of round and attempt, never from the page.</summary>
internal sealed record DueCheck(FaceCheckPurpose Purpose, Guid? AttemptId, string Series);

internal static class DueChecks
{
    /// <summary>How long a failed verification keeps the driver from the next series of tries (D-VERIFICATION-PAUSE).</summary>
    public static readonly TimeSpan VerificationPause = TimeSpan.FromMinutes(30);

    public static async Task<DueCheck?> FindAsync(CommandScope scope, Round round, Scheme scheme, CancellationToken ct)
    {
        var attempt = await scope.Db.ExamAttempts.SingleOrDefaultAsync(
            a => a.RoundId == round.Id && (a.FinishedAt == null || a.State == ExamState.Closing),
            ct
        );
        if (attempt is not null)
        {
            return attempt.State switch
            {
                ExamState.Opening => new DueCheck(FaceCheckPurpose.ExamStart, attempt.Id, $"{attempt.Id:N}/start"),
                ExamState.Paused => new DueCheck(FaceCheckPurpose.Exam, attempt.Id, $"{attempt.Id:N}/random"),
                ExamState.Closing => new DueCheck(FaceCheckPurpose.ExamEnd, attempt.Id, $"{attempt.Id:N}/end"),
                ExamState.Running => null,
                ExamState.Passed or ExamState.Failed or ExamState.NotAccepted => null,
                ExamState.Invalid or ExamState.Annulled => null,
            };
        }
        if (round.SnapshotIsDue)
        {
            return new DueCheck(FaceCheckPurpose.Study, null, $"{round.Id:N}/study/{round.SnapshotAtSecond}");
        }
        var valid = await Verifications.IsValidAsync(
            scope.Db,
            round,
            scheme,
            await scope.CalendarAsync(ct),
            scope.Now,
            ct
        );
        return round.State == RoundState.Studying && !valid
            ? new DueCheck(FaceCheckPurpose.Verification, null, await VerificationSeriesAsync(scope, round, scheme, ct))
            : null;
    }

    /// <summary>
    /// The outcomes of one check so far, in order; a try without an answer, or one that an outage spoilt, counts as unavailable. Rows that the act has changed
    /// count as changed: they are the tracked ones.
    /// </summary>
    public static async Task<List<FaceOutcome>> OutcomesAsync(PortalDb db, string series, CancellationToken ct) =>
        [
            .. (
                await db.FaceChecks.Where(c => c.Series == series).OrderBy(c => c.At).ThenBy(c => c.Id).ToListAsync(ct)
            ).Select(check =>
                check.OutageId is null ? check.Outcome ?? FaceOutcome.Unavailable : FaceOutcome.Unavailable
            ),
        ];

    /// <summary>
    /// Makes the tries of one driver wait for each other until the act ends. A try counts the tries before it, and two that came
    /// at once would not see each other.
    /// </summary>
    public static async Task QueueUpAsync(PortalDb db, Guid roundId, CancellationToken ct) =>
        await db
            .Rounds.Where(r => r.Id == roundId)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Version, r => r.Version + 1), ct);

    // After a failed series the next one has the next number; the pause in between is enforced when it is opened.
    private static async Task<string> VerificationSeriesAsync(
        CommandScope scope,
        Round round,
        Scheme scheme,
        CancellationToken ct
    )
    {
        for (var number = 1; ; number++)
        {
            var series = $"{round.Id:N}/verification/{number}";
            var outcomes = await OutcomesAsync(scope.Db, series, ct);
            if (FaceSeries.Of(outcomes, scheme.FaceTries.Value).State == FaceSeriesState.Open)
            {
                return series;
            }
            var last = await scope.Db.FaceChecks.Where(c => c.Series == series).MaxAsync(c => c.At, ct);
            if (
                last + VerificationPause > scope.Now
                || outcomes[^1] == FaceOutcome.Match && last.AddDays(1) > scope.Now
            )
            {
                return series;
            }
        }
    }
}

/// <summary>Opens the face check that is due, as a single-use challenge.</summary>
public sealed record OpenFaceChallenge : ICommand<FaceChallenge>
{
    public Permission Permission => Permission.ActAsDriver;

    /// <summary>A challenge changes nothing by itself; the try that uses it is audited.</summary>
    public bool IsAudited => false;

    public async Task<Outcome<FaceChallenge>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await Studies.OpenRoundAsync(scope.Db, scope.Actor.Id, ct) is not { } round)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (await FaceConsents.MissingAsync(scope.Db, scope.Actor.Id, ct) is { } missing)
        {
            return missing;
        }
        var scheme = scope.SchemeOf(round);
        if (await DueChecks.FindAsync(scope, round, scheme, ct) is not { } due)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var outcomes = await DueChecks.OutcomesAsync(scope.Db, due.Series, ct);
        var series = FaceSeries.Of(outcomes, scheme.FaceTries.Value);
        if (series.State == FaceSeriesState.Failed)
        {
            var last = await scope.Db.FaceChecks.Where(c => c.Series == due.Series).MaxAsync(c => c.At, ct);
            return new FaceChallenge(
                Guid.Empty,
                due.Purpose,
                0,
                outcomes[^1],
                last + DueChecks.VerificationPause,
                scheme.IdPhotoPeriod is not null && round.IdPhotosFiled < scheme.IdPhotoTries.Value
            );
        }
        var challenge = new FaceChallengeRow
        {
            Id = Guid.NewGuid(),
            DriverId = round.DriverId,
            RoundId = round.Id,
            AttemptId = due.AttemptId,
            Purpose = due.Purpose,
            Series = due.Series,
            IssuedAt = scope.Now,
        };
        scope.Db.FaceChallenges.Add(challenge);
        return new FaceChallenge(
            challenge.Id,
            due.Purpose,
            series.TriesLeft,
            outcomes.Count > 0 ? outcomes[^1] : null,
            null
        );
    }
}

/// <summary>A photo that is stored and waits for its comparison.</summary>
/// <param name="ReferencePhotoId">The authority's photo; null when there is none, which the driver cannot help.</param>
internal sealed record FaceTry(Guid CheckId, Guid? ReferencePhotoId);

/// <summary>Uses a challenge for one sanitised photo whose file is already stored.</summary>
internal sealed record TakeFacePhoto(Guid ChallengeId, Guid PhotoId, byte[] Sha256, int Length, int Width, int Height)
    : ICommand<FaceTry>
{
    /// <summary>Tries a driver may make in ten minutes, whatever their outcome.</summary>
    private const int TriesPerTenMinutes = 20;

    /// <summary>How long a comparison may take before its try is taken for lost.</summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<FaceTry>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        var challenge = await db.FaceChallenges.SingleOrDefaultAsync(
            c => c.Id == ChallengeId && c.DriverId == driverId,
            ct
        );
        if (challenge is null)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (challenge.UsedAt is not null)
        {
            return new Refusal(RefusalCode.ChallengeUsed);
        }
        if (scope.Now >= challenge.IssuedAt + FaceChallengeRow.Lifetime)
        {
            return new Refusal(RefusalCode.ChallengeExpired);
        }
        var recent = await db.FaceChecks.CountAsync(
            c => c.DriverId == driverId && c.At > scope.Now.AddMinutes(-10),
            ct
        );
        if (recent >= TriesPerTenMinutes)
        {
            return new Refusal(RefusalCode.PhotoTooOften);
        }
        await DueChecks.QueueUpAsync(db, challenge.RoundId, ct);
        // After the wait: a withdrawal that came first is seen.
        if (await FaceConsents.MissingAsync(db, driverId, ct) is { } missing)
        {
            return missing;
        }
        var round = await db.Rounds.SingleAsync(r => r.Id == challenge.RoundId, ct);
        var scheme = scope.SchemeOf(round);
        var due = await DueChecks.FindAsync(scope, round, scheme, ct);
        if (due?.Series != challenge.Series)
        {
            // Another device or a passed deadline settled it meanwhile.
            return new Refusal(RefusalCode.ChallengeExpired);
        }
        // Photos sent at once must not be more tries than the driver has left.
        var series = FaceSeries.Of(await DueChecks.OutcomesAsync(db, due.Series, ct), scheme.FaceTries.Value);
        var underWay = await db.FaceChecks.CountAsync(
            c => c.Series == due.Series && c.Outcome == null && c.At > scope.Now - InFlight,
            ct
        );
        if (underWay >= series.TriesLeft)
        {
            return new Refusal(RefusalCode.PhotoTooOften);
        }
        challenge.UsedAt = scope.Now;
        var isRepeat = await db.Photos.AnyAsync(p => p.DriverId == driverId && p.Sha256 == Sha256, ct);
        db.Photos.Add(
            new PhotoRow
            {
                Id = PhotoId,
                DriverId = driverId,
                Kind = PhotoKind.Live,
                Sha256 = Sha256,
                Length = Length,
                Width = Width,
                Height = Height,
                StoredAt = scope.Now,
            }
        );
        var check = new FaceCheckRow
        {
            Id = Guid.CreateVersion7(scope.Now),
            ChallengeId = challenge.Id,
            DriverId = driverId,
            RoundId = challenge.RoundId,
            AttemptId = challenge.AttemptId,
            Purpose = challenge.Purpose,
            Series = challenge.Series,
            PhotoId = PhotoId,
            At = scope.Now,
            IsRepeat = isRepeat,
        };
        db.FaceChecks.Add(check);
        scope.Audit("FaceCheck", check.Id, driverId, new { check.Purpose, photo = PhotoId });
        var reference = await db.Drivers.Where(d => d.Id == driverId).Select(d => d.ReferencePhotoId).SingleAsync(ct);
        return new FaceTry(check.Id, reference);
    }
}

/// <summary>What a try at a face check led to.</summary>
/// <param name="State">Whether the check is passed, failed for good, or may be tried again.</param>
public sealed record FaceVerdict(FaceCheckPurpose Purpose, FaceOutcome Outcome, FaceSeriesState State, int TriesLeft);

/// <summary>Records what the comparison found and does what the scheme says follows from it.</summary>
internal sealed record RecordFaceOutcome(Guid CheckId, FaceOutcome Outcome, decimal? Score) : ICommand<FaceVerdict>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<FaceVerdict>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var check = await db.FaceChecks.SingleAsync(c => c.Id == CheckId && c.DriverId == scope.Actor.Id, ct);
        await DueChecks.QueueUpAsync(db, check.RoundId, ct);
        var round = await db.Rounds.SingleAsync(r => r.Id == check.RoundId, ct);
        var scheme = scope.SchemeOf(round);
        if (check.Outcome is not null)
        {
            return new Refusal(RefusalCode.Repeated);
        }
        var due = await DueChecks.FindAsync(scope, round, scheme, ct);
        check.Outcome = Outcome;
        check.Score = Score;
        check.ComparedAt = scope.Now;
        var outcomes = await DueChecks.OutcomesAsync(db, check.Series, ct);
        var series = FaceSeries.Of(outcomes, scheme.FaceTries.Value);
        var settles = due?.Series == check.Series && series.State != FaceSeriesState.Open;
        if (settles)
        {
            await SettleAsync(scope, check, round, scheme, series.State == FaceSeriesState.Passed, ct);
        }
        scope.Audit(
            "FaceCheck",
            check.Id,
            check.DriverId,
            new
            {
                check.Purpose,
                Outcome,
                Score,
                series.State,
                settles,
            }
        );
        return new FaceVerdict(check.Purpose, Outcome, series.State, series.TriesLeft);
    }

    private static async Task SettleAsync(
        CommandScope scope,
        FaceCheckRow check,
        Round round,
        Scheme scheme,
        bool passed,
        CancellationToken ct
    )
    {
        switch (check.Purpose)
        {
            case FaceCheckPurpose.Verification:
                break;
            case FaceCheckPurpose.Study:
                await StudyChecks.SettleAsync(scope, round, scheme, passed, check.Id, ct);
                break;
            case FaceCheckPurpose.ExamStart:
            case FaceCheckPurpose.Exam:
            case FaceCheckPurpose.ExamEnd:
                var attempt = await scope.Db.ExamAttempts.SingleAsync(a => a.Id == check.AttemptId, ct);
                await ExamChecks.SettleAsync(scope, check.Purpose, attempt, round, scheme, passed, ct);
                break;
        }
    }
}
