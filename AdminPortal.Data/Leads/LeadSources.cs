using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Leads;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Leads;

/// <summary>What is looked at in one go: after one instant, up to and including another.</summary>
internal sealed record LeadSlice(DateTimeOffset After, DateTimeOffset To);

/// <summary>Something that was found.</summary>
/// <param name="SubjectId">The same for the same thing, however often it is found.</param>
internal sealed record LeadFinding(Guid SubjectId, Guid DriverId, Guid? RoundId, LeadEvidence Evidence);

/// <summary>Reads the facts of each kind for the pure functions of <see cref="LeadSigns"/>.</summary>
internal static class LeadSources
{
    /// <summary>The most tries with the photos of one slice that are read; more are evidence enough.</summary>
    private const int MostTries = 2000;

    /// <summary>When the things of a kind happened: what the mark moves along.</summary>
    public static IQueryable<DateTimeOffset> Instants(PortalDb db, LeadKind kind) =>
        kind switch
        {
            LeadKind.AnswerTime => Passed(db).Select(a => a.FinishedAt!.Value),
            LeadKind.RepeatedPhoto => db.FaceChecks.Select(c => c.At),
            LeadKind.Heartbeat => db.StudyStretches.Select(s => s.StartedAt),
            LeadKind.SharedDevice => db.Sessions.Where(s => s.DeviceKey != null).Select(s => s.StartedAt),
        };

    public static Task<IReadOnlyList<LeadFinding>> FindAsync(
        CommandScope scope,
        LeadKind kind,
        LeadSlice slice,
        CancellationToken ct
    ) =>
        kind switch
        {
            LeadKind.AnswerTime => AnswersAsync(scope.Db, slice, ct),
            LeadKind.RepeatedPhoto => PhotosAsync(scope, slice, ct),
            LeadKind.Heartbeat => StudyAsync(scope.Db, slice, ct),
            LeadKind.SharedDevice => DevicesAsync(scope, slice, ct),
        };

    private static async Task<IReadOnlyList<LeadFinding>> AnswersAsync(
        PortalDb db,
        LeadSlice slice,
        CancellationToken ct
    )
    {
        var attempts = await Passed(db)
            .Where(a => a.FinishedAt > slice.After && a.FinishedAt <= slice.To)
            .Select(a => new
            {
                a.Id,
                a.DriverId,
                a.RoundId,
                a.QuestionCount,
            })
            .ToListAsync(ct);
        var ids = attempts.Select(a => a.Id).ToList();
        var answers = await (
            from answer in db.ExamAnswers
            join item in db.ExamItems
                on new { answer.AttemptId, answer.Ordinal } equals new { item.AttemptId, item.Ordinal }
            where ids.Contains(answer.AttemptId)
            select new
            {
                answer.AttemptId,
                answer.Ordinal,
                item.VersionId,
                answer.IssuedAt,
                answer.AnsweredAt,
                answer.IsRight,
            }
        ).ToListAsync(ct);
        var versions = answers.Select(a => a.VersionId).Distinct().ToList();
        var lengths = (
            await db
                .QuestionVersions.Where(v => versions.Contains(v.Id))
                .Select(v => new
                {
                    v.Id,
                    v.Text,
                    v.Options,
                })
                .ToListAsync(ct)
        ).ToDictionary(v => v.Id, v => v.Text.Zh.Length + v.Options.Sum(o => o.Zh.Length));
        var of = answers.ToLookup(
            a => a.AttemptId,
            a => new AnswerFact(a.Ordinal, lengths[a.VersionId], a.IssuedAt, a.AnsweredAt, a.IsRight)
        );
        return
        [
            .. from attempt in attempts
            let evidence = LeadSigns.OfAnswers(of[attempt.Id], attempt.QuestionCount)
            where evidence is not null
            select new LeadFinding(attempt.Id, attempt.DriverId, attempt.RoundId, evidence),
        ];
    }

