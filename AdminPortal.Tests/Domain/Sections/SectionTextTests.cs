using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using FsCheck.Fluent;

namespace AdminPortal.Tests.Domain.Sections;

public sealed class SectionTextTests
{
    [Fact]
    public void A_blank_line_ends_a_paragraph_and_hyphens_make_a_list()
    {
        var blocks = SectionText.Read("第一段\n\n第二段\n- 甲\n- 乙\n第三段\n\n\n- 丙\n\n- 丁\n");

        Assert.Equal(
            ["p 第一段", "p 第二段", "l 甲|乙", "p 第三段", "l 丙", "l 丁"],
            blocks.Select(b => $"{(b.IsList ? 'l' : 'p')} {string.Join('|', b.Lines)}")
        );
    }

    [Theory]
    [InlineData("雨天\r\n路滑", "雨天路滑")]
    [InlineData("Slow down\nin the rain", "Slow down in the rain")]
    [InlineData("  边上的空白　", "边上的空白")]
    [InlineData("-", "")]
    [InlineData("- ", "")]
    [InlineData("-5 度", "-5 度")]
    [InlineData("<b>粗</b> & **粗**", "<b>粗</b> & **粗**")]
    [InlineData("看\u202e不见\0的", "看 不见 的")]
    public void What_stands_there_is_text_and_nothing_else(string typed, string tidy)
    {
        Assert.Equal(tidy, SectionText.Tidy(typed));
    }

    [Fact]
    public void Both_languages_become_paragraphs_and_a_missing_translation_leaves_Chinese()
    {
        var both = SectionText.Paragraphs(new BilingualText("甲\n\n- 乙\n- 丙", "A\n\n- B\n- C"));
        Assert.Equal(("甲", "A"), (both[0].Zh, both[0].En));
        Assert.Equal([new BilingualText("乙", "B"), new BilingualText("丙", "C")], both[1].List!);

        var alone = SectionText.Paragraphs(new BilingualText("甲\n\n- 乙", ""));
        Assert.Equal("", alone[0].En);
        Assert.Equal("乙", alone[1].List![0].In(english: true));
    }

    [Theory]
    [InlineData("甲\n\n乙", "A", 2)]
    [InlineData("甲", "A\n\nB", 2)]
    [InlineData("甲\n\n- 乙\n- 丙", "A\n\n- B", 2)]
    [InlineData("甲\n\n乙", "- A\n\nB", 1)]
    [InlineData("甲\n\n- 乙", "A\n\n- B", null)]
    public void The_first_paragraph_that_differs_is_named(string zh, string en, int? number)
    {
        Assert.Equal(number, SectionText.FirstDifference(new BilingualText(zh, en)));
    }

    [Fact]
    public void Whatever_is_written_is_read_back()
    {
        var words = Gen.Elements("雨天路滑", "Slow down", "< & >", "12分", "a - b", "--", "“话”", "*");
        var line = from some in Gen.NonEmptyListOf(words) select string.Join(' ', some.Take(3));
        var block =
            from isList in Gen.Elements(true, false)
            from lines in Gen.NonEmptyListOf(line)
            select new SectionBlock(isList, isList ? [.. lines] : [lines[0]]);
        Property.Holds(
            Gen.ListOf(block),
            blocks =>
            {
                var text = SectionText.Write(blocks);
                var read = SectionText.Read(text);
                Assert.Equal(Told(blocks), Told(read));
                Assert.Equal(text, SectionText.Tidy(text));
            }
        );
    }

    [Fact]
    public void What_is_typed_has_one_form_whatever_it_was()
    {
        var signs = Gen.Elements('甲', 'a', ' ', '-', '\n', '\r', '\t', '\0', '\u2028', '　', '<');
        Property.Holds(
            from typed in Gen.ListOf(signs)
            select new string([.. typed]),
            typed =>
            {
                var tidy = SectionText.Tidy(typed);
                Assert.Equal(tidy, SectionText.Tidy(tidy));
                Assert.DoesNotContain(tidy, c => char.IsControl(c) && c != '\n');
            }
        );
    }

    [Fact]
    public void The_sections_that_ship_are_read_back_as_they_are()
    {
        foreach (var section in StarterContent.Sections)
        {
            var text = SectionText.Of(section.Paragraphs);
            Assert.Null(SectionText.FirstDifference(text));
            var read = SectionText.Paragraphs(text);
            Assert.Equal(section.Paragraphs.Count, read.Count);
            foreach (var (expected, found) in section.Paragraphs.Zip(read))
            {
                Assert.Equal((expected.Zh, expected.En), (found.Zh, found.En));
                Assert.Equal(expected.List ?? [], found.List ?? []);
            }
        }
    }

    private static IEnumerable<string> Told(IEnumerable<SectionBlock> blocks) =>
        blocks.Select(b => $"{b.IsList} {string.Join('|', b.Lines)}");
}
