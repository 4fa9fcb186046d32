using System.Buffers.Binary;
using System.Text;
using AdminPortal.Domain;

namespace AdminPortal.Data.Sections;

/// <summary>What a video that is taken is like.</summary>
public sealed record Mp4Facts(double Seconds, int Width, int Height);

/// <summary>
/// Reads the boxes of an MP4 file as far as is needed to know that every telephone plays it while it loads (D-STUDY-VIDEO): its kind
/// first, then one index, then the pictures; one track of H.264, at most sound beside it, nothing kept in another file, a length that
/// is known. Reads the heads of the boxes and the index, never the pictures, and no more of anything than it has set itself.
/// </summary>
public static class Mp4File
{
    public const int LargestMegabytes = 100;
    public const long LargestFile = LargestMegabytes * 1024L * 1024;
    public const int ShortestSeconds = 5;
    public const int LongestSeconds = 600;

    private const string Field = "video";
    private const int LargestIndex = 8 * 1024 * 1024;
    private const int MostBoxes = 4096;
    private const int LargestSide = 3840;

    private static readonly string[] Brands = ["isom", "iso2", "iso4", "iso5", "iso6", "avc1", "mp41", "mp42", "M4V "];

    private sealed class WrongException(RefusalCode code) : Exception
    {
        public RefusalCode Code => code;
    }

    /// <summary>Looks at a file; never throws for what stands in it.</summary>
    public static Outcome<Mp4Facts> Read(Stream file)
    {
        if (file.Length == 0)
        {
            return new Refusal(RefusalCode.FieldRequired, Field);
        }
        if (file.Length > LargestFile)
        {
            return new Refusal(RefusalCode.VideoTooLarge, Field, LargestMegabytes);
        }
        try
        {
            var facts = Movie(Index(file));
            return facts.Seconds is < ShortestSeconds or > LongestSeconds
                ? new Refusal(RefusalCode.VideoLength, Field, ShortestSeconds, LongestSeconds)
                : facts;
        }
        catch (WrongException wrong)
        {
            return wrong.Code == RefusalCode.VideoTooLarge
                ? new Refusal(wrong.Code, Field, LargestMegabytes)
                : new Refusal(wrong.Code, Field);
        }
    }

    // The boxes of the file itself; yields what stands in its index.
    private static byte[] Index(Stream file)
    {
        byte[]? index = null;
        var hasPictures = false;
        Span<byte> head = stackalloc byte[16];
        long at = 0;
        for (var boxes = 0; at < file.Length; boxes++)
        {
            Demand(boxes < MostBoxes, RefusalCode.VideoDamaged);
            file.Position = at;
            var got = file.ReadAtLeast(head, 16, throwOnEndOfStream: false);
            Demand(got >= 8, at == 0 ? RefusalCode.VideoNotMp4 : RefusalCode.VideoDamaged);
            var (size, begin) = ((long)BinaryPrimitives.ReadUInt32BigEndian(head), 8);
            var kind = Encoding.Latin1.GetString(head[4..8]);
            Demand(at > 0 || kind == "ftyp", RefusalCode.VideoNotMp4);
            if (size == 1)
            {
                Demand(got == 16, RefusalCode.VideoDamaged);
                (size, begin) = (BinaryPrimitives.ReadInt64BigEndian(head[8..]), 16);
            }
            // Zero says "to the end of the file", which nobody knows of a file that was cut off.
            Demand(size >= begin && size <= file.Length - at, RefusalCode.VideoDamaged);
            switch (kind)
            {
                case "ftyp":
                    Demand(at == 0 && size - begin is >= 8 and <= 1024, RefusalCode.VideoNotMp4);
                    Demand(IsKnown(Body(file, at + begin, size - begin)), RefusalCode.VideoNotMp4);
                    break;
                case "moov":
                    Demand(!hasPictures, RefusalCode.VideoIndexAtEnd);
                    Demand(index is null && size <= LargestIndex, RefusalCode.VideoDamaged);
                    index = Body(file, at + begin, size - begin);
                    break;
                case "moof" or "styp" or "sidx":
                    // Pieces for streaming: their index is spread over the file.
                    throw new WrongException(RefusalCode.VideoIndexAtEnd);
                case "mdat":
                    hasPictures = true;
                    break;
            }
            at += size;
        }
        Demand(hasPictures, RefusalCode.VideoDamaged);
        return index ?? throw new WrongException(RefusalCode.VideoDamaged);
    }

    private static byte[] Body(Stream file, long at, long size)
    {
        var body = new byte[size];
        file.Position = at;
        file.ReadExactly(body);
        return body;
    }

    // The main kind, its version, and the kinds it is compatible with.
    private static bool IsKnown(ReadOnlySpan<byte> kinds)
    {
        for (var i = 0; i + 4 <= kinds.Length; i += 4)
        {
            if (i != 4 && Brands.Contains(Encoding.Latin1.GetString(kinds.Slice(i, 4))))
            {
                return true;
            }
        }
        return false;
    }

