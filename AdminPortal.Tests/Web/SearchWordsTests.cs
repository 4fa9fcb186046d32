using AdminPortal.Web.Shared;
using AdminPortal.Web.Staff.Accounts;
using AdminPortal.Web.Staff.Audit;
using AdminPortal.Web.Staff.Questions;
using AdminPortal.Web.Staff.Sections;
using AdminPortal.Web.Staff.Texts;

namespace AdminPortal.Tests.Web;

/// <summary>What is no word to search for does not reach the database.</summary>
public sealed class SearchWordsTests
{
    [Theory]
    [InlineData(" 雨天 ", "雨天")]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    [InlineData("雨\0", null)]
    [InlineData("\u0001", null)]
    [InlineData("雨天行车时速", null)]
    public void Words_are_kept_without_blanks_or_are_none(string? typed, string? words) =>
        Assert.Equal(words, SearchWords.Of(typed, 5));

    [Fact]
    public void An_address_with_a_zero_in_it_opens_the_whole_list()
    {
        Assert.Null(SectionAddress.Of("\0", null, null).Filter.Search);
        Assert.Null(PictureAddress.Of("\0", null).Search);
        var questions = QuestionAddress.Of("\0", null, null, "\0", null).Filter;
        Assert.Equal((null, null), (questions.Search, questions.Category));
        var accounts = AccountAddress.Of("\0", "\0", null, null, null).Filter;
        Assert.Equal((null, null), (accounts.Text, accounts.Authority));
        Assert.Null(TextAddress.Of("\0", null, null).Text);
        Assert.Null(AuditAddress.Of("\0", null, null, null, null).Badge);
    }
}
