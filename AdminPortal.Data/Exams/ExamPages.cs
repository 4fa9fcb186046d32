using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Exams;

/// <summary>The open question as the driver sees it. It has no member that could tell the answer.</summary>
/// <param name="Options">In the order of this paper.</param>
/// <param name="Remaining">Time left by the server's clock; zero when it is over.</param>
public sealed record QuestionOnPaper(
    int Ordinal,
    QuestionType Type,
    BilingualText Text,
    IReadOnlyList<BilingualText> Options,
    TimeSpan Remaining
);

/// <summary>An exam attempt as its driver may see it.</summary>
/// <param name="Question">The open question while the exam runs, else null.</param>
public sealed record ExamPage(
    Guid AttemptId,
    ExamState State,
    int Number,
    int QuestionCount,
    int Ordinal,
    int Right,
    int Wrong,
    int? WrongAnswersEndExam,
    int SecondsPerQuestion,
    QuestionOnPaper? Question
);

/// <summary>What a driver may read of their exam.</summary>
public sealed class ExamPages(IDbContextFactory<PortalDb> databases, SchemeCatalogue schemes, TimeProvider clock)
{
    /// <summary>Null when the attempt is not the driver's.</summary>
    public async Task<ExamPage?> ReadAsync(Guid driverId, Guid attemptId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var attempt = await db
            .ExamAttempts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == attemptId && a.DriverId == driverId, ct);
        if (attempt is null)
        {
            return null;
        }
        var round = await db
            .Rounds.IgnoreAutoIncludes()
            .Where(r => r.Id == attempt.RoundId)
            .Select(r => new { r.SchemeId, r.SchemeFrom })
            .SingleAsync(ct);
        var scheme = schemes.Get(round.SchemeId, round.SchemeFrom);
        return new ExamPage(
            attempt.Id,
            attempt.State,
            attempt.Number,
            attempt.QuestionCount,
            attempt.Ordinal,
            attempt.Right,
            attempt.Wrong,
            scheme.WrongAnswersEndExam?.Value,
            scheme.SecondsPerQuestion.Value,
            attempt.State == ExamState.Running ? await QuestionAsync(db, attempt, ct) : null
        );
    }

    private async Task<QuestionOnPaper> QuestionAsync(PortalDb db, ExamAttempt attempt, CancellationToken ct)
    {
        // Columns are named one by one: the key and the explanation are never even read.
        var found = await (
            from item in db.ExamItems
            join version in db.QuestionVersions on item.VersionId equals version.Id
            where item.AttemptId == attempt.Id && item.Ordinal == attempt.Ordinal
            select new
            {
                item.OptionOrder,
                version.Type,
                version.Text,
                version.Options,
            }
        ).SingleAsync(ct);
        var left = attempt.AnswerBy!.Value - clock.GetUtcNow();
        return new QuestionOnPaper(
            attempt.Ordinal,
            found.Type,
            found.Text,
            [.. found.OptionOrder.Select(index => found.Options[index])],
            left > TimeSpan.Zero ? left : TimeSpan.Zero
        );
    }
}
