using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>A picture on the shelf, without its bytes.</summary>
/// <param name="Uses">How many questions show it in any of their versions.</param>
public sealed record ShelfLine(
    string Name,
    PictureFormat Format,
    int Width,
    int Height,
    int Size,
    string? UploadedByName,
    DateTimeOffset UploadedAt,
    int Uses
)
{
    public bool IsHeavy => Size > QuestionPictureFile.Heavy;
}

/// <summary>A page of the shelf.</summary>
public sealed record ShelfPage(IReadOnlyList<ShelfLine> Lines, bool HasMore);

/// <summary>The bytes of a picture.</summary>
public sealed record ShownPicture(PictureFormat Format, byte[] Bytes);

/// <summary>What the editors see of the picture shelf. Null when the person may not.</summary>
public sealed class QuestionPicturePages(IDbContextFactory<PortalDb> databases)
{
    public const int PageSize = 24;

    /// <summary>A page of the shelf, newest first.</summary>
    /// <param name="search">Part of the name, or of the id or wording of a question that shows it; null is all.</param>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<ShelfPage?> ListAsync(ActorRef who, string? search, int page, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await IsEditorAsync(db, who, ct))
        {
            return null;
        }
        var found = db.QuestionPictures.AsQueryable();
        if (search?.Trim() is { Length: > 0 } typed)
        {
            var (name, words) = (typed.ToUpperInvariant(), typed.ToLowerInvariant());
            found = found.Where(p =>
                p.Name.Contains(name)
                || db.QuestionVersions.Any(q =>
                    q.PictureName == p.Name && (q.QuestionId.Contains(words) || q.Wording.Contains(words))
                )
            );
        }
        var lines = await Lines(db, found)
            .Skip((Math.Clamp(page, 1, 10_000) - 1) * PageSize)
            .Take(PageSize + 1)
            .ToListAsync(ct);
        return new ShelfPage([.. lines.Take(PageSize)], lines.Count > PageSize);
    }

    /// <summary>One picture; null when there is none of that name, or the person may not.</summary>
    public async Task<ShelfLine?> FindAsync(ActorRef who, string name, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await IsEditorAsync(db, who, ct)
            ? await Lines(db, db.QuestionPictures.Where(p => p.Name == name)).SingleOrDefaultAsync(ct)
            : null;
    }

    /// <summary>The bytes; null when there are none, or the person may not.</summary>
    public async Task<ShownPicture?> FileAsync(ActorRef who, string name, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await IsEditorAsync(db, who, ct)
            ? await db
                .QuestionPictures.Where(p => p.Name == name)
                .Select(p => new ShownPicture(p.Format, p.Content))
                .SingleOrDefaultAsync(ct)
            : null;
    }

    private static IQueryable<ShelfLine> Lines(PortalDb db, IQueryable<QuestionPictureRow> pictures) =>
        pictures
            .OrderByDescending(p => p.Number)
            .Select(p => new ShelfLine(
                p.Name,
                p.Format,
                p.Width,
                p.Height,
                p.Size,
                p.UploadedByName,
                p.UploadedAt,
                db.QuestionVersions.Where(q => q.PictureName == p.Name).Select(q => q.QuestionId).Distinct().Count()
            ));

    private static async Task<bool> IsEditorAsync(PortalDb db, ActorRef who, CancellationToken ct) =>
        await Actors.ReadAsync(db, who, ct) is { } actor && actor.May(Permission.EditQuestions);
}
