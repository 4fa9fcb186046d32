using AdminPortal.Domain;
using AdminPortal.Domain.Feedback;

namespace AdminPortal.Tests.Domain.Feedback;

[Trait("Rule", "S0-21")]
public sealed class FeedbackTicketTests
{
    [Theory]
    [InlineData(null, "十个字刚好够写清楚了", 0, RefusalCode.FeedbackKindRequired, "kind")]
    [InlineData((FeedbackKind)99, "十个字刚好够写清楚了", 0, RefusalCode.FeedbackKindRequired, "kind")]
    [InlineData(FeedbackKind.SystemFault, null, 0, RefusalCode.FeedbackTextShort, "text")]
    [InlineData(FeedbackKind.SystemFault, "  九个字还不够写清楚  ", 0, RefusalCode.FeedbackTextShort, "text")]
    [InlineData(FeedbackKind.SystemFault, "十个字刚好够写清楚了", 4, RefusalCode.FeedbackPhotosTooMany, "photo1")]
    public void What_cannot_be_answered_is_refused_at_its_field(
        FeedbackKind? kind,
        string? text,
        int photos,
        RefusalCode code,
        string field
    )
    {
        var refusal = FeedbackTicket.Check(kind, text, photos);
        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void Ten_to_a_thousand_characters_and_three_photos_are_taken()
    {
        Assert.Null(FeedbackTicket.Check(FeedbackKind.PolicyQuestion, "十个字刚好够写清楚了", 3));
        Assert.Null(FeedbackTicket.Check(FeedbackKind.PolicyQuestion, new string('字', 1000), 0));
        var long1 = FeedbackTicket.Check(FeedbackKind.PolicyQuestion, new string('字', 1001), 0);
        Assert.Equal((RefusalCode.FieldTooLong, "text"), (long1?.Code, long1?.Field));
        // A browser sends two characters for a line break and counts one.
        Assert.Null(FeedbackTicket.Check(FeedbackKind.PolicyQuestion, new string('字', 999) + "\r\n", 0));
        Assert.Null(FeedbackTicket.Check(FeedbackKind.PolicyQuestion, "字\r\n" + new string('字', 998), 0));
    }

    [Fact]
    [Trait("Rule", "S0-22")]
    public void The_seven_kinds_are_those_of_the_sources_and_the_correction_of_personal_data() =>
        Assert.Equal(
            [
                "FaceMisjudged",
                "SystemFault",
                "PolicyQuestion",
                "CannotApply",
                "ReductionMissing",
                "AbuseReport",
                "DataCorrection",
            ],
            Enum.GetNames<FeedbackKind>()
        );

    [Theory]
    [InlineData(new int[0], 1)]
    [InlineData(new[] { 1, 2, 4, 5 }, 3)]
    [InlineData(new[] { 5, 4, 3, 2, 1 }, null)]
    [Trait("Rule", "D-FEEDBACK-OPEN")]
    public void Five_places_and_no_sixth(int[] taken, int? slot) => Assert.Equal(slot, FeedbackTicket.FreeSlot(taken));

    [Fact]
    public void A_number_names_the_day_in_China_and_six_digits()
    {
        var late = Frozen.At("2026-11-21 23:59");
        Assert.Equal("FK20261121-000042", FeedbackTicket.NumberAt(late, _ => 42));
        Assert.Equal("FK20261122-999999", FeedbackTicket.NumberAt(late.AddMinutes(1), below => below - 1));
    }

    [Fact]
    public void Faces_are_shown_with_a_misjudged_face_only() =>
        Assert.Equal([FeedbackKind.FaceMisjudged], Enum.GetValues<FeedbackKind>().Where(FeedbackTicket.ShowsFaces));
}
