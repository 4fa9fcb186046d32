using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Data.Questions;

/// <summary>A question is written by one editor, reviewed by another, and only then drawn; the draw never runs out.</summary>
public sealed class QuestionBankTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private TestOfficer _drafter = null!;
    private TestOfficer _second = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _drafter = await _portal.CreateEditorAsync();
        _second = await _portal.CreateEditorAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_new_question_gets_the_next_number_of_its_category_and_is_in_use_after_a_review()
    {
        var first = await _portal.SubmittedAsync(_drafter);
        var second = await _portal.DraftAsync(_drafter, TestPortal.NewQuestion("雨天怎样行驶？"));
        Assert.Equal(("fog-001", "fog-002"), (first.QuestionId, second.QuestionId));
        var points = TestPortal.NewQuestion("新题？") with { Category = "points" };
        Assert.Equal("points-044", (await _portal.DraftAsync(_drafter, points)).QuestionId);

        await _portal.DoAsync(new PublishQuestion(first.Id, first.Revision), _second.Ref);

        var published = await _portal.VersionAsync(first.Id);
        Assert.Equal(
            (QuestionState.Published, _drafter.Badge, _second.Badge),
            (published.State, published.DraftedByName, published.ReviewedByName)
        );
        Assert.True(published.Content.Says(TestPortal.NewQuestion()));
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    [Trait("Rule", "S1-30")]
    public async Task Publishing_retires_the_version_so_far_and_papers_that_were_drawn_keep_theirs()
    {
        var old = await _portal.InUseAsync(QuestionType.Single);
        var driver = await _portal.DriverBeforeExamAsync();
        var attempt = await _portal.StartExamAsync(driver);
        var paper = await PaperAsync(attempt);
        var next = await _portal.SubmittedAsync(_drafter, questionId: old.QuestionId);
        Assert.Equal(2, next.Number);

        await _portal.DoAsync(new PublishQuestion(next.Id, next.Revision), _second.Ref);

        var left = await _portal.VersionAsync(old.Id);
        Assert.Equal((QuestionState.Retired, _second.Badge), (left.State, left.RetiredByName));
        Assert.True(left.Content.Says(old.Content));
        Assert.Equal(paper, await PaperAsync(attempt));
        Assert.Equal(next.Id, (await InUseAsync(old.QuestionId)).Single());
    }

    [Fact]
    public async Task Nobody_reviews_an_own_draft_not_even_with_a_second_account()
    {
        var person = TestPeople.Number(9_001);
        var (one, two) = (await _portal.CreateEditorAsync(person), await _portal.CreateEditorAsync(person));
        var waiting = await _portal.SubmittedAsync(one);

        foreach (var account in new[] { one, two })
        {
            var refused = await _portal.RefusedAsync(new PublishQuestion(waiting.Id, waiting.Revision), account.Ref);
            Assert.Equal(RefusalCode.SecondPersonNeeded, refused.Code);
        }
        await _portal.DoAsync(new PublishQuestion(waiting.Id, waiting.Revision), _second.Ref);
    }

    [Fact]
    public async Task A_draft_goes_back_with_a_reason_and_what_was_read_is_what_is_published()
    {
        var waiting = await _portal.SubmittedAsync(_drafter);
        await _portal.DoAsync(new ReturnDraft(waiting.Id, waiting.Revision, "法条有误。"), _second.Ref);
        var returned = await _portal.VersionAsync(waiting.Id);
        var better = TestPortal.NewQuestion("改过的题目？");
        await _portal.DoAsync(new EditDraft(returned.Id, returned.Revision, better), _drafter.Ref);
        await _portal.DoAsync(new SubmitDraft(returned.Id, returned.Revision + 1), _drafter.Ref);

        // The reviewer's page still shows the first words.
        var stale = await _portal.RefusedAsync(new PublishQuestion(waiting.Id, waiting.Revision), _second.Ref);
        Assert.Equal((RefusalCode.Stale, _drafter.Badge), (stale.Code, stale.Facts[0]));
        await _portal.DoAsync(new PublishQuestion(waiting.Id, returned.Revision + 2), _second.Ref);
        var late = await _portal.RefusedAsync(
            new ReturnDraft(waiting.Id, returned.Revision + 2, "?"),
            (await _portal.CreateEditorAsync()).Ref
        );
        Assert.Equal((RefusalCode.QuestionReviewed, _second.Badge), (late.Code, late.Facts[0]));
    }

    [Fact]
    public async Task A_question_has_one_draft_at_a_time_and_an_unchanged_one_is_none()
    {
        var old = await _portal.InUseAsync(QuestionType.Single);
        var same = await _portal.RefusedAsync(
            new WriteDraft(Guid.NewGuid(), old.QuestionId, old.Content),
            _drafter.Ref
        );
        Assert.Equal(RefusalCode.QuestionUnchanged, same.Code);
        var draft = await _portal.DraftAsync(_drafter, questionId: old.QuestionId);
        var taken = await _portal.RefusedAsync(
            new WriteDraft(Guid.NewGuid(), old.QuestionId, TestPortal.NewQuestion("另一题？")),
            _second.Ref
        );
        Assert.Equal(RefusalCode.QuestionDraftOpen, taken.Code);
        await _portal.DoAsync(new DiscardDraft(draft.Id, draft.Revision), _second.Ref);
        Assert.Equal(3, (await _portal.DraftAsync(_second, questionId: old.QuestionId)).Number);
    }

    [Fact]
    public async Task The_list_is_searched_filtered_counted_and_shown_to_editors_only()
    {
        var pages = _portal.Get<QuestionPages>();
        var waiting = await _portal.SubmittedAsync(_drafter);
        var all = new QuestionFilter(null, null, null, null);

        var whole = await pages.ListAsync(_second.Ref, all, 1, default);
        Assert.Equal(StarterContent.Questions.Count, whole!.Counts[QuestionState.Published]);
        Assert.Equal(1, whole.Counts[QuestionState.InReview]);
        Assert.Equal((QuestionPages.PageSize, true), (whole.Lines.Count, whole.HasMore));
        var found = await pages.ListAsync(_second.Ref, all with { Search = "雾天" }, 1, default);
        Assert.Contains(found!.Lines, line => line.VersionId == waiting.Id);
        var english = await pages.ListAsync(_second.Ref, all with { Search = "what TO do in fog" }, 1, default);
        Assert.Equal(waiting.Id, Assert.Single(english!.Lines).VersionId);
        var narrow = all with { Type = QuestionType.Multiple, Category = "points", Search = "POINTS-0" };
        var narrowed = await pages.ListAsync(_second.Ref, narrow, 1, default);
        Assert.All(
            narrowed!.Lines,
            line => Assert.Equal(("points", QuestionType.Multiple), (line.Category, line.Type))
        );
        Assert.Equal(
            StarterContent.Questions.Count(q => q is { Category: "points", Type: QuestionType.Multiple }),
            narrowed.Lines.Count
        );
        var officer = await _portal.CreateOfficerAsync();
        Assert.Null(await pages.ListAsync(officer.Ref, all, 1, default));
        Assert.Null(await pages.ReadAsync(officer.Ref, waiting.QuestionId, default));
    }

    [Fact]
    public async Task A_question_that_says_almost_the_same_is_named()
    {
        var inUse = await _portal.InUseAsync(QuestionType.Single);
        var copy = await _portal.DraftAsync(_drafter, TestPortal.NewQuestion($"{inUse.Text.Zh}？"));
        var file = await _portal.Get<QuestionPages>().ReadAsync(_second.Ref, copy.QuestionId, default);
        Assert.Equal(inUse.QuestionId, file!.Alike[0].QuestionId);
        Assert.Equal(copy.Id, file.Open!.Id);
        // And before it is written: to whom writes the text, and in the check of a file.
        var pages = _portal.Get<QuestionPages>();
        var writing = await pages.AlikeAsync(_second.Ref, $"{inUse.Text.Zh}！", null, default);
        Assert.Superset(
            new HashSet<string> { inUse.QuestionId, copy.QuestionId },
            writing.Select(like => like.QuestionId).ToHashSet()
        );
        Assert.DoesNotContain(
            await pages.AlikeAsync(_second.Ref, inUse.Text.Zh, inUse.QuestionId, default),
            like => like.QuestionId == inUse.QuestionId
        );
        Assert.Equal(
            [],
            await pages.AlikeAsync((await _portal.CreateOfficerAsync()).Ref, inUse.Text.Zh, null, default)
        );
        var import = new QuestionImport(
            "s",
            [
                new ImportedQuestion(2, null, TestPortal.NewQuestion($"{inUse.Text.Zh}吗")),
                new ImportedQuestion(3, null, TestPortal.NewQuestion("完全不同的一道新题应当怎样回答")),
            ],
            []
        );
        var alike = Assert.Single((await pages.PlanAsync(_second.Ref, import, default))!.Alike);
        Assert.Equal(2, alike.Row);
    }

    private async Task<List<Guid>> InUseAsync(string questionId)
    {
        await using var db = _portal.Db();
        return await db
            .QuestionVersions.Where(q => q.QuestionId == questionId && q.State == QuestionState.Published)
            .Select(q => q.Id)
            .ToListAsync();
    }

    private async Task<List<Guid>> PaperAsync(Guid attempt)
    {
        await using var db = _portal.Db();
        return await db
            .ExamItems.Where(i => i.AttemptId == attempt)
            .OrderBy(i => i.Ordinal)
            .Select(i => i.VersionId)
            .ToListAsync();
    }
}
