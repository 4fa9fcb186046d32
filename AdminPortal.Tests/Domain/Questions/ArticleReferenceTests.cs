using AdminPortal.Domain.Questions;

namespace AdminPortal.Tests.Domain.Questions;

public sealed class ArticleReferenceTests
{
    [Theory]
    [InlineData("第十条", "Art. 10")]
    [InlineData("第一百二十条", "Art. 120")]
    [InlineData("第一百零三条", "Art. 103")]
    [InlineData("道路交通安全法 第四十七条第一款", "Road Traffic Safety Law, Art. 47 para. 1")]
    [InlineData("道路交通安全法实施条例 第八十二条", "Regulation on the Road Traffic Safety Law, Art. 82")]
    [InlineData("记分管理办法 第九条第（五）项", "Points Measures, Art. 9(5)")]
    [InlineData("记分管理办法 第十二条第（一）、（二）、（十一）项", "Points Measures, Art. 12(1, 2, 11)")]
    [InlineData("记分管理办法 第二十五条、第二十六条第二款", "Points Measures, Art. 25, Art. 26 para. 2")]
    public void A_reference_is_said_in_English(string zh, string en) => Assert.Equal(en, ArticleReference.English(zh));

    [Fact]
    public void Every_reference_that_ships_can_be_said_in_English()
    {
        var references = StarterContent
            .Questions.Select(q => q.Article)
            .Concat(StarterContent.Sections.SelectMany(s => s.Articles))
            .Select(ArticleReference.English);
        Assert.All(references, said => Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}|（|）|、", said));
    }

    [Fact]
    public void In_Chinese_the_references_stand_as_they_are_stored() =>
        Assert.Equal("第二条、第三条", ArticleReference.List(["第二条", "第三条"], english: false));
}
