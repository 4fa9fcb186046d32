using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Sections;

/// <summary>Which sections are asked for; null is all.</summary>
/// <param name="Search">Part of title or text, in either language, or of the id.</param>
public sealed record SectionFilter(string? Search, QuestionState? State);

/// <summary>A version in the editors' list.</summary>
public sealed record SectionLine(
    Guid VersionId,
    string SectionId,
    int Number,
    QuestionState State,
    int Order,
    BilingualText Title,
    int Minutes,
    bool HasVideo,
    string? DraftedByName,
    bool WasReturned
);

/// <summary>A page of the list.</summary>
/// <param name="Counts">How many match in each state, whatever state is asked for.</param>
public sealed record SectionListPage(
    IReadOnlyList<SectionLine> Lines,
    bool HasMore,
    IReadOnlyDictionary<QuestionState, int> Counts
);

/// <summary>A section with all its versions.</summary>
/// <param name="Versions">Newest first.</param>
/// <param name="Viewer">Who looks, as stored now: says which acts are possible.</param>
/// <param name="Videos">The videos its versions name.</param>
public sealed record SectionFile(
    string SectionId,
    IReadOnlyList<SectionVersion> Versions,
    Actor Viewer,
    IReadOnlyDictionary<Guid, ReadyVideo> Videos
)
{
    /// <summary>The version that is worked on, or null.</summary>
    public SectionVersion? Open { get; } =
        Versions.FirstOrDefault(v => v.State is QuestionState.Draft or QuestionState.InReview);

    /// <summary>The version in use, or null.</summary>
    public SectionVersion? InUse { get; } = Versions.FirstOrDefault(v => v.State == QuestionState.Published);

    /// <summary>The version the page shows.</summary>
    public SectionVersion Shown => Open ?? InUse ?? Versions[0];

    public ReadyVideo? VideoOf(SectionVersion version) =>
        version.VideoId is { } id ? Videos.GetValueOrDefault(id) : null;
}

/// <summary>A video in the editors' list.</summary>
public sealed record VideoLine(
    Guid Id,
    string Name,
    BilingualText Title,
    int Seconds,
    long Bytes,
    string? UploadedByName,
    DateTimeOffset UploadedAt
);

/// <summary>A page of the videos, newest first.</summary>
public sealed record VideoListPage(IReadOnlyList<VideoLine> Lines, bool HasMore);

/// <summary>A video with who brought it and which sections show it.</summary>
public sealed record VideoFile(VideoLine Line, ReadyVideo Ready, IReadOnlyList<string> Sections);

/// <summary>What the editors of study content read. Null when the person may not.</summary>
public sealed class SectionPages(IDbContextFactory<PortalDb> databases)
{
    public const int PageSize = 50;

    /// <summary>How many videos the form of a section offers: the newest.</summary>
    public const int MostOffered = 200;

