namespace AdminPortal.Web.Shared;

/// <summary>Words somebody searches for, as an address says them.</summary>
public static class SearchWords
{
    /// <summary>
    /// Without blanks around them; null when nothing is left, they are too long, or a control character is among them. No list holds
    /// one, and PostgreSQL takes no text with a zero in it.
    /// </summary>
    public static string? Of(string? typed, int longest = int.MaxValue) =>
        typed?.Trim() is { Length: > 0 } words && words.Length <= longest && !words.Any(char.IsControl) ? words : null;
}
