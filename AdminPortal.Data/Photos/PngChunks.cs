using System.Buffers.Binary;

namespace AdminPortal.Data.Photos;

/// <summary>The pieces a PNG is made of: length, name, body, checksum.</summary>
internal static class PngChunks
{
    private const int Frame = 12;

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(Remainder)];

    /// <summary>Reads the next piece and checks its sum; <paramref name="at"/> moves behind it.</summary>
    public static PngRejection? TryNext(
        ReadOnlySpan<byte> input,
        ref int at,
        out ReadOnlySpan<byte> name,
        out ReadOnlySpan<byte> body
    )
    {
        name = body = default;
        if (input.Length - at < Frame)
        {
            return PngRejection.Truncated;
        }
        var length = BinaryPrimitives.ReadUInt32BigEndian(input[at..]);
        if (length > int.MaxValue)
        {
            return PngRejection.Malformed;
        }
        if (length > input.Length - at - Frame)
        {
            return PngRejection.Truncated;
        }
        var named = input.Slice(at + 4, (int)length + 4);
        if (BinaryPrimitives.ReadUInt32BigEndian(input[(at + 4 + named.Length)..]) != Checksum(named))
        {
            return PngRejection.Malformed;
        }
        name = named[..4];
        body = named[4..];
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return PngRejection.Malformed;
            }
        }
        at += Frame + (int)length;
        return null;
    }

    public static void Write(Stream to, ReadOnlySpan<byte> name, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        to.Write(number);
        to.Write(name);
        to.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum([.. name, .. body]));
        to.Write(number);
    }

    // CRC-32 as the format has it: there is none in the framework itself.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum = Remainders[(byte)(sum ^ one)] ^ (sum >> 8);
        }
        return ~sum;
    }

    private static uint Remainder(int value)
    {
        var rest = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            rest = (rest & 1) == 1 ? 0xEDB88320 ^ (rest >> 1) : rest >> 1;
        }
        return rest;
    }
}
