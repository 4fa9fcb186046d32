using System.Text;

namespace AdminPortal.Domain.Questions;

/// <summary>
/// How alike the wording of two questions is, from 0 to 1: the share of neighbouring pairs of signs they have in common
/// (Dice), without punctuation, blanks, width and case.
/// </summary>
public sealed class Likeness
{
    /// <summary>From here on an editor is asked to look: of the starter questions two pairs are as alike.</summary>
    public const double Alike = 0.82;

    private readonly Dictionary<(char, char), int> _pairs = [];
    private readonly int _count;

    public Likeness(string text)
    {
        var signs = new string([
            .. text.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit),
        ]).ToUpperInvariant();
        for (var i = 1; i < signs.Length; i++)
        {
            var pair = (signs[i - 1], signs[i]);
            _pairs[pair] = _pairs.GetValueOrDefault(pair) + 1;
            _count++;
        }
    }

    /// <summary>1 for the same wording, 0 for nothing in common.</summary>
    public double To(Likeness other)
    {
        if (_count == 0 || other._count == 0)
        {
            return 0;
        }
        var shared = _pairs.Sum(pair => Math.Min(pair.Value, other._pairs.GetValueOrDefault(pair.Key)));
        return 2.0 * shared / (_count + other._count);
    }
}
