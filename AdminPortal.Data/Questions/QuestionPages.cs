using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>Which questions are asked for; null is all.</summary>
/// <param name="Search">Part of the wording, in either language, or of the id.</param>
/// <param name="Odd">Only those that are odd by how they were answered.</param>
public sealed record QuestionFilter(
    string? Search,
    QuestionState? State,
    QuestionType? Type,
    string? Category,
    OddFilter? Odd = null
)
{
    /// <summary>Only those with a picture.</summary>
    public PictureFilter? Picture { get; init; }
}

/// <summary>Which picture is asked for; null is any.</summary>
public sealed record PictureFilter(string? Name);

/// <summary>Which oddity is asked for; null is any.</summary>
public sealed record OddFilter(ItemFlag? Flag)
{
    /// <summary>Whether a version is what is asked for.</summary>
    public bool Admits(ItemFigures figures) =>
        Flag is { } flag ? figures.Flags.Contains(flag) : figures.Flags.Count > 0;
}

/// <summary>By what the list is sorted.</summary>
public enum QuestionSort
{
    Id,
    Shown,
    Right,
    Discrimination,
    Seconds,
}

/// <summary>A version in the editors' list.</summary>
public sealed record QuestionLine(
    Guid VersionId,
    string QuestionId,
    int Number,
    QuestionState State,
    QuestionType Type,
    string Category,
    BilingualText Text,
    int Difficulty,
    string? DraftedByName,
    bool WasReturned
)
{
    /// <summary>How it was answered.</summary>
    public ItemFigures Figures { get; init; } = ItemFigures.None;

    /// <summary>The name of its picture, or null.</summary>
    public string? Picture { get; init; }
}

/// <summary>A page of the list.</summary>
/// <param name="Counts">How many match in each state, whatever state is asked for.</param>
/// <param name="Categories">Every category there is.</param>
/// <param name="CountedAt">When the answers were counted (UTC).</param>
/// <param name="RemarksProposed">Re-markings that wait for their second person.</param>
public sealed record QuestionListPage(
    IReadOnlyList<QuestionLine> Lines,
    bool HasMore,
    IReadOnlyDictionary<QuestionState, int> Counts,
    IReadOnlyList<string> Categories,
    DateTimeOffset CountedAt,
    int RemarksProposed
);

/// <summary>A question with all its versions.</summary>
/// <param name="Versions">Newest first.</param>
/// <param name="Viewer">Who looks, as stored now: says which acts are possible.</param>
/// <param name="Alike">To the version that is worked on, else to the one in use.</param>
/// <param name="Answers">How the versions were answered.</param>
public sealed record QuestionFile(
    string QuestionId,
    IReadOnlyList<QuestionVersion> Versions,
    Actor Viewer,
    IReadOnlyList<LikeQuestion> Alike,
    ItemReport Answers
)
{
    /// <summary>The version that is worked on, or null.</summary>
    public QuestionVersion? Open { get; } =
        Versions.FirstOrDefault(v => v.State is QuestionState.Draft or QuestionState.InReview);

    /// <summary>The version in use, or null.</summary>
    public QuestionVersion? InUse { get; } = Versions.FirstOrDefault(v => v.State == QuestionState.Published);
}

/// <summary>What the editors of the question bank read. Null when the person may not.</summary>
public sealed class QuestionPages(IDbContextFactory<PortalDb> databases, ItemStatistics statistics)
{
    public const int PageSize = 50;

    private const int MostAlike = 5;

