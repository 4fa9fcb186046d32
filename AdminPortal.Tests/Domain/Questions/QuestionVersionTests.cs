using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Schemes;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Questions;

public sealed class QuestionVersionTests
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
    private static readonly QuestionPools Plenty = Pools(100);

    private static QuestionContent Content(string text = "题目？") =>
        new(
            QuestionType.Single,
            "points",
            "第八条",
            new BilingualText(text, ""),
            [new("甲", ""), new("乙", "")],
            [0],
            new BilingualText("", ""),
            1
        );

    private static QuestionPools Pools(int each) =>
        new(Enum.GetValues<QuestionType>().ToDictionary(type => type, _ => each), [N.Paper.Value]);

    private static QuestionVersion Draft(QuestionContent? content = null) =>
        QuestionVersion
            .Write(Guid.Empty, "points-001", 2, content ?? Content(), Content("从前？"), Drafter, Now)
            .Value();

    private static QuestionVersion In(QuestionState state)
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
        Assert.Equal(state, version.State);
        return version;
    }

    private static Outcome<Unit> Do(QuestionVersion version, QuestionAct act, Actor actor) =>
        act switch
        {
            QuestionAct.Edit => version.Edit(Content("改过？"), actor, Now),
            QuestionAct.Submit => version.Submit(actor, Now),
            QuestionAct.Withdraw => version.Withdraw(actor),
            QuestionAct.Publish => version.Publish(actor, Now),
            QuestionAct.Return => version.Return("法条有误。", actor, Now),
            QuestionAct.Retire => version.Retire(Plenty, actor, Now),
            QuestionAct.Discard => version.Discard(actor, Now),
            QuestionAct.Write => throw new ArgumentOutOfRangeException(nameof(act)),
        };

    [Fact]
    public void Nothing_but_what_the_table_says_can_happen_and_only_by_whom_it_says()
    {
        // Reviewed by hand, apart from the table: who moves what where.
        var expected = new HashSet<string>
        {
            "Draft Edit drafter Draft",
            "Draft Submit drafter InReview",
            "Draft Discard drafter Retired",
            "Draft Discard second Retired",
            "Draft Discard twin Retired",
            "InReview Withdraw drafter Draft",
            "InReview Publish second Published",
            "InReview Return second Draft",
            "Published Retire drafter Retired",
            "Published Retire second Retired",
            "Published Retire twin Retired",
        };
        var found = new HashSet<string>();
        foreach (var state in Enum.GetValues<QuestionState>())
        {
            foreach (var act in Enum.GetValues<QuestionAct>().Where(act => act != QuestionAct.Write))
            {
                foreach (
                    var (name, actor) in new[]
                    {
                        ("drafter", Drafter),
                        ("second", Second),
                        ("twin", Twin),
                        ("reviewer", Li),
                        ("auditor", Auditor),
                    }
                )
                {
                    var version = In(state);
                    var (before, possible) = (version.Revision, version.Check(act, actor) is null);
                    var done = Do(version, act, actor) is Outcome<Unit>.Done;
                    Assert.Equal(possible, done);
                    Assert.Equal(done ? before + 1 : before, version.Revision);
                    if (done)
                    {
                        found.Add($"{state} {act} {name} {version.State}");
                    }
                    else
                    {
                        Assert.Equal(state, version.State);
                    }
                }
            }
        }
        Assert.Equal(expected.Order(), found.Order());
    }

    [Fact]
    public void Nobody_reviews_an_own_draft_not_even_with_a_second_account()
    {
        var version = In(QuestionState.InReview);

        Assert.Equal(RefusalCode.SecondPersonNeeded, version.Publish(Drafter, Now).Reason().Code);
        Assert.Equal(RefusalCode.SecondPersonNeeded, version.Publish(Twin, Now).Reason().Code);
        Assert.Equal(RefusalCode.SecondPersonNeeded, version.Return("不行。", Twin, Now).Reason().Code);
        version.Publish(Second, Now).Value();
        Assert.Equal(("100011", "100012", Now), (version.DraftedByName, version.ReviewedByName, version.ReviewedAt));
        var late = version.Publish(Officer(14, "100014", Role.QuestionEditor), Now).Reason();
        Assert.Equal(RefusalCode.QuestionReviewed, late.Code);
        Assert.Equal(new object[] { "100012", Now }, late.Facts);
    }

    [Fact]
    public void A_returned_draft_tells_why_and_goes_on()
    {
        var version = In(QuestionState.InReview);
        Assert.Equal("reason", version.Return(" ", Second, Now).Reason().Field);
        Assert.Equal(RefusalCode.FieldTooLong, version.Return(new string('长', 501), Second, Now).Reason().Code);
        version.Return(" 法条有误。 ", Second, Now).Value();
        Assert.Equal(("法条有误。", "100012"), (version.ReturnReason, version.ReviewedByName));
        version.Edit(Content("改过？"), Drafter, Now).Value();
        version.Submit(Drafter, Now).Value();
        version.Publish(Second, Now).Value();
        Assert.Null(version.ReturnReason);
        Assert.Equal("改过？", version.Text.Zh);
    }

    [Fact]
    public void The_version_in_use_gives_way_to_its_successor_only()
    {
        var (old, next) = (In(QuestionState.Published), In(QuestionState.InReview));
        Assert.Equal(RefusalCode.SecondPersonNeeded, old.GiveWayTo(next, Plenty, Drafter, Now).Reason().Code);
        old.GiveWayTo(next, Plenty, Second, Now).Value();
        Assert.Equal((QuestionState.Retired, "100012"), (old.State, old.RetiredByName));
        Assert.Equal(RefusalCode.WrongState, old.GiveWayTo(next, Plenty, Second, Now).Reason().Code);
    }

    [Fact]
    [Trait("Rule", "S1-30")]
    public void The_draw_never_runs_out()
    {
        var needed = N.Paper.Value.Single;
        var version = In(QuestionState.Published);
        var refused = version.Retire(Pools(needed), Second, Now).Reason();
        Assert.Equal(RefusalCode.QuestionsTooFew, refused.Code);
        Assert.Equal(new object[] { QuestionType.Single, needed, needed }, refused.Facts);

        // A question that becomes one of another type is missing among those of the old one.
        var next = Draft(Content() with { Type = QuestionType.Multiple, Key = [0, 1] });
        next.Submit(Drafter, Now).Value();
        Assert.Equal(RefusalCode.QuestionsTooFew, version.GiveWayTo(next, Pools(needed), Second, Now).Reason().Code);
        version.Retire(Pools(needed + 1), Second, Now).Value();
        // Of all schemes the one that takes the most counts.
        var pools = new QuestionPools(
            new Dictionary<QuestionType, int> { [QuestionType.TrueFalse] = 5 },
            [new PaperMix(3, 9, 1), new PaperMix(5, 2, 1)]
        );
        Assert.Equal((5, 9), (pools.Needed(QuestionType.TrueFalse), pools.Needed(QuestionType.Single)));
        Assert.Equal((5, 0), (pools.InUse(QuestionType.TrueFalse), pools.InUse(QuestionType.Single)));
    }

    [Fact]
    public void A_draft_is_written_by_an_editor_without_defects_and_says_something_new()
    {
        Outcome<QuestionVersion> Write(QuestionContent content, Actor actor) =>
            QuestionVersion.Write(Guid.Empty, "points-001", 2, content, Content(), actor, Now);

        Assert.Equal(RefusalCode.NotPermitted, Write(Content("新？"), Li).Reason().Code);
        Assert.Equal(RefusalCode.QuestionUnchanged, Write(Content(" 题目？ "), Drafter).Reason().Code);
        Assert.Equal("article", Write(Content("新？") with { Article = " " }, Drafter).Reason().Field);
        Assert.Equal("新？", Write(Content(" 新？ "), Drafter).Value().Text.Zh);
    }

    [Fact]
    public void Every_defect_names_its_field()
    {
        var content = new QuestionContent(
            QuestionType.Multiple,
            "Big Words",
            "",
            new BilingualText("", new string('e', 501)),
            [new("甲", ""), new("甲", new string('e', 201)), new("", "x")],
            [1],
            new BilingualText(new string('长', 1001), ""),
            4
        );
        Assert.Equal(
            [
                "category QuestionCategoryInvalid",
                "article FieldRequired",
                "text FieldRequired",
                "textEn FieldTooLong",
                "option1En FieldTooLong",
                "option1 QuestionOptionsAlike",
                "option2 FieldRequired",
                "key QuestionMultipleKey",
                "explanation FieldTooLong",
                "difficulty QuestionDifficultyInvalid",
            ],
            content.Defects().Select(d => $"{d.Field} {d.Code}")
        );
    }

    [Theory]
    [InlineData("驾驶机动车遇浓雾应当减速慢行。", "驾驶机动车，遇浓雾应当减速慢行！", true)]
    [InlineData("ＡＢＳ系统的作用是什么？", "abs系统的作用是什么", true)]
    [InlineData("驾驶机动车遇浓雾应当减速慢行。", "一次记12分的行为有哪些？", false)]
    [InlineData("", "", false)]
    public void Wordings_are_alike_whatever_their_punctuation_width_and_case(string a, string b, bool alike)
    {
        var share = new Likeness(a).To(new Likeness(b));
        Assert.Equal(alike, share >= Likeness.Alike);
        Assert.Equal(share, new Likeness(b).To(new Likeness(a)));
        Assert.InRange(share, 0, 1);
    }

    [Fact]
    public void Few_of_the_starter_questions_are_taken_for_doubles()
    {
        var wordings = StarterContent.Questions.Select(q => new Likeness(q.Text.Zh)).ToList();
        var pairs =
            from i in Enumerable.Range(0, wordings.Count)
            from j in Enumerable.Range(0, i)
            where wordings[i].To(wordings[j]) >= Likeness.Alike
            select (i, j);
        Assert.InRange(pairs.Count(), 0, 3);
    }
}
