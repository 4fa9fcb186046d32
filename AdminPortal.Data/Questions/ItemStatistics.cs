using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>How the versions were answered, by version; those never answered are missing.</summary>
/// <param name="At">When it was counted (UTC).</param>
public sealed record ItemReport(IReadOnlyDictionary<Guid, ItemFigures> Figures, DateTimeOffset At)
{
    public ItemFigures Of(Guid versionId) => Figures.GetValueOrDefault(versionId, ItemFigures.None);
}

/// <summary>
/// Counts how questions were answered, over the stored answers of every exam that came to a result by its answers: not of those
/// cut off or annulled for their face checks, where it is not known who answered. A re-marking changes no answer and so no figure.
/// </summary>
public sealed class ItemStatistics
{
    /// <summary>Counting reads every answer there is.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    private readonly IDbContextFactory<PortalDb> _databases;
    private readonly CountedNowAndThen<ItemReport> _report;

    public ItemStatistics(IDbContextFactory<PortalDb> databases, TimeProvider clock)
    {
        _databases = databases;
        _report = new CountedNowAndThen<ItemReport>(clock, Freshness, CountAsync);
    }

    public Task<ItemReport> ReadAsync(CancellationToken ct) => _report.ReadAsync(ct);

    private async Task<ItemReport> CountAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await _databases.CreateDbContextAsync(ct);
        var papers = db
            .ExamAnswers.GroupBy(a => a.AttemptId)
            .Select(g => new
            {
                AttemptId = g.Key,
                Answers = g.Count(),
                Right = g.Sum(a => a.IsRight ? 1 : 0),
            });
        var answers =
            from answer in db.ExamAnswers
            join item in db.ExamItems
                on new { answer.AttemptId, answer.Ordinal } equals new { item.AttemptId, item.Ordinal }
            join attempt in db.ExamAttempts on answer.AttemptId equals attempt.Id
            join paper in papers on answer.AttemptId equals paper.AttemptId
            where
                attempt.State == ExamState.Passed
                || attempt.State == ExamState.Failed
                || attempt.State == ExamState.Closing
                || attempt.State == ExamState.Invalid
            select new
            {
                item.VersionId,
                Right = answer.IsRight ? 1 : 0,
                Compared = paper.Answers > 1 ? 1 : 0,
                Rest = paper.Answers > 1 ? (paper.Right - (answer.IsRight ? 1 : 0)) * 1.0 / (paper.Answers - 1) : 0.0,
                InTime = answer.IsLate ? 0 : 1,
                Milliseconds = answer.IsLate ? 0.0 : PortalDb.MillisecondsBetween(answer.IssuedAt, answer.AnsweredAt),
            };
        var sums = await answers
            .GroupBy(a => a.VersionId)
            .Select(g => new
            {
                VersionId = g.Key,
                Shown = g.Count(),
                Right = g.Sum(a => a.Right),
                Compared = g.Sum(a => a.Compared),
                ComparedRight = g.Sum(a => a.Compared * a.Right),
                Rests = g.Sum(a => a.Rest),
                RestSquares = g.Sum(a => a.Rest * a.Rest),
                RightRests = g.Sum(a => a.Rest * a.Right),
                InTime = g.Sum(a => a.InTime),
                Milliseconds = g.Sum(a => a.Milliseconds),
            })
            .ToListAsync(ct);
        var types = await db.QuestionVersions.Select(q => new { q.Id, q.Type }).ToDictionaryAsync(q => q.Id, ct);
        return new ItemReport(
            sums.ToDictionary(
                s => s.VersionId,
                s =>
                    ItemFigures.Of(
                        types[s.VersionId].Type,
                        new ItemSums(
                            s.Shown,
                            s.Right,
                            s.Compared,
                            s.ComparedRight,
                            s.Rests,
                            s.RestSquares,
                            s.RightRests,
                            s.InTime,
                            s.Milliseconds
                        )
                    )
            ),
            now
        );
    }
}