    /// <summary>A page of the list.</summary>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<QuestionListPage?> ListAsync(
        ActorRef who,
        QuestionFilter filter,
        int page,
        CancellationToken ct,
        QuestionSort sort = QuestionSort.Id,
        bool descending = false
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await EditorAsync(db, who, ct) is null)
        {
            return null;
        }
        var report = await statistics.ReadAsync(ct);
        var only = Only(report, filter);
        var counts = await Matching(db, filter with { State = null }, only)
            .GroupBy(q => q.State)
            .Select(g => new { State = g.Key, Count = g.Count() })
            .ToListAsync(ct);
        var categories = await CategoriesAsync(db, ct);
        var proposed = await db.Remarks.CountAsync(r => r.State == RemarkState.Proposed, ct);
        var found = Matching(db, filter, only);
        var skipped = (Math.Clamp(page, 1, 10_000) - 1) * PageSize;
        if (sort != QuestionSort.Id)
        {
            // The figures are not in the table: the ids are sorted here, hundreds of them, and only a page is read.
            var keys = await found.Select(q => new SortKey(q.Id, q.QuestionId, q.Number)).ToListAsync(ct);
            var ids = Sorted(keys, report, sort, descending).Skip(skipped).Take(PageSize + 1).ToList();
            var read = await Lines(found.Where(q => ids.Contains(q.Id))).ToDictionaryAsync(l => l.VersionId, ct);
            return Page([.. ids.Select(id => read[id])]);
        }
        return Page(await Lines(InOrder(found).Skip(skipped).Take(PageSize + 1)).ToListAsync(ct));

        QuestionListPage Page(List<QuestionLine> lines) =>
            new(
                [.. lines.Take(PageSize).Select(line => line with { Figures = report.Of(line.VersionId) })],
                lines.Count > PageSize,
                counts.ToDictionary(c => c.State, c => c.Count),
                categories,
                report.At,
                proposed
            );
    }

    /// <summary>The versions an export of a filter is limited to by how they were answered; null is no limit.</summary>
    public async Task<IReadOnlyList<Guid>?> OddAsync(QuestionFilter filter, CancellationToken ct) =>
        filter.Odd is null ? null : Only(await statistics.ReadAsync(ct), filter);

    /// <summary>Every category there is, for the form; null when the person may not.</summary>
    public async Task<IReadOnlyList<string>?> CategoriesAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await EditorAsync(db, who, ct) is null ? null : await CategoriesAsync(db, ct);
    }

    /// <summary>A question with all its versions; null when there is none, or the person may not.</summary>
    public async Task<QuestionFile?> ReadAsync(ActorRef who, string questionId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await EditorAsync(db, who, ct) is not { } actor)
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
        var file = new QuestionFile(questionId, versions, actor, [], await statistics.ReadAsync(ct));
        return (file.Open ?? file.InUse) is { } shown
            ? file with
            {
                Alike = (await AlikeQuestions.ReadAsync(db, ct)).To(
                    shown.Text.Zh,
                    shown.PictureName,
                    questionId,
                    MostAlike
                ),
            }
            : file;
    }

    /// <summary>What a file would do, without doing it; null when the person may not.</summary>
    public async Task<ImportPlan?> PlanAsync(ActorRef who, QuestionImport import, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await EditorAsync(db, who, ct) is null)
        {
            return null;
        }
        var plan = await ImportPlan.MakeAsync(db, import, ct);
        var bank = await AlikeQuestions.ReadAsync(db, ct);
        return plan with
        {
            Alike =
            [
                .. plan.Drafts.SelectMany(row =>
                    bank.To(row.Content.Text.Zh, row.Content.Picture?.Name, row.QuestionId, most: 1)
                        .Select(like => new AlikeRow(row.Row, like))
                ),
            ],
        };
    }

    /// <summary>Questions that say almost the same as a text that is being written; none when the person may not.</summary>
    /// <param name="questionId">The question it belongs to, or null for a new one.</param>
    /// <param name="picture">The picture it asks about, or null.</param>
    public async Task<IReadOnlyList<LikeQuestion>> AlikeAsync(
        ActorRef who,
        string text,
        string? questionId,
        CancellationToken ct,
        string? picture = null
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await EditorAsync(db, who, ct) is null
            ? []
            : (await AlikeQuestions.ReadAsync(db, ct)).To(text, picture, questionId, MostAlike);
    }

    /// <summary>
    /// What is worked on or in use, and what is out of use for good: the last version of a question that has no other. List,
    /// counts and export ask the same.
    /// </summary>
    /// <param name="only">The versions to choose from; null is all.</param>
    internal static IQueryable<QuestionVersion> Matching(PortalDb db, QuestionFilter filter, IReadOnlyList<Guid>? only)
    {
        var found = db
            .QuestionVersions.AsNoTracking()
            .Where(q =>
                q.State != QuestionState.Retired
                || !db.QuestionVersions.Any(other =>
                    other.QuestionId == q.QuestionId
                    && (other.Number > q.Number || other.State == QuestionState.Published)
                )
            );
        if (only is not null)
        {
            found = found.Where(q => only.Contains(q.Id));
        }
        if (filter.State is { } state)
        {
            found = found.Where(q => q.State == state);
        }
        if (filter.Type is { } type)
        {
            found = found.Where(q => q.Type == type);
        }
        if (filter.Category is { } category)
        {
            found = found.Where(q => q.Category == category);
        }
        if (filter.Picture is { } picture)
        {
            found = picture.Name is { } name
                ? found.Where(q => q.PictureName == name)
                : found.Where(q => q.PictureName != null);
        }
        if (filter.Search?.Trim() is { Length: > 0 } search)
        {
            var words = search.ToLowerInvariant();
            found = found.Where(q => q.QuestionId.Contains(words) || q.Wording.Contains(words));
        }
        return found;
    }

    internal static IQueryable<QuestionVersion> InOrder(IQueryable<QuestionVersion> versions) =>
        versions.OrderBy(q => q.QuestionId).ThenByDescending(q => q.Number);

    private sealed record SortKey(Guid Id, string QuestionId, int Number);

    private static List<Guid>? Only(ItemReport report, QuestionFilter filter) =>
        filter.Odd is { } odd ? [.. report.Figures.Where(f => odd.Admits(f.Value)).Select(f => f.Key)] : null;

    // What has no figure comes last either way.
    private static IEnumerable<Guid> Sorted(
        IEnumerable<SortKey> keys,
        ItemReport report,
        QuestionSort sort,
        bool descending
    ) =>
        keys.Select(key => (Key: key, Figure: Figure(report.Of(key.Id), sort)))
            .OrderBy(one => one.Figure is null)
            .ThenBy(one => descending ? -one.Figure : one.Figure)
            .ThenBy(one => one.Key.QuestionId, StringComparer.Ordinal)
            .ThenByDescending(one => one.Key.Number)
            .Select(one => one.Key.Id);

    private static double? Figure(ItemFigures figures, QuestionSort sort) =>
        sort switch
        {
            QuestionSort.Id => null,
            QuestionSort.Shown => figures.Shown,
            QuestionSort.Right => figures.RightShare,
            QuestionSort.Discrimination => figures.Told,
            QuestionSort.Seconds => figures.Seconds,
        };

    private static IQueryable<QuestionLine> Lines(IQueryable<QuestionVersion> versions) =>
        versions.Select(q => new QuestionLine(
            q.Id,
            q.QuestionId,
            q.Number,
            q.State,
            q.Type,
            q.Category,
            q.Text,
            q.Difficulty,
            q.DraftedByName,
            q.State == QuestionState.Draft && q.ReturnReason != null
        )
        {
            Picture = q.PictureName,
        });

    private static async Task<List<string>> CategoriesAsync(PortalDb db, CancellationToken ct) =>
        await db.QuestionVersions.Select(q => q.Category).Distinct().OrderBy(c => c).ToListAsync(ct);

    private static async Task<Actor?> EditorAsync(PortalDb db, ActorRef who, CancellationToken ct) =>
        await Actors.ReadAsync(db, who, ct) is { } actor && actor.May(Permission.EditQuestions) ? actor : null;
}
