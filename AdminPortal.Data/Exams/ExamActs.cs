using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Exams;

/// <summary>
/// A driver goes to the exam: the paper is drawn and stored, the start check follows (S1-30, S1-32). Nothing is used up yet.
/// </summary>
public sealed record OpenExam(bool NoticeRead) : ICommand<Guid>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        if (await Studies.OpenRoundAsync(db, driverId, ct) is not { } round)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var underWay = await db
            .ExamAttempts.Where(a => a.RoundId == round.Id && a.FinishedAt == null)
            .Select(a => (Guid?)a.Id)
            .SingleOrDefaultAsync(ct);
        if (underWay is { } id)
        {
            return id;
        }
        if (!NoticeRead)
        {
            return new Refusal(RefusalCode.NoticeNotAccepted, "notice");
        }
        if (round.MayStartExam(scope.Now) is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        if (await FaceConsents.MissingAsync(db, driverId, ct) is { } missing)
        {
            return missing;
        }
        var scheme = scope.SchemeOf(round);
        var bank = await db
            .QuestionVersions.Where(q => q.State == QuestionState.Published)
            .Select(q => new
            {
                q.Id,
                q.Type,
                q.Category,
                q.Options,
            })
            .ToListAsync(ct);
        var drawn = PaperDraw.Draw(
            scheme.Paper.Value,
            [.. bank.Select(q => new BankEntry(q.Id, q.Type, q.Category, q.Options.Count))],
            CommandScope.Below
        );
        if (drawn is not Outcome<IReadOnlyList<DrawnQuestion>>.Done { Value: var paper })
        {
            return new Refusal(RefusalCode.NoQuestions);
        }
        var attempt = ExamAttempt.Open(
            Guid.CreateVersion7(scope.Now),
            round.Id,
            driverId,
            scheme,
            CommandScope.Below,
            scope.Now
        );
        db.ExamAttempts.Add(attempt);
        db.ExamItems.AddRange(
            paper.Select(item => new ExamItem
            {
                AttemptId = attempt.Id,
                Ordinal = item.Ordinal,
                VersionId = item.VersionId,
                OptionOrder = item.OptionOrder,
            })
        );
        if (!scheme.Demands(FaceCheckPurpose.ExamStart))
        {
            round.StartExam(scheme, scope.Actor, scope.Now);
            attempt.Start(round.AttemptsUsed, scheme, scope.Now);
        }
        scope.Audit("ExamAttempt", attempt.Id, driverId, new { round = round.Id });
        return attempt.Id;
    }
}

/// <summary>
/// The answer to the open question, judged when the driver goes on (N-n3); the last one concludes the exam (S0-17, S0-18).
/// </summary>
/// <param name="Positions">Chosen options by their place on the page, zero-based.</param>
public sealed record AnswerQuestion(Guid AttemptId, int Ordinal, IReadOnlyList<int> Positions) : ICommand<ExamState>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<ExamState>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        // The round is read before the attempt: an answer that came in between shows in the attempt (decisions/004).
        var round = await db.Rounds.SingleOrDefaultAsync(
            r => db.ExamAttempts.Any(a => a.Id == AttemptId && a.DriverId == driverId && a.RoundId == r.Id),
            ct
        );
        if (round is null)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var attempt = await db.ExamAttempts.SingleAsync(a => a.Id == AttemptId, ct);
        var scheme = scope.SchemeOf(round);
        var item = await db.ExamItems.SingleOrDefaultAsync(i => i.AttemptId == AttemptId && i.Ordinal == Ordinal, ct);
        if (item is null)
        {
            return new Refusal(RefusalCode.AnswerInvalid);
        }
        var version = await db.QuestionVersions.AsNoTracking().SingleAsync(q => q.Id == item.VersionId, ct);
        if (attempt.CloseAtLimit(scheme, scope.Now))
        {
            await ExamChecks.ConcludeAsync(scope, attempt, round, scheme, ct);
            scope.Audit("ExamAttempt", attempt.Id, driverId, new { closed = "limit" });
            return attempt.State;
        }
        var answered = attempt.Answer(Ordinal, Positions, item, version, scheme, scope.Now);
        if (answered is not Outcome<ExamAnswer>.Done { Value: var answer })
        {
            return ((Outcome<ExamAnswer>.Refused)answered).Refusal;
        }
        db.ExamAnswers.Add(answer);
        await ExamChecks.ConcludeAsync(scope, attempt, round, scheme, ct);
        scope.Audit(
            "ExamAttempt",
            attempt.Id,
            driverId,
            new
            {
                Ordinal,
                answer.IsLate,
                attempt.State,
            }
        );
        return attempt.State;
    }
}
