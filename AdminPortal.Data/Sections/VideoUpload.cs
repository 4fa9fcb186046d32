using System.Security.Cryptography;
using System.Text;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Sections;

/// <summary>The files of a video as they were sent.</summary>
/// <param name="Video">Seekable; read again from the start when the act has to begin anew.</param>
public sealed record SentVideo(
    BilingualText Title,
    Stream Video,
    ReadOnlyMemory<byte> Poster,
    ReadOnlyMemory<byte> ChineseCaptions,
    ReadOnlyMemory<byte> EnglishCaptions
);

/// <summary>A video every file of which was looked at; there is no other way to get one.</summary>
public sealed class CheckedVideo
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    private readonly (VideoFileKind Kind, string ContentType, Stream File)[] _files;

    private CheckedVideo(BilingualText title, Mp4Facts facts, params (VideoFileKind, string, Stream)[] files) =>
        (Title, Facts, _files) = (title, facts, files);

    public BilingualText Title { get; }
    public Mp4Facts Facts { get; }

    /// <summary>Looks at what was sent (D-STUDY-VIDEO, D-STUDY-CAPTIONS).</summary>
    /// <returns>The video, or the first thing that is wrong, at its field.</returns>
    public static Outcome<CheckedVideo> Of(SentVideo sent)
    {
        var title = new BilingualText(SectionText.Clean(sent.Title.Zh), SectionText.Clean(sent.Title.En));
        if ((TitleFault("title", title.Zh) ?? TitleFault("titleEn", title.En)) is { } fault)
        {
            return fault;
        }
        var read = Mp4File.Read(sent.Video);
        if (read is not Outcome<Mp4Facts>.Done { Value: var facts })
        {
            return ((Outcome<Mp4Facts>.Refused)read).Refusal;
        }
        var poster = JpegSanitizer.Clean(sent.Poster.Span);
        if (poster is not JpegOutcome.Clean clean)
        {
            return new Refusal(PhotoUploads.CodeOf(((JpegOutcome.Rejected)poster).Reason), "poster");
        }
        var (zh, en) = (Text(sent.ChineseCaptions), Text(sent.EnglishCaptions));
        if (zh is null || en is null)
        {
            return new Refusal(RefusalCode.CaptionsUnreadable, zh is null ? "captionsZh" : "captionsEn");
        }
        if (CaptionRules.Defect(zh, en, facts.Seconds) is { } defect)
        {
            return defect;
        }
        return Of(title, facts, sent.Video, "image/jpeg", clean.Bytes, zh, en);
    }

    /// <summary>A video that came with the product, held by tests.</summary>
    internal static CheckedVideo Shipped(StudyVideo video) =>
        Of(
            video.Title,
            ((Outcome<Mp4Facts>.Done)Mp4File.Read(new MemoryStream(File(video, ".mp4")))).Value,
            new MemoryStream(File(video, ".mp4")),
            "image/png",
            File(video, ".png"),
            Encoding.UTF8.GetString(File(video, ".zh.vtt")),
            Encoding.UTF8.GetString(File(video, ".en.vtt"))
        );

    /// <summary>Puts the video with its files into what an act saves, a few parts at a time.</summary>
    internal async Task StoreAsync(CommandScope scope, StudyVideoRow row, CancellationToken ct)
    {
        scope.Db.StudyVideos.Add(row);
        foreach (var (kind, contentType, file) in _files)
        {
            var digest = await DigestAsync(file, ct);
            scope.Db.StudyVideoFiles.Add(
                new StudyVideoFileRow
                {
                    VideoId = row.Id,
                    Kind = kind,
                    ContentType = contentType,
                    Size = file.Length,
                    PartSize = StudyVideoFiles.PartSize,
                    Digest = digest,
                }
            );
            await scope.Db.SaveChangesAsync(ct);
            file.Position = 0;
            var part = new byte[StudyVideoFiles.PartSize];
            for (var ordinal = 0; ; ordinal++)
            {
                var got = await file.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, ct);
                if (got == 0)
                {
                    break;
                }
                var stored = scope.Db.StudyVideoParts.Add(
                    new StudyVideoPartRow
                    {
                        VideoId = row.Id,
                        Kind = kind,
                        Ordinal = ordinal,
                        Content = part[..got],
                    }
                );
                await scope.Db.SaveChangesAsync(ct);
                // Written; a hundred megabytes are not kept in memory until the end.
                stored.State = EntityState.Detached;
            }
        }
    }

    /// <summary>Whether the files of a stored video are these.</summary>
    internal async Task<bool> IsStoredAsync(PortalDb db, Guid videoId, CancellationToken ct)
    {
        var stored = await db
            .StudyVideoFiles.Where(f => f.VideoId == videoId)
            .ToDictionaryAsync(f => f.Kind, f => f.Digest, ct);
        foreach (var (kind, _, file) in _files)
        {
            if (stored.GetValueOrDefault(kind) != await DigestAsync(file, ct))
            {
                return false;
            }
        }
        return true;
    }

    private static async Task<string> DigestAsync(Stream file, CancellationToken ct)
    {
        file.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }

    private static CheckedVideo Of(
        BilingualText title,
        Mp4Facts facts,
        Stream video,
        string posterType,
        byte[] poster,
        string zh,
        string en
    ) =>
        new(
            title,
            facts,
            (VideoFileKind.Video, "video/mp4", video),
            (VideoFileKind.Poster, posterType, new MemoryStream(poster)),
            (VideoFileKind.ChineseCaptions, "text/vtt; charset=utf-8", new MemoryStream(Encoding.UTF8.GetBytes(zh))),
            (VideoFileKind.EnglishCaptions, "text/vtt; charset=utf-8", new MemoryStream(Encoding.UTF8.GetBytes(en)))
        );

    private static Refusal? TitleFault(string field, string title) =>
        title.Length == 0 ? new Refusal(RefusalCode.FieldRequired, field)
        : title.Length > SectionContent.TitleLimit
            ? new Refusal(RefusalCode.FieldTooLong, field, SectionContent.TitleLimit)
        : null;

    private static string? Text(ReadOnlyMemory<byte> file)
    {
        if (file.Length is 0 or > CaptionRules.LargestFile)
        {
            return null;
        }
        try
        {
            return Strict.GetString(file.Span).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static byte[] File(StudyVideo video, string extension)
    {
        using var stream = typeof(CheckedVideo).Assembly.GetManifestResourceStream(
            $"StudyVideo/{video.Name}{extension}"
        )!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
