using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AdminPortal.Domain.Drivers;

/// <summary>
/// A resident identity number (GB 11643): 6 digits address, 8 birth date, 3 sequence (odd for men), 1 check character by
/// ISO 7064 MOD 11-2. Address codes are historic, so an abolished one is never refused.
/// </summary>
public sealed record ResidentId
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private const string CheckCharacters = "10X98765432";

    private ResidentId(string value, DateOnly birthDate)
    {
        Value = value;
        BirthDate = birthDate;
    }

    /// <summary>The canonical 18 characters: ASCII digits, the check character X in upper case.</summary>
    public string Value { get; }

    public DateOnly BirthDate { get; }

    /// <summary>Reads a number as people type it: full-width digits, lower-case x and spaces are normalised.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ResidentId? id)
    {
        id = null;
        var canonical = Canonical(text);
        if (
            canonical.Length != 18
            || !canonical.AsSpan(0, 17).ContainsOnlyDigits()
            || canonical[17] != CheckCharacter(canonical.AsSpan(0, 17))
            || !DateOnly.TryParseExact(
                canonical.AsSpan(6, 8),
                "yyyyMMdd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var born
            )
        )
        {
            return false;
        }
        id = new ResidentId(canonical, born);
        return true;
    }

    /// <summary>The check character of the first 17 digits.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> first17)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += (first17[i] - '0') * Weights[i];
        }
        return CheckCharacters[sum % 11];
    }

    public override string ToString() => $"{Value[..3]}***********{Value[^4..]}";

    private static string Canonical(string? text) => TypedText.HalfWidth(text).Replace(" ", "").ToUpperInvariant();
}

/// <summary>A mainland mobile number: 11 digits beginning 13 to 19.</summary>
public static class Mobile
{
    /// <summary>The canonical 11 digits, or null. Full-width digits, spaces and hyphens are normalised.</summary>
    public static string? Normalise(string? text)
    {
        var digits = TypedText.HalfWidth(text).Replace(" ", "").Replace("-", "");
        return digits.Length == 11 && digits.AsSpan().ContainsOnlyDigits() && digits[0] == '1' && digits[1] is >= '3'
            ? digits
            : null;
    }
}

/// <summary>How people type numbers: full-width forms and surrounding space are brought to one form, once.</summary>
public static class TypedText
{
    /// <summary>Full-width ASCII forms and the ideographic space become their half-width forms; the ends are trimmed.</summary>
    public static string HalfWidth(string? text) =>
        string.Create(
                text?.Length ?? 0,
                text,
                static (target, source) =>
                {
                    for (var i = 0; i < target.Length; i++)
                    {
                        var c = source![i];
                        target[i] =
                            c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0)
                            : c == '\u3000' ? ' '
                            : c;
                    }
                }
            )
            .Trim();

    internal static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