    private static Mp4Facts Movie(ReadOnlySpan<byte> index)
    {
        var seconds = Seconds(One(index, "mvhd"));
        (int Width, int Height)? picture = null;
        var sounds = 0;
        foreach (var (at, size) in Boxes(index, "trak"))
        {
            var media = One(index.Slice(at, size), "mdia");
            var handler = One(media, "hdlr");
            Demand(handler.Length >= 12, RefusalCode.VideoDamaged);
            var information = One(media, "minf");
            AssertOwn(information);
            var samples = One(One(information, "stbl"), "stsd");
            switch (Encoding.Latin1.GetString(handler[8..12]))
            {
                case "vide":
                    Demand(picture is null, RefusalCode.VideoNotH264);
                    picture = Picture(samples);
                    break;
                case "soun":
                    Demand(++sounds == 1 && KindOf(samples) == "mp4a", RefusalCode.VideoNotH264);
                    break;
                default:
                    throw new WrongException(RefusalCode.VideoNotH264);
            }
        }
        var (width, height) = picture ?? throw new WrongException(RefusalCode.VideoNotH264);
        return new Mp4Facts(seconds, width, height);
    }

    private static double Seconds(ReadOnlySpan<byte> header)
    {
        Demand(header.Length >= 20, RefusalCode.VideoDamaged);
        var isLong = header[0] == 1;
        Demand(header[0] <= 1 && header.Length >= (isLong ? 32 : 20), RefusalCode.VideoDamaged);
        var units = BinaryPrimitives.ReadUInt32BigEndian(header[(isLong ? 20 : 12)..]);
        var length = isLong
            ? BinaryPrimitives.ReadUInt64BigEndian(header[24..])
            : BinaryPrimitives.ReadUInt32BigEndian(header[16..]);
        var unknown = isLong ? ulong.MaxValue : uint.MaxValue;
        Demand(units > 0 && length > 0 && length != unknown, RefusalCode.VideoDamaged);
        return (double)length / units;
    }

    // Pictures and sound stand in this file and are not fetched from an address.
    private static void AssertOwn(ReadOnlySpan<byte> information)
    {
        var references = One(One(information, "dinf"), "dref");
        Demand(references.Length > 8, RefusalCode.VideoDamaged);
        foreach (var (at, size) in Boxes(references[8..], null))
        {
            Demand(size >= 4 && (references[8 + at + 3] & 1) == 1, RefusalCode.VideoDamaged);
        }
    }

    private static (int Width, int Height) Picture(ReadOnlySpan<byte> samples)
    {
        Demand(KindOf(samples) is "avc1" or "avc3", RefusalCode.VideoNotH264);
        var entry = samples[16..];
        Demand(entry.Length > 78, RefusalCode.VideoDamaged);
        Demand(One(entry[78..], "avcC") is { Length: >= 7 } settings && settings[0] == 1, RefusalCode.VideoNotH264);
        var (width, height) = (
            BinaryPrimitives.ReadUInt16BigEndian(entry[24..]),
            BinaryPrimitives.ReadUInt16BigEndian(entry[26..])
        );
        Demand(width is > 0 and <= LargestSide && height is > 0 and <= LargestSide, RefusalCode.VideoDamaged);
        return (width, height);
    }

    // A description of samples: version and flags, how many, then one box each. Exactly one is taken.
    private static string KindOf(ReadOnlySpan<byte> samples)
    {
        Demand(
            samples.Length >= 16 && BinaryPrimitives.ReadUInt32BigEndian(samples[4..]) == 1,
            RefusalCode.VideoNotH264
        );
        return Encoding.Latin1.GetString(samples[12..16]);
    }

    private static ReadOnlySpan<byte> One(ReadOnlySpan<byte> box, string kind)
    {
        var found = Boxes(box, kind);
        Demand(found.Count == 1, RefusalCode.VideoDamaged);
        return box.Slice(found[0].At, found[0].Size);
    }

    /// <summary>Where the bodies of the boxes of a kind lie in a box.</summary>
    /// <param name="kind">Null is every kind.</param>
    private static List<(int At, int Size)> Boxes(ReadOnlySpan<byte> box, string? kind)
    {
        var found = new List<(int, int)>();
        var at = 0;
        for (var boxes = 0; box.Length - at >= 8; boxes++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(box[at..]);
            Demand(boxes < MostBoxes && size >= 8 && size <= box.Length - at, RefusalCode.VideoDamaged);
            if (kind is null || Encoding.Latin1.GetString(box.Slice(at + 4, 4)) == kind)
            {
                found.Add((at + 8, (int)size - 8));
            }
            at += (int)size;
        }
        return found;
    }

    private static void Demand(bool holds, RefusalCode code)
    {
        if (!holds)
        {
            throw new WrongException(code);
        }
    }
}
