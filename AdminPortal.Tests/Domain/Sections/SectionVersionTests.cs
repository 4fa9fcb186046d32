using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using AdminPortal.Tests.Support;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Sections;

public sealed class SectionVersionTests
{
    private static readonly DateTimeOffset Now = At("2026-03-10 10:00");
    private static readonly Actor Drafter = Officer(11, "100011", Role.QuestionEditor);
    private static readonly Actor Second = Officer(12, "100012", Role.QuestionEditor);

    // The drafter under another badge: the same person by the search key.
    private static readonly Actor Twin = Second with
    {
        Id = new Guid(13, 0, 0, new byte[8]),
        PersonKey = Drafter.PersonKey,
    };

    private static SectionVersion Draft() =>
        SectionVersion.Write(Guid.Empty, "rain", 1, TestPortal.NewSection(), null, Drafter, Now).Value();

    private static SectionVersion In(QuestionState state)
    {
        var version = Draft();
        if (state is QuestionState.InReview or QuestionState.Published)
        {
            version.Submit(Drafter, Now).Value();
        }
        if (state == QuestionState.Published)
        {
            version.Publish(Second, Now).Value();
        }
        if (state == QuestionState.Retired)
        {
            version.Discard(Drafter, Now).Value();
        }
        return version;
    }

    private static Outcome<Unit> Do(SectionVersion version, QuestionAct act, Actor actor) =>
        act switch
        {
            QuestionAct.Edit => version.Edit(TestPortal.NewSection("改过的标题"), actor, Now),
            QuestionAct.Submit => version.Submit(actor, Now),
            QuestionAct.Withdraw => version.Withdraw(actor),
            QuestionAct.Publish => version.Publish(actor, Now),
            QuestionAct.Return => version.Return("条文有误。", actor, Now),
            QuestionAct.Retire => version.Retire(9, actor, Now),
            QuestionAct.Discard => version.Discard(actor, Now),
            QuestionAct.Write => throw new ArgumentOutOfRangeException(nameof(act)),
        };

