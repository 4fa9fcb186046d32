using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>An answer that was marked wrong and is right by a corrected version, on the lost attempt a resit waits for.</summary>
internal sealed record RemarkCandidate(
    Guid AttemptId,
    int Ordinal,
    Guid RoundId,
    Guid DriverId,
    IReadOnlyList<int> Chosen
);

/// <summary>Finds the papers a re-marking is about. The preview and the act ask the same.</summary>
internal static class RemarkScan
{
    /// <summary>The answers whose attempt may still change; the round has the last word (<see cref="Round.TakesRemark"/>).</summary>
    public static async Task<List<RemarkCandidate>> OpenAsync(
        PortalDb db,
        Guid fromId,
        QuestionVersion to,
        CancellationToken ct
    )
    {
        var found = await (
            from answer in Wrong(db, fromId)
            join attempt in db.ExamAttempts on answer.AttemptId equals attempt.Id
            join round in db.Rounds.IgnoreAutoIncludes() on attempt.RoundId equals round.Id
            where
                attempt.State == ExamState.Failed
                && round.State == RoundState.ResitOpen
                && round.AttemptsUsed == attempt.Number
            orderby attempt.RoundId
            select new RemarkCandidate(answer.AttemptId, answer.Ordinal, round.Id, round.DriverId, answer.Chosen)
        ).ToListAsync(ct);
        return [.. found.Where(candidate => to.IsRight(candidate.Chosen))];
    }

    /// <summary>Failed attempts that would change by it, whatever became of their rounds.</summary>
    public static async Task<int> WouldChangeAsync(
        PortalDb db,
        SchemeCatalogue schemes,
        Guid fromId,
        QuestionVersion to,
        CancellationToken ct
    )
    {
        var groups = await (
            from answer in Wrong(db, fromId)
            join attempt in db.ExamAttempts on answer.AttemptId equals attempt.Id
            join round in db.Rounds.IgnoreAutoIncludes() on attempt.RoundId equals round.Id
            where attempt.State == ExamState.Failed
            group attempt by new
            {
                answer.Chosen,
                round.SchemeId,
                round.SchemeFrom,
                attempt.Right,
                attempt.Wrong,
                attempt.QuestionCount,
            } into same
            select new { same.Key, Count = same.Count() }
        ).ToListAsync(ct);
        return groups
            .Where(g =>
                to.IsRight(g.Key.Chosen)
                && ExamAttempt.EffectOf(
                    g.Key.Right,
                    g.Key.Wrong,
                    g.Key.QuestionCount,
                    1,
                    schemes.Get(g.Key.SchemeId, g.Key.SchemeFrom)
                ) != RemarkEffect.StillFailed
            )
            .Sum(g => g.Count);
    }

    /// <summary>Passed exams that would be failed by the corrected key. They stay passed.</summary>
    public static async Task<int> KeptPassedAsync(
        PortalDb db,
        SchemeCatalogue schemes,
        Guid fromId,
        QuestionVersion to,
        CancellationToken ct
    )
    {
        var groups = await (
            from item in db.ExamItems
            join answer in db.ExamAnswers
                on new { item.AttemptId, item.Ordinal } equals new { answer.AttemptId, answer.Ordinal }
            join attempt in db.ExamAttempts on item.AttemptId equals attempt.Id
            join round in db.Rounds.IgnoreAutoIncludes() on attempt.RoundId equals round.Id
            where
                item.VersionId == fromId
                && answer.IsRight
                && (
                    attempt.State == ExamState.Passed
                    || attempt.State == ExamState.Closing
                    || attempt.State == ExamState.Invalid
                )
            group attempt by new
            {
                answer.Chosen,
                round.SchemeId,
                round.SchemeFrom,
                attempt.Right,
            } into same
            select new { same.Key, Count = same.Count() }
        ).ToListAsync(ct);
        return groups
            .Where(g =>
                !to.IsRight(g.Key.Chosen)
                && g.Key.Right - 1 < schemes.Get(g.Key.SchemeId, g.Key.SchemeFrom).PassMark.Value
            )
            .Sum(g => g.Count);
    }

    // An answer that came too late was none, whatever the key says.
    private static IQueryable<ExamAnswer> Wrong(PortalDb db, Guid fromId) =>
        from item in db.ExamItems
        join answer in db.ExamAnswers
            on new { item.AttemptId, item.Ordinal } equals new { answer.AttemptId, answer.Ordinal }
        where item.VersionId == fromId && !answer.IsRight && !answer.IsLate
        where !db.RemarkedAnswers.Any(r => r.AttemptId == answer.AttemptId && r.Ordinal == answer.Ordinal)
        select answer;
}
