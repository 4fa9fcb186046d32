using System.Buffers.Binary;

namespace AdminPortal.Data.Photos;

/// <summary>One colour component as the frame header announces it.</summary>
/// <param name="Id">The id scans name it by.</param>
/// <param name="Horizontal">Horizontal sampling: 1, 2 or 4.</param>
/// <param name="Vertical">Vertical sampling: 1, 2 or 4.</param>
/// <param name="Quantization">Its quantization table, 0 to 3.</param>
internal sealed record JpegComponent(byte Id, int Horizontal, int Vertical, int Quantization)
{
    /// <summary>True once its scan was read: sequential files code each component once.</summary>
    public bool IsCoded { get; set; }
}

/// <summary>The frame header: size and components.</summary>
internal sealed class JpegFrame
{
    private JpegFrame(byte marker, int width, int height, JpegComponent[] components)
    {
        Marker = marker;
        Width = width;
        Height = height;
        Components = components;
        MaxHorizontal = components.Max(c => c.Horizontal);
        MaxVertical = components.Max(c => c.Vertical);
    }

    /// <summary>C0 or C1.</summary>
    public byte Marker { get; }

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels.</summary>
    public int Height { get; }

    public JpegComponent[] Components { get; }
    public int MaxHorizontal { get; }
    public int MaxVertical { get; }

    /// <summary>True when every component was coded.</summary>
    public bool IsComplete => Components.All(c => c.IsCoded);

    /// <summary>Reads and checks a frame header. Size is judged first, before anything is made from it.</summary>
    public static JpegRejection? TryRead(byte marker, ReadOnlySpan<byte> body, out JpegFrame? frame)
    {
        frame = null;
        if (body.Length < 6)
        {
            return JpegRejection.Malformed;
        }
        var height = BinaryPrimitives.ReadUInt16BigEndian(body[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(body[3..]);
        var count = body[5];
        if (body[0] != 8 || count is not (1 or 3))
        {
            return JpegRejection.UnsupportedEncoding;
        }
        if (width > JpegSanitizer.MaxSide || height > JpegSanitizer.MaxSide || width * height > JpegSanitizer.MaxPixels)
        {
            return JpegRejection.DimensionsTooLarge;
        }
        if (width < JpegSanitizer.MinSide || height < JpegSanitizer.MinSide)
        {
            return JpegRejection.DimensionsTooSmall;
        }
        if (body.Length != 6 + 3 * count)
        {
            return JpegRejection.Malformed;
        }

        var components = new JpegComponent[count];
        for (var i = 0; i < count; i++)
        {
            var part = body.Slice(6 + 3 * i, 3);
            // Sampling of a lone component changes nothing: its scan is never interleaved.
            var (h, v) = count == 1 ? (1, 1) : (part[1] >> 4, part[1] & 15);
            if (h is not (1 or 2 or 4) || v is not (1 or 2 or 4) || part[2] > 3)
            {
                return JpegRejection.Malformed;
            }
            components[i] = new JpegComponent(part[0], h, v, part[2]);
        }
        if (components.DistinctBy(c => c.Id).Count() != count)
        {
            return JpegRejection.Malformed;
        }
        if (components is [{ Id: (byte)'R' }, { Id: (byte)'G' }, { Id: (byte)'B' }])
        {
            return JpegRejection.UnsupportedEncoding;
        }
        frame = new JpegFrame(marker, width, height, components);
        return null;
    }

    /// <summary>Coded units of a scan over these components.</summary>
    public int Units(ReadOnlySpan<JpegComponent> scan)
    {
        if (scan.Length > 1)
        {
            return Ceiling(Width, 8 * MaxHorizontal) * Ceiling(Height, 8 * MaxVertical);
        }
        var width = Ceiling(Width * scan[0].Horizontal, MaxHorizontal);
        var height = Ceiling(Height * scan[0].Vertical, MaxVertical);
        return Ceiling(width, 8) * Ceiling(height, 8);
    }

    private static int Ceiling(int value, int by) => (value + by - 1) / by;
}
