using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>Which questions are asked for; null is all.</summary>
/// <param name="Search">Part of the wording, in either language, or of the id.</param>
public sealed record QuestionFilter(string? Search, QuestionState? State, QuestionType? Type, string? Category);

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
);

/// <summary>A page of the list.</summary>
/// <param name="Counts">How many match in each state, whatever state is asked for.</param>
/// <param name="Categories">Every category there is.</param>
public sealed record QuestionListPage(
    IReadOnlyList<QuestionLine> Lines,
    bool HasMore,
    IReadOnlyDictionary<QuestionState, int> Counts,
    IReadOnlyList<string> Categories
);

/// <summary>A question with all its versions.</summary>
/// <param name="Versions">Newest first.</param>
/// <param name="Viewer">Who looks, as stored now: says which acts are possible.</param>
/// <param name="Alike">To the version that is worked on, else to the one in use.</param>
public sealed record QuestionFile(
    string QuestionId,
    IReadOnlyList<QuestionVersion> Versions,
    Actor Viewer,
    IReadOnlyList<LikeQuestion> Alike
)
{
    /// <summary>The version that is worked on, or null.</summary>
    public QuestionVersion? Open { get; } =
        Versions.FirstOrDefault(v => v.State is QuestionState.Draft or QuestionState.InReview);

    /// <summary>The version in use, or null.</summary>
    public QuestionVersion? InUse { get; } = Versions.FirstOrDefault(v => v.State == QuestionState.Published);
}

/// <summary>What the editors of the question bank read. Null when the person may not.</summary>
public sealed class QuestionPages(IDbContextFactory<PortalDb> databases)
{
    public const int PageSize = 50;

    private const int MostAlike = 5;

    /// <summary>A page of the list, in the order of the ids.</summary>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<QuestionListPage?> ListAsync(ActorRef who, QuestionFilter filter, int page, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await EditorAsync(db, who, ct) is null)
        {
            return null;
        }
        var counts = await Matching(db, filter with { State = null })
            .GroupBy(q => q.State)
            .Select(g => new { State = g.Key, Count = g.Count() })
            .ToListAsync(ct);
        var lines = await InOrder(Matching(db, filter))
            .Skip((Math.Clamp(page, 1, 10_000) - 1) * PageSize)
            .Take(PageSize + 1)
            .Select(q => new QuestionLine(
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
            ))
            .ToListAsync(ct);
        return new QuestionListPage(
            [.. lines.Take(PageSize)],
            lines.Count > PageSize,
            counts.ToDictionary(c => c.State, c => c.Count),
            await CategoriesAsync(db, ct)
        );
    }

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
        var file = new QuestionFile(questionId, versions, actor, []);
        return (file.Open ?? file.InUse) is { } shown
            ? file with
            {
                Alike = (await AlikeQuestions.ReadAsync(db, ct)).To(shown.Text.Zh, questionId, MostAlike),
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
                    bank.To(row.Content.Text.Zh, row.QuestionId, most: 1).Select(like => new AlikeRow(row.Row, like))
                ),
            ],
        };
    }

    /// <summary>Questions that say almost the same as a text that is being written; none when the person may not.</summary>
    /// <param name="questionId">The question it belongs to, or null for a new one.</param>
    public async Task<IReadOnlyList<LikeQuestion>> AlikeAsync(
        ActorRef who,
        string text,
        string? questionId,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await EditorAsync(db, who, ct) is null
            ? []
            : (await AlikeQuestions.ReadAsync(db, ct)).To(text, questionId, MostAlike);
    }

    /// <summary>
    /// What is worked on or in use, and what is out of use for good: the last version of a question that has no other. List,
    /// counts and export ask the same.
    /// </summary>
    internal static IQueryable<QuestionVersion> Matching(PortalDb db, QuestionFilter filter)
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
        if (filter.Search?.Trim() is { Length: > 0 } search)
        {
            var words = search.ToLowerInvariant();
            found = found.Where(q => q.QuestionId.Contains(words) || q.Wording.Contains(words));
        }
        return found;
    }

    internal static IQueryable<QuestionVersion> InOrder(IQueryable<QuestionVersion> versions) =>
        versions.OrderBy(q => q.QuestionId).ThenByDescending(q => q.Number);

    private static Task<List<string>> CategoriesAsync(PortalDb db, CancellationToken ct) =>
        db.QuestionVersions.Select(q => q.Category).Distinct().OrderBy(c => c).ToListAsync(ct);

    private static async Task<Actor?> EditorAsync(PortalDb db, ActorRef who, CancellationToken ct) =>
        await Actors.ReadAsync(db, who, ct) is { } actor && actor.May(Permission.EditQuestions) ? actor : null;
}
