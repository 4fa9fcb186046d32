using System.Diagnostics;
using System.Text;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Photos;

namespace AdminPortal.Tests.Data.Infrastructure;

public sealed class JpegSanitizerTests
{
    private static readonly byte[] Sample = SamplePhotos.Named("B-live").Bytes.ToArray();

    public static TheoryData<string> SampleNames => new(SamplePhotos.All.Select(p => p.Name));

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void Sample_photos_are_clean_already(string name)
    {
        var bytes = SamplePhotos.Named(name).Bytes;

        var clean = Accepted(bytes.Span);

        Assert.Equal((480, 640), (clean.Width, clean.Height));
        Assert.Equal(bytes.ToArray(), clean.Bytes);
        Assert.True(bytes.Length < 40 * 1024);
    }

    [Fact]
    public void Metadata_comments_and_what_follows_the_end_are_dropped()
    {
        byte[] gps = [.. "Exif\0\0"u8, .. "GPS 22.54N 114.05E"u8];
        byte[] dirty =
        [
            .. Sample[..2],
            .. new JpegBuilder()
                .Segment(0xE1, gps)
                .Segment(0xFE, "<script>alert(1)</script>"u8.ToArray())
                .Segment(0xE2, "ICC_PROFILE\0"u8.ToArray())
                .Segment(0xED, "Photoshop 3.0"u8.ToArray())
                .Segment(0xDB, [3, .. Enumerable.Repeat((byte)'h', 64)]) // a table nobody uses
                .ToArray(),
            .. Sample[2..],
            .. "PK\x03\x04 a second file"u8,
        ];

        Assert.Equal(Sample, Accepted(dirty).Bytes);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        foreach (var photo in SamplePhotos.All)
        {
            for (var length = 2; length < photo.Bytes.Length; length += 97)
            {
                var reason = Reason(photo.Bytes.Span[..length]);
                Assert.True(
                    reason is JpegRejection.Truncated || length == 2 && reason is JpegRejection.NotJpeg,
                    $"{photo.Name} cut at {length}: {reason}"
                );
            }
            Assert.Equal(JpegRejection.Truncated, Reason(photo.Bytes.Span[..^1]));
            Assert.Equal(JpegRejection.Truncated, Reason(photo.Bytes.Span[..^2]));
        }
    }

    [Theory]
    [InlineData("GIF89a\u0001\0\u0001\0")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("<!doctype html><script>alert(1)</script>")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("\0\0\0\u0018ftypheic")]
    [InlineData("<?php __HALT_COMPILER(); ?>")]
    public void A_picture_inside_another_format_is_no_jpeg(string head)
    {
        byte[] polyglot = [.. Encoding.Latin1.GetBytes(head), .. Sample];

        Assert.Equal(JpegRejection.NotJpeg, Reason(polyglot));
        Assert.Equal(JpegRejection.NotJpeg, Reason(Encoding.Latin1.GetBytes(head)));
    }

    [Fact]
    public void A_format_hidden_in_a_comment_or_behind_the_end_is_gone()
    {
        byte[] zip = [.. "PK\x03\x04"u8, .. "payload.class"u8, .. "PK\x05\x06"u8];
        byte[] polyglot = [.. Sample[..2], .. new JpegBuilder().Segment(0xFE, zip).ToArray(), .. Sample[2..], .. zip];

        Assert.Equal(-1, Accepted(polyglot).Bytes.AsSpan().IndexOf("PK"u8));
    }

    [Fact]
    public void Nothing_and_too_much_are_refused()
    {
        Assert.Equal(JpegRejection.Empty, Reason([]));
        Assert.Equal(JpegRejection.NotJpeg, Reason([0xFF]));

        byte[] padded = [.. Sample, .. new byte[JpegSanitizer.MaxBytes - Sample.Length]];
        Assert.Equal(Sample, Accepted(padded).Bytes);
        Assert.Equal(JpegRejection.TooLarge, Reason([.. padded, 0]));
    }

    [Theory]
    [InlineData(65500, 65500, JpegRejection.DimensionsTooLarge)]
    [InlineData(4097, 200, JpegRejection.DimensionsTooLarge)]
    [InlineData(4096, 4096, JpegRejection.DimensionsTooLarge)]
    [InlineData(119, 200, JpegRejection.DimensionsTooSmall)]
    [InlineData(200, 0, JpegRejection.DimensionsTooSmall)]
    public void The_size_is_judged_before_the_pixels(int width, int height, JpegRejection reason)
    {
        Assert.Equal(reason, Reason(new JpegBuilder().Start().Tables().Frame(0xC0, width, height, 0x11).ToArray()));
    }