    /// <summary>A page of the list.</summary>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<SectionListPage?> ListAsync(ActorRef who, SectionFilter filter, int page, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await EditorAsync(db, who, ct) is null)
        {
            return null;
        }
        var counts = await Matching(db, filter with { State = null })
            .GroupBy(s => s.State)
            .Select(g => new { State = g.Key, Count = g.Count() })
            .ToListAsync(ct);
        var lines = await Matching(db, filter)
            .OrderBy(s => s.Order)
            .ThenBy(s => s.SectionId)
            .ThenByDescending(s => s.Number)
            .Skip((Math.Clamp(page, 1, 10_000) - 1) * PageSize)
            .Take(PageSize + 1)
            .Select(s => new SectionLine(
                s.Id,
                s.SectionId,
                s.Number,
                s.State,
                s.Order,
                s.Title,
                s.Minutes,
                s.VideoId != null,
                s.DraftedByName,
                s.State == QuestionState.Draft && s.ReturnReason != null
            ))
            .ToListAsync(ct);
        return new SectionListPage(
            [.. lines.Take(PageSize)],
            lines.Count > PageSize,
            counts.ToDictionary(c => c.State, c => c.Count)
        );
    }

    /// <summary>A section with all its versions; null when there is none, or the person may not.</summary>
    public async Task<SectionFile?> ReadAsync(ActorRef who, string sectionId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await EditorAsync(db, who, ct) is not { } actor)
        {
            return null;
        }
        var versions = await db
            .SectionVersions.AsNoTracking()
            .Where(s => s.SectionId == sectionId)
            .OrderByDescending(s => s.Number)
            .ToListAsync(ct);
        var videos = versions.Select(s => s.VideoId).OfType<Guid>().Distinct().ToList();
        return versions.Count == 0
            ? null
            : new SectionFile(sectionId, versions, actor, await StudyReader.VideosAsync(db, videos, ct));
    }

    /// <summary>The places of the sections in use, for the form; null when the person may not.</summary>
    public async Task<IReadOnlyList<SectionLine>?> PlacesAsync(ActorRef who, CancellationToken ct) =>
        (await ListAsync(who, new SectionFilter(null, QuestionState.Published), 1, ct))?.Lines;

    /// <summary>Whether somebody may write study content now: asked before anything of an upload is read.</summary>
    public async Task<bool> MayEditAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await EditorAsync(db, who, ct) is not null;
    }

    /// <summary>A page of the videos.</summary>
    public async Task<VideoListPage?> VideosAsync(ActorRef who, int page, CancellationToken ct, int size = PageSize)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await EditorAsync(db, who, ct) is null)
        {
            return null;
        }
        var wanted = db
            .StudyVideos.OrderByDescending(v => v.UploadedAt)
            .ThenByDescending(v => v.Id)
            .Skip((Math.Clamp(page, 1, 10_000) - 1) * size)
            .Take(size + 1);
        // Sorted once more here: a join does not promise the order of what is joined.
        var lines = await Lines(db, wanted).ToListAsync(ct);
        lines = [.. lines.OrderByDescending(v => v.UploadedAt).ThenByDescending(v => v.Id)];
        return new VideoListPage([.. lines.Take(size)], lines.Count > size);
    }

    /// <summary>A video; null when there is none, or the person may not.</summary>
    public async Task<VideoFile?> VideoAsync(ActorRef who, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await EditorAsync(db, who, ct) is null)
        {
            return null;
        }
        var line = await Lines(db, db.StudyVideos.Where(v => v.Id == id)).SingleOrDefaultAsync(ct);
        if (line is null)
        {
            return null;
        }
        var sections = await db
            .SectionVersions.Where(s => s.VideoId == id && s.State != QuestionState.Retired)
            .Select(s => s.SectionId)
            .Distinct()
            .OrderBy(s => s)
            .ToListAsync(ct);
        return new VideoFile(line, (await StudyReader.VideosAsync(db, [id], ct))[id], sections);
    }

    // What is worked on or in use, and what is out of use for good: the last version of a section that has no other.
    private static IQueryable<SectionVersion> Matching(PortalDb db, SectionFilter filter)
    {
        var found = db
            .SectionVersions.AsNoTracking()
            .Where(s =>
                s.State != QuestionState.Retired
                || !db.SectionVersions.Any(other =>
                    other.SectionId == s.SectionId
                    && (other.Number > s.Number || other.State == QuestionState.Published)
                )
            );
        if (filter.State is { } state)
        {
            found = found.Where(s => s.State == state);
        }
        if (filter.Search?.Trim() is { Length: > 0 } search)
        {
            var words = search.ToLowerInvariant();
            found = found.Where(s => s.SectionId.Contains(words) || s.Wording.Contains(words));
        }
        return found;
    }

    private static IQueryable<VideoLine> Lines(PortalDb db, IQueryable<StudyVideoRow> videos) =>
        from video in videos
        join file in db.StudyVideoFiles.Where(f => f.Kind == VideoFileKind.Video) on video.Id equals file.VideoId
        select new VideoLine(
            video.Id,
            video.Name,
            video.Title,
            video.Seconds,
            file.Size,
            video.UploadedByName,
            video.UploadedAt
        );

    private static async Task<Actor?> EditorAsync(PortalDb db, ActorRef who, CancellationToken ct) =>
        await Actors.ReadAsync(db, who, ct) is { } actor && actor.May(Permission.EditStudyContent) ? actor : null;
}
