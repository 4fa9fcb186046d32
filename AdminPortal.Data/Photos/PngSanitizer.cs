namespace AdminPortal.Data.Photos;

/// <summary>
/// Takes an uploaded PNG apart and writes it anew, so that what is stored is one clean picture and nothing else: no text, no time, no
/// place, no colour profile, no second file behind the end or inside the packing. The rows are unpacked and packed again, which is
/// also the proof that they are there; how many bytes they are follows from IHDR, so nothing unpacks to more than
/// <see cref="PngHeader.PixelBytes"/> of a picture of <see cref="MaxSide"/>.
/// <para>
/// Refused: interlaced files (they would have to be taken apart row by row to prove them whole, and only save time on slow lines
/// for pictures far larger than these), animated ones (a browser would show what nobody checked), and whatever the format forbids.
/// </para>
/// </summary>
public static class PngSanitizer
{
    /// <summary>Largest upload, in bytes (1 MiB).</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Longest side, in pixels.</summary>
    public const int MaxSide = 1024;

    /// <summary>Shortest side, in pixels; the same as of a JPEG.</summary>
    public const int MinSide = JpegSanitizer.MinSide;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>True when a file begins as a PNG does.</summary>
    public static bool Begins(ReadOnlySpan<byte> input) => input.StartsWith(Signature);

    /// <summary>Checks and rewrites a picture. Never throws, whatever the bytes; memory and time are bounded.</summary>
    /// <param name="input">The file as uploaded.</param>
    /// <returns>The clean picture, or why it was not taken.</returns>
    public static PngOutcome Clean(ReadOnlySpan<byte> input)
    {
        if (input.Length > MaxBytes)
        {
            return new PngOutcome.Rejected(PngRejection.TooLarge);
        }
        if (!Begins(input))
        {
            return new PngOutcome.Rejected(PngRejection.NotPng);
        }
        var reading = new Reading();
        var at = Signature.Length;
        while (!reading.IsOver)
        {
            var fault = PngChunks.TryNext(input, ref at, out var name, out var body) ?? reading.Take(name, body);
            if (fault is { } reason)
            {
                return new PngOutcome.Rejected(reason);
            }
        }
        return reading.Finish();
    }

    /// <summary>What was read so far, and what may come next.</summary>
    private sealed class Reading
    {
        private readonly MemoryStream _packed = new();
        private PngHeader? _header;
        private byte[]? _palette;
        private byte[]? _transparency;
        private bool _hasRows;
        private bool _rowsOver;

        public bool IsOver { get; private set; }

        public PngRejection? Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> body)
        {
            if (_header is null)
            {
                return name.SequenceEqual("IHDR"u8) ? PngHeader.TryRead(body, out _header) : PngRejection.Malformed;
            }
            if (name.SequenceEqual("IDAT"u8))
            {
                // In one piece or in many, but with nothing between them.
                _hasRows = true;
                _packed.Write(body);
                return _rowsOver || (_header.Colour == PngHeader.Palette && _palette is null)
                    ? PngRejection.Malformed
                    : null;
            }
            _rowsOver = _hasRows;
            if (name.SequenceEqual("IEND"u8))
            {
                // Whatever follows is not read.
                IsOver = true;
                return body.Length == 0 && _hasRows ? null : PngRejection.Malformed;
            }
            if (name.SequenceEqual("PLTE"u8))
            {
                return TakePalette(body);
            }
            if (name.SequenceEqual("tRNS"u8))
            {
                return TakeTransparency(body);
            }
            if (name.SequenceEqual("acTL"u8) || name.SequenceEqual("fcTL"u8) || name.SequenceEqual("fdAT"u8))
            {
                return PngRejection.UnsupportedEncoding;
            }
            // A capital first letter: who does not know it cannot show the picture. All others are dropped.
            return char.IsAsciiLetterUpper((char)name[0]) ? PngRejection.Malformed : null;
        }

        public PngOutcome Finish()
        {
            var header = _header!;
            if (PngRows.TryUnpack(_packed, header, out var rows) is { } fault)
            {
                return new PngOutcome.Rejected(fault);
            }
            if (!PngRows.AreSound(rows, header, (_palette?.Length ?? 0) / 3))
            {
                return new PngOutcome.Rejected(PngRejection.Malformed);
            }
            using var clean = new MemoryStream();
            clean.Write(Signature);
            PngChunks.Write(clean, "IHDR"u8, header.ToBytes());
            if (header.Colour == PngHeader.Palette)
            {
                PngChunks.Write(clean, "PLTE"u8, _palette);
            }
            if (_transparency is not null)
            {
                PngChunks.Write(clean, "tRNS"u8, _transparency);
            }
            PngChunks.Write(clean, "IDAT"u8, PngRows.Pack(rows));
            PngChunks.Write(clean, "IEND"u8, []);
            return new PngOutcome.Clean(clean.ToArray(), header.Width, header.Height);
        }

        // With true colours it is a hint for old screens, and not written again.
        private PngRejection? TakePalette(ReadOnlySpan<byte> body)
        {
            var most = _header!.Colour == PngHeader.Palette ? 1 << _header.Depth : 256;
            if (
                _hasRows
                || _palette is not null
                || _transparency is not null
                || _header.Colour is PngHeader.Grey or PngHeader.GreyAlpha
                || body.Length == 0
                || body.Length % 3 != 0
                || body.Length / 3 > most
            )
            {
                return PngRejection.Malformed;
            }
            _palette = body.ToArray();
            return null;
        }

        private PngRejection? TakeTransparency(ReadOnlySpan<byte> body)
        {
            var fits = _header!.Colour switch
            {
                PngHeader.Grey => body.Length == 2,
                PngHeader.Rgb => body.Length == 6,
                PngHeader.Palette => body.Length > 0 && body.Length <= (_palette?.Length ?? 0) / 3,
                _ => false,
            };
            if (_hasRows || _transparency is not null || !fits)
            {
                return PngRejection.Malformed;
            }
            _transparency = body.ToArray();
            return null;
        }
    }
}
