using System.Security.Cryptography;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;

namespace AdminPortal.Data.Questions;

/// <summary>The two formats of the shelf.</summary>
public enum PictureFormat
{
    Png,
    Jpeg,
}

/// <summary>A picture as it is kept: written anew, so that nothing but pixels is left of what was uploaded (D-PICTURE).</summary>
public sealed record QuestionPictureFile(PictureFormat Format, byte[] Bytes, int Width, int Height)
{
    /// <summary>Largest upload, in bytes.</summary>
    public const int MostUploaded = PngSanitizer.MaxBytes;

    /// <summary>Most bytes of a picture on the shelf: it travels while a driver's minute runs (D-PICTURE-WEIGHT).</summary>
    public const int MostKept = 150 * 1024;

    /// <summary>From so many bytes on the shelf calls a picture heavy: a second of that minute on a slow telephone.</summary>
    public const int Heavy = 40 * 1024;

    public const int ShortestSide = PngSanitizer.MinSide;
    public const int LongestSide = PngSanitizer.MaxSide;

    /// <summary>By which the shelf knows it: the same bytes are the same picture.</summary>
    public byte[] Digest { get; } = SHA256.HashData(Bytes);

    /// <summary>The clean picture, or why it is not taken.</summary>
    public static Outcome<QuestionPictureFile> Clean(ReadOnlySpan<byte> upload)
    {
        if (upload.IsEmpty)
        {
            return new Refusal(RefusalCode.FieldRequired, "file");
        }
        if (upload.Length > MostUploaded)
        {
            return TooHeavy();
        }
        return PngSanitizer.Begins(upload) ? OfPng(PngSanitizer.Clean(upload)) : OfJpeg(JpegSanitizer.Clean(upload));
    }

    /// <summary>What is said of a file that is larger than any picture of the shelf.</summary>
    public static Refusal TooHeavy() => new(RefusalCode.PictureTooHeavy, "file", MostKept / 1024);

    private static Outcome<QuestionPictureFile> OfPng(PngOutcome outcome) =>
        outcome switch
        {
            PngOutcome.Clean clean => Kept(PictureFormat.Png, clean.Bytes, clean.Width, clean.Height),
            PngOutcome.Rejected { Reason: var reason } => reason switch
            {
                PngRejection.TooLarge => TooHeavy(),
                PngRejection.NotPng or PngRejection.UnsupportedEncoding => new Refusal(
                    RefusalCode.PictureFormat,
                    "file"
                ),
                PngRejection.Truncated or PngRejection.Malformed => new Refusal(RefusalCode.PictureDamaged, "file"),
                PngRejection.DimensionsTooLarge or PngRejection.DimensionsTooSmall => Dimensions(),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    private static Outcome<QuestionPictureFile> OfJpeg(JpegOutcome outcome) =>
        outcome switch
        {
            JpegOutcome.Clean clean => Kept(PictureFormat.Jpeg, clean.Bytes, clean.Width, clean.Height),
            JpegOutcome.Rejected { Reason: var reason } => reason switch
            {
                JpegRejection.Empty => new Refusal(RefusalCode.FieldRequired, "file"),
                JpegRejection.TooLarge => TooHeavy(),
                JpegRejection.NotJpeg or JpegRejection.UnsupportedEncoding => new Refusal(
                    RefusalCode.PictureFormat,
                    "file"
                ),
                JpegRejection.Truncated or JpegRejection.Malformed => new Refusal(RefusalCode.PictureDamaged, "file"),
                JpegRejection.DimensionsTooLarge or JpegRejection.DimensionsTooSmall => Dimensions(),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    // A face may be larger than what is shown beside a question.
    private static Outcome<QuestionPictureFile> Kept(PictureFormat format, byte[] bytes, int width, int height) =>
        width > LongestSide || height > LongestSide ? Dimensions()
        : bytes.Length > MostKept ? TooHeavy()
        : new QuestionPictureFile(format, bytes, width, height);

    /// <summary>What is said of a picture that is too small or too large.</summary>
    public static Refusal Dimensions() => new(RefusalCode.PictureDimensions, "file", ShortestSide, LongestSide);
}
