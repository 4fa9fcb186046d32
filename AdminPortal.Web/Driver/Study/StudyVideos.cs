using System.Security.Cryptography;
using AdminPortal.Domain.Questions;

namespace AdminPortal.Web.Driver.Study;

/// <summary>A file of a video as it is served.</summary>
/// <param name="Version">Follows from what is in the file and is part of its address, so that a phone fetches it once.</param>
public sealed record StudyVideoFile(string Path, string ContentType, string Version);

/// <summary>A video that can be shown: all its files are there.</summary>
/// <param name="Bytes">What playing it to the end costs on mobile data.</param>
/// <param name="Chinese">The captions, which say everything: the video has no sound.</param>
public sealed record ReadyVideo(
    StudyVideo Video,
    long Bytes,
    IReadOnlyList<Caption> Chinese,
    IReadOnlyList<Caption> English
);

/// <summary>
/// The videos of the study text, read once when the first page asks. An address is looked up among the files the sections name
/// and never made into a path, so no address leads out of the folder.
/// </summary>
public sealed partial class StudyVideos
{
    /// <summary>Every file of a video is its name with one of these.</summary>
    private static readonly (string Extension, string ContentType)[] Kinds =
    [
        (".mp4", "video/mp4"),
        (".png", "image/png"),
        (".zh.vtt", "text/vtt; charset=utf-8"),
        (".en.vtt", "text/vtt; charset=utf-8"),
    ];

    private readonly Dictionary<string, StudyVideoFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadyVideo> _videos = new(StringComparer.Ordinal);

    public StudyVideos(IWebHostEnvironment environment, ILogger<StudyVideos> log)
    {
        var folder = Path.Combine(environment.ContentRootPath, "Content", "Study");
        foreach (var section in StarterContent.Sections)
        {
            // Without its video a section is still whole: what is missing here keeps nobody from studying.
            if (section.Video is { } video && !TryLoad(folder, section.Id, video))
            {
                LogLeftOut(log, video.Name, folder);
            }
        }
    }

    /// <summary>The video of a section, or null when it has none.</summary>
    public ReadyVideo? Of(string sectionId) => _videos.GetValueOrDefault(sectionId);

    /// <summary>A file by the last part of its address, or null.</summary>
    public StudyVideoFile? Find(string file) => _files.GetValueOrDefault(file);

    /// <summary>The address of a file of a video, with its version.</summary>
    public string Address(StudyVideo video, string extension) =>
        $"/driver/study/video/{video.Name}{extension}?v={_files[video.Name + extension].Version}";

    private bool TryLoad(string folder, string sectionId, StudyVideo video)
    {
        if (Kinds.Any(kind => !File.Exists(Path.Combine(folder, video.Name + kind.Extension))))
        {
            return false;
        }
        var ready = new ReadyVideo(
            video,
            new FileInfo(Path.Combine(folder, $"{video.Name}.mp4")).Length,
            Captions.Read(File.ReadAllText(Path.Combine(folder, $"{video.Name}.zh.vtt"))),
            Captions.Read(File.ReadAllText(Path.Combine(folder, $"{video.Name}.en.vtt")))
        );
        if (ready.Chinese.Count == 0 || ready.English.Count == 0)
        {
            return false;
        }
        foreach (var (extension, contentType) in Kinds)
        {
            var path = Path.Combine(folder, video.Name + extension);
            using var stream = File.OpenRead(path);
            var version = Convert.ToHexStringLower(SHA256.HashData(stream))[..12];
            _files[video.Name + extension] = new StudyVideoFile(path, contentType, version);
        }
        _videos[sectionId] = ready;
        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The study video {Name} is left out: a file of it is missing or has no captions, in {Folder}"
    )]
    private static partial void LogLeftOut(ILogger log, string name, string folder);
}
