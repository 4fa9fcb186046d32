using System.Buffers.Binary;

namespace AdminPortal.Data.Photos;

/// <summary>
/// Takes an uploaded JPEG apart and writes it anew, so that what is stored is one clean picture and nothing else: no EXIF (with the
/// place and the camera), no comment, no thumbnail, no second file behind the end. There is no decode library on the feed, so the
/// proof that the pixels are there is a walk through every Huffman code (<see cref="JpegScanWalker"/>).
/// <para>
/// Taken: baseline and extended sequential Huffman (SOF0, SOF1), 8 bit, grey or YCbCr. That is what cameras and a browser's canvas
/// write. Progressive files are refused, because proving them whole needs the refinement passes of a real decoder; the upload page
/// redraws any picture on a canvas first, which makes it baseline.
/// </para>
/// <para>
/// EXIF orientation and colour profiles are dropped too: a picture that relied on them is shown as its pixels lie, in sRGB. (The
/// canvas applies the orientation before it encodes.)
/// </para>
/// </summary>
public static class JpegSanitizer
{
    /// <summary>Largest upload, in bytes (2 MiB).</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Longest side, in pixels.</summary>
    public const int MaxSide = 4096;

    /// <summary>Largest area, in pixels.</summary>
    public const int MaxPixels = 16_000_000;

    /// <summary>Shortest side, in pixels: less shows no face.</summary>
    public const int MinSide = 120;

    /// <summary>Checks and rewrites a picture. Never throws, whatever the bytes; time grows with their number only.</summary>
    /// <param name="input">The file as uploaded.</param>
    /// <returns>The clean picture, or why it was not taken.</returns>
    public static JpegOutcome Clean(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return new JpegOutcome.Rejected(JpegRejection.Empty);
        }
        if (input.Length > MaxBytes)
        {
            return new JpegOutcome.Rejected(JpegRejection.TooLarge);
        }
        if (input.Length < 3 || input[0] != 0xFF || input[1] != 0xD8 || input[2] != 0xFF)
        {
            return new JpegOutcome.Rejected(JpegRejection.NotJpeg);
        }

        var tables = new JpegTables();
        var writer = new JpegWriter(input.Length);
        JpegFrame? frame = null;
        var at = 2;
        while (true)
        {
            if (!NextMarker(input, ref at, out var marker, out var body, out var fault))
            {
                return new JpegOutcome.Rejected(fault);
            }

            JpegRejection? rejected = null;
            switch (marker)
            {
                case 0xD9: // EOI: whatever follows is not read
                    return frame is { IsComplete: true }
                        ? new JpegOutcome.Clean(writer.Finish(), frame.Width, frame.Height)
                        : new JpegOutcome.Rejected(JpegRejection.Malformed);
                case 0xDB:
                    rejected = tables.DefineQuantization(body);
                    break;
                case 0xC4:
                    rejected = tables.DefineHuffman(body);
                    break;
                case 0xDD:
                    rejected = tables.DefineRestart(body);
                    break;
                case 0xC0 or 0xC1:
                    rejected = frame is null ? JpegFrame.TryRead(marker, body, out frame) : JpegRejection.Malformed;
                    break;
                case 0xDA:
                    rejected = frame is null
                        ? JpegRejection.Malformed
                        : JpegScan.Copy(input, ref at, body, frame, tables, writer);
                    break;
                case 0xEE:
                    // Adobe's marker says how colours are meant. Without it 3 components are YCbCr, so RGB cannot be kept.
                    if (body.Length >= 12 && body[..5].SequenceEqual("Adobe"u8) && body[11] == 0)
                    {
                        tables.SawRgb = true;
                    }
                    break;
                case (>= 0xE0 and <= 0xEF) or 0xFE:
                    break; // APPn and comments: dropped
                default:
                    // Other frames (progressive, lossless, arithmetic), DNL, DHP, EXP; the rest has no place between segments.
                    rejected = marker is >= 0xC2 and <= 0xDF and not (>= 0xD0 and <= 0xD8)
                        ? JpegRejection.UnsupportedEncoding
                        : JpegRejection.Malformed;
                    break;
            }
            if (rejected is null && tables.SawRgb && frame is { Components.Length: 3 })
            {
                rejected = JpegRejection.UnsupportedEncoding;
            }
            if (rejected is { } reason)
            {
                return new JpegOutcome.Rejected(reason);
            }
        }
    }

    /// <summary>Reads the next marker and, but for EOI, its segment; <paramref name="at"/> moves behind it.</summary>
    private static bool NextMarker(
        ReadOnlySpan<byte> input,
        ref int at,
        out byte marker,
        out ReadOnlySpan<byte> body,
        out JpegRejection fault
    )
    {
        marker = 0;
        body = default;
        fault = JpegRejection.Truncated;
        if (at >= input.Length)
        {
            return false;
        }
        if (input[at] != 0xFF)
        {
            fault = JpegRejection.Malformed;
            return false;
        }
        while (at < input.Length && input[at] == 0xFF)
        {
            at++; // a marker may be preceded by any number of FF
        }
        if (at >= input.Length)
        {
            return false;
        }
        marker = input[at++];
        if (marker == 0xD9)
        {
            return true;
        }
        if (marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD8))
        {
            fault = JpegRejection.Malformed; // stuffing, TEM, RSTn, SOI: none has a segment, none belongs here
            return false;
        }
        if (at + 2 > input.Length)
        {
            return false;
        }
        var length = BinaryPrimitives.ReadUInt16BigEndian(input[at..]);
        if (length < 2)
        {
            fault = JpegRejection.Malformed;
            return false;
        }
        if (at + length > input.Length)
        {
            return false;
        }
        body = input.Slice(at + 2, length - 2);
        at += length;
        return true;
    }
}
