using System.Collections.Frozen;
using System.Security.Cryptography;

namespace AdminPortal.Data.Demo;

/// <summary>What a sample photo is for.</summary>
public enum SamplePhotoKind
{
    /// <summary>A person from the front, as on a licence.</summary>
    Reference,

    /// <summary>The same person as a camera would see them later.</summary>
    Live,

    /// <summary>An empty room.</summary>
    NoFace,

    /// <summary>Stands for an outage of the comparison service.</summary>
    Unavailable,
}

/// <summary>A drawn photo of nobody, for demonstration and tests.</summary>
/// <param name="Name">File name without extension, such as <c>A-live</c>.</param>
/// <param name="Person">A to F, or null when nobody is on it.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Sha256">Of the bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">A JPEG of 480 × 640 that the sanitiser leaves unchanged.</param>
public sealed record SamplePhoto(
    string Name,
    char? Person,
    SamplePhotoKind Kind,
    string Sha256,
    ReadOnlyMemory<byte> Bytes
)
{
    /// <summary>
    /// The photo as if it were taken once more. Two shots never give the same bytes, and officers are shown who sends the same
    /// ones again (D-LEAD): so the steps of four frequencies the drawing does not have are other ones each time. That is kept by
    /// the sanitiser and changes no pixel.
    /// </summary>
    public ReadOnlyMemory<byte> Shot()
    {
        var bytes = Bytes.ToArray();
        RandomNumberGenerator.Fill(bytes.AsSpan(SamplePhotos.Loose));
        foreach (ref var step in bytes.AsSpan(SamplePhotos.Loose))
        {
            step = Math.Max(step, (byte)1);
        }
        return bytes;
    }
}

/// <summary>The drawn photos of <c>Demo/Photos</c>, embedded in this assembly.</summary>
public static class SamplePhotos
{
    /// <summary>All of them: six persons twice, a room without a face and a card.</summary>
    public static IReadOnlyList<SamplePhoto> All { get; } =
    [
        .. "ABCDEF".SelectMany(p =>
            new[] { Load($"{p}-reference", p, SamplePhotoKind.Reference), Load($"{p}-live", p, SamplePhotoKind.Live) }
        ),
        Load("no-face", null, SamplePhotoKind.NoFace),
        Load("unavailable", null, SamplePhotoKind.Unavailable),
    ];

    /// <summary>
    /// Where the last four steps of the first quantisation table stand: behind SOI, JFIF and the head of its segment, as the
    /// sanitiser writes them.
    /// </summary>
    internal static readonly Range Loose = 85..89;

    // Below All: static members are made in the order of the text.
    private static readonly FrozenDictionary<string, SamplePhoto> ByDrawing = All.ToFrozenDictionary(
        p => DrawingOf(p.Bytes.Span),
        StringComparer.Ordinal
    );

    /// <summary>The sample of this name, such as <c>A-reference</c>.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static SamplePhoto Named(string name) => All.Single(p => p.Name == name);

    /// <summary>The sample with these bytes, or the one they are a shot of; null when it is none of them.</summary>
    public static SamplePhoto? Find(ReadOnlySpan<byte> bytes) => ByDrawing.GetValueOrDefault(DrawingOf(bytes));

    private static string DrawingOf(ReadOnlySpan<byte> bytes)
    {
        var drawing = bytes.ToArray();
        if (drawing.Length >= Loose.End.Value)
        {
            drawing.AsSpan(Loose).Clear();
        }
        return Convert.ToHexStringLower(SHA256.HashData(drawing));
    }

    private static SamplePhoto Load(string name, char? person, SamplePhotoKind kind)
    {
        var assembly = typeof(SamplePhotos).Assembly;
        var resource = $"AdminPortal.Data.Demo.Photos.{name}.jpg";
        using var stream =
            assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException(
                $"The resource {resource} is not embedded in {assembly.GetName().Name}."
            );
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new SamplePhoto(name, person, kind, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);
    }
}
