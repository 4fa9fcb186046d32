using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Outages;

/// <summary>Which rounds an outage may have hit, and what it did to each: one code for the preview and for the act.</summary>
internal static class OutageWork
{
    /// <summary>How long before an outage a round that it hit can have begun: no points cycle is longer.</summary>
    private const int LongestRoundDays = 366;

    /// <summary>The rounds of its authorities (or of its one driver) that were under way in it.</summary>
    public static IQueryable<Round> Candidates(PortalDb db, Outage outage)
    {
        var authorities = outage.Authorities.Select(a => a.Authority).ToList();
        var (from, to, earliest) = (outage.From, outage.To, outage.From.AddDays(-LongestRoundDays));
        var rounds = db.Rounds.Where(r =>
            authorities.Contains(r.Authority)
            && r.OpenedAt >= earliest
            && r.OpenedAt < to
            && r.State != RoundState.Reducing
            && r.State != RoundState.Reduced
            && (r.State != RoundState.Void || r.Steps.Any(s => s.At >= from))
        );
        return outage.DriverId is { } driver ? rounds.Where(r => r.DriverId == driver) : rounds;
    }

    /// <summary>Everything about some rounds that the rule asks for; tracked, or as copies that nothing is written from.</summary>
    public static async Task<IReadOnlyList<OutageCase>> LoadAsync(
        PortalDb db,
        IReadOnlyList<Round> rounds,
        bool tracked,
        DateOnly today,
        CancellationToken ct
    )
    {
        var ids = rounds.Select(r => r.Id).ToList();
        var drivers = rounds.Select(r => r.DriverId).ToList();
        var tracking = tracked ? QueryTrackingBehavior.TrackAll : QueryTrackingBehavior.NoTracking;
        var attempts = await db
            .ExamAttempts.AsTracking(tracking)
            .Where(a => ids.Contains(a.RoundId))
            .OrderBy(a => a.OpenedAt)
            .ToListAsync(ct);
        var stretches = await db
            .StudyStretches.AsTracking(tracking)
            .Where(s => ids.Contains(s.RoundId))
            .OrderBy(s => s.StartedAt)
            .ToListAsync(ct);
        var tries = await db
            .FaceChecks.Where(c =>
                ids.Contains(c.RoundId) && c.Outcome != null && c.ComparedAt != null && c.OutageId == null
            )
            .Select(c => new
            {
                c.RoundId,
                c.Id,
                Outcome = c.Outcome!.Value,
                At = c.ComparedAt!.Value,
            })
            .ToListAsync(ct);
        var reviews = await db
            .Reviews.Where(r => ids.Contains(r.RoundId))
            .Select(r => new { r.RoundId, Subject = r.AttemptId ?? r.CheckId!.Value })
            .ToListAsync(ct);
        var later = await db
            .Rounds.Where(r => drivers.Contains(r.DriverId))
            .GroupBy(r => r.DriverId)
            .Select(g => new { DriverId = g.Key, Last = g.Max(r => r.OpenedAt) })
            .ToDictionaryAsync(r => r.DriverId, r => r.Last, ct);
        var barred = await db
            .BlacklistEntries.Where(e =>
                drivers.Contains(e.DriverId) && e.State == BlacklistState.InForce && e.OffOnlineUntil >= today
            )
            .Select(e => e.DriverId)
            .Union(
                db.DriverEntries.Where(e =>
                        drivers.Contains(e.DriverId)
                        && e.Kind == RecordKind.Blacklist
                        && e.LiftedAt == null
                        && e.Until >= today
                    )
                    .Select(e => e.DriverId)
            )
            .ToListAsync(ct);
        return
        [
            .. rounds.Select(round => new OutageCase(
                round,
                [.. attempts.Where(a => a.RoundId == round.Id)],
                [.. stretches.Where(s => s.RoundId == round.Id)],
                [.. tries.Where(t => t.RoundId == round.Id).Select(t => new FaceTryFact(t.Id, t.Outcome, t.At))],
                reviews.Where(r => r.RoundId == round.Id).Select(r => r.Subject).ToHashSet(),
                later[round.DriverId] == round.OpenedAt && !barred.Contains(round.DriverId)
            )),
        ];
    }

    /// <summary>The confirmed outages from which the windows of its authorities are reckoned; this one is added by the caller.</summary>
    public static Task<List<Outage>> KnownAsync(PortalDb db, Outage outage, CancellationToken ct)
    {
        var authorities = outage.Authorities.Select(a => a.Authority).ToList();
        var earliest = outage.From.AddDays(-LongestRoundDays);
        return db
            .Outages.AsNoTracking()
            .Where(o =>
                o.State == OutageState.Confirmed
                && o.Id != outage.Id
                && o.To > earliest
                && o.Authorities.Any(a => authorities.Contains(a.Authority))
            )
            .ToListAsync(ct);
    }

