using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Schemes;

namespace AdminPortal.Domain.Exams;

/// <summary>One place on a paper.</summary>
/// <param name="Ordinal">1…n</param>
/// <param name="VersionId">The question version that is put.</param>
/// <param name="OptionOrder">The version's option indices in the order they are shown.</param>
public sealed record DrawnQuestion(int Ordinal, Guid VersionId, IReadOnlyList<int> OptionOrder);

/// <summary>Draws papers. Randomness is an argument; the drawn paper is stored, so no seed can predict one.</summary>
public static class PaperDraw
{
    /// <summary>
    /// Draws the questions of each type spread over the categories, every published question equally likely within its
    /// type and category, none twice; true/false first, then single, then multiple choice.
    /// </summary>
    /// <param name="mix">How many of each type, from scheme data.</param>
    /// <param name="bank">The published versions.</param>
    /// <param name="below">Returns a uniform random integer in [0, n).</param>
    /// <returns>The paper, or <see cref="RefusalCode.NoQuestions"/> when the bank is too small.</returns>
    public static Outcome<IReadOnlyList<DrawnQuestion>> Draw(
        PaperMix mix,
        IReadOnlyList<BankEntry> bank,
        Func<int, int> below
    )
    {
        var paper = new List<DrawnQuestion>(mix.Total);
        foreach (
            var (type, count) in new[]
            {
                (QuestionType.TrueFalse, mix.TrueFalse),
                (QuestionType.Single, mix.Single),
                (QuestionType.Multiple, mix.Multiple),
            }
        )
        {
            var pools = bank.Where(entry => entry.Type == type)
                .GroupBy(entry => entry.Category)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.ToList())
                .ToList();
            if (pools.Sum(pool => pool.Count) < count)
            {
                return new Refusal(RefusalCode.NoQuestions);
            }
            Shuffle(pools, below);
            for (var (taken, turn) = (0, 0); taken < count; turn++)
            {
                var pool = pools[turn % pools.Count];
                if (pool.Count == 0)
                {
                    continue;
                }
                var index = below(pool.Count);
                var entry = pool[index];
                pool.RemoveAt(index);
                paper.Add(new DrawnQuestion(paper.Count + 1, entry.VersionId, Order(entry, below)));
                taken++;
            }
        }
        return paper;
    }

    // Right/wrong keeps its order: people read it as a pair, and its place tells nothing.
    private static List<int> Order(BankEntry entry, Func<int, int> below)
    {
        var order = Enumerable.Range(0, entry.OptionCount).ToList();
        if (entry.Type != QuestionType.TrueFalse)
        {
            Shuffle(order, below);
        }
        return order;
    }

    private static void Shuffle<T>(List<T> list, Func<int, int> below)
    {
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = below(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
    }
}
