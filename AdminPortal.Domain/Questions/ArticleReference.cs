using System.Globalization;
using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Questions;

/// <summary>
/// A reference such as 道路交通安全法 第四十七条第一款, in words an English reader knows. The Chinese text is what is stored: it is
/// how the law is cited.
/// </summary>
public static partial class ArticleReference
{
    // The longer name first: the shorter one is its beginning.
    private static readonly (string Zh, string En)[] Laws =
    [
        ("道路交通安全法实施条例", "Regulation on the Road Traffic Safety Law,"),
        ("道路交通安全法", "Road Traffic Safety Law,"),
        ("记分管理办法", "Points Measures,"),
    ];

    /// <summary>The reference in English; parts it does not know stay as they are.</summary>
    public static string English(string reference)
    {
        var text = Laws.Aggregate(reference, (told, law) => told.Replace(law.Zh, law.En, StringComparison.Ordinal));
        text = Items()
            .Replace(text, m => $"({string.Join(", ", Numbers().Matches(m.Value).Select(n => Number(n.Value)))})");
        text = Article().Replace(text, m => $"Art. {Number(m.Groups[1].Value)}");
        text = Paragraph().Replace(text, m => $" para. {Number(m.Groups[1].Value)}");
        return text.Replace("、", ", ", StringComparison.Ordinal);
    }

    /// <summary>References in reading order, in one of the two languages.</summary>
    public static string List(IEnumerable<string> references, bool english) =>
        english ? string.Join("; ", references.Select(English)) : string.Join("、", references);

    // Up to 199: no law cited here has more articles.
    private static string Number(string numeral)
    {
        var (value, digit) = (0, 0);
        foreach (var sign in numeral)
        {
            var at = "零一二三四五六七八九".IndexOf(sign, StringComparison.Ordinal);
            (value, digit) = sign switch
            {
                '百' => (value + Math.Max(digit, 1) * 100, 0),
                '十' => (value + Math.Max(digit, 1) * 10, 0),
                _ => (value, at),
            };
        }
        return (value + digit).ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("第(?:（[零一二三四五六七八九十百]+）、?)+项")]
    private static partial Regex Items();

    [GeneratedRegex("第([零一二三四五六七八九十百]+)条")]
    private static partial Regex Article();

    [GeneratedRegex("第([零一二三四五六七八九十百]+)款")]
    private static partial Regex Paragraph();

    [GeneratedRegex("[零一二三四五六七八九十百]+")]
    private static partial Regex Numbers();
}