    [Fact]
    public void Nothing_but_what_the_table_says_can_happen_and_only_by_whom_it_says()
    {
        // Reviewed by hand, apart from the table: who moves what where.
        string[] expected =
        [
            "Draft Discard drafter Retired",
            "Draft Discard second Retired",
            "Draft Discard twin Retired",
            "Draft Edit drafter Draft",
            "Draft Submit drafter InReview",
            "InReview Publish second Published",
            "InReview Return second Draft",
            "InReview Withdraw drafter Draft",
            "Published Retire drafter Retired",
            "Published Retire second Retired",
            "Published Retire twin Retired",
        ];
        (string, Actor)[] actors =
        [
            ("drafter", Drafter),
            ("second", Second),
            ("twin", Twin),
            ("reviewer", Li),
            ("auditor", Auditor),
        ];
        var found = new List<string>();
        foreach (var state in Enum.GetValues<QuestionState>())
        {
            foreach (var act in Enum.GetValues<QuestionAct>().Where(act => act != QuestionAct.Write))
            {
                foreach (var (name, actor) in actors)
                {
                    var version = In(state);
                    var (before, possible) = (version.Revision, version.Check(act, actor) is null);
                    var done = Do(version, act, actor).IsDone();
                    Assert.Equal(possible, done);
                    Assert.Equal(done ? before + 1 : before, version.Revision);
                    if (done)
                    {
                        found.Add($"{state} {act} {name} {version.State}");
                    }
                }
            }
        }
        Assert.Equal(expected, found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nobody_reviews_an_own_draft_not_even_with_a_second_account()
    {
        var version = In(QuestionState.InReview);
        Assert.Equal(RefusalCode.SecondPersonNeeded, version.Publish(Drafter, Now).Reason().Code);
        Assert.Equal(RefusalCode.SecondPersonNeeded, version.Publish(Twin, Now).Reason().Code);
        Assert.Equal(RefusalCode.SecondPersonNeeded, version.Return("不行。", Twin, Now).Reason().Code);
        Assert.Null(version.PublishedAt);
        version.Publish(Second, Now).Value();
        Assert.Equal(Now, version.PublishedAt);
    }

    [Fact]
    public void The_last_section_in_use_stays()
    {
        var version = In(QuestionState.Published);
        Assert.Equal(RefusalCode.SectionLast, version.Retire(1, Second, Now).Reason().Code);
        version.Retire(2, Second, Now).Value();
    }

    [Fact]
    public void A_version_gives_way_to_its_own_successor_only()
    {
        var inUse = In(QuestionState.Published);
        var next = SectionVersion
            .Write(Guid.NewGuid(), "rain", 2, TestPortal.NewSection("新"), inUse.Content, Drafter, Now)
            .Value();
        Assert.Equal(RefusalCode.WrongState, inUse.GiveWayTo(next, Second, Now).Reason().Code);
        next.Submit(Drafter, Now).Value();
        Assert.Equal(RefusalCode.SecondPersonNeeded, inUse.GiveWayTo(next, Drafter, Now).Reason().Code);
        var other = SectionVersion
            .Write(Guid.NewGuid(), "snow", 1, TestPortal.NewSection(), null, Drafter, Now)
            .Value();
        Assert.Equal(RefusalCode.WrongState, inUse.GiveWayTo(other, Second, Now).Reason().Code);
        inUse.GiveWayTo(next, Second, Now).Value();
        Assert.Equal(QuestionState.Retired, inUse.State);
    }

    [Fact]
    public void Every_error_is_named_at_its_field()
    {
        var content = new SectionContent(
            0,
            new BilingualText("", new string('x', SectionContent.TitleLimit + 1)),
            new BilingualText("甲\n\n乙", "A"),
            [],
            61,
            null
        );
        Assert.Equal(
            ["order", "minutes", "title", "titleEn", "articles", "textEn"],
            content.Tidy().Defects().Select(d => d.Field)
        );
        Assert.Equal(2, content.Defects()[^1].Facts[0]);
        Assert.Empty(TestPortal.NewSection().Tidy().Defects());
        Assert.Empty((TestPortal.NewSection() with { Text = new BilingualText("只有中文", "") }).Defects());
    }

    [Theory]
    [InlineData("rain", null)]
    [InlineData("rain-2", null)]
    [InlineData("", RefusalCode.FieldRequired)]
    [InlineData("Rain", RefusalCode.SectionIdInvalid)]
    [InlineData("rain/1", RefusalCode.SectionIdInvalid)]
    [InlineData("-rain", RefusalCode.SectionIdInvalid)]
    [InlineData("resume", RefusalCode.SectionIdInvalid)]
    [InlineData("video", RefusalCode.SectionIdInvalid)]
    public void An_id_is_part_of_an_address_and_no_address_that_is_there(string id, RefusalCode? code)
    {
        Assert.Equal(code, SectionContent.IdDefect(id)?.Code);
    }

    [Theory]
    [InlineData("00:00.000 --> 00:04.000\n先减速", "00:00.000 --> 00:04.000\nSlow down", null, null)]
    [InlineData(
        "00:00.000 --> 00:04.000\n先减速",
        "00:00.000 --> 00:05.000\nSlow",
        RefusalCode.CaptionsDiffer,
        "captionsEn"
    )]
    [InlineData("00:00.000 --> 00:11.000\n先减速", "", RefusalCode.CaptionsTimes, "captionsZh")]
    [InlineData("00:04.000 --> 00:02.000\n先减速", "", RefusalCode.CaptionsTimes, "captionsZh")]
    [InlineData("00:00.000 --> 00:01.000\n先减速再看谁先走吧", "", RefusalCode.CaptionsTooFast, "captionsZh")]
    [InlineData("00:00.000 --> 00:04.000\n<i>先</i>", "", RefusalCode.CaptionsNotPlain, "captionsZh")]
    [InlineData("nothing", "", RefusalCode.CaptionsUnreadable, "captionsZh")]
    [InlineData(
        "00:00.000 --> 00:04.000\n先减速\n\n00:05.0 --> 00:09.000\n再看",
        "",
        RefusalCode.CaptionsUnreadable,
        "captionsZh"
    )]
    [InlineData(
        "00:00.000 --> 00:04.000\n先减速\n00:05.000 --> 00:09.000\n再看",
        "",
        RefusalCode.CaptionsUnreadable,
        "captionsZh"
    )]
    [InlineData("00:00.000 --> 00:04.000\n先减速", "", RefusalCode.CaptionsUnreadable, "captionsEn")]
    public void Captions_are_there_in_both_languages_at_the_same_times_and_can_be_read(
        string zh,
        string en,
        RefusalCode? code,
        string? field
    )
    {
        var defect = CaptionRules.Defect($"WEBVTT\n\n{zh}\n", $"WEBVTT\n\n{en}\n", 10);
        Assert.Equal((code, field), (defect?.Code, defect?.Field));
    }
}
