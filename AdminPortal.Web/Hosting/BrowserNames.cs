namespace AdminPortal.Web.Hosting;

/// <summary>
/// Browser and system in two words, so that a person recognises their own computer in the list of sessions. The header itself,
/// which tells one machine from another, is not kept.
/// </summary>
public static class BrowserNames
{
    // The first that is found counts: most browsers also call themselves what came before them.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("QQBrowser/", "QQ"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Windows", "Windows"),
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Null when nothing is known.</summary>
    public static string? Of(string? userAgent)
    {
        if (string.IsNullOrEmpty(userAgent))
        {
            return null;
        }
        string?[] parts = [Find(Browsers, userAgent), Find(Systems, userAgent)];
        return parts.Any(part => part is not null) ? string.Join(" · ", parts.Where(part => part is not null)) : null;
    }

    private static string? Find((string Mark, string Name)[] known, string userAgent) =>
        known
            .Where(one => userAgent.Contains(one.Mark, StringComparison.Ordinal))
            .Select(one => one.Name)
            .FirstOrDefault();
}
