using System.Text.RegularExpressions;

namespace AdminPortal.Web.Development;

/// <summary>The sign-in code in a message, to show it big.</summary>
internal static partial class ShownCode
{
    /// <summary>Null when the message holds none.</summary>
    public static string? In(string text) => SixDigits().Match(text) is { Success: true } match ? match.Value : null;

    // Six digits alone are a sign-in code: no other message has them.
    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)")]
    private static partial Regex SixDigits();
}
