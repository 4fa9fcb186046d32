using AdminPortal.Domain.Questions;

namespace AdminPortal.Tests.Domain.Questions;

/// <summary>The figures of a question against examples worked out by hand.</summary>
public sealed class ItemFiguresTests
{
    // Four papers. This answer: right, right, wrong, wrong. The rest of the paper: 1.0, 0.8, 0.6, 0.4 right.
    // By hand: means 0.5 and 0.7; sum of products 0.5·0.3 + 0.5·0.1 + 0.5·0.1 + 0.5·0.3 = 0.4; squares 1.0 and 0.2;
    // 0.4 ÷ √(1.0 × 0.2) = 0.894.
    private static readonly ItemSums Four = new(4, 2, 4, 2, 2.8, 1 + 0.64 + 0.36 + 0.16, 1.8, 3, 60_000);

    [Fact]
    public void The_figures_of_four_papers_are_those_worked_out_by_hand()
    {
        var figures = ItemFigures.Of(QuestionType.Single, Four);
        Assert.Equal(4, figures.Shown);
        Assert.Equal(0.5, figures.RightShare);
        Assert.Equal(0.894, figures.Discrimination!.Value, 3);
        Assert.Equal(20, figures.Seconds);
        // Four answers prove nothing.
        Assert.Null(figures.Told);
        Assert.Equal(figures.Discrimination.Value, ItemFigures.Of(QuestionType.Single, Times(Four, 15)).Told!.Value, 9);
        Assert.Equal([], figures.Flags);
    }

    [Fact]
    public void Turned_round_it_is_as_negative_and_the_key_is_doubtful_once_there_are_enough()
    {
        // The two with the worse rest are right: right rests 0.6 + 0.4.
        var turned = Times(Four with { RightRests = 1.0 }, 15);
        var figures = ItemFigures.Of(QuestionType.Single, turned);
        Assert.Equal(-0.894, figures.Discrimination!.Value, 3);
        Assert.Equal([ItemFlag.KeyDoubtful], figures.Flags);
        Assert.Equal([], ItemFigures.Of(QuestionType.Single, Times(turned, 1) with { Shown = 49 }).Flags);
    }

    [Fact]
    public void Where_nothing_varies_there_is_no_correlation()
    {
        Assert.Null(
            ItemFigures.Of(QuestionType.Single, Four with { ComparedRight = 4, RightRests = 2.8 }).Discrimination
        );
        Assert.Null(
            ItemFigures
                .Of(QuestionType.Single, Four with { Rests = 2.8, RestSquares = 4 * 0.49, RightRests = 1.4 })
                .Discrimination
        );
        Assert.Equal(ItemFigures.None, ItemFigures.Of(QuestionType.Single, new(0, 0, 0, 0, 0, 0, 0, 0, 0)));
        Assert.Null(ItemFigures.Of(QuestionType.Single, Four with { InTime = 0, Milliseconds = 0 }).Seconds);
    }

    [Theory]
    [InlineData(QuestionType.TrueFalse, 49, "TooHard")]
    [InlineData(QuestionType.TrueFalse, 50, "")]
    [InlineData(QuestionType.Single, 29, "TooHard")]
    [InlineData(QuestionType.Single, 30, "")]
    [InlineData(QuestionType.Multiple, 98, "")]
    [InlineData(QuestionType.Multiple, 99, "TooEasy")]
    public void Hard_and_easy_begin_where_it_is_written(QuestionType type, int right, string flag)
    {
        // Of a hundred; without rests to compare, so that nothing else is flagged.
        var flags = ItemFigures.Of(type, new(100, right, 0, 0, 0, 0, 0, 100, 4_500_000)).Flags;
        Assert.Equal(flag, string.Join(' ', flags));
    }

    [Fact]
    public void What_tells_little_and_what_takes_long_is_said_together()
    {
        // Right or wrong, the rest is the same but for a hair: right 0.71 and 0.69, wrong 0.70 and 0.69.
        var sums = new ItemSums(4, 2, 4, 2, 2.79, 0.5041 + 0.4761 + 0.49 + 0.4761, 1.40, 4, 4 * 45_001);
        // By hand: 4·1.40 − 2·2.79 = 0.02; 4; 4·1.9463 − 7.7841 = 0.0011; 0.02 ÷ √(4 × 0.0011) = 0.302.
        Assert.Equal(0.302, ItemFigures.Of(QuestionType.Single, sums).Discrimination!.Value, 3);
        var less = Times(sums with { RightRests = 1.396 }, 15);
        Assert.Equal([ItemFlag.TellsLittle, ItemFlag.TooSlow], ItemFigures.Of(QuestionType.Single, less).Flags);
    }

    private static ItemSums Times(ItemSums s, int n) =>
        new(
            s.Shown * n,
            s.Right * n,
            s.Compared * n,
            s.ComparedRight * n,
            s.Rests * n,
            s.RestSquares * n,
            s.RightRests * n,
            s.InTime * n,
            s.Milliseconds * n
        );
}
