using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
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
    PictureOnPaper? Picture,
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

/// <summary>A question of an exam that is over, with its right answer and why.</summary>
/// <param name="Options">In the order of the paper.</param>
/// <param name="Chosen">Positions the driver chose; empty when none, or when it was not answered.</param>
/// <param name="Right">Positions that are right.</param>
/// <param name="Article">The article the question rests on, as the law is cited in Chinese.</param>
public sealed record AnsweredQuestion(
    int Ordinal,
    QuestionType Type,
    BilingualText Text,
    IReadOnlyList<BilingualText> Options,
    IReadOnlyList<int> Chosen,
    IReadOnlyList<int> Right,
    bool IsRight,
    bool IsLate,
    BilingualText Explanation,
    string Article,
    PictureOnPaper? Picture
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

    /// <summary>
    /// The paper with its right answers, once the round can no longer be resat: before that it would be the key to the resit.
    /// Only questions that were put are shown. Null before, and when the attempt is not the driver's.
    /// </summary>
    public async Task<IReadOnlyList<AnsweredQuestion>?> AnswersAsync(
        Guid driverId,
        Guid attemptId,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await AreAnswersOpenAsync(db, driverId, attemptId, ct))
        {
            return null;
        }
        var rows = await (
            from item in db.ExamItems
            join version in db.QuestionVersions on item.VersionId equals version.Id
            join answer in db.ExamAnswers
                on new { item.AttemptId, item.Ordinal } equals new { answer.AttemptId, answer.Ordinal }
            where item.AttemptId == attemptId
            orderby item.Ordinal
            select new
            {
                item,
                version,
                answer,
            }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        // An answer that was found right later is explained by the version that says why (D-REMARK).
        var remarked = await (
            from answer in db.RemarkedAnswers
            join remark in db.Remarks on answer.RemarkId equals remark.Id
            join version in db.QuestionVersions on remark.ToId equals version.Id
            where answer.AttemptId == attemptId
            select new { answer.Ordinal, Version = version }
        )
            .AsNoTracking()
            .ToDictionaryAsync(r => r.Ordinal, r => r.Version, ct);
        var pictures = await ExamPictures.OfAsync(db, [.. rows.Select(r => r.version), .. remarked.Values], ct);
        return
        [
            .. rows.Select(row =>
                Answered(row.item, row.answer, remarked.GetValueOrDefault(row.item.Ordinal, row.version), pictures) with
                {
                    IsRight = row.answer.IsRight || remarked.ContainsKey(row.item.Ordinal),
                }
            ),
        ];
    }

    /// <summary>Whether a driver's paper may be explained: its round can no longer be resat.</summary>
    internal static async Task<bool> AreAnswersOpenAsync(
        PortalDb db,
        Guid driverId,
        Guid attemptId,
        CancellationToken ct
    ) =>
        await db
            .ExamAttempts.Where(a => a.Id == attemptId && a.DriverId == driverId)
            .AnyAsync(
                a =>
                    db.Rounds.Any(r =>
                        r.Id == a.RoundId
                        && (
                            r.State == RoundState.Reducing
                            || r.State == RoundState.Reduced
                            || r.State == RoundState.Void
                        )
                    ),
                ct
            );

    private static AnsweredQuestion Answered(
        ExamItem item,
        ExamAnswer answer,
        QuestionVersion version,
        IReadOnlyDictionary<Guid, PictureOnPaper> pictures
    ) =>
        new(
            item.Ordinal,
            version.Type,
            version.Text,
            [.. item.OptionOrder.Select(index => version.Options[index])],
            Positions(item, answer.Chosen),
            Positions(item, version.Key),
            answer.IsRight,
            answer.IsLate,
            version.Explanation,
            version.Article,
            pictures.GetValueOrDefault(version.Id)
        );

    private static IReadOnlyList<int> Positions(ExamItem item, IEnumerable<int> indices)
    {
        var order = item.OptionOrder.ToList();
        return [.. indices.Select(index => order.IndexOf(index)).Order()];
    }

    private async Task<QuestionOnPaper> QuestionAsync(PortalDb db, ExamAttempt attempt, CancellationToken ct)
    {
        // Columns are named one by one: the key and the explanation are never even read.
        var found = await (
            from item in db.ExamItems
            join version in db.QuestionVersions on item.VersionId equals version.Id
            join shelved in db.QuestionPictures on version.PictureName equals shelved.Name into shelf
            from picture in shelf.DefaultIfEmpty()
            where item.AttemptId == attempt.Id && item.Ordinal == attempt.Ordinal
            select new
            {
                item.OptionOrder,
                version.Type,
                version.Text,
                version.Options,
                version.PictureDescription,
                Width = (int?)picture.Width,
                Height = (int?)picture.Height,
            }
        ).SingleAsync(ct);
        var left = attempt.AnswerBy!.Value - clock.GetUtcNow();
        return new QuestionOnPaper(
            attempt.Ordinal,
            found.Type,
            found.Text,
            [.. found.OptionOrder.Select(index => found.Options[index])],
            found is { PictureDescription: { } description, Width: { } width, Height: { } height }
                ? new PictureOnPaper(width, height, description)
                : null,
            left > TimeSpan.Zero ? left : TimeSpan.Zero
        );
    }
}
