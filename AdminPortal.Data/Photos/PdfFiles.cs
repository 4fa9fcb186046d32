using AdminPortal.Domain;

namespace AdminPortal.Data.Photos;

/// <summary>
/// Knows a PDF by its first and last bytes, never by its name. Nothing between them is read: a PDF is stored as it was given,
/// is never shown by the product, and only downloaded (D-PDF).
/// </summary>
public static class PdfFiles
{
    /// <summary>The largest PDF taken.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    // The end mark need not be the very last thing: programs that write PDF add line ends, some of them more.
    private const int Tail = 1024;

    /// <summary>Whether a file says of itself that it is a PDF, good or not.</summary>
    public static bool Claims(ReadOnlySpan<byte> file) => file.StartsWith("%PDF-"u8);

    /// <summary>Why a file that claims to be a PDF is not taken; null for one that is.</summary>
    public static RefusalCode? Fault(ReadOnlySpan<byte> file) =>
        file.Length > MaxBytes ? RefusalCode.PdfTooLarge
        : !file.StartsWith("%PDF-1."u8) && !file.StartsWith("%PDF-2."u8) ? RefusalCode.PdfDamaged
        : file[^Math.Min(Tail, file.Length)..].IndexOf("%%EOF"u8) < 0 ? RefusalCode.PdfDamaged
        : null;
}
