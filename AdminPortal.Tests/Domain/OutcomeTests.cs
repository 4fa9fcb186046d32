using AdminPortal.Domain;

namespace AdminPortal.Tests.Domain;

[Trait("Rule", "S1-22")]
public sealed class OutcomeTests
{
    [Fact]
    public void A_value_is_done_and_a_refusal_is_refused()
    {
        Outcome<int> done = 5;
        Outcome<int> refused = new Refusal(RefusalCode.WindowClosed, "reason", 7, "x");

        Assert.Equal(5, done.Value());
        var refusal = refused.Reason();
        Assert.Equal((RefusalCode.WindowClosed, "reason"), (refusal.Code, refusal.Field));
        Assert.Equal([7, "x"], refusal.Facts);
    }
}
