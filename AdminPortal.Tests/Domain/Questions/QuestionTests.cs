using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Questions;

public sealed class QuestionTests
{
    private static QuestionVersion With(
        QuestionType type = QuestionType.Single,
        string id = "points-001",
        string category = "points",
        string article = "第八条",
        string text = "题目",
        string options = "甲|乙|丙|丁",
        params int[] key
    ) =>
        new()
        {
            QuestionId = id,
            Category = category,
            Article = article,
            Text = new BilingualText(text, ""),
            Type = type,
            Options =
            [
                .. options
                    .Split('|', StringSplitOptions.RemoveEmptyEntries)
                    .Select(o => new BilingualText(o, "the same")),
            ],
            Key = key,
            Difficulty = 1,
        };

    public static TheoryData<string, QuestionVersion, bool> Versions =>
        new()
        {
            { "single", With(key: [2]), true },
            { "true/false", With(QuestionType.TrueFalse, options: "正确|错误", key: [1]), true },
            { "multiple with two", With(QuestionType.Multiple, key: [0, 3]), true },
            { "multiple with all", With(QuestionType.Multiple, key: [0, 1, 2, 3]), true },
            { "two options", With(options: "甲|乙", key: [0]), true },
            { "six options", With(options: "甲|乙|丙|丁|戊|己", key: [5]), true },
            { "without id", With(id: "", key: [0]), false },
            { "without category", With(category: "", key: [0]), false },
            { "without article", With(article: "", key: [0]), false },
            { "without text", With(text: "", key: [0]), false },
            { "no option", With(options: "", key: []), false },
            { "one option", With(options: "甲", key: [0]), false },
            { "seven options", With(options: "甲|乙|丙|丁|戊|己|庚", key: [0]), false },
            { "the same option twice", With(options: "甲|乙|甲", key: [0]), false },
            { "a key below", With(key: [-1]), false },
            { "a key above", With(key: [4]), false },
            { "the same key twice", With(QuestionType.Multiple, key: [1, 1]), false },
            { "single without key", With(key: []), false },
            { "single with two", With(key: [0, 1]), false },
            { "multiple with one", With(QuestionType.Multiple, key: [0]), false },
            { "true/false with three options", With(QuestionType.TrueFalse, options: "甲|乙|丙", key: [0]), false },
            { "true/false with two right", With(QuestionType.TrueFalse, options: "正确|错误", key: [0, 1]), false },
            { "true/false without key", With(QuestionType.TrueFalse, options: "正确|错误", key: []), false },
        };

    [Theory]
    [MemberData(nameof(Versions))]
    [Trait("Rule", "N-n3")]
    public void A_question_has_no_defect_or_says_what_it_is(string what, QuestionVersion version, bool good)
    {
        Assert.NotEmpty(what);
        Assert.Equal(good, version.Defect() is null);
    }

    [Theory]
    [InlineData(new[] { 0, 3 }, true)]
    [InlineData(new[] { 3, 0 }, true)]
    [InlineData(new[] { 0 }, false)]
    [InlineData(new[] { 0, 1 }, false)]
    [InlineData(new[] { 0, 1, 3 }, false)]
    [InlineData(new int[0], false)]
    [Trait("Rule", "N-n3")]
    public void An_answer_is_right_with_exactly_the_right_options(int[] chosen, bool right) =>
        Assert.Equal(right, With(QuestionType.Multiple, key: [0, 3]).IsRight(chosen));

    [Fact]
    [Trait("Rule", "N-n3")]
    public void A_text_without_english_is_shown_in_chinese()
    {
        Assert.Equal("题目", new BilingualText("题目", "").In(english: true));
        Assert.Equal("Question", new BilingualText("题目", "Question").In(english: true));
        Assert.Equal("题目", new BilingualText("题目", "Question").In(english: false));
    }

