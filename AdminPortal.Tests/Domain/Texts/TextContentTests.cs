using AdminPortal.Data.Messages;
using AdminPortal.Data.Texts;
using AdminPortal.Domain;
using AdminPortal.Domain.Texts;

namespace AdminPortal.Tests.Domain.Texts;

/// <summary>What a typed text may say: its places, its paragraphs, its length.</summary>
public sealed class TextContentTests
{
    [Theory]
    [InlineData("请在{0}前完成", "0")]
    [InlineData("{1}次，{0}前，{1}", "0 1")]
    [InlineData("没有", "")]
    [InlineData("{0", null)]
    [InlineData("0}", null)]
    [InlineData("{a}", null)]
    [InlineData("{0:yyyy}", null)]
    [InlineData("{{0}}", null)]
    [InlineData("{12}", null)]
    [InlineData("{", null)]
    public void Places_are_braces_around_one_digit_and_nothing_else(string text, string? places) =>
        Assert.Equal(places, TextPlaces.Of(text) is { } found ? string.Join(' ', found) : null);

    [Theory]
    [InlineData("", 0, 1)]
    [InlineData("abc[]", 7, 1)] // brackets take two places
    [InlineData("汉字", 2, 1)]
    [InlineData("“quoted”", 8, 1)] // one sign outside the short alphabet makes the whole message long
    public void A_message_is_counted_as_networks_count(string text, int characters, int segments) =>
        Assert.Equal(new SmsLength(characters, segments), SmsLength.Of(text));

    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('字', 70, 1)]
    [InlineData('字', 71, 2)]
    [InlineData('字', 134, 2)]
    [InlineData('字', 135, 3)]
    public void A_long_message_is_cut_into_segments(char sign, int count, int segments) =>
        Assert.Equal(segments, SmsLength.Of(new string(sign, count)).Segments);

    [Theory]
    [InlineData("一{0}", "one {0}", 1, null, null)]
    [InlineData("一{0}{0}", "one {0}", 1, null, null)]
    [InlineData("", "one {0}", 1, RefusalCode.FieldRequired, "zh")]
    [InlineData("一{0}", " ", 1, RefusalCode.FieldRequired, "en")]
    [InlineData("一", "one {0}", 1, RefusalCode.TextPlaces, "zh")]
    [InlineData("一{0}", "one {0}{1}", 1, RefusalCode.TextPlaces, "en")]
    [InlineData("一{1}", "one {1}", 1, RefusalCode.TextPlaces, "zh")]
    [InlineData("一{0}", "one", 0, RefusalCode.TextNoPlaces, "zh")]
    public void A_message_has_every_value_and_no_other(
        string zh,
        string en,
        int places,
        RefusalCode? refused,
        string? field
    )
    {
        var fault = new TextContent(zh, en).Tidy(TextKind.Message).Fault(TextKind.Message, places);
        Assert.Equal((refused, field), (fault?.Code, fault?.Field));
    }

    [Theory]
    [InlineData("一\n二", "one\ntwo", null)]
    [InlineData("一\n\n 二 \n", "", null)]
    [InlineData("一\n二", "one", RefusalCode.TextParagraphs)]
    [InlineData(" \n ", "one", RefusalCode.FieldRequired)]
    public void A_notice_has_as_many_paragraphs_in_English_or_none(string zh, string en, RefusalCode? refused) =>
        Assert.Equal(refused, new TextContent(zh, en).Tidy(TextKind.FaceNotice).Fault(TextKind.FaceNotice, 0)?.Code);

    [Fact]
    public void Too_long_a_text_is_refused_at_its_field()
    {
        var message = new TextContent("字", new string('a', TextContent.MessageLimit + 1));
        Assert.Equal((RefusalCode.FieldTooLong, "en"), Code(message.Fault(TextKind.Message, 0)));
        var notice = new TextContent(string.Join('\n', Enumerable.Repeat("段", TextContent.MostParagraphs + 1)), "");
        Assert.Equal((RefusalCode.TextTooManyParagraphs, "zh"), Code(notice.Fault(TextKind.ServiceNotice, 0)));

        static (RefusalCode?, string?) Code(Refusal? refusal) => (refusal?.Code, refusal?.Field);
    }

    [Fact]
    public void Everything_that_ships_is_in_order_and_the_table_of_values_fits_it()
    {
        foreach (var (kind, name) in TextCatalogue.All)
        {
            var shipped = TextCatalogue.Shipped(kind, name);
            Assert.Null(shipped.Fault(kind, TextCatalogue.Places(kind, name)));
            Assert.Equal(shipped, shipped.Tidy(kind));
        }
        foreach (var template in Enum.GetValues<MessageTemplate>())
        {
            foreach (var english in new[] { false, true })
            {
                Assert.DoesNotContain(
                    '{',
                    MessageTexts.Text(template, MessageFactTable.Samples(template, english), english)
                );
            }
        }
    }
}
