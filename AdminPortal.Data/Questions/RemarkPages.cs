using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>A re-marking in the list.</summary>
public sealed record RemarkLine(
    Guid Id,
    string QuestionId,
    int FromNumber,
    int ToNumber,
    RemarkState State,
    string ProposedByName,
    DateTimeOffset ProposedAt,
    string? CheckedByName,
    DateTimeOffset? CheckedAt
);

/// <param name="Proposed">How many wait for their second person.</param>
public sealed record RemarkPage(IReadOnlyList<RemarkLine> Lines, bool HasMore, int Proposed);

/// <summary>A paper that changes. Editors see no driver: it is named by the attempt.</summary>
public sealed record RemarkedPaper(Guid AttemptId, DateTimeOffset FinishedAt, int Right, RemarkEffect Effect);

/// <summary>What a re-marking does, or would do now.</summary>
/// <param name="Papers">Papers the old version was answered on.</param>
/// <param name="Changes">The papers it changes, in open rounds.</param>
/// <param name="Closed">Failed papers it would change, had their rounds not ended or gone on.</param>
/// <param name="KeptPassed">Passed papers that would be failed by the corrected key, and stay passed.</param>
public sealed record RemarkOutlook(int Papers, IReadOnlyList<RemarkedPaper> Changes, int Closed, int KeptPassed)
{
    public int Count(RemarkEffect effect) => Changes.Count(paper => paper.Effect == effect);
}

/// <summary>A re-marking with its two versions.</summary>
/// <param name="Outlook">What it would do now; once confirmed, what it did.</param>
/// <param name="MayCheck">Why the viewer may not confirm or decline, or null.</param>
public sealed record RemarkFile(
    Remark Remark,
    QuestionVersion From,
    QuestionVersion To,
    RemarkOutlook Outlook,
    Refusal? MayCheck
);

/// <summary>What a re-marking of a question could be from and to.</summary>
/// <param name="From">Earlier versions that papers can be marked again from, newest first.</param>
/// <param name="Outlooks">What it would do, by the earlier version's number.</param>
public sealed record RemarkChoice(
    QuestionVersion? To,
    IReadOnlyList<QuestionVersion> From,
    IReadOnlyDictionary<int, RemarkOutlook> Outlooks
);

/// <summary>What editors read of re-markings. Null when the person may not.</summary>
public sealed class RemarkPages(IDbContextFactory<PortalDb> databases, SchemeCatalogue schemes)
{
    public const int PageSize = 50;