    [Fact]
    [Trait("Rule", "S1-30")]
    public void The_starter_bank_is_large_enough_and_without_defect()
    {
        var questions = StarterContent.Questions;

        Assert.True(questions.Count >= 200, $"{questions.Count}");
        Assert.Equal(questions.Count, questions.Select(question => question.Id).Distinct().Count());
        Assert.Equal(questions.Count, questions.Select(question => question.Text.Zh).Distinct().Count());
        Assert.All(
            questions,
            question =>
            {
                var version = new QuestionVersion
                {
                    QuestionId = question.Id,
                    Type = question.Type,
                    Category = question.Category,
                    Article = question.Article,
                    Text = question.Text,
                    Options = question.Options,
                    Key = question.Key,
                    Explanation = question.Explanation,
                    Difficulty = question.Difficulty,
                };
                Assert.True(version.Defect() is null, $"{question.Id}: {version.Defect()}");
                Assert.Equal(question.Key.Order(), question.Key);
                Assert.NotEmpty(question.Text.En);
                Assert.NotEmpty(question.Explanation.Zh);
                Assert.NotEmpty(question.Explanation.En);
                Assert.All(question.Options, option => Assert.NotEmpty(option.En));
                Assert.InRange(question.Difficulty, 1, 3);
            }
        );
    }

    [Fact]
    [Trait("Rule", "S1-30")]
    public void The_starter_bank_fills_papers_of_every_scheme_with_few_repeats()
    {
        var bank = StarterContent
            .Questions.Select(
                (question, i) =>
                    new BankEntry(
                        new Guid(i, 1, 1, new byte[8]),
                        question.Type,
                        question.Category,
                        question.Options.Count
                    )
            )
            .ToList();

        foreach (var scheme in new[] { S0, S1, N })
        {
            // Three attempts of one driver should not meet the same paper: three times the mix is there.
            var mix = scheme.Paper.Value;
            Assert.True(bank.Count(entry => entry.Type == QuestionType.TrueFalse) >= 3 * mix.TrueFalse);
            Assert.True(bank.Count(entry => entry.Type == QuestionType.Single) >= 3 * mix.Single);
            Assert.True(bank.Count(entry => entry.Type == QuestionType.Multiple) >= 3 * mix.Multiple);
            Assert.Equal(20, PaperDraw.Draw(mix, bank, Below(1)).Value().Count);
        }
    }

    [Fact]
    [Trait("Rule", "N-n3")]
    public void The_answers_of_the_starter_bank_cannot_be_guessed_from_their_place()
    {
        var trueFalse = StarterContent.Questions.Where(question => question.Type == QuestionType.TrueFalse).ToList();
        var right = trueFalse.Count(question => question.Key[0] == 0);

        Assert.InRange(right, trueFalse.Count * 0.3, trueFalse.Count * 0.7);
    }

    [Fact]
    [Trait("Rule", "S0-09")]
    public void There_are_sections_to_choose_from_in_reading_order()
    {
        var sections = StarterContent.Sections;

        Assert.True(sections.Count >= 6, $"{sections.Count}");
        Assert.Equal(sections.Count, sections.Select(section => section.Id).Distinct().Count());
        Assert.Equal(sections.Select(section => section.Order).Order(), sections.Select(section => section.Order));
        Assert.Equal(sections.Count, sections.Select(section => section.Order).Distinct().Count());
        Assert.All(
            sections,
            section =>
            {
                Assert.NotEmpty(section.Title.Zh);
                Assert.NotEmpty(section.Title.En);
                Assert.NotEmpty(section.Paragraphs);
                Assert.NotEmpty(section.Articles);
                Assert.True(section.Minutes > 0);
                // A paragraph is a text or a list, not both and not neither.
                Assert.All(
                    section.Paragraphs,
                    paragraph => Assert.True((paragraph.Zh is null) == (paragraph.List is { Count: > 0 }))
                );
            }
        );
        Assert.True(sections.Sum(section => section.Minutes) >= 30);
    }
}
