using AdminPortal.Domain.Questions;

namespace AdminPortal.Tests.Domain.Questions;

[Trait("Rule", "D-PICTURE")]
public sealed class QuestionPictureTests
{
    [Theory]
    [InlineData("P-0001", "P-0001")]
    [InlineData(" p-1 ", "P-0001")]
    [InlineData("P12", "P-0012")]
    [InlineData("P-12345", "P-12345")]
    [InlineData("Q-0001", "Q-0001")]
    [InlineData("P-00000001", "P-00000001")]
    public void A_name_is_taken_as_it_is_typed(string typed, string name) =>
        Assert.Equal(name, QuestionPicture.Of(typed, "图", "")!.Name);

    [Fact]
    public void Nothing_typed_is_no_picture_and_half_of_it_is_named()
    {
        Assert.Null(QuestionPicture.Of(" ", "", "\t"));
        Assert.Equal(["picture FieldRequired"], Defects("", "一块标志", ""));
        Assert.Equal(["pictureText FieldRequired"], Defects("P-0001", " ", "A sign"));
        Assert.Equal(["picture PictureUnknown"], Defects("../../etc", "一块标志", ""));
        Assert.Equal(["picture PictureUnknown"], Defects("P-00000001", "一块标志", ""));
        Assert.Equal(
            ["pictureText FieldTooLong", "pictureTextEn FieldTooLong"],
            Defects("P-0001", new string('长', 201), new string('e', 201))
        );
        Assert.Equal([], Defects("P-0001", "一块标志", ""));
    }

    [Theory]
    [InlineData(1, "P-0001")]
    [InlineData(9999, "P-9999")]
    [InlineData(10000, "P-10000")]
    public void A_number_and_its_name_are_the_same(int number, string name)
    {
        Assert.Equal(name, QuestionPicture.NameOf(number));
        Assert.Equal(number, QuestionPicture.NumberOf(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P-1")]
    [InlineData("P-0001 ")]
    [InlineData("x")]
    public void What_is_no_name_has_no_number(string name) => Assert.Equal(0, QuestionPicture.NumberOf(name));

    [Fact]
    public void It_is_part_of_what_a_question_says()
    {
        var content = new QuestionContent(
            QuestionType.Single,
            "points",
            "第八条",
            new BilingualText("题目？", ""),
            [new("甲", ""), new("乙", "")],
            [0],
            new BilingualText("", ""),
            1
        );
        var pictured = content with { Picture = new QuestionPicture(" p-7 ", new BilingualText(" 标志 ", "")) };
        Assert.False(content.Says(pictured));
        Assert.Equal("P-0007", pictured.Tidy().Picture!.Name);
        Assert.True(pictured.Tidy().Says(pictured.Tidy()));
        Assert.False(
            pictured.Says(pictured with { Picture = pictured.Picture! with { Description = new("另一块", "") } })
        );
        // What was emptied in a form is no picture.
        Assert.True(
            content.Says((content with { Picture = new QuestionPicture("", new BilingualText(" ", "")) }).Tidy())
        );
    }

    [Fact]
    public void The_starter_questions_with_pictures_say_what_is_seen_in_both_languages()
    {
        var pictured = StarterContent.Questions.Where(q => q.Picture is not null).ToList();
        Assert.Equal(8, pictured.Count);
        Assert.All(
            pictured,
            q =>
            {
                Assert.NotEmpty(q.Picture!.Description.Zh);
                Assert.NotEmpty(q.Picture.Description.En);
                Assert.Equal([], Defects("P-0001", q.Picture.Description.Zh, q.Picture.Description.En));
                // The description holds no right option by its words.
                Assert.All(q.Key, key => Assert.DoesNotContain(q.Options[key].Zh, q.Picture.Description.Zh));
            }
        );
    }

    private static IEnumerable<string> Defects(string name, string description, string english) =>
        QuestionPicture.Of(name, description, english)!.Defects().Select(d => $"{d.Field} {d.Code}");
}
