using System.Text;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Sections;

/// <summary>A file of a video as it is served.</summary>
/// <param name="Version">Follows from what is in the file and is part of its address, so that a phone fetches it once.</param>
public sealed record StudyVideoFile(
    Guid VideoId,
    VideoFileKind Kind,
    string Name,
    string ContentType,
    string Version,
    long Size,
    int PartSize
);

/// <summary>A video with everything a page says about it.</summary>
/// <param name="Files">One of each kind.</param>
/// <param name="Chinese">The captions: they are shown as words under the video too.</param>
public sealed record ReadyVideo(
    StudyVideo Video,
    IReadOnlyDictionary<VideoFileKind, StudyVideoFile> Files,
    IReadOnlyList<Caption> Chinese,
    IReadOnlyList<Caption> English
)
{
    /// <summary>What playing it to the end costs on mobile data.</summary>
    public long Bytes => Files[VideoFileKind.Video].Size;
}

/// <summary>What drivers study, as it stands at one moment.</summary>
/// <param name="Version">Which moment: the number on the shelf.</param>
/// <param name="InUse">The sections in use in reading order.</param>
/// <param name="Retired">Sections that were in use once, as they were last: records of minutes name them, and who is in the middle of one goes on.</param>
/// <param name="Videos">By name; every video that was ever shown to drivers.</param>
public sealed record StudyContents(
    int Version,
    IReadOnlyList<StudySection> InUse,
    IReadOnlyList<StudySection> Retired,
    IReadOnlyDictionary<string, ReadyVideo> Videos
)
{
    private readonly Dictionary<string, StudyVideoFile> _files = Videos
        .Values.SelectMany(v => v.Files.Values)
        .ToDictionary(f => f.Name, StringComparer.Ordinal);

    public bool IsInUse(string sectionId) => InUse.Any(s => s.Id == sectionId);

    /// <summary>A section that is or was in use; null for any other word.</summary>
    public StudySection? Find(string sectionId) => InUse.Concat(Retired).FirstOrDefault(s => s.Id == sectionId);

    /// <summary>The title of a section, in use or not; the id for a word that never was one.</summary>
    public string TitleOf(string sectionId, bool english) => Find(sectionId)?.Title.In(english) ?? sectionId;

    /// <summary>The video of a section, or null when it has none.</summary>
    public ReadyVideo? VideoOf(StudySection section) =>
        section.Video is { } video ? Videos.GetValueOrDefault(video.Name) : null;

    /// <summary>A file by the last part of its address, or null.</summary>
    public StudyVideoFile? File(string name) => _files.GetValueOrDefault(name);
}

/// <summary>
/// The one way the driver's side reads study content. It is kept in memory; each reading asks the database for the number on the shelf
/// and nothing more, and loads anew when that has changed. So a publication is seen by every process with its very next page, and
/// pages cost one look-up of one row. Heartbeats ask only whether a section is known, which costs nothing.
/// </summary>
public sealed class StudyReader(IDbContextFactory<PortalDb> databases)
{
    private readonly SemaphoreSlim _loading = new(1);
    private volatile StudyContents? _kept;

    public async Task<StudyContents> ReadAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var version = await VersionAsync(db, ct);
        if (_kept is { } kept && kept.Version == version)
        {
            return kept;
        }
        await _loading.WaitAsync(ct);
        try
        {
            // The number first: what is published meanwhile is loaded with an old number, and once more the next time.
            version = await VersionAsync(db, ct);
            return _kept is { } loaded && loaded.Version == version ? loaded : _kept = await LoadAsync(db, version, ct);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Whether a section is or was in use. One that was stays known, so a kept answer is never wrong.</summary>
    public async Task<bool> KnowsAsync(string sectionId, CancellationToken ct) =>
        _kept?.Find(sectionId) is not null || (await ReadAsync(ct)).Find(sectionId) is not null;

    private static async Task<int> VersionAsync(PortalDb db, CancellationToken ct) =>
        await db.StudyShelf.Select(s => s.Changes).SingleAsync(ct);

    private static async Task<StudyContents> LoadAsync(PortalDb db, int version, CancellationToken ct)
    {
        // Of each section the last version that drivers were given.
        var versions = await db
            .SectionVersions.AsNoTracking()
            .Where(s => s.PublishedAt != null)
            .Where(s =>
                !db.SectionVersions.Any(later =>
                    later.SectionId == s.SectionId && later.PublishedAt != null && later.Number > s.Number
                )
            )
            .ToListAsync(ct);
        var shown = await db
            .SectionVersions.Where(s => s.PublishedAt != null && s.VideoId != null)
            .Select(s => s.VideoId!.Value)
            .Distinct()
            .ToListAsync(ct);
        var videos = await VideosAsync(db, shown, ct);
        var byState = versions
            .OrderBy(s => s.Order)
            .ThenBy(s => s.SectionId, StringComparer.Ordinal)
            .ToLookup(
                s => s.State == QuestionState.Published,
                s => new StudySection(
                    s.SectionId,
                    s.Order,
                    s.Title,
                    SectionText.Paragraphs(s.Text),
                    s.Articles,
                    s.Minutes,
                    s.VideoId is { } id ? videos[id].Video : null
                )
            );
        return new StudyContents(
            version,
            [.. byState[true]],
            [.. byState[false]],
            videos.Values.ToDictionary(v => v.Video.Name, StringComparer.Ordinal)
        );
    }

    /// <summary>Videos by id, with their files and captions.</summary>
    internal static async Task<Dictionary<Guid, ReadyVideo>> VideosAsync(
        PortalDb db,
        IReadOnlyList<Guid> ids,
        CancellationToken ct
    )
    {
        var rows = await db.StudyVideos.AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(ct);
        var files = await db.StudyVideoFiles.AsNoTracking().Where(f => ids.Contains(f.VideoId)).ToListAsync(ct);
        // A caption file is smaller than a part.
        var captions = await db
            .StudyVideoParts.AsNoTracking()
            .Where(p => ids.Contains(p.VideoId) && p.Ordinal == 0)
            .Where(p => p.Kind == VideoFileKind.ChineseCaptions || p.Kind == VideoFileKind.EnglishCaptions)
            .ToListAsync(ct);
        return rows.ToDictionary(
            v => v.Id,
            v => new ReadyVideo(
                new StudyVideo(v.Name, v.Title, v.Seconds),
                files.Where(f => f.VideoId == v.Id).ToDictionary(f => f.Kind, f => Served(v.Name, f)),
                Words(v.Id, VideoFileKind.ChineseCaptions),
                Words(v.Id, VideoFileKind.EnglishCaptions)
            )
        );

        IReadOnlyList<Caption> Words(Guid id, VideoFileKind kind) =>
            Captions.Read(Encoding.UTF8.GetString(captions.Single(p => p.VideoId == id && p.Kind == kind).Content));
    }

    private static StudyVideoFile Served(string name, StudyVideoFileRow file) =>
        new(
            file.VideoId,
            file.Kind,
            name + Extension(file),
            file.ContentType,
            file.Digest[..12],
            file.Size,
            file.PartSize
        );

    private static string Extension(StudyVideoFileRow file) =>
        file.Kind switch
        {
            VideoFileKind.Video => ".mp4",
            VideoFileKind.Poster => file.ContentType == "image/png" ? ".png" : ".jpg",
            VideoFileKind.ChineseCaptions => ".zh.vtt",
            VideoFileKind.EnglishCaptions => ".en.vtt",
        };
}
