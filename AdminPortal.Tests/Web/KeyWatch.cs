using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;
using Xunit.Sdk;

namespace AdminPortal.Tests.Web;

/// <summary>A question as it was put: what was drawn, and what the browser got.</summary>
/// <param name="Order">The version's option indices in the order shown.</param>
internal sealed record PutQuestion(
    string Scheme,
    Guid Attempt,
    int Ordinal,
    QuestionVersion Version,
    IReadOnlyList<int> Order,
    Visit Page
)
{
    /// <summary>How the page must show the picture, letter for letter; null when it has none.</summary>
    public string? Picture { get; init; }
}

/// <summary>
/// Looks at every byte of many exams. From each answer of the server the question and its options are cut out, letter for letter as
/// they stand in the bank and in the order that was drawn. What is left (status, headers, markup, white space) must be the same for
/// every question of that number and type, whatever its key is: so the key is not in it, however it might be written.
/// </summary>
internal sealed class KeyWatch(HtmlEncoder encoder)
{
    private readonly ConcurrentDictionary<string, string> _rests = new();
    private readonly ConcurrentDictionary<(QuestionType Type, int Options, int Place), int> _rightPlaces = new();
    private long _characters;
    private int _pages;
    private int _pictures;

    /// <summary>Kinds of pages seen.</summary>
    public int Kinds => _rests.Count;

    public int Pages => _pages;

    /// <summary>Pictures looked at.</summary>
    public int Pictures => _pictures;

    public long Characters => _characters;

    /// <summary>Looks at the page of a question.</summary>
    public void Look(PutQuestion put)
    {
        var version = put.Version;
        var rest = Visitors.Fingerprint(put.Page);
        Interlocked.Add(ref _characters, rest.Length);
        rest = Cut(rest, $"<legend>{encoder.Encode(version.Text.Zh)}</legend>", "<legend>QUESTION</legend>");
        if (put.Picture is { } picture)
        {
            rest = Cut(rest, picture, "PICTURE");
        }
        for (var place = 0; place < put.Order.Count; place++)
        {
            var letter = (char)('A' + place);
            var option = encoder.Encode(version.Options[put.Order[place]].Zh);
            rest = Cut(rest, $"<span>{letter}. {option}</span>", $"<span>{letter}. OPTION</span>");
        }
        var pictured = put.Picture is null ? "" : " with a picture";
        Same($"{put.Scheme} {put.Ordinal} {version.Type} {put.Order.Count}{pictured}", rest, put.Attempt);
        foreach (var index in version.Key)
        {
            var place = (version.Type, put.Order.Count, put.Order.ToList().IndexOf(index));
            _rightPlaces.AddOrUpdate(place, 1, (_, n) => n + 1);
        }
    }

    /// <summary>
    /// Looks at the picture itself: to the last byte the same wherever it stands, and apart from its bytes the same as any other.
    /// </summary>
    public void LookAtPicture(PutQuestion put, Visit answer)
    {
        Interlocked.Increment(ref _pictures);
        Same($"picture {put.Version.PictureName}", Visitors.Fingerprint(answer), put.Attempt);
        Same("picture", Visitors.Fingerprint(answer with { Body = "" }), put.Attempt);
    }

    /// <summary>Looks at the answer to an answer, right or wrong.</summary>
    public void LookAtAnswer(string scheme, Guid attempt, int ordinal, Visit answer)
    {
        var rest = Visitors.Fingerprint(answer);
        Interlocked.Add(ref _characters, rest.Length);
        Same($"{scheme} {ordinal} answered", rest, attempt);
    }

    /// <summary>
    /// The order of the options tells nothing either: what is right stands in each place as often as in any other, but for chance
    /// (five standard deviations). True/false keeps its order, which therefore cannot tell.
    /// </summary>
    public void AssertOrderTellsNothing()
    {
        foreach (
            var group in _rightPlaces
                .Where(p => p.Key.Type != QuestionType.TrueFalse)
                .GroupBy(p => (p.Key.Type, p.Key.Options))
        )
        {
            var all = group.Sum(p => p.Value);
            var share = 1.0 / group.Key.Options;
            for (var place = 0; place < group.Key.Options; place++)
            {
                var found = _rightPlaces.GetValueOrDefault((group.Key.Type, group.Key.Options, place));
                var deviation = Math.Abs(found - all * share) / Math.Sqrt(all * share * (1 - share));
                if (deviation > 5)
                {
                    throw new XunitException(
                        $"{group.Key}: right in place {place} {found} times of {all}, {deviation:0.0} deviations off."
                    );
                }
            }
        }
    }

    private void Same(string kind, string rest, Guid attempt)
    {
        rest = rest.Replace($"{attempt}", "ATTEMPT", StringComparison.Ordinal);
        Interlocked.Increment(ref _pages);
        var first = _rests.GetOrAdd(kind, rest);
        if (first == rest)
        {
            return;
        }
        var at = first.Zip(rest).TakeWhile(pair => pair.First == pair.Second).Count();
        throw new XunitException($"{kind} tells more than its question:\n{Around(first, at)}\n{Around(rest, at)}");
    }

    private static string Cut(string text, string part, string mark)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        return at < 0
            ? throw new XunitException($"Not on the page as it stands in the bank: {part}\n{text}")
            : string.Concat(text.AsSpan(0, at), mark, text.AsSpan(at + part.Length));
    }

    private static string Around(string text, int at) =>
        text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)].ReplaceLineEndings(" ");
}
