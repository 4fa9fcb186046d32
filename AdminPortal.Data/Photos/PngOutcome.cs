namespace AdminPortal.Data.Photos;

/// <summary>Why an uploaded PNG was not taken.</summary>
public enum PngRejection
{
    /// <summary>More than <see cref="PngSanitizer.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>Does not begin as a PNG does.</summary>
    NotPng,

    /// <summary>Ends before the picture does.</summary>
    Truncated,

    /// <summary>A PNG of a kind that is not taken: interlaced or animated.</summary>
    UnsupportedEncoding,

    /// <summary>A side over <see cref="PngSanitizer.MaxSide"/>.</summary>
    DimensionsTooLarge,

    /// <summary>A side under <see cref="PngSanitizer.MinSide"/>.</summary>
    DimensionsTooSmall,

    /// <summary>Contradicts the format or itself.</summary>
    Malformed,
}

/// <summary>What became of an uploaded PNG: <see cref="Clean"/> or <see cref="Rejected"/>, nothing else.</summary>
public abstract record PngOutcome
{
    private PngOutcome() { }

    /// <summary>The picture, written anew: pixels as uploaded, nothing else of the file kept.</summary>
    /// <param name="Bytes">One PNG of IHDR, PLTE, tRNS, IDAT and IEND; cleaning it again gives the same bytes.</param>
    /// <param name="Width">Pixels.</param>
    /// <param name="Height">Pixels.</param>
    public sealed record Clean(byte[] Bytes, int Width, int Height) : PngOutcome;

    /// <summary>The picture was not taken.</summary>
    /// <param name="Reason">The first reason met.</param>
    public sealed record Rejected(PngRejection Reason) : PngOutcome;
}
