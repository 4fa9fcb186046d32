using AdminPortal.Domain;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Schemes;
using FsCheck.Fluent;

namespace AdminPortal.Tests.Domain.Exams;

public sealed class PaperDrawTests
{
    private static readonly PaperMix Mix = new(8, 8, 4);

    [Fact]
    [Trait("Rule", "S1-30")]
    [Trait("Rule", "N-n3")]
    public void A_paper_has_the_exact_mix_in_order_and_no_question_twice() =>
        Property.Holds(
            Property.Three(Gen.Choose(1, 9), Gen.Choose(8, 40), Gen.Choose(0, int.MaxValue - 1)),
            drawn =>
            {
                var bank = Bank(drawn.Item1, drawn.Item2);
                var types = bank.ToDictionary(entry => entry.VersionId, entry => entry);

                var paper = PaperDraw.Draw(Mix, bank, Frozen.Below(drawn.Item3)).Value();

                Assert.Equal(Enumerable.Range(1, 20), paper.Select(question => question.Ordinal));
                Assert.Equal(20, paper.Select(question => question.VersionId).Distinct().Count());
                Assert.Equal(
                    [
                        .. Enumerable.Repeat(QuestionType.TrueFalse, 8),
                        .. Enumerable.Repeat(QuestionType.Single, 8),
                        .. Enumerable.Repeat(QuestionType.Multiple, 4),
                    ],
                    paper.Select(question => types[question.VersionId].Type)
                );
                foreach (var question in paper)
                {
                    var entry = types[question.VersionId];
                    Assert.Equal(Enumerable.Range(0, entry.OptionCount), question.OptionOrder.Order());
                    if (entry.Type == QuestionType.TrueFalse)
                    {
                        Assert.Equal([0, 1], question.OptionOrder);
                    }
                }
            },
            200
        );

    [Fact]
    [Trait("Rule", "S1-30")]
    public void The_questions_of_a_type_are_spread_over_the_categories() =>
        Property.Holds(
            Gen.Choose(1, 12).Zip(Gen.Choose(0, int.MaxValue - 1)),
            drawn =>
            {
                var (categories, seed) = drawn;
                var bank = Bank(categories, categories * 10);
                var known = bank.ToDictionary(entry => entry.VersionId, entry => entry);

                var paper = PaperDraw.Draw(Mix, bank, Frozen.Below(seed)).Value();

                foreach (
                    var (type, count) in new[]
                    {
                        (QuestionType.TrueFalse, 8),
                        (QuestionType.Single, 8),
                        (QuestionType.Multiple, 4),
                    }
                )
                {
                    var perCategory = paper
                        .Select(question => known[question.VersionId])
                        .Where(entry => entry.Type == type)
                        .CountBy(entry => entry.Category)
                        .Select(pair => pair.Value)
                        .ToList();
                    Assert.Equal(Math.Min(count, categories), perCategory.Count);
                    Assert.True(perCategory.Max() - perCategory.Min() <= 1);
                }
            },
            200
        );

    [Fact]
    [Trait("Rule", "S1-30")]
    public void A_small_category_is_filled_up_from_the_others()
    {
        List<BankEntry> bank =
        [
            .. Bank(1, 8),
            .. Bank(1, 1)
                .Select(entry =>
                    entry with
                    {
                        VersionId = new Guid((int)entry.Type, 99, 1, new byte[8]),
                        Category = "rare",
                    }
                ),
        ];
        // The rare category has one question of each type, the other has eight.

        var paper = PaperDraw.Draw(new PaperMix(9, 9, 9), bank, Frozen.Below(5)).Value();

        Assert.Equal(27, paper.Select(question => question.VersionId).Distinct().Count());
    }

    [Theory]
    [InlineData(7, 8, 4)]
    [InlineData(8, 7, 4)]
    [InlineData(8, 8, 3)]
    [Trait("Rule", "S1-30")]
    public void A_bank_that_lacks_one_question_of_a_type_gives_no_paper(int trueFalse, int single, int multiple)
    {
        List<BankEntry> bank =
        [
            .. Bank(2, 20).Where(entry => entry.Type == QuestionType.TrueFalse).Take(trueFalse),
            .. Bank(2, 20).Where(entry => entry.Type == QuestionType.Single).Take(single),
            .. Bank(2, 20).Where(entry => entry.Type == QuestionType.Multiple).Take(multiple),
        ];

        Assert.Equal(RefusalCode.NoQuestions, PaperDraw.Draw(Mix, bank, Frozen.Lowest).Reason().Code);
        Assert.Equal(RefusalCode.NoQuestions, PaperDraw.Draw(Mix, [], Frozen.Lowest).Reason().Code);
    }

    [Fact]
    [Trait("Rule", "S1-30")]
    public void Every_question_and_every_order_of_options_comes_equally_often()
    {
        const int papers = 4000;
        var bank = Bank(4, 40);
        var below = Frozen.Below(20220401);
        var drawn = new Dictionary<Guid, int>();
        var orders = new Dictionary<string, int>();
        for (var i = 0; i < papers; i++)
        {
            foreach (var question in PaperDraw.Draw(Mix, bank, below).Value())
            {
                drawn[question.VersionId] = drawn.GetValueOrDefault(question.VersionId) + 1;
                if (question.OptionOrder.Count == 4)
                {
                    var order = string.Join(',', question.OptionOrder);
                    orders[order] = orders.GetValueOrDefault(order) + 1;
                }
            }
        }

        // 40 questions of a type: 39 degrees of freedom, 0.1 % point 72.1. 24 orders: 23 degrees, 49.7.
        foreach (
            var (type, count) in new[]
            {
                (QuestionType.TrueFalse, 8),
                (QuestionType.Single, 8),
                (QuestionType.Multiple, 4),
            }
        )
        {
            var counts = bank.Where(entry => entry.Type == type)
                .Select(entry => drawn.GetValueOrDefault(entry.VersionId));
            Assert.InRange(ChiSquare(counts, papers * count / 40.0), 5, 72.1);
        }
        Assert.Equal(24, orders.Count);
        Assert.InRange(ChiSquare(orders.Values, papers * 12 / 24.0), 5, 49.7);
    }

    private static double ChiSquare(IEnumerable<int> counts, double expected) =>
        counts.Sum(count => (count - expected) * (count - expected) / expected);

    /// <summary>So many questions of every type, dealt out over the categories.</summary>
    private static List<BankEntry> Bank(int categories, int perType) =>
        [
            .. Enum.GetValues<QuestionType>()
                .SelectMany(type =>
                    Enumerable
                        .Range(0, perType)
                        .Select(i => new BankEntry(
                            new Guid((int)type, (short)i, 1, new byte[8]),
                            type,
                            $"category-{i % categories}",
                            type == QuestionType.TrueFalse ? 2 : 4
                        ))
                ),
        ];
}
