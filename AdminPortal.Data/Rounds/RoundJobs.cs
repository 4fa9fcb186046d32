using AdminPortal.Data.Commands;
using AdminPortal.Data.Exams;
using AdminPortal.Data.Messages;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Rounds;

/// <summary>
/// Does what the passing of time does to rounds and exams: windows that ended, cycles that ended, exams nobody continues
/// (S0-13, S1-25, S1-28, N-n6). Idempotent; two processes may run it at once.
/// </summary>
/// <param name="Batch">The most rounds to settle in one transaction.</param>
public sealed record ExpireRounds(int Batch = 50) : ICommand<int>
{
    public Permission Permission => Permission.RunJobs;

    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var closed = await CloseExamsAsync(scope, ct);
        var today = scope.Today;
        var open = scope.Db.Rounds.Where(r =>
            r.State != RoundState.Reduced && r.State != RoundState.Void && r.State != RoundState.Reducing
        );
        // Each of the two by its own index, and the rounds by their ids: in one condition every round there is would be looked at.
        var ended = open.Where(r =>
            r.ResetOn <= today
            && r.State != RoundState.UnderReview
            && r.State != RoundState.StudyUnderReview
            && r.State != RoundState.IdPhotoCheck
            && r.State != RoundState.Examining
        );
        var expired = scope
            .Db.RoundDeadlines.Where(d => d.ClosedAt == null && d.ExpiresAt <= scope.Now)
            .Join(open, d => d.RoundId, r => r.Id, (d, r) => r.Id);
        var ids = await ended.Select(r => r.Id).Union(expired).OrderBy(id => id).Take(Batch).ToListAsync(ct);
        var late = await scope.Db.Rounds.Where(r => ids.Contains(r.Id)).OrderBy(r => r.Id).ToListAsync(ct);
        var changed = 0;
        foreach (var round in late)
        {
            changed += await ExpireAsync(scope, round, ct) ? 1 : 0;
        }
        return changed + closed;
    }

    private static async Task<bool> ExpireAsync(CommandScope scope, Round round, CancellationToken ct)
    {
        var scheme = scope.SchemeOf(round);
        var credited = StudyCredit.Seconds(await Studies.StretchesAsync(scope.Db, round.Id, ct), scheme);
        var before = round.State;
        if (!round.Expire(credited, scheme, await scope.CalendarAsync(ct), scope.Now))
        {
            return false;
        }
        var attempt = await scope.Db.ExamAttempts.SingleOrDefaultAsync(
            a => a.RoundId == round.Id && (a.FinishedAt == null || a.State == ExamState.Closing),
            ct
        );
        switch (attempt?.State)
        {
            case ExamState.Closing:
                attempt.Invalidate(scope.Now);
                break;
            case ExamState.Opening:
                attempt.NotAccept(scope.Now);
                break;
        }
        if (before == RoundState.Studying)
        {
            await Studies.EndSessionAsync(scope.Db, round.DriverId, ct);
        }
        switch (round.State)
        {
            case RoundState.Void:
                scope.Tell(round.DriverId, scheme, MessageTemplate.RoundVoid, round.VoidReason!.Value.ToString());
                break;
            case RoundState.ExamOpen:
                Studies.TellCompleted(scope, round, scheme);
                break;
            case RoundState.Invalid:
                scope.Tell(round.DriverId, scheme, MessageTemplate.ResultInvalid, Studies.Moment(round.Running!));
                break;
            case RoundState.ResitOpen:
                scope.Tell(
                    round.DriverId,
                    scheme,
                    MessageTemplate.ExamNotAccepted,
                    Studies.Moment(round.Running!),
                    scheme.Attempts - round.AttemptsUsed
                );
                break;
        }
        scope.Audit(
            "Round",
            round.Id,
            round.DriverId,
            new
            {
                before,
                round.State,
                round.VoidReason,
            }
        );
        return true;
    }

    private async Task<int> CloseExamsAsync(CommandScope scope, CancellationToken ct)
    {
        var open = await scope
            .Db.ExamAttempts.Where(a =>
                a.FinishedAt == null
                && (a.State == ExamState.Running || a.State == ExamState.Paused)
                && a.LimitAt <= scope.Now
            )
            .OrderBy(a => a.Id)
            .Take(Batch)
            .Select(a => new { a.Id, a.RoundId })
            .ToListAsync(ct);
        var closed = 0;
        foreach (var late in open)
        {
            // The attempt after the round: an answer that came in between shows in it (decisions/004).
            var round = await scope.Db.Rounds.SingleAsync(r => r.Id == late.RoundId, ct);
            var attempt = await scope.Db.ExamAttempts.SingleAsync(a => a.Id == late.Id, ct);
            var scheme = scope.SchemeOf(round);
            if (!attempt.CloseAtLimit(scheme, scope.Now))
            {
                continue;
            }
            await ExamChecks.ConcludeAsync(scope, attempt, round, scheme, ct);
            scope.Audit("ExamAttempt", attempt.Id, attempt.DriverId, new { attempt.State, closed = "limit" });
            closed++;
        }
        return closed;
    }
}

/// <summary>Reminds drivers of a window that ends within a day, once per window: rounds must not be voided without warning.</summary>
/// <param name="Batch">The most rounds to remind of in one transaction.</param>
public sealed record RemindOfDeadlines(int Batch = 200) : ICommand<int>
{
    public Permission Permission => Permission.RunJobs;

    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var soon = scope.Now.AddHours(24);
        // Windows of 24 hours are told when they begin; a reminder is for those counted in days.
        // Who was told is left out here: more windows than a batch may end within a day, and every one of them has its turn.
        var near = await (
            from deadline in scope.Db.RoundDeadlines
            where deadline.ClosedAt == null && deadline.ExpiresAt > scope.Now && deadline.ExpiresAt <= soon
            join round in scope.Db.Rounds on deadline.RoundId equals round.Id
            where round.State == RoundState.Studying || round.State == RoundState.ExamOpen
            where
                !scope.Db.Messages.Any(m =>
                    m.DriverId == round.DriverId
                    && m.Template == MessageTemplate.DeadlineNear
                    && m.At >= deadline.ExpiresAt!.Value.AddHours(-24)
                )
            orderby deadline.ExpiresAt, round.Id
            select round
        )
            .Take(Batch)
            .ToListAsync(ct);
        var told = 0;
        foreach (var round in near)
        {
            var deadline = round.Running!;
            // Two processes may both have found nothing: the one that takes this version of the round tells, the other one passes.
            if (
                await scope
                    .Db.Rounds.Where(r => r.Id == round.Id && r.Version == round.Version)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.Version, r => r.Version + 1), ct) == 0
            )
            {
                continue;
            }
            scope.Tell(
                round.DriverId,
                scope.SchemeOf(round),
                MessageTemplate.DeadlineNear,
                deadline.Kind.ToString(),
                deadline.ExpiresAt!.Value
            );
            scope.Audit("Round", round.Id, round.DriverId, new { reminded = deadline.Kind });
            told++;
        }
        return told;
    }
}
