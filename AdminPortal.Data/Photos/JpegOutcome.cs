namespace AdminPortal.Data.Photos;

/// <summary>Why an uploaded picture was not taken.</summary>
public enum JpegRejection
{
    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>More than <see cref="JpegSanitizer.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>Does not begin as a JPEG does.</summary>
    NotJpeg,

    /// <summary>Ends before the picture does.</summary>
    Truncated,

    /// <summary>A JPEG of a kind that is not taken: progressive, lossless, arithmetic, 12 bit, CMYK or RGB.</summary>
    UnsupportedEncoding,

    /// <summary>A side over <see cref="JpegSanitizer.MaxSide"/> or more than <see cref="JpegSanitizer.MaxPixels"/>.</summary>
    DimensionsTooLarge,

    /// <summary>A side under <see cref="JpegSanitizer.MinSide"/>.</summary>
    DimensionsTooSmall,

    /// <summary>Contradicts the format or itself.</summary>
    Malformed,
}

/// <summary>What became of an uploaded picture: <see cref="Clean"/> or <see cref="Rejected"/>, nothing else.</summary>
public abstract record JpegOutcome
{
    private JpegOutcome() { }

    /// <summary>The picture, rewritten: pixels as uploaded, nothing else of the file kept.</summary>
    /// <param name="Bytes">One JPEG from SOI to EOI; cleaning it again gives the same bytes.</param>
    /// <param name="Width">Pixels.</param>
    /// <param name="Height">Pixels.</param>
    public sealed record Clean(byte[] Bytes, int Width, int Height) : JpegOutcome;

    /// <summary>The picture was not taken.</summary>
    /// <param name="Reason">The first reason met.</param>
    public sealed record Rejected(JpegRejection Reason) : JpegOutcome;
}
