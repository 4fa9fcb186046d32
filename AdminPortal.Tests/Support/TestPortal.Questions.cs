using AdminPortal.Data.Questions;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

// The question bank.
public sealed partial class TestPortal
{
    /// <summary>Content that no rule objects to.</summary>
    public static QuestionContent NewQuestion(string text = "雾天在高速公路上行驶应当怎样？") =>
        new(
            QuestionType.Single,
            "fog",
            "道路交通安全法实施条例 第八十一条",
            new BilingualText(text, "What to do in fog?"),
            [new("减速慢行", "Slow down"), new("加速通过", "Speed up"), new("紧跟前车", "Follow closely")],
            [0],
            new BilingualText("第八十一条规定，遇有雾天应当减速。", "Article 81 asks for low speed."),
            1
        );

    /// <summary>A question editor, who answers for no authority.</summary>
    public Task<TestOfficer> CreateEditorAsync(TestPerson? person = null) =>
        CreateOfficerAsync(Role.QuestionEditor, [], person);

    public async Task<QuestionVersion> VersionAsync(Guid versionId)
    {
        await using var db = Db();
        return await db.QuestionVersions.AsNoTracking().SingleAsync(q => q.Id == versionId);
    }

    /// <summary>The version of a starter question that is in use and that nobody works on.</summary>
    public async Task<QuestionVersion> InUseAsync(QuestionType type)
    {
        await using var db = Db();
        return await db
            .QuestionVersions.AsNoTracking()
            .Where(q => q.Type == type && q.State == QuestionState.Published)
            .Where(q =>
                !db.QuestionVersions.Any(o =>
                    o.QuestionId == q.QuestionId
                    && (o.State == QuestionState.Draft || o.State == QuestionState.InReview)
                )
            )
            .OrderBy(q => q.QuestionId)
            .FirstAsync();
    }

    /// <summary>A draft of an editor; of a new question unless one is named.</summary>
    public async Task<QuestionVersion> DraftAsync(
        TestOfficer editor,
        QuestionContent? content = null,
        string? questionId = null
    )
    {
        var id = Guid.NewGuid();
        await DoAsync(new WriteDraft(id, questionId, content ?? NewQuestion()), editor.Ref);
        return await VersionAsync(id);
    }

    /// <summary>A version that waits for another editor.</summary>
    public async Task<QuestionVersion> SubmittedAsync(
        TestOfficer editor,
        QuestionContent? content = null,
        string? questionId = null
    )
    {
        var draft = await DraftAsync(editor, content, questionId);
        await DoAsync(new SubmitDraft(draft.Id, draft.Revision), editor.Ref);
        return await VersionAsync(draft.Id);
    }
}
