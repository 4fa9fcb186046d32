using AdminPortal.Domain;
using AdminPortal.Domain.Access;

namespace AdminPortal.Tests.Domain.Access;

/// <summary>D-PASSKEY and D-STEP-UP: what an authenticator counts, what a name is, how long a proof is fresh.</summary>
public sealed class PasskeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    // Those that do not count.
    [InlineData(0, 0, false)]
    [InlineData(0, 1, false)]
    [InlineData(7, 8, false)]
    [InlineData(7, 100, false)]
    // A copy was used in between, or this is the copy.
    [InlineData(7, 7, true)]
    [InlineData(7, 6, true)]
    [InlineData(7, 0, true)]
    public void A_count_goes_up_or_is_none(long last, long shown, bool back) =>
        Assert.Equal(back, Passkeys.CountWentBack(last, shown));

    [Theory]
    [InlineData(null, RefusalCode.FieldRequired)]
    [InlineData("  ", RefusalCode.FieldRequired)]
    [InlineData("12345678901234567890123456789012345678901", RefusalCode.FieldTooLong)]
    [InlineData(" 1234567890123456789012345678901234567890 ", null)]
    public void A_name_has_one_to_forty_characters(string? name, RefusalCode? fault) =>
        Assert.Equal(fault, Passkeys.NameFault(name)?.Code);

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_proof_is_fresh_for_five_minutes(int seconds, bool fresh) =>
        Assert.Equal(fresh, StepUp.IsFresh(Now - TimeSpan.FromSeconds(seconds), Now));

    [Fact]
    public void What_was_never_proven_is_not_fresh() => Assert.False(StepUp.IsFresh(null, Now));
}
