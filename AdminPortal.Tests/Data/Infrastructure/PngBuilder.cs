using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AdminPortal.Tests.Data.Infrastructure;

/// <summary>Writes PNG files piece by piece, sound and unsound, and reads them apart from the product.</summary>
internal sealed class PngBuilder
{
    private readonly MemoryStream _file = new();

    public PngBuilder() => _file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    /// <summary>A sound picture of one kind, its rows filled so that every byte differs from run to run of the seed.</summary>
    public static byte[] Picture(int width, int height, int colour = 2, int depth = 8, int seed = 1)
    {
        var builder = new PngBuilder().Header(width, height, depth, colour);
        if (colour == 3)
        {
            builder.Chunk("PLTE", new byte[3 << depth]);
        }
        return builder.Rows(Filled(width, height, colour, depth, seed)).Chunk("IEND").ToArray();
    }

    /// <summary>Rows of the right length, every filter in turn.</summary>
    public static byte[] Filled(int width, int height, int colour, int depth, int seed)
    {
        var row = RowBytes(width, colour, depth);
        var rows = new byte[row * height];
        var random = new Random(seed);
        for (var y = 0; y < height; y++)
        {
            rows[y * row] = (byte)(y % 5);
            // Few values: it packs, as drawings do.
            for (var x = 1; x < row; x++)
            {
                rows[y * row + x] = (byte)random.Next(0, 3);
            }
        }
        return rows;
    }

    public static int RowBytes(int width, int colour, int depth) =>
        1
        + (
            width
                * depth
                * (
                    colour is 2 ? 3
                    : colour is 4 ? 2
                    : colour is 6 ? 4
                    : 1
                )
            + 7
        ) / 8;

    public PngBuilder Header(int width, int height, int depth = 8, int colour = 2, int interlace = 0, int packing = 0)
    {
        var body = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(body, width);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(4), height);
        (body[8], body[9], body[10], body[12]) = ((byte)depth, (byte)colour, (byte)packing, (byte)interlace);
        return Chunk("IHDR", body);
    }

    public PngBuilder Rows(byte[] rows) => Chunk("IDAT", Pack(rows));

    public PngBuilder Chunk(string name, params byte[] body)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. body];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        _file.Write(number);
        _file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(named));
        _file.Write(number);
        return this;
    }

    public byte[] ToArray() => _file.ToArray();

    public static byte[] Pack(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var packing = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            packing.Write(rows);
        }
        return packed.ToArray();
    }

    /// <summary>The names of the pieces of a file and the rows in it, read without the product; fails when a sum is wrong.</summary>
    public static (IReadOnlyList<string> Names, byte[] Rows) Take(byte[] file)
    {
        var names = new List<string>();
        using var packed = new MemoryStream();
        for (var at = 8; at < file.Length; )
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var named = file.AsSpan(at + 4, length + 4).ToArray();
            Assert.Equal(Checksum(named), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            names.Add(Encoding.ASCII.GetString(named, 0, 4));
            if (names[^1] == "IDAT")
            {
                packed.Write(named.AsSpan(4));
            }
            at += 12 + length;
        }
        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        using var rows = new MemoryStream();
        unpacked.CopyTo(rows);
        return (names, rows.ToArray());
    }

    /// <summary>Puts the sums of a file right again, as far as its pieces can be told apart: a fault then lies in what they say.</summary>
    public static byte[] WithSums(byte[] file)
    {
        for (var at = 8; at + 12 <= file.Length; )
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12)
            {
                break;
            }
            var named = file.AsSpan(at + 4, (int)length + 4);
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), Checksum(named.ToArray()));
            at += 12 + (int)length;
        }
        return file;
    }

    private static uint Checksum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) != 0 ? 0xEDB88320 ^ (sum >> 1) : sum >> 1;
            }
        }
        return ~sum;
    }
}
