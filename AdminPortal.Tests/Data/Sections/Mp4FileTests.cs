using System.Buffers.Binary;
using System.Text;
using AdminPortal.Data.Sections;
using AdminPortal.Domain;
using AdminPortal.Tests.Support;
using FsCheck.Fluent;
using Property = AdminPortal.Tests.Domain.Property;

namespace AdminPortal.Tests.Data.Sections;

/// <summary>What is taken as a video, shown by taking one that is apart and putting it together wrong.</summary>
public sealed class Mp4FileTests
{
    private static readonly byte[] Good = TestPortal.ShippedVideo();

    [Theory]
    [InlineData("who-goes-first")]
    [InlineData("points-cycle")]
    public void The_videos_that_ship_are_taken_with_their_length_and_size(string name)
    {
        var facts = Assert.IsType<Outcome<Mp4Facts>.Done>(Read(TestPortal.ShippedVideo(name: name))).Value;
        Assert.InRange(facts.Seconds, 30, 90);
        Assert.Equal((640, 480), (facts.Width, facts.Height));
    }

    public static TheoryData<string, byte[], RefusalCode> Wrong =>
        new()
        {
            { "nothing", [], RefusalCode.FieldRequired },
            { "a text", "这不是视频，这只是一段文字。"u8.ToArray(), RefusalCode.VideoNotMp4 },
            { "a picture", TestPortal.ShippedVideo(".png"), RefusalCode.VideoNotMp4 },
            { "three bytes", [0, 0, 0], RefusalCode.VideoNotMp4 },
            {
                "another kind",
                [0, 0, 0, 20, .. "ftypqt  "u8, 0, 0, 0, 0, .. "qt  "u8, .. Box("moov"), .. Box("mdat")],
                RefusalCode.VideoNotMp4
            },
            { "cut off in the pictures", Good[..^1], RefusalCode.VideoDamaged },
            { "cut off in the index", Good[..500], RefusalCode.VideoDamaged },
            { "the index at the end", IndexAtEnd(), RefusalCode.VideoIndexAtEnd },
            {
                "two indexes",
                [.. Box("ftyp"), .. Box("moov"), .. Box("moov"), .. Box("mdat")],
                RefusalCode.VideoDamaged
            },
            { "no index", [.. Box("ftyp"), .. Box("mdat")], RefusalCode.VideoDamaged },
            { "no pictures", [.. Box("ftyp"), .. Box("moov")], RefusalCode.VideoDamaged },
            { "pieces", [.. Good, .. NewBox("moof", 8)], RefusalCode.VideoIndexAtEnd },
            { "a box of unknown size", [.. Good, 0, 0, 0, 0, .. "free"u8, 1, 2], RefusalCode.VideoDamaged },
            { "a box smaller than its head", [.. Good, 0, 0, 0, 7, .. "free"u8], RefusalCode.VideoDamaged },
            {
                "a box larger than any file",
                [.. Good, 0, 0, 0, 1, .. "free"u8, 127, 255, 255, 255, 255, 255, 255, 255],
                RefusalCode.VideoDamaged
            },
            { "another codec", Changed("avc1", "hvc1", every: true), RefusalCode.VideoNotH264 },
            { "no settings of the codec", Changed("avcC", "free"), RefusalCode.VideoDamaged },
            { "a track that is neither", Changed("vide", "text"), RefusalCode.VideoNotH264 },
            { "no length", Number("mvhd", 16, 0), RefusalCode.VideoDamaged },
            { "a length nobody knows", Number("mvhd", 16, uint.MaxValue), RefusalCode.VideoDamaged },
            { "no units", Number("mvhd", 12, 0), RefusalCode.VideoDamaged },
            { "an hour", Number("mvhd", 16, 3_600_000), RefusalCode.VideoLength },
            { "a blink", Number("mvhd", 16, 1000), RefusalCode.VideoLength },
            { "pictures from an address", Number("url ", 0, 0), RefusalCode.VideoDamaged },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_no_video_that_plays_everywhere_while_it_loads_is_refused_with_its_reason(
        string what,
        byte[] file,
        RefusalCode code
    )
    {
        Assert.NotEmpty(what);
        var refused = Assert.IsType<Outcome<Mp4Facts>.Refused>(Read(file)).Refusal;
        Assert.Equal((code, "video"), (refused.Code, refused.Field));
    }

    [Fact]
    public void A_box_behind_the_pictures_and_a_long_size_are_taken()
    {
        byte[] longFree = [0, 0, 0, 1, .. "free"u8, 0, 0, 0, 0, 0, 0, 0, 20, 1, 2, 3, 4];
        Assert.IsType<Outcome<Mp4Facts>.Done>(Read([.. Good, .. NewBox("free", 3), .. longFree]));
    }

    [Fact]
    public void Whatever_the_bytes_it_answers()
    {
        var head = Good[..4096];
        Property.Holds(
            Property.Three(Gen.Choose(0, 4095), Gen.Choose(0, 255), Gen.Choose(32, 4096)),
            broken =>
            {
                var file = head[..broken.Item3];
                if (broken.Item1 < file.Length)
                {
                    file[broken.Item1] = (byte)broken.Item2;
                }
                Assert.NotNull(Read(file));
            },
            tests: 2000
        );
    }

    internal static byte[] IndexAtEnd() => [.. Box("ftyp"), .. Box("mdat"), .. Box("moov")];

    private static Outcome<Mp4Facts> Read(byte[] file) => Mp4File.Read(new MemoryStream(file));

    private static byte[] NewBox(string kind, int size)
    {
        var box = new byte[8 + size];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes(kind, box.AsSpan(4));
        return box;
    }

    /// <summary>A box of the good file as it stands in it.</summary>
    private static byte[] Box(string kind)
    {
        var at = 0;
        while (Encoding.ASCII.GetString(Good, at + 4, 4) != kind)
        {
            at += BinaryPrimitives.ReadInt32BigEndian(Good.AsSpan(at));
        }
        return Good[at..(at + BinaryPrimitives.ReadInt32BigEndian(Good.AsSpan(at)))];
    }

    private static byte[] Changed(string old, string @new, bool every = false)
    {
        var file = Good.ToArray();
        var head = file.AsSpan(0, file.AsSpan().IndexOf("mdat"u8));
        int at;
        do
        {
            at = head.IndexOf(Encoding.ASCII.GetBytes(old));
            if (at >= 0)
            {
                Encoding.ASCII.GetBytes(@new, head[at..]);
            }
        } while (every && at >= 0);
        return file;
    }

    /// <summary>The good file with another number in a box, so many bytes behind its name.</summary>
    private static byte[] Number(string box, int offset, uint value)
    {
        var file = Good.ToArray();
        var at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(box)) + 4;
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + offset), value);
        return file;
    }
}
