using AdminPortal.Domain.Time;

namespace AdminPortal.Tests.Domain.Time;

public sealed class DeadlineExamples
{
    internal sealed record Counted(
        DateTimeOffset From,
        DateOnly? Last,
        int? Awaiting,
        DateOnly? Provisional,
        DateTimeOffset? End
    );

    [Theory, Examples("Time/S1-38.json")]
    [Trait("Rule", "S1-38")]
    public void A_review_is_due_on_the_third_working_day(string file, string title) => Expect(file, title);

    [Theory, Examples("Time/S1-28.json")]
    [Trait("Rule", "S1-28")]
    [Trait("Rule", "N-n6")]
    public void An_exam_is_due_on_the_seventh_working_day(string file, string title) => Expect(file, title);

    [Theory, Examples("Time/S0-14.json")]
    [Trait("Rule", "S0-14")]
    public void An_exam_of_2020_is_due_on_the_seventh_working_day(string file, string title) => Expect(file, title);

    [Theory, Examples("Time/S0-13.json")]
    [Trait("Rule", "S0-13")]
    public void Three_days_of_2020_begin_on_the_day_of_approval(string file, string title) => Expect(file, title);

    [Theory, Examples("Time/S1-23.json")]
    [Trait("Rule", "S1-23")]
    public void Three_days_begin_on_the_day_after_approval(string file, string title) => Expect(file, title);

    [Theory, Examples("Time/N-36.json")]
    [Trait("Rule", "N-36")]
    public void A_last_day_on_a_holiday_moves_to_the_next_working_day(string file, string title) => Expect(file, title);

    [Theory, Examples("Time/S1-37.json")]
    [Trait("Rule", "S1-37")]
    [Trait("Rule", "S0-19")]
    [Trait("Rule", "S1-31")]
    public void Twenty_four_hours_run_from_the_instant(string file, string title) => Expect(file, title);

    private static void Expect(string file, string title)
    {
        var period = ExampleFile.Head<Period>(file);
        var example = ExampleFile.Get<Counted>(file, title);

        var deadline = Deadline.Stamp(period, example.From, Frozen.Calendar);

        Assert.Equal(example.From, deadline.From);
        Assert.Equal(period.Rule, deadline.Rule);
        Assert.Equal(example.Last, deadline.LastDay);
        Assert.Equal(example.Awaiting, deadline.AwaitingYear);
        Assert.Equal(example.Provisional, deadline.ProvisionalDay);
        // 24:00 of the last day in China is 16:00 UTC of that day.
        var end = example.Last is { } last
            ? new DateTimeOffset(last.Year, last.Month, last.Day, 16, 0, 0, TimeSpan.Zero)
            : example.End;
        Assert.Equal(end, deadline.ExpiresAt);
        if (example.Last is not null)
        {
            Assert.Equal(TimeSpan.Zero, deadline.ExpiresAt!.Value.Offset);
        }
    }
}