    [Theory]
    [InlineData(120, 120)]
    [InlineData(4096, 3904)]
    [InlineData(123, 131)]
    public void The_largest_and_smallest_sizes_are_taken(int width, int height)
    {
        var clean = Accepted(JpegBuilder.Grey(width, height));

        Assert.Equal((width, height), (clean.Width, clean.Height));
    }

    [Theory]
    [InlineData(0x11, 3 * 256)] // 4:4:4
    [InlineData(0x21, 4 * 128)] // 4:2:2
    [InlineData(0x22, 6 * 64)] // 4:2:0
    [InlineData(0x41, 6 * 64)] // 4:1:1
    public void Interleaved_colours_hold_what_their_sampling_promises(byte luma, int blocks)
    {
        JpegBuilder Head() => new JpegBuilder().Start().Tables().Frame(0xC0, 128, 128, luma, 0x11, 0x11);

        Accepted(Head().Scan(blocks, 1, 2, 3).End());
        Assert.Equal(JpegRejection.Malformed, Reason(Head().Scan(blocks - 4, 1, 2, 3).End()));
        Assert.Equal(JpegRejection.Malformed, Reason(Head().Scan(blocks + 4, 1, 2, 3).End()));
    }

    [Fact]
    public void Colours_in_scans_of_their_own_are_taken_each_once()
    {
        JpegBuilder Head() =>
            new JpegBuilder().Start().Tables().Frame(0xC1, 130, 130, 0x22, 0x11, 0x11).Scan(17 * 17, 1).Scan(81, 2);

        Accepted(Head().Scan(81, 3).End());
        Assert.Equal(JpegRejection.Malformed, Reason(Head().End())); // one is missing
        Assert.Equal(JpegRejection.Malformed, Reason(Head().Scan(81, 2).Scan(81, 3).End())); // one is there twice
        Assert.Equal(JpegRejection.Malformed, Reason(Head().Scan(81, 4).End())); // one is unknown
    }

    [Fact]
    public void Restart_markers_must_come_in_order_and_in_place()
    {
        byte[] Picture(params byte[] markers)
        {
            var builder = new JpegBuilder().Start().Tables().Segment(0xDD, 0, 64).Frame(0xC0, 128, 128, 0x11).Header(1);
            foreach (var marker in markers)
            {
                builder.Zeros(64).Raw(0xFF, marker);
            }
            return builder.Zeros(64).End();
        }

        Accepted(Picture(0xD0, 0xD1, 0xD2));
        Assert.Equal(JpegRejection.Malformed, Reason(Picture(0xD0, 0xD2, 0xD1)));
        Assert.Equal(JpegRejection.Malformed, Reason(Picture(0xD0, 0xD1)));
        Assert.Equal(JpegRejection.Malformed, Reason(Picture(0xD0, 0xD1, 0xD2, 0xD3)));
    }

    [Theory]
    [InlineData(0xC2)] // progressive
    [InlineData(0xC3)] // lossless
    [InlineData(0xC9)] // arithmetic
    [InlineData(0xCA)]
    public void Other_encodings_are_refused(byte marker)
    {
        var picture = new JpegBuilder().Start().Tables().Frame(marker, 128, 128, 0x11).Scan(256, 1).End();

        Assert.Equal(JpegRejection.UnsupportedEncoding, Reason(picture));
    }

    [Fact]
    public void Four_colours_and_red_green_blue_are_refused()
    {
        var cmyk = new JpegBuilder().Start().Tables().Frame(0xC0, 128, 128, 0x11, 0x11, 0x11, 0x11);
        byte[] adobe = [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0];
        var rgb = new JpegBuilder().Start().Segment(0xEE, adobe).Tables().Frame(0xC0, 128, 128, 0x11, 0x11, 0x11);

        Assert.Equal(JpegRejection.UnsupportedEncoding, Reason(cmyk.ToArray()));
        Assert.Equal(JpegRejection.UnsupportedEncoding, Reason(rgb.Scan(768, 1, 2, 3).End()));
    }

