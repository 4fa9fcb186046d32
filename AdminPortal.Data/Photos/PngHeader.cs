using System.Buffers.Binary;

namespace AdminPortal.Data.Photos;

/// <summary>What IHDR announces. From it follows how many bytes the pixels are, before a single one of them is unpacked.</summary>
/// <param name="Depth">Bits per channel, or per index of a palette.</param>
/// <param name="Colour">The format's number of the colour type.</param>
internal sealed record PngHeader(int Width, int Height, int Depth, int Colour)
{
    public const int Grey = 0;
    public const int Rgb = 2;
    public const int Palette = 3;
    public const int GreyAlpha = 4;
    public const int RgbAlpha = 6;

    private const int Length = 13;

    /// <summary>Bytes of a row, the one that names its filter included.</summary>
    public int RowBytes => 1 + (Width * Channels * Depth + 7) / 8;

    /// <summary>Bytes of all rows: the bound of unpacking.</summary>
    public int PixelBytes => RowBytes * Height;

    private int Channels =>
        Colour switch
        {
            Rgb => 3,
            GreyAlpha => 2,
            RgbAlpha => 4,
            _ => 1,
        };

    /// <summary>Reads and checks the header. The size is judged first, before anything is made from it.</summary>
    public static PngRejection? TryRead(ReadOnlySpan<byte> body, out PngHeader? header)
    {
        header = null;
        if (body.Length != Length)
        {
            return PngRejection.Malformed;
        }
        var (width, height) = (
            BinaryPrimitives.ReadUInt32BigEndian(body),
            BinaryPrimitives.ReadUInt32BigEndian(body[4..])
        );
        if (width > PngSanitizer.MaxSide || height > PngSanitizer.MaxSide)
        {
            return PngRejection.DimensionsTooLarge;
        }
        if (width < PngSanitizer.MinSide || height < PngSanitizer.MinSide)
        {
            return PngRejection.DimensionsTooSmall;
        }
        var (depth, colour) = (body[8], body[9]);
        var known = colour switch
        {
            Grey => depth is 1 or 2 or 4 or 8 or 16,
            Palette => depth is 1 or 2 or 4 or 8,
            Rgb or GreyAlpha or RgbAlpha => depth is 8 or 16,
            _ => false,
        };
        // One way of packing, one set of filters.
        if (!known || body[10] != 0 || body[11] != 0 || body[12] > 1)
        {
            return PngRejection.Malformed;
        }
        if (body[12] == 1)
        {
            return PngRejection.UnsupportedEncoding;
        }
        header = new PngHeader((int)width, (int)height, depth, colour);
        return null;
    }

    public byte[] ToBytes()
    {
        var body = new byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(body, Width);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(4), Height);
        (body[8], body[9]) = ((byte)Depth, (byte)Colour);
        return body;
    }
}
