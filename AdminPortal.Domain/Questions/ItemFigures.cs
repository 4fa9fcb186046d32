namespace AdminPortal.Domain.Questions;

/// <summary>What is odd about a question, by how it was answered (D-ITEM).</summary>
public enum ItemFlag
{
    /// <summary>Those who know more answer it wrong more often: is the key right?</summary>
    KeyDoubtful,

    /// <summary>It hardly tells who knows more from who knows less.</summary>
    TellsLittle,

    /// <summary>Fewer are right than by guessing.</summary>
    TooHard,

    /// <summary>Nearly everybody is right.</summary>
    TooEasy,

    /// <summary>It takes most of the time there is.</summary>
    TooSlow,
}

/// <summary>Sums over the stored answers to one version, as a database adds them up.</summary>
/// <param name="Shown">Answers stored, late ones too.</param>
/// <param name="Right">Of them right.</param>
/// <param name="Compared">Answers of papers with other answers to compare with.</param>
/// <param name="ComparedRight">Of those right.</param>
/// <param name="Rests">Sum over the compared of the share of right answers in the rest of the paper.</param>
/// <param name="RestSquares">Sum of their squares.</param>
/// <param name="RightRests">Sum over the right ones only.</param>
/// <param name="InTime">Answers that were not late.</param>
/// <param name="Milliseconds">What those took, together.</param>
public sealed record ItemSums(
    int Shown,
    int Right,
    int Compared,
    int ComparedRight,
    double Rests,
    double RestSquares,
    double RightRests,
    int InTime,
    double Milliseconds
);

/// <summary>How a version of a question was answered.</summary>
/// <param name="Shown">How often it was put and answered, or its time ran out.</param>
/// <param name="RightShare">0 to 1; null when it was never put.</param>
/// <param name="Discrimination">
/// Point-biserial correlation, −1 to 1, between this answer and the share of right answers in the rest of the paper; null when one
/// of the two never varies.
/// </param>
/// <param name="Seconds">What an answer in time took on average; null when there was none.</param>
/// <param name="Flags">Empty below <see cref="Enough"/>.</param>
public sealed record ItemFigures(
    int Shown,
    double? RightShare,
    double? Discrimination,
    double? Seconds,
    IReadOnlyList<ItemFlag> Flags
)
{
    /// <summary>From so many answers on a question is judged: with fewer the correlation is mostly chance (D-ITEM-ENOUGH).</summary>
    public const int Enough = 50;

    /// <summary>Below it, a question tells too little (D-ITEM-TELLS).</summary>
    public const double Telling = 0.10;

    /// <summary>Below it, a true/false question is as good as guessed (D-ITEM-HARD).</summary>
    public const double GuessedTrueFalse = 0.50;

    /// <summary>The same for a choice (D-ITEM-HARD).</summary>
    public const double GuessedChoice = 0.30;

    /// <summary>Above it, a question says nothing about anybody (D-ITEM-EASY).</summary>
    public const double Known = 0.98;

    /// <summary>Three quarters of the minute a question has (D-ITEM-SLOW).</summary>
    public const double Slow = 45;

    /// <summary>The discrimination as it is shown and sorted by: two or three answers correlate perfectly, one way or the other.</summary>
    public double? Told => Shown < Enough ? null : Discrimination;

    /// <summary>A version nobody has answered yet.</summary>
    public static ItemFigures None { get; } = new(0, null, null, null, []);

    public static ItemFigures Of(QuestionType type, ItemSums sums)
    {
        if (sums.Shown == 0)
        {
            return None;
        }
        var share = (double)sums.Right / sums.Shown;
        var discrimination = Correlation(sums);
        double? seconds = sums.InTime == 0 ? null : sums.Milliseconds / sums.InTime / 1000;
        IReadOnlyList<ItemFlag> flags =
            sums.Shown < Enough ? [] : [.. FlagsOf(type, share, discrimination, seconds).Order()];
        return new ItemFigures(sums.Shown, share, discrimination, seconds, flags);
    }

    private static IEnumerable<ItemFlag> FlagsOf(
        QuestionType type,
        double share,
        double? discrimination,
        double? seconds
    )
    {
        if (discrimination < 0)
        {
            yield return ItemFlag.KeyDoubtful;
        }
        // What everybody knows cannot tell people apart; that is said once.
        else if (discrimination < Telling && share <= Known)
        {
            yield return ItemFlag.TellsLittle;
        }
        if (share < (type == QuestionType.TrueFalse ? GuessedTrueFalse : GuessedChoice))
        {
            yield return ItemFlag.TooHard;
        }
        if (share > Known)
        {
            yield return ItemFlag.TooEasy;
        }
        if (seconds > Slow)
        {
            yield return ItemFlag.TooSlow;
        }
    }

    // Pearson's, which with a value of 0 or 1 on one side is the point-biserial.
    private static double? Correlation(ItemSums sums)
    {
        double n = sums.Compared;
        double right = sums.ComparedRight;
        var ofRight = n * right - right * right;
        var ofRest = n * sums.RestSquares - sums.Rests * sums.Rests;
        // Sums of fractions never cancel out exactly.
        return ofRight < 0.5 || ofRest < 1e-9 * n * n
            ? null
            : Math.Clamp((n * sums.RightRests - right * sums.Rests) / Math.Sqrt(ofRight * ofRest), -1, 1);
    }
}