    private static async Task<IReadOnlyList<LeadFinding>> PhotosAsync(
        CommandScope scope,
        LeadSlice slice,
        CancellationToken ct
    )
    {
        var db = scope.Db;
        var fresh =
            from check in WithFace(db)
            where check.At > slice.After && check.At <= slice.To
            join photo in db.Photos on check.PhotoId equals photo.Id
            select photo.Sha256;
        var tries = await (
            from check in WithFace(db)
            join photo in db.Photos on check.PhotoId equals photo.Id
            join round in db.Rounds on check.RoundId equals round.Id
            where fresh.Contains(photo.Sha256)
            orderby check.At descending, check.Id
            select new
            {
                photo.Sha256,
                check.DriverId,
                round.Authority,
                check.RoundId,
                check.Series,
                check.Purpose,
                PhotoId = photo.Id,
                check.At,
            }
        )
            .Take(MostTries)
            .ToListAsync(ct);
        return
        [
            .. from same in tries.GroupBy(
                t => Convert.ToHexStringLower(t.Sha256),
                t => new PhotoFact(t.DriverId, t.Authority, t.RoundId, t.Series, t.Purpose, t.PhotoId, t.At)
            )
            let facts = same.ToList()
            from driver in facts.Select(t => t.DriverId).Distinct()
            let evidence = LeadSigns.OfPhoto(driver, facts)
            where evidence is not null
            // In a later round the same photo is a new matter.
            let round = facts.Where(t => t.DriverId == driver).MaxBy(t => t.At)!.RoundId
            select new LeadFinding(SubjectOf(scope, "lead.photo", $"{same.Key}/{round:N}"), driver, round, evidence),
        ];
    }

    private static async Task<IReadOnlyList<LeadFinding>> StudyAsync(PortalDb db, LeadSlice slice, CancellationToken ct)
    {
        var fresh = db
            .StudyStretches.Where(s => s.StartedAt > slice.After && s.StartedAt <= slice.To)
            .Select(s => s.RoundId);
        var stretches = await (
            from stretch in db.StudyStretches
            join round in db.Rounds on stretch.RoundId equals round.Id
            where fresh.Contains(stretch.RoundId) && stretch.StartedAt <= slice.To
            select new
            {
                round.Id,
                round.DriverId,
                stretch.StartedAt,
                stretch.LastBeatAt,
                stretch.Seconds,
            }
        ).ToListAsync(ct);
        return
        [
            .. from round in stretches.GroupBy(s => new { s.Id, s.DriverId })
            let evidence = LeadSigns.OfStudy(round.Select(s => new StretchFact(s.StartedAt, s.LastBeatAt, s.Seconds)))
            where evidence is not null
            select new LeadFinding(round.Key.Id, round.Key.DriverId, round.Key.Id, evidence),
        ];
    }

    private static async Task<IReadOnlyList<LeadFinding>> DevicesAsync(
        CommandScope scope,
        LeadSlice slice,
        CancellationToken ct
    )
    {
        var db = scope.Db;
        var fresh = db
            .Sessions.Where(s => s.DeviceKey != null && s.StartedAt > slice.After && s.StartedAt <= slice.To)
            .Select(s => s.DeviceKey);
        var signIns = await (
            from session in db.Sessions
            join licence in db.Licences on session.SubjectId equals licence.DriverId
            where session.Kind == ActorKind.Driver && session.DeviceKey != null && fresh.Contains(session.DeviceKey)
            select new
            {
                session.DeviceKey,
                licence.DriverId,
                licence.Authority,
                session.StartedAt,
            }
        ).ToListAsync(ct);
        return
        [
            .. from device in signIns.GroupBy(s => Convert.ToHexStringLower(s.DeviceKey!))
            let evidence = LeadSigns.OfDevice(device.Select(s => new DeviceFact(s.DriverId, s.Authority, s.StartedAt)))
            where evidence is not null
            from driver in device.Select(s => s.DriverId).Distinct()
            // Once a day and driver, and nothing in it leads back to the device.
            let subject = SubjectOf(scope, "lead.device", $"{device.Key}/{driver:N}/{scope.Today:yyyyMMdd}")
            select new LeadFinding(subject, driver, null, evidence),
        ];
    }

    private static IQueryable<ExamAttempt> Passed(PortalDb db) =>
        db
            .ExamAttempts.AsNoTracking()
            .Where(a =>
                a.FinishedAt != null
                && (a.State == ExamState.Closing || a.State == ExamState.Passed || a.State == ExamState.Invalid)
            );

    // A covered camera gives the same black picture to everybody: only where somebody was seen two photos can be the same one.
    private static IQueryable<FaceChecks.FaceCheckRow> WithFace(PortalDb db) =>
        db.FaceChecks.AsNoTracking().Where(c => c.Outcome == FaceOutcome.Match || c.Outcome == FaceOutcome.Mismatch);

    // Keyed, so that no digest of a photo or a device outlives what it was made of.
    private static Guid SubjectOf(CommandScope scope, string purpose, string of) =>
        new(scope.Cipher.SearchKey(purpose, of).AsSpan(0, 16));
}
