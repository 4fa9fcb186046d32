using AdminPortal.Domain;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Questions;

/// <summary>What a re-marking makes of an attempt, and what can be marked again by what (D-REMARK).</summary>
public sealed class RemarkTests
{
    [Theory]
    [InlineData("S0", 17, 3, RemarkEffect.Passes)]
    [InlineData("S0", 16, 4, RemarkEffect.StillFailed)]
    [InlineData("N", 17, 3, RemarkEffect.Passes)] // the third wrong answer was the last one
    [InlineData("N", 16, 3, RemarkEffect.Repeats)] // cut short at the nineteenth
    [InlineData("S1", 0, 3, RemarkEffect.Repeats)]
    [InlineData("N", 10, 10, RemarkEffect.StillFailed)] // closed at the limit: what was not answered is wrong
    public void What_becomes_of_a_failed_attempt(string scheme, int right, int wrong, RemarkEffect effect) =>
        Assert.Equal(effect, ExamAttempt.EffectOf(right, wrong, 20, 1, SchemeOf(scheme)));

    [Fact]
    public void Only_an_earlier_version_out_of_use_with_the_same_options_and_another_key_can_be_marked_again()
    {
        var from = Version(1, QuestionState.Retired, [0]);
        Assert.Null(Remark.Obstacle(from, Version(2, QuestionState.Published, [1])));
        Assert.Equal(RefusalCode.RemarkNotComparable, Code(from, Version(2, QuestionState.Published, [0])));
        Assert.Equal(
            RefusalCode.RemarkNotComparable,
            Code(from, Version(2, QuestionState.Published, [1], new BilingualText("另一项", "")))
        );
        Assert.Equal(RefusalCode.RemarkNotCorrected, Code(from, Version(2, QuestionState.InReview, [1])));
        Assert.Equal(RefusalCode.RemarkNotCorrected, Code(from, Version(1, QuestionState.Published, [1])));
        Assert.Equal(
            RefusalCode.RemarkNotCorrected,
            Code(Version(1, QuestionState.Published, [0]), Version(2, QuestionState.Published, [1]))
        );
    }

    private static RefusalCode? Code(QuestionVersion from, QuestionVersion to) => Remark.Obstacle(from, to)?.Code;

    private static QuestionVersion Version(int number, QuestionState state, int[] key, BilingualText? first = null) =>
        new()
        {
            Id = Guid.NewGuid(),
            QuestionId = "fog-001",
            Number = number,
            State = state,
            Type = QuestionType.Single,
            Options = [first ?? new("减速", ""), new("加速", "")],
            Key = key,
        };
}
