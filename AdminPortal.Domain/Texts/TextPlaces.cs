namespace AdminPortal.Domain.Texts;

/// <summary>The places for values in a message: {0}, {1} … and nothing else in braces, so that no typed text can fail to be filled in.</summary>
public static class TextPlaces
{
    /// <summary>The places in the order of their numbers, each once; null when a brace stands for anything else.</summary>
    public static IReadOnlyList<int>? Of(string text)
    {
        var places = new SortedSet<int>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '}')
            {
                return null;
            }
            if (text[i] != '{')
            {
                continue;
            }
            if (i + 2 >= text.Length || !char.IsAsciiDigit(text[i + 1]) || text[i + 2] != '}')
            {
                return null;
            }
            places.Add(text[i + 1] - '0');
            i += 2;
        }
        return [.. places];
    }

    /// <summary>True when exactly the first so many places are there: no value is left out, none is asked for that does not exist.</summary>
    public static bool AreWhole(string text, int count) => Of(text)?.SequenceEqual(Enumerable.Range(0, count)) ?? false;

    /// <summary>What a text has to hold: {0} {1}.</summary>
    public static string Named(int count) => string.Join(' ', Enumerable.Range(0, count).Select(n => $"{{{n}}}"));
}
