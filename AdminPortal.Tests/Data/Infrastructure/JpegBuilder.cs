using System.Buffers.Binary;

namespace AdminPortal.Tests.Data.Infrastructure;

/// <summary>
/// Writes the smallest JPEGs there are: one flat colour. Both Huffman tables have the one code 0, so that a block is two zero bits
/// and every rule of the format can be kept or broken by hand.
/// </summary>
internal sealed class JpegBuilder
{
    private readonly MemoryStream _out = new();

    public static readonly byte[] Quantization = [0, .. Enumerable.Repeat((byte)16, 64)];
    public static readonly byte[] Dc = [0x00, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x00];
    public static readonly byte[] Ac = [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x00];

    /// <summary>A whole grey picture.</summary>
    public static byte[] Grey(int width = 128, int height = 128) =>
        new JpegBuilder().Start().Tables().Frame(0xC0, width, height, 0x11).Scan(Blocks(width, height), 1).End();

    public JpegBuilder Start() => Raw(0xFF, 0xD8);

    public byte[] End() => Raw(0xFF, 0xD9).ToArray();

    public byte[] ToArray() => _out.ToArray();

    public JpegBuilder Tables() => Segment(0xDB, Quantization).Segment(0xC4, Dc).Segment(0xC4, Ac);

    public JpegBuilder Raw(params byte[] bytes)
    {
        _out.Write(bytes);
        return this;
    }

    public JpegBuilder Segment(byte marker, params byte[] body)
    {
        Raw(0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2));
        return Raw(body);
    }

    /// <summary>A frame header; components are numbered from 1 and use table 0.</summary>
    public JpegBuilder Frame(byte marker, int width, int height, params byte[] sampling)
    {
        var body = new byte[6];
        body[0] = 8;
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(1), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(3), (ushort)width);
        body[5] = (byte)sampling.Length;
        return Segment(marker, [.. body, .. sampling.SelectMany((s, i) => new byte[] { (byte)(i + 1), s, 0 })]);
    }

    /// <summary>A scan of so many blocks over the components with these numbers.</summary>
    public JpegBuilder Scan(int blocks, params byte[] components) => Header(components).Zeros(blocks);

    public JpegBuilder Header(params byte[] components) =>
        Segment(0xDA, [(byte)components.Length, .. components.SelectMany(c => new byte[] { c, 0 }), 0, 63, 0]);

    /// <summary>So many blocks of two zero bits, padded with ones.</summary>
    public JpegBuilder Zeros(int blocks)
    {
        Raw(new byte[blocks / 4]);
        return blocks % 4 == 0 ? this : Raw((byte)(0xFF >> (blocks % 4 * 2)));
    }

    public static int Blocks(int width, int height) => (width + 7) / 8 * ((height + 7) / 8);
}
