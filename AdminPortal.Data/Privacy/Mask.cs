using System.Globalization;

namespace AdminPortal.Data.Privacy;

/// <summary>
/// Shortens personal data for lists, logs and exports. A value too short for its mask is hidden altogether: a mask never shows more
/// than it hides. Stars stand one for one, but for names, so that a length gives nothing away that the kind does not.
/// </summary>
public static class Mask
{
    /// <summary>The first 3 and last 4 of an identity number: <c>110***********002X</c>.</summary>
    public static string IdNumber(string value) => Keep(value, 3, 4);

    /// <summary>The first 3 and last 4 of a mobile number: <c>138****1234</c>.</summary>
    public static string Mobile(string value) => Keep(value, 3, 4);

    /// <summary>The province, the office letter and the last 2 of a number plate: <c>粤B***45</c>.</summary>
    public static string Plate(string value) => Keep(value, 2, 2, hiddenAtLeast: 3);

    /// <summary>The first character of a name, and as many stars as characters follow: <c>张*</c>, <c>欧**</c>.</summary>
    /// <param name="value">A name; a rare character beyond the basic plane counts as one.</param>
    public static string Name(string value)
    {
        var name = new StringInfo(value.Trim());
        var length = name.LengthInTextElements;
        return length switch
        {
            0 => "",
            1 => "*",
            _ => name.SubstringByTextElements(0, 1) + new string('*', length - 1),
        };
    }

    private static string Keep(string value, int first, int last, int hiddenAtLeast = 4)
    {
        var text = value.Trim();
        return text.Length < first + last + hiddenAtLeast
            ? new string('*', text.Length)
            : string.Concat(
                text.AsSpan(0, first),
                new string('*', text.Length - first - last),
                text.AsSpan(text.Length - last)
            );
    }
}