    /// <summary>Those of them that are a round's.</summary>
    public static IReadOnlyList<Outage> Of(Round round, Outage outage, IEnumerable<Outage> known) =>
        [
            outage,
            .. known.Where(o =>
                o.Authorities.Any(a => a.Authority == round.Authority)
                && (o.DriverId is null || o.DriverId == round.DriverId)
            ),
        ];

    /// <summary>Gives back what a confirmed outage took from the next rounds, each once.</summary>
    /// <returns>How many rounds were gone through.</returns>
    public static async Task<int> ApplyAsync(CommandScope scope, Outage outage, int batch, CancellationToken ct)
    {
        var db = scope.Db;
        var rounds = await Candidates(db, outage)
            .Where(r => r.State != RoundState.Examining)
            .Where(r => !db.OutageEffects.Any(e => e.OutageId == outage.Id && e.RoundId == r.Id))
            .OrderBy(r => r.Id)
            .Take(batch)
            .ToListAsync(ct);
        if (rounds.Count == 0)
        {
            return 0;
        }
        foreach (var ended in rounds.Where(r => !r.IsOpen))
        {
            // A new application, or an entry on the blacklist, waits for the end of this or is seen here.
            await DriverQueue.EnterAsync(db, ended.DriverId, ct);
        }
        var known = await KnownAsync(db, outage, ct);
        var calendar = await scope.CalendarAsync(ct);
        var given = 0;
        foreach (var of in await LoadAsync(db, rounds, tracked: true, scope.Today, ct))
        {
            given += await ApplyAsync(scope, outage, of, Of(of.Round, outage, known), calendar, ct) ? 1 : 0;
        }
        if (given == 0)
        {
            // Every round that something was given back for has an entry of its own.
            scope.Audit("Outage", outage.Id, outage.DriverId, new { rounds = rounds.Count });
        }
        return rounds.Count;
    }

    /// <returns>True when the driver has something of it.</returns>
    private static async Task<bool> ApplyAsync(
        CommandScope scope,
        Outage outage,
        OutageCase of,
        IReadOnlyList<Outage> known,
        WorkingCalendar calendar,
        CancellationToken ct
    )
    {
        var (db, round) = (scope.Db, of.Round);
        var scheme = scope.SchemeOf(round);
        var effect = OutageRule.Apply(outage, of, known, scheme, calendar, scope.Now);
        if (effect.Discounted.Count > 0)
        {
            foreach (var check in await db.FaceChecks.Where(c => effect.Discounted.Contains(c.Id)).ToListAsync(ct))
            {
                check.OutageId = outage.Id;
            }
        }
        db.OutageEffects.Add(Row(outage, round, effect, scope.Now));
        if (!effect.IsAny)
        {
            return false;
        }
        Tell(scope, outage, round, effect, scheme);
        scope.Audit(
            "Round",
            round.Id,
            round.DriverId,
            new
            {
                outage = outage.Id,
                effect.Act,
                voided = effect.Voided,
                discounted = effect.Discounted.Count,
                effect.SecondsRestored,
            }
        );
        return true;
    }

    private static OutageEffectRow Row(Outage outage, Round round, OutageEffect effect, DateTimeOffset now) =>
        new()
        {
            OutageId = outage.Id,
            RoundId = round.Id,
            At = now,
            IsHit = effect.IsHit,
            Voided = effect.Voided,
            Discounted = effect.Discounted.Count,
            SecondsRestored = effect.SecondsRestored,
            Act = effect.Act,
            Window = effect.Window,
            EndBefore = effect.Before?.ExpiresAt,
            EndAfter = effect.After?.ExpiresAt,
            Left = effect.Left,
        };

    private static void Tell(CommandScope scope, Outage outage, Round round, OutageEffect effect, Scheme scheme)
    {
        if (effect.SecondsRestored > 0)
        {
            Tell(MessageTemplate.OutageStudy, effect.SecondsRestored / 60);
        }
        switch (effect.Act)
        {
            case RoundAct.ReopenStudy
            or RoundAct.ReopenExam
            or RoundAct.ReopenResit
            or RoundAct.ReopenVerification when round.Steps[^1].From == RoundState.Void:
                Tell(MessageTemplate.OutageReopened, effect.Window!.Value.ToString(), Studies.Moment(round.Running!));
                break;
            case RoundAct.ReopenExam or RoundAct.ReopenResit:
                Tell(MessageTemplate.OutageAttempt, effect.Window!.Value.ToString(), Studies.Moment(round.Running!));
                break;
            case RoundAct.ReopenVerification:
            case RoundAct.ExtendWindow:
                Tell(MessageTemplate.OutageWindow, effect.Window!.Value.ToString(), Studies.Moment(round.Running!));
                break;
        }
        if (effect.Voided > 0 && effect.Act is not (RoundAct.ReopenExam or RoundAct.ReopenResit))
        {
            Tell(MessageTemplate.OutageAttemptFreed);
        }

        void Tell(MessageTemplate template, params object[] facts) =>
            scope.Tell(round.DriverId, scheme, template, [outage.From, outage.To, .. facts]);
    }
}
