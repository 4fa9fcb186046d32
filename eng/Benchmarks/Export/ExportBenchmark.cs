using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using AdminPortal.Data.Exports;

namespace AdminPortal.Benchmarks.Export;

/// <summary>
/// The writer of detail lists, a million rows of twelve columns: how far memory grows, and how long it takes beside the same bytes
/// of XML put through deflate at its sixth level into one entry of a zip.
/// </summary>
internal static class ExportBenchmark
{
    private const int Rows = 1_000_000;
    private const int Rounds = 5;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Kinds =
    [
        "考试成绩复核",
        "学习记录复核",
        "手持证件照核验",
        "黑名单申诉",
        "意见反馈",
    ];
    private static readonly string[] States = ["待领取", "办理中", "复核通过", "复核不通过"];
    private static readonly string[] Authorities = ["渝A", "渝B", "渝F", "鄂A"];

    // Made once and told again: neither side pays for making texts.
    private static readonly string[] Ids =
    [
        .. Enumerable.Range(0, 4096).Select(n => $"{n * 2654435761L % 4294967296:X8}"),
    ];
    private static readonly string[] Names = [.. Enumerable.Range(0, 512).Select(n => $"{(char)(0x4E00 + n * 37)}**")];
    private static readonly string[] Numbers = [.. Enumerable.Range(0, 4096).Select(n => $"999***********{n:D4}")];

    public static async Task RunAsync()
    {
        await Task.Yield();
        // The memory first, while there is nothing else in the process.
        Write(Stream.Null, 10_000);
        var (length, growth, managed) = Measured(() => Write(Stream.Null, Rows));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Rows:#,##0} rows x 12 columns: working set grows by {growth / 1e6:0.0} MB at most, managed heap by {managed / 1e6:0.0} MB"
            )
        );
        var xml = Xml();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{xml.Sum(piece => (long)piece.Length) / 1e6:0} MB of XML, {length / 1e6:0.0} MB as a workbook"
            )
        );
        var (ours, bare) = (new List<Cost>(), new List<Cost>());
        for (var round = 0; round <= Rounds; round++)
        {
            var (mine, lower) = (Timed(() => Write(Stream.Null, Rows)), Timed(() => Bare(xml)));
            if (round > 0)
            {
                ours.Add(mine);
                bare.Add(lower);
            }
            Tell($"round {round}", mine, lower);
        }
        Tell("medians", Median(ours), Median(bare));
    }

    /// <summary>Seconds on the clock, and of the processor: on a shared machine the second is the steadier figure.</summary>
    private sealed record Cost(double Clock, double Processor);

    private static void Tell(string what, Cost ours, Cost bare) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: writer {ours.Clock:0.00} s, bare deflate {bare.Clock:0.00} s, ratio {ours.Clock / bare.Clock:0.00}; processor {ours.Processor:0.00} s, {bare.Processor:0.00} s, ratio {ours.Processor / bare.Processor:0.00}"
            )
        );

    private static long Write(Stream output, int rows)
    {
        var counted = new CountingStream(output);
        using (
            var writer = new XlsxWriter(
                counted,
                "件",
                [
                    new("编号", XlsxKind.Text),
                    new("类型", XlsxKind.Text),
                    new("状态", XlsxKind.Text),
                    new("机关", XlsxKind.Text),
                    new("收件时间", XlsxKind.Instant),
                    new("办结期限", XlsxKind.Instant),
                    new("期限日", XlsxKind.Day),
                    new("办结时间", XlsxKind.Instant),
                    new("民警", XlsxKind.Text),
                    new("姓名", XlsxKind.Text),
                    new("身份证号", XlsxKind.Text),
                    new("次数", XlsxKind.Number),
                ],
                "100003"
            )
        )
        {
            for (var row = 0; row < rows; row++)
            {
                var mixed = (int)(row * 2654435761L % 1_000_003);
                var opened = Start.AddSeconds(row * 7 % 2_000_000).AddMilliseconds(mixed % 1000);
                writer.BeginRow();
                writer.Text(Ids[(row ^ mixed) & 4095]);
                writer.Text(Kinds[mixed % Kinds.Length]);
                writer.Text(States[mixed % States.Length]);
                writer.Text(Authorities[mixed / 7 % Authorities.Length]);
                writer.Instant(opened);
                writer.Instant(opened.AddDays(3));
                writer.Day(DateOnly.FromDateTime(opened.Date).AddDays(3));
                writer.Instant(mixed % 3 == 0 ? null : opened.AddMinutes(mixed % 4000));
                writer.Text(Ids[mixed & 63]);
                writer.Text(Names[mixed & 511]);
                writer.Text(Numbers[mixed & 4095]);
                writer.Number(mixed);
                writer.EndRow();
            }
            writer.Complete("说明", [("名称", "件")]);
        }
        return counted.Length;
    }

    // The XML of the sheet, out of a workbook, in pieces that stay in memory.
    private static List<byte[]> Xml()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var file = File.Create(path))
            {
                Write(file, Rows);
            }
            using var zip = ZipFile.OpenRead(path);
            using var part = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
            var pieces = new List<byte[]>();
            while (true)
            {
                var piece = new byte[1024 * 1024];
                var read = part.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);
                if (read == 0)
                {
                    return pieces;
                }
                pieces.Add(read == piece.Length ? piece : piece[..read]);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Bare(List<byte[]> xml)
    {
        using var zip = new ZipArchive(new CountingStream(Stream.Null), ZipArchiveMode.Create);
        // The framework's name of the sixth level.
        using var part = zip.CreateEntry("sheet1.xml", CompressionLevel.Optimal).Open();
        foreach (var piece in xml)
        {
            for (var at = 0; at < piece.Length; at += 64 * 1024)
            {
                part.Write(piece, at, Math.Min(64 * 1024, piece.Length - at));
            }
        }
    }

    private static (long Length, long Growth, long Managed) Measured(Func<long> act)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var (before, managedBefore) = (process.WorkingSet64, GC.GetTotalMemory(false));
        var (most, managedMost) = (before, managedBefore);
        using var over = new ManualResetEventSlim();
        var watch = new Thread(() =>
        {
            do
            {
                process.Refresh();
                most = Math.Max(most, process.WorkingSet64);
                managedMost = Math.Max(managedMost, GC.GetTotalMemory(false));
            } while (!over.Wait(10));
        });
        watch.Start();
        var length = act();
        over.Set();
        watch.Join();
        return (length, most - before, managedMost - managedBefore);
    }

    private static Cost Timed(Action act)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (watch, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        act();
        process.Refresh();
        return new Cost(watch.Elapsed.TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds);
    }

    private static Cost Median(List<Cost> costs) =>
        new(Middle([.. costs.Select(c => c.Clock)]), Middle([.. costs.Select(c => c.Processor)]));

    private static double Middle(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>A file that cannot be gone back in, such as a download.</summary>
    private sealed class CountingStream(Stream inner) : Stream
    {
        private long _length;
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => _length;
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            inner.Write(buffer, offset, count);
            _length += count;
        }
    }
}
