using System.Diagnostics;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;

namespace AdminPortal.Tests.Data.Infrastructure;

/// <summary>A PNG is taken apart and written anew, whatever somebody put into it (D-PICTURE).</summary>
public sealed class PngSanitizerTests
{
    public static TheoryData<int, int> Kinds =>
        new()
        {
            { 0, 1 },
            { 0, 2 },
            { 0, 4 },
            { 0, 8 },
            { 0, 16 },
            { 2, 8 },
            { 2, 16 },
            { 3, 1 },
            { 3, 2 },
            { 3, 4 },
            { 3, 8 },
            { 4, 8 },
            { 4, 16 },
            { 6, 8 },
            { 6, 16 },
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_keeps_its_pixels_and_is_the_same_when_cleaned_again(int colour, int depth)
    {
        var file = PngBuilder.Picture(131, 123, colour, depth);
        var clean = Accepted(file);
        Assert.Equal((131, 123), (clean.Width, clean.Height));
        var (names, rows) = PngBuilder.Take(clean.Bytes);
        Assert.Equal(colour == 3 ? ["IHDR", "PLTE", "IDAT", "IEND"] : ["IHDR", "IDAT", "IEND"], names);
        Assert.Equal(PngBuilder.Take(file).Rows, rows);
        Assert.Equal(clean.Bytes, Accepted(clean.Bytes).Bytes);
    }

    [Fact]
    public void Whatever_is_no_picture_is_dropped()
    {
        var rows = PngBuilder.Filled(120, 120, 3, 8, 1);
        var packed = PngBuilder.Pack(rows);
        byte[] dirty =
        [
            .. new PngBuilder()
                .Header(120, 120, colour: 3)
                .Chunk("tEXt", "Comment\0<script>alert(1)</script>"u8.ToArray())
                .Chunk("eXIf", "GPS 29.56N 106.55E"u8.ToArray())
                .Chunk("iCCP", "profile"u8.ToArray())
                .Chunk("PLTE", new byte[768])
                .Chunk("tRNS", 0)
                .Chunk("tIME", 1, 2, 3)
                .Chunk("IDAT", packed[..100])
                .Chunk("IDAT")
                // More behind the end of what is packed.
                .Chunk("IDAT", [.. packed[100..], .. "PK\u0003\u0004"u8])
                .Chunk("zTXt", "more"u8.ToArray())
                .Chunk("IEND")
                .ToArray(),
            .. "PK\u0003\u0004 a second file"u8,
        ];
        var clean = Accepted(dirty);
        var (names, kept) = PngBuilder.Take(clean.Bytes);
        Assert.Equal(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"], names);
        Assert.Equal(rows, kept);
        foreach (var trace in new[] { "script", "GPS", "profile", "PK" })
        {
            Assert.Equal(-1, clean.Bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(trace)));
        }
    }

    private static byte[] Rows(int colour = 2, int depth = 8) => PngBuilder.Filled(120, 120, colour, depth, 1);

    private static readonly Dictionary<string, (Func<byte[]> File, PngRejection Reason)> Faults = new()
    {
        ["nothing"] = (() => [], PngRejection.NotPng),
        ["a JPEG"] = (() => JpegBuilder.Grey(120, 120), PngRejection.NotPng),
        ["a page"] = (() => "<!doctype html><script>alert(1)</script>"u8.ToArray(), PngRejection.NotPng),
        ["the signature alone"] = (() => new PngBuilder().ToArray(), PngRejection.Truncated),
        ["no header"] = (() => new PngBuilder().Rows(Rows()).Chunk("IEND").ToArray(), PngRejection.Malformed),
        ["two headers"] = (
            () => new PngBuilder().Header(120, 120).Header(120, 120).Rows(Rows()).Chunk("IEND").ToArray(),
            PngRejection.Malformed
        ),
        ["interlaced"] = (
            () => new PngBuilder().Header(120, 120, interlace: 1).Rows(Rows()).Chunk("IEND").ToArray(),
            PngRejection.UnsupportedEncoding
        ),
        ["another packing"] = (
            () => new PngBuilder().Header(120, 120, packing: 1).Rows(Rows()).Chunk("IEND").ToArray(),
            PngRejection.Malformed
        ),
        ["animated"] = (
            () => new PngBuilder().Header(120, 120).Chunk("acTL", new byte[8]).Rows(Rows()).Chunk("IEND").ToArray(),
            PngRejection.UnsupportedEncoding
        ),
        ["another frame"] = (
            () => new PngBuilder().Header(120, 120).Rows(Rows()).Chunk("fdAT", new byte[8]).Chunk("IEND").ToArray(),
            PngRejection.UnsupportedEncoding
        ),
        ["too wide"] = (() => PngBuilder.Picture(1025, 120), PngRejection.DimensionsTooLarge),
        ["too high"] = (() => PngBuilder.Picture(120, 1025), PngRejection.DimensionsTooLarge),
        ["as wide as can be said"] = (
            () => new PngBuilder().Header(-1, -1).Rows(Rows()).Chunk("IEND").ToArray(),
            PngRejection.DimensionsTooLarge
        ),
        ["too small"] = (() => PngBuilder.Picture(119, 120), PngRejection.DimensionsTooSmall),
        ["no size"] = (() => new PngBuilder().Header(0, 0).ToArray(), PngRejection.DimensionsTooSmall),
        ["a colour type there is none"] = (
            () => new PngBuilder().Header(120, 120, colour: 5).Rows(Rows()).Chunk("IEND").ToArray(),
            PngRejection.Malformed
        ),
        ["a depth it cannot have"] = (
            () => new PngBuilder().Header(120, 120, depth: 4).Rows(Rows()).Chunk("IEND").ToArray(),
            PngRejection.Malformed
        ),
        ["no rows"] = (() => new PngBuilder().Header(120, 120).Chunk("IEND").ToArray(), PngRejection.Malformed),
        ["rows apart"] = (
            () => new PngBuilder().Header(120, 120).Rows(Rows()).Chunk("tEXt", 1).Chunk("IDAT").Chunk("IEND").ToArray(),
            PngRejection.Malformed
        ),
        ["a row too few"] = (
            () => new PngBuilder().Header(120, 120).Rows(Rows()[..^361]).Chunk("IEND").ToArray(),
            PngRejection.Truncated
        ),
        ["a byte too many"] = (
            () => new PngBuilder().Header(120, 120).Rows([.. Rows(), 0]).Chunk("IEND").ToArray(),
            PngRejection.Malformed
        ),
        ["a filter there is none"] = (
            () => new PngBuilder().Header(120, 120).Rows([5, .. Rows()[1..]]).Chunk("IEND").ToArray(),
            PngRejection.Malformed
        ),
        ["rows that are not packed"] = (
            () => new PngBuilder().Header(120, 120).Chunk("IDAT", Rows()).Chunk("IEND").ToArray(),
            PngRejection.Malformed
        ),
        ["no palette"] = (
            () => new PngBuilder().Header(120, 120, colour: 3).Rows(Rows(3)).Chunk("IEND").ToArray(),
            PngRejection.Malformed
        ),
        ["a colour the palette has not"] = (
            () =>
                new PngBuilder()
                    .Header(120, 120, colour: 3)
                    .Chunk("PLTE", new byte[6])
                    .Rows(Rows(3))
                    .Chunk("IEND")
                    .ToArray(),
            PngRejection.Malformed
        ),
        ["a palette too long"] = (
            () =>
                new PngBuilder()
                    .Header(120, 120, depth: 1, colour: 3)
                    .Chunk("PLTE", new byte[9])
                    .Rows(Rows(3, 1))
                    .Chunk("IEND")
                    .ToArray(),
            PngRejection.Malformed
        ),
        ["more transparent than there are colours"] = (
            () =>
                new PngBuilder()
                    .Header(120, 120, colour: 3)
                    .Chunk("PLTE", new byte[9])
                    .Chunk("tRNS", 0, 0, 0, 0)
                    .Rows(Rows(3))
                    .Chunk("IEND")
                    .ToArray(),
            PngRejection.Malformed
        ),
        ["transparent twice over"] = (
            () =>
                new PngBuilder().Header(120, 120, colour: 6).Chunk("tRNS", 0, 0).Rows(Rows(6)).Chunk("IEND").ToArray(),
            PngRejection.Malformed
        ),
        ["a piece nobody may leave out"] = (
            () => new PngBuilder().Header(120, 120).Chunk("ABCD", 1).Rows(Rows()).Chunk("IEND").ToArray(),
            PngRejection.Malformed
        ),
        ["a name of no letters"] = (
            () => new PngBuilder().Header(120, 120).Chunk("a?cd", 1).Rows(Rows()).Chunk("IEND").ToArray(),
            PngRejection.Malformed
        ),
        ["no end"] = (() => new PngBuilder().Header(120, 120).Rows(Rows()).ToArray(), PngRejection.Truncated),
        ["too large"] = (() => new byte[PngSanitizer.MaxBytes + 1], PngRejection.TooLarge),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_wrong_is_refused(string what) => Assert.Equal(Faults[what].Reason, Reason(Faults[what].File()));

    [Fact]
    public void A_wrong_sum_is_found_wherever_it_stands()
    {
        var file = PngBuilder.Picture(120, 120, 3);
        for (var at = 8; at < file.Length; at += 7)
        {
            var bent = file.ToArray();
            bent[at] ^= 0x10;
            Assert.IsType<PngOutcome.Rejected>(PngSanitizer.Clean(bent));
        }
    }

    [Fact]
    public void What_would_unpack_to_more_than_its_header_says_is_not_unpacked()
    {
        // 100 MB of nothing in less than one.
        var bomb = new PngBuilder().Header(120, 120).Rows(new byte[100_000_000]).Chunk("IEND").ToArray();
        Assert.InRange(bomb.Length, 100_000, PngSanitizer.MaxBytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(PngRejection.Malformed, Reason(bomb));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000_000);
    }

    [Fact]
    public void Thousands_of_bent_files_crash_nothing_and_what_is_taken_is_sound()
    {
        var seeds = Kinds.Select(kind => PngBuilder.Picture(121, 120, (int)kind[0], (int)kind[1])).ToList();
        seeds.AddRange(
            StarterContent
                .Questions.Select(q => q.Picture)
                .OfType<StarterContent.StarterPicture>()
                .Select(p => StarterContent.Picture(p.File))
        );
        var random = new Random(20260310);
        var (taken, clock) = (0, Stopwatch.StartNew());
        for (var turn = 0; turn < 6_000; turn++)
        {
            var bent = Bend(seeds[turn % seeds.Count].ToArray(), random);
            // Two of three with their sums right, so that what the pieces say is looked at.
            var outcome = PngSanitizer.Clean(turn % 3 == 0 ? bent : PngBuilder.WithSums(bent));
            if (outcome is PngOutcome.Clean clean)
            {
                taken++;
                var (names, rows) = PngBuilder.Take(clean.Bytes);
                Assert.Equal([], names.Except(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]));
                Assert.InRange(rows.Length, 1, (1 + 8 * PngSanitizer.MaxSide) * PngSanitizer.MaxSide);
                Assert.Equal(clean.Bytes, Accepted(clean.Bytes).Bytes);
            }
        }
        // Some must get through, else nothing was looked at.
        Assert.InRange(taken, 100, 5_900);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), $"{clock.Elapsed}");
    }

    private static byte[] Bend(byte[] file, Random random)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            // The front says the most; the rest is pixels.
            var at = random.Next(8, random.Next(2) == 0 ? 80 : file.Length);
            switch (random.Next(6))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    file = [.. file[..at], (byte)random.Next(256), .. file[at..]];
                    break;
                case 3:
                    file = [.. file[..at], .. file[Math.Min(file.Length, at + random.Next(1, 40))..]];
                    break;
                case 4:
                    file = file[..at];
                    break;
                case 5:
                    // A piece more that means nothing.
                    var end = file.Length - 12;
                    file =
                    [
                        .. file[..Math.Max(33, end)],
                        .. new PngBuilder().Chunk("teXt", 1).ToArray()[8..],
                        .. file[Math.Max(33, end)..],
                    ];
                    break;
            }
            if (file.Length < 90)
            {
                return file;
            }
        }
        return file;
    }

    [Fact]
    public void What_is_kept_is_bounded_whatever_the_format()
    {
        var noise = new byte[PngBuilder.RowBytes(512, 2, 8) * 512];
        new Random(1).NextBytes(noise);
        for (var y = 0; y < 512; y++)
        {
            noise[y * (noise.Length / 512)] = 0;
        }
        var heavy = new PngBuilder().Header(512, 512).Rows(noise).Chunk("IEND").ToArray();
        Assert.InRange(heavy.Length, QuestionPictureFile.MostKept, QuestionPictureFile.MostUploaded);
        Assert.Equal(RefusalCode.PictureTooHeavy, Refused(heavy));
        Assert.Equal(RefusalCode.PictureTooHeavy, Refused(new byte[QuestionPictureFile.MostUploaded + 1]));
        Assert.Equal(RefusalCode.PictureDimensions, Refused(JpegBuilder.Grey(1032, 128)));
        Assert.Equal(RefusalCode.PictureDimensions, Refused(PngBuilder.Picture(64, 64)));
        Assert.Equal(RefusalCode.PictureFormat, Refused("GIF89a"u8.ToArray()));
        Assert.Equal(RefusalCode.PictureDamaged, Refused(PngBuilder.Picture(120, 120)[..^1]));
        Assert.Equal(RefusalCode.FieldRequired, Refused([]));
        var jpeg = Assert.IsType<Outcome<QuestionPictureFile>.Done>(
            QuestionPictureFile.Clean(JpegBuilder.Grey(128, 120))
        );
        Assert.Equal((PictureFormat.Jpeg, 128, 120), (jpeg.Value.Format, jpeg.Value.Width, jpeg.Value.Height));
    }

    [Fact]
    public void The_pictures_of_the_starter_questions_are_light()
    {
        var files = StarterContent.Questions.Select(q => q.Picture?.File).OfType<string>().ToList();
        Assert.Equal(8, files.Distinct().Count());
        Assert.All(files, file => Assert.InRange(Accepted(StarterContent.Picture(file)).Bytes.Length, 1, 8 * 1024));
    }

    private static RefusalCode Refused(byte[] file) =>
        Assert.IsType<Outcome<QuestionPictureFile>.Refused>(QuestionPictureFile.Clean(file)).Refusal.Code;

    private static PngOutcome.Clean Accepted(byte[] file) => Assert.IsType<PngOutcome.Clean>(PngSanitizer.Clean(file));

    private static PngRejection Reason(byte[] file) =>
        Assert.IsType<PngOutcome.Rejected>(PngSanitizer.Clean(file)).Reason;
}