    public static TheoryData<string, byte[]> Contradictions =>
        new()
        {
            { "no tables", new JpegBuilder().Start().Frame(0xC0, 128, 128, 0x11).Scan(256, 1).End() },
            { "no frame", new JpegBuilder().Start().Tables().Scan(256, 1).End() },
            { "no scan", new JpegBuilder().Start().Tables().Frame(0xC0, 128, 128, 0x11).End() },
            { "no data", new JpegBuilder().Start().Tables().Frame(0xC0, 128, 128, 0x11).Header(1).End() },
            {
                "two frames",
                new JpegBuilder().Start().Tables().Frame(0xC0, 128, 128, 0x11).Frame(0xC0, 128, 128, 0x11).End()
            },
            { "segment of length 1", new JpegBuilder().Start().Raw(0xFF, 0xE0, 0, 1).End() },
            { "bytes between segments", new JpegBuilder().Start().Tables().Raw(0x41).Tables().End() },
            { "a second start", new JpegBuilder().Start().Start().End() },
            { "quantization by zero", new JpegBuilder().Start().Segment(0xDB, new byte[65]).End() },
            { "quantization cut", new JpegBuilder().Start().Segment(0xDB, new byte[30]).End() },
            { "Huffman table 4", new JpegBuilder().Start().Segment(0xC4, [0x04, .. JpegBuilder.Dc[1..]]).End() },
            {
                "more codes than fit",
                new JpegBuilder().Start().Segment(0xC4, [0x00, 3, .. new byte[15], 0, 1, 2]).End()
            },
            { "the code of all ones", new JpegBuilder().Start().Segment(0xC4, [0x00, 2, .. new byte[15], 0, 1]).End() },
            { "more symbols than announced", new JpegBuilder().Start().Segment(0xC4, [.. JpegBuilder.Dc, 9]).End() },
            { "sampling of 3", new JpegBuilder().Start().Frame(0xC0, 128, 128, 0x31, 0x11, 0x11).End() },
            {
                "eleven blocks in a unit",
                new JpegBuilder().Start().Tables().Frame(0xC0, 128, 128, 0x42, 0x21, 0x11).Scan(704, 1, 2, 3).End()
            },
        };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Contradictions_are_refused(string what, byte[] picture)
    {
        Assert.True(Reason(picture) == JpegRejection.Malformed, $"{what}: {JpegSanitizer.Clean(picture)}");
    }

    [Fact]
    public void Chains_of_segments_cost_no_more_than_their_bytes()
    {
        var builder = new JpegBuilder().Start();
        while (builder.ToArray() is { Length: < 900_000 })
        {
            for (var i = 0; i < 4_000; i++)
            {
                builder.Segment(0xC4, JpegBuilder.Dc).Segment(0xFE).Segment(0xE1, 1, 2, 3);
            }
        }
        var picture = builder.Tables().Frame(0xC0, 128, 128, 0x11).Scan(256, 1).End();
        var watch = Stopwatch.StartNew();

        Assert.Equal(Accepted(JpegBuilder.Grey()).Bytes, Accepted(picture).Bytes);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
    }

    [Fact]
    public void Ten_thousand_mutations_never_throw_and_what_is_taken_is_clean()
    {
        var random = new Random(20260401);
        var (taken, refused) = (0, 0);
        byte[][] seeds = [Sample, SamplePhotos.Named("no-face").Bytes.ToArray(), JpegBuilder.Grey()];
        for (var i = 0; i < 10_000; i++)
        {
            var mutant = Mutate(seeds[i % seeds.Length], random);
            if (JpegSanitizer.Clean(mutant) is not JpegOutcome.Clean clean)
            {
                refused++;
                continue;
            }
            taken++;
            Accepted(clean.Bytes);
        }
        // Both must happen, or the test tests nothing.
        Assert.True(taken > 100 && refused > 1000, $"{taken} taken, {refused} refused");
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            // Half of the changes hit the headers, which are a small part of the file.
            var at = random.Next(random.Next(2) == 0 ? Math.Min(700, bytes.Count) : bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at - 1, random.Next(20)));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(200))));
                    break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Cleans, and asserts what holds of every clean picture.</summary>
    private static JpegOutcome.Clean Accepted(ReadOnlySpan<byte> input)
    {
        var clean = Assert.IsType<JpegOutcome.Clean>(JpegSanitizer.Clean(input));
        var again = Assert.IsType<JpegOutcome.Clean>(JpegSanitizer.Clean(clean.Bytes));
        Assert.Equal(clean.Bytes, again.Bytes);
        Assert.Equal([0xFF, 0xD8, 0xFF, 0xE0, 0, 16], clean.Bytes[..6]);
        Assert.Equal(clean.Bytes.Length - 2, EndOfImage(clean.Bytes));
        return clean;
    }

    /// <summary>Where the picture ends, found in another way than the product's: by segments, then the first FF D9.</summary>
    private static int EndOfImage(byte[] bytes)
    {
        var at = 2;
        while (bytes[at + 1] is not 0xD9)
        {
            var marker = bytes[at + 1];
            Assert.Contains(marker, new byte[] { 0xE0, 0xDB, 0xC0, 0xC1, 0xC4, 0xDD, 0xDA });
            at += 2 + (bytes[at + 2] << 8) + bytes[at + 3];
            while (marker == 0xDA && !(bytes[at] == 0xFF && bytes[at + 1] is not 0 and not (>= 0xD0 and <= 0xD7)))
            {
                at++;
            }
            Assert.Equal(0xFF, bytes[at]);
        }
        return at;
    }

    private static JpegRejection Reason(ReadOnlySpan<byte> input) =>
        Assert.IsType<JpegOutcome.Rejected>(JpegSanitizer.Clean(input)).Reason;
}