    /// <summary>All re-markings, those that wait first.</summary>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<RemarkPage?> ListAsync(ActorRef who, int page, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await EditorAsync(db, who, ct) is null)
        {
            return null;
        }
        var lines = await db
            .Remarks.OrderBy(r => r.State != RemarkState.Proposed)
            .ThenByDescending(r => r.ProposedAt)
            .ThenBy(r => r.Id)
            .Skip((Math.Clamp(page, 1, 10_000) - 1) * PageSize)
            .Take(PageSize + 1)
            .Select(r => new RemarkLine(
                r.Id,
                r.QuestionId,
                r.FromNumber,
                r.ToNumber,
                r.State,
                r.ProposedByName,
                r.ProposedAt,
                r.CheckedByName,
                r.CheckedAt
            ))
            .ToListAsync(ct);
        return new RemarkPage(
            [.. lines.Take(PageSize)],
            lines.Count > PageSize,
            await db.Remarks.CountAsync(r => r.State == RemarkState.Proposed, ct)
        );
    }

    /// <summary>What could be proposed for a question; null when there is none.</summary>
    public async Task<RemarkChoice?> ChoiceAsync(ActorRef who, string questionId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await EditorAsync(db, who, ct) is null)
        {
            return null;
        }
        var versions = await db
            .QuestionVersions.AsNoTracking()
            .Where(q => q.QuestionId == questionId)
            .OrderByDescending(q => q.Number)
            .ToListAsync(ct);
        if (versions.Count == 0)
        {
            return null;
        }
        var to = versions.Find(v => v.State == QuestionState.Published);
        var from = to is null ? [] : versions.Where(v => Remark.Obstacle(v, to) is null).ToList();
        var outlooks = new Dictionary<int, RemarkOutlook>();
        foreach (var version in from)
        {
            outlooks[version.Number] = await OutlookAsync(db, version.Id, to!, ct);
        }
        return new RemarkChoice(to, from, outlooks);
    }

    /// <summary>One re-marking; null when there is none.</summary>
    public async Task<RemarkFile?> ReadAsync(ActorRef who, Guid remarkId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (
            await EditorAsync(db, who, ct) is not { } actor
            || await db.Remarks.AsNoTracking().SingleOrDefaultAsync(r => r.Id == remarkId, ct) is not { } remark
        )
        {
            return null;
        }
        var versions = await db
            .QuestionVersions.AsNoTracking()
            .Where(q => q.Id == remark.FromId || q.Id == remark.ToId)
            .ToDictionaryAsync(q => q.Id, ct);
        var to = versions[remark.ToId];
        var outlook =
            remark.State == RemarkState.Confirmed
                ? new RemarkOutlook(
                    await PapersAsync(db, remark.FromId, ct),
                    await DoneAsync(db, remark.Id, ct),
                    await RemarkScan.WouldChangeAsync(db, schemes, remark.FromId, to, ct),
                    await RemarkScan.KeptPassedAsync(db, schemes, remark.FromId, to, ct)
                )
                : await OutlookAsync(db, remark.FromId, to, ct);
        return new RemarkFile(remark, versions[remark.FromId], to, outlook, remark.Check(actor));
    }

    private async Task<RemarkOutlook> OutlookAsync(PortalDb db, Guid fromId, QuestionVersion to, CancellationToken ct)
    {
        var candidates = await RemarkScan.OpenAsync(db, fromId, to, ct);
        var ids = candidates.Select(c => c.AttemptId).ToList();
        var attempts = await (
            from attempt in db.ExamAttempts.AsNoTracking()
            join round in db.Rounds.IgnoreAutoIncludes() on attempt.RoundId equals round.Id
            where ids.Contains(attempt.Id)
            select new
            {
                Attempt = attempt,
                round.SchemeId,
                round.SchemeFrom,
            }
        ).ToListAsync(ct);
        var changes = attempts
            .Select(a => new RemarkedPaper(
                a.Attempt.Id,
                a.Attempt.FinishedAt!.Value,
                a.Attempt.Right + 1,
                ExamAttempt.EffectOf(
                    a.Attempt.Right,
                    a.Attempt.Wrong,
                    a.Attempt.QuestionCount,
                    1,
                    schemes.Get(a.SchemeId, a.SchemeFrom)
                )
            ))
            .ToList();
        var all = await RemarkScan.WouldChangeAsync(db, schemes, fromId, to, ct);
        return new RemarkOutlook(
            await PapersAsync(db, fromId, ct),
            InOrder(changes),
            all - changes.Count(paper => paper.Effect != RemarkEffect.StillFailed),
            await RemarkScan.KeptPassedAsync(db, schemes, fromId, to, ct)
        );
    }

    private static async Task<IReadOnlyList<RemarkedPaper>> DoneAsync(PortalDb db, Guid remarkId, CancellationToken ct)
    {
        var done = await (
            from answer in db.RemarkedAnswers
            join attempt in db.ExamAttempts on answer.AttemptId equals attempt.Id
            where answer.RemarkId == remarkId
            select new
            {
                attempt.Id,
                attempt.FinishedAt,
                attempt.Right,
                answer.Effect,
            }
        ).ToListAsync(ct);
        return InOrder(done.Select(d => new RemarkedPaper(d.Id, d.FinishedAt!.Value, d.Right, d.Effect)));
    }

    // What changes most stands first.
    private static IReadOnlyList<RemarkedPaper> InOrder(IEnumerable<RemarkedPaper> papers) =>
        [
            .. papers
                .OrderBy(p => p.Effect == RemarkEffect.StillFailed)
                .ThenBy(p => p.Effect)
                .ThenBy(p => p.FinishedAt)
                .ThenBy(p => p.AttemptId),
        ];

    private static Task<int> PapersAsync(PortalDb db, Guid fromId, CancellationToken ct) =>
        (
            from item in db.ExamItems
            join answer in db.ExamAnswers
                on new { item.AttemptId, item.Ordinal } equals new { answer.AttemptId, answer.Ordinal }
            where item.VersionId == fromId
            select item.AttemptId
        ).CountAsync(ct);

    private static async Task<Actor?> EditorAsync(PortalDb db, ActorRef who, CancellationToken ct) =>
        await Actors.ReadAsync(db, who, ct) is { } actor && actor.May(Permission.ProposeRemarks) ? actor : null;
}
