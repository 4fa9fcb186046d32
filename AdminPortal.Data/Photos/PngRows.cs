using System.IO.Compression;

namespace AdminPortal.Data.Photos;

/// <summary>The packed rows of a PNG: unpacked with a bound, looked through, and packed anew.</summary>
internal static class PngRows
{
    /// <summary>Unpacks exactly what the header promises. One byte less or more is refused, and more is never read.</summary>
    public static PngRejection? TryUnpack(MemoryStream packed, PngHeader header, out byte[] rows)
    {
        rows = new byte[header.PixelBytes];
        packed.Position = 0;
        try
        {
            using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
            if (unpacked.ReadAtLeast(rows, rows.Length, throwOnEndOfStream: false) < rows.Length)
            {
                return PngRejection.Truncated;
            }
            Span<byte> more = stackalloc byte[1];
            return unpacked.Read(more) == 0 ? null : PngRejection.Malformed;
        }
        catch (InvalidDataException)
        {
            return PngRejection.Malformed;
        }
    }

    /// <summary>True when every row names a filter there is, and every pixel of a palette a colour of it.</summary>
    /// <param name="colours">How many the palette has.</param>
    public static bool AreSound(ReadOnlySpan<byte> rows, PngHeader header, int colours)
    {
        var before = new byte[header.RowBytes - 1];
        var current = new byte[header.RowBytes - 1];
        for (var at = 0; at < rows.Length; at += header.RowBytes)
        {
            if (rows[at] > 4)
            {
                return false;
            }
            if (header.Colour != PngHeader.Palette)
            {
                continue;
            }
            Unfilter(rows[at], rows.Slice(at + 1, current.Length), before, current);
            if (!AreKnown(current, header, colours))
            {
                return false;
            }
            (before, current) = (current, before);
        }
        return true;
    }

    /// <summary>Packs rows as small as they get. What else the first packing carried is gone.</summary>
    public static byte[] Pack(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var packing = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            packing.Write(rows);
        }
        return packed.ToArray();
    }

    // An index takes a byte or less, so the pixel to the left is always the byte before.
    private static void Unfilter(byte filter, ReadOnlySpan<byte> row, byte[] before, byte[] current)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var (left, up, corner) = i == 0 ? (0, before[i], 0) : (current[i - 1], before[i], before[i - 1]);
            var guess = filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, corner),
                _ => 0,
            };
            current[i] = (byte)(row[i] + guess);
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left
            : toUp <= toCorner ? up
            : corner;
    }

    private static bool AreKnown(ReadOnlySpan<byte> row, PngHeader header, int colours)
    {
        if (colours >= 1 << header.Depth)
        {
            return true;
        }
        var mask = (1 << header.Depth) - 1;
        for (var pixel = 0; pixel < header.Width; pixel++)
        {
            var bit = pixel * header.Depth;
            if (((row[bit / 8] >> (8 - header.Depth - bit % 8)) & mask) >= colours)
            {
                return false;
            }
        }
        return true;
    }
}
