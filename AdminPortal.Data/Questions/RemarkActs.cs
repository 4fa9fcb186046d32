using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Points;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>An editor proposes that papers with a wrong version are marked again by its corrected one (D-REMARK).</summary>
/// <param name="RemarkId">Made by the form, so that the same form sent twice is one proposal.</param>
public sealed record ProposeRemark(Guid RemarkId, Guid FromId, Guid ToId, string? Reason) : ICommand<Guid>
{
    public Permission Permission => Permission.ProposeRemarks;

    public async Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var open = await db
            .Remarks.Where(r =>
                r.Id == RemarkId || (r.FromId == FromId && r.ToId == ToId && r.State == RemarkState.Proposed)
            )
            .Select(r => new { r.Id, r.ProposedById })
            .ToListAsync(ct);
        if (open.Count > 0)
        {
            return open.Exists(r => r.Id == RemarkId && r.ProposedById == scope.Actor.Id)
                ? RemarkId
                : new Refusal(RefusalCode.RemarkProposed);
        }
        var versions = await db
            .QuestionVersions.AsNoTracking()
            .Where(q => q.Id == FromId || q.Id == ToId)
            .ToDictionaryAsync(q => q.Id, ct);
        if (!versions.TryGetValue(FromId, out var from) || !versions.TryGetValue(ToId, out var to))
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var proposed = Remark.Propose(RemarkId, from, to, Reason, scope.Actor, scope.Now);
        if (proposed is not Outcome<Remark>.Done { Value: var remark })
        {
            return ((Outcome<Remark>.Refused)proposed).Refusal;
        }
        db.Remarks.Add(remark);
        scope.Audit(
            "Remark",
            remark.Id,
            null,
            new
            {
                remark.QuestionId,
                from = remark.FromNumber,
                to = remark.ToNumber,
            }
        );
        return remark.Id;
    }
}

/// <summary>
/// Another editor confirms: the papers are marked again, in one transaction, and every driver whose exam changes is told. Only a
/// lost attempt with its resit window open changes (D-REMARK).
/// </summary>
public sealed record ConfirmRemark(Guid RemarkId) : ICommand<Unit>
{
    public Permission Permission => Permission.ConfirmRemarks;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var remark = await db.Remarks.SingleOrDefaultAsync(r => r.Id == RemarkId, ct);
        if (remark is null)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (remark.State == RemarkState.Confirmed && remark.CheckedById == scope.Actor.Id)
        {
            // The second click of the same confirmation is the same success.
            return new Unit();
        }
        if (remark.Confirm(scope.Actor, scope.Now) is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        var versions = await db
            .QuestionVersions.AsNoTracking()
            .Where(q => q.Id == remark.FromId || q.Id == remark.ToId)
            .ToDictionaryAsync(q => q.Id, ct);
        var to = versions[remark.ToId];
        if (Remark.Obstacle(versions[remark.FromId], to) is { } obstacle)
        {
            // The corrected version has been replaced or taken out of use since.
            return obstacle;
        }
        var candidates = await RemarkScan.OpenAsync(db, remark.FromId, to, ct);
        var drivers = candidates.Select(c => c.DriverId).Distinct().ToList();
        var keys = await db.Drivers.Where(d => drivers.Contains(d.Id)).Select(d => d.IdNumberKey).ToListAsync(ct);
        if (keys.Exists(key => remark.IsOwnCase(key, scope.Actor)))
        {
            return new Refusal(RefusalCode.OwnCase);
        }
        var marked = 0;
        foreach (var candidate in candidates)
        {
            marked += await MarkAsync(scope, remark, candidate, ct) ? 1 : 0;
        }
        if (marked == 0)
        {
            scope.Audit("Remark", remark.Id, null, new { remark.State, papers = 0 });
        }
        return new Unit();
    }

    // One entry of the trail per paper: each of them is about a driver, who sees it.
    private static async Task<bool> MarkAsync(
        CommandScope scope,
        Remark remark,
        RemarkCandidate candidate,
        CancellationToken ct
    )
    {
        var db = scope.Db;
        // The attempt after the round: what came in between shows in it (decisions/004).
        var round = await db.Rounds.SingleAsync(r => r.Id == candidate.RoundId, ct);
        var attempt = await db.ExamAttempts.SingleAsync(a => a.Id == candidate.AttemptId, ct);
        if (!round.TakesRemark(attempt.Number, scope.Now))
        {
            return false;
        }
        var scheme = scope.SchemeOf(round);
        var effect = attempt.Remark(scheme, scope.Now);
        db.RemarkedAnswers.Add(
            new RemarkedAnswer
            {
                AttemptId = attempt.Id,
                Ordinal = candidate.Ordinal,
                RemarkId = remark.Id,
                Effect = effect,
            }
        );
        // Where it is still failed the count has changed, and with it what a later re-marking makes of the paper.
        if (effect != RemarkEffect.StillFailed)
        {
            await CloseOpeningAsync(db, round, scope, ct);
            round.Remark(effect, scheme, await scope.CalendarAsync(ct), scope.Now);
            await FollowAsync(scope, round, scheme, effect, ct);
        }
        scope.Audit("Remark", remark.Id, round.DriverId, new { attempt = attempt.Id, effect });
        return true;
    }

    // A resit that was opened and not begun is not needed any more; it used nothing up.
    private static async Task CloseOpeningAsync(PortalDb db, Round round, CommandScope scope, CancellationToken ct)
    {
        var opening = await db.ExamAttempts.SingleOrDefaultAsync(
            a => a.RoundId == round.Id && a.State == ExamState.Opening,
            ct
        );
        opening?.NotAccept(scope.Now);
    }

    private static async Task FollowAsync(
        CommandScope scope,
        Round round,
        Scheme scheme,
        RemarkEffect effect,
        CancellationToken ct
    )
    {
        if (effect == RemarkEffect.Repeats)
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.ExamRemarkedAgain, Studies.Moment(round.Running!));
        }
        else if (round.State == RoundState.Verifying)
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.ExamRemarkedPassed, Studies.Moment(round.Running!));
        }
        else
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.ExamRemarkedValid);
            await Reductions.ReserveAsync(scope, round, scheme, ct);
        }
    }
}

/// <summary>Another editor does not confirm, with a reason.</summary>
public sealed record DeclineRemark(Guid RemarkId, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.ConfirmRemarks;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var remark = await scope.Db.Remarks.SingleOrDefaultAsync(r => r.Id == RemarkId, ct);
        if (remark is null)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (
            remark.State == RemarkState.Declined
            && remark.CheckedById == scope.Actor.Id
            && remark.DeclineReason == Reason?.Trim()
        )
        {
            return new Unit();
        }
        var declined = remark.Decline(Reason, scope.Actor, scope.Now);
        if (declined is Outcome<Unit>.Done)
        {
            scope.Audit("Remark", remark.Id, null, new { remark.State });
        }
        return declined;
    }
}
