using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

// The question bank. An act of the other kind of person is what the misuse shows: there is nothing that belongs to an authority.
internal static partial class Catalogue
{
    private static CataloguedCommand[] Questions =>
        [
            new(
                typeof(WriteDraft),
                Editors,
                a => Task.FromResult(a.Act(new WriteDraft(Guid.NewGuid(), null, TestPortal.NewQuestion())))
            )
            {
                Misuse = a =>
                    Task.FromResult(a.Act(new WriteDraft(Guid.NewGuid(), "fog-999", TestPortal.NewQuestion()))),
                Misused = RefusalCode.NotFound,
            },
            new(
                typeof(EditDraft),
                Editors,
                async a =>
                {
                    var draft = await OwnDraftAsync(a);
                    return a.Act(new EditDraft(draft.Id, draft.Revision, TestPortal.NewQuestion("雨天怎样行驶？")));
                }
            )
            {
                Misuse = async a =>
                {
                    var foreign = await a.Portal.DraftAsync(await a.Portal.CreateEditorAsync());
                    return a.Act(new EditDraft(foreign.Id, foreign.Revision, TestPortal.NewQuestion("雪天？")));
                },
                Misused = RefusalCode.QuestionNotYourDraft,
            },
            new(
                typeof(SubmitDraft),
                Editors,
                async a =>
                {
                    var draft = await OwnDraftAsync(a);
                    return a.Act(new SubmitDraft(draft.Id, draft.Revision));
                }
            )
            {
                Misuse = async a =>
                {
                    var foreign = await a.Portal.DraftAsync(await a.Portal.CreateEditorAsync());
                    return a.Act(new SubmitDraft(foreign.Id, foreign.Revision));
                },
                Misused = RefusalCode.QuestionNotYourDraft,
            },
            new(
                typeof(WithdrawDraft),
                Editors,
                async a =>
                {
                    var draft = await OwnDraftAsync(a);
                    await a.Portal.DoAsync(new SubmitDraft(draft.Id, draft.Revision), a.Actor);
                    return a.Act(new WithdrawDraft(draft.Id, draft.Revision + 1));
                }
            )
            {
                Misuse = async a =>
                {
                    var foreign = await a.Portal.SubmittedAsync(await a.Portal.CreateEditorAsync());
                    return a.Act(new WithdrawDraft(foreign.Id, foreign.Revision));
                },
                Misused = RefusalCode.QuestionNotYourDraft,
            },
            new(
                typeof(DiscardDraft),
                Editors,
                async a =>
                {
                    var draft = await OwnDraftAsync(a);
                    return a.Act(new DiscardDraft(draft.Id, draft.Revision));
                }
            )
            {
                Misuse = async a =>
                {
                    var waiting = await a.Portal.SubmittedAsync(await a.Portal.CreateEditorAsync());
                    return a.Act(new DiscardDraft(waiting.Id, waiting.Revision));
                },
                Misused = RefusalCode.WrongState,
            },
            new(
                typeof(PublishQuestion),
                Editors,
                async a =>
                {
                    var replaced = await a.Portal.InUseAsync(QuestionType.Single);
                    var waiting = await a.Portal.SubmittedAsync(
                        await a.Portal.CreateEditorAsync(),
                        questionId: replaced.QuestionId
                    );
                    return a.Act(new PublishQuestion(waiting.Id, waiting.Revision));
                }
            )
            {
                Misuse = async a =>
                {
                    var own = await OwnDraftAsync(a);
                    await a.Portal.DoAsync(new SubmitDraft(own.Id, own.Revision), a.Actor);
                    return a.Act(new PublishQuestion(own.Id, own.Revision + 1));
                },
                Misused = RefusalCode.SecondPersonNeeded,
            },
            new(
                typeof(ReturnDraft),
                Editors,
                async a =>
                {
                    var waiting = await a.Portal.SubmittedAsync(await a.Portal.CreateEditorAsync());
                    a.CaseId = waiting.Id;
                    return a.Act(new ReturnDraft(waiting.Id, waiting.Revision, "法条引用有误。"));
                }
            )
            {
                Misuse = async a =>
                    a.Act(new ReturnDraft(a.CaseId, (await a.Portal.VersionAsync(a.CaseId)).Revision, " ")),
                Misused = RefusalCode.FieldRequired,
            },
            new(
                typeof(RetireQuestion),
                Editors,
                async a =>
                {
                    var inUse = await a.Portal.InUseAsync(QuestionType.Single);
                    return a.Act(new RetireQuestion(inUse.Id, inUse.Revision));
                }
            )
            {
                Misuse = a => Task.FromResult(a.Act(new RetireQuestion(Unknown, 0))),
                Misused = RefusalCode.NotFound,
            },
            new(
                typeof(ImportQuestions),
                Editors,
                async a =>
                {
                    var known = await a.Portal.InUseAsync(QuestionType.Single);
                    return a.Act(new ImportQuestions(Guid.NewGuid(), Import(null, known.QuestionId)));
                }
            )
            {
                Misuse = a => Task.FromResult(a.Act(new ImportQuestions(Guid.NewGuid(), Import(null, "fog-999")))),
                Misused = RefusalCode.QuestionImportFaulty,
            },
            new(
                typeof(ExportQuestions),
                Editors,
                a =>
                    Task.FromResult(
                        a.Act(new ExportQuestions(new QuestionFilter("01", null, QuestionType.Multiple, null)))
                    )
            )
            {
                Again = Again.AnotherAct,
            },
            new(
                typeof(ProposeRemark),
                Editors,
                async a =>
                {
                    var (from, to) = await a.Portal.CorrectedAsync();
                    return a.Act(new ProposeRemark(Guid.NewGuid(), from.Id, to.Id, "答案有误。"));
                }
            )
            {
                Misuse = async a =>
                {
                    var inUse = await a.Portal.InUseAsync(QuestionType.TrueFalse);
                    return a.Act(new ProposeRemark(Guid.NewGuid(), inUse.Id, inUse.Id, "答案有误。"));
                },
                Misused = RefusalCode.RemarkNotCorrected,
            },
            new(
                typeof(ConfirmRemark),
                Editors,
                async a =>
                {
                    // One paper of a driver that becomes a passed one.
                    var (paper, item) = (await a.Portal.PaperAsync(), 17);
                    await a.Portal.SeedPaperAsync(paper, ordinal => ordinal <= item);
                    var (from, to) = await a.Portal.CorrectedAsync(paper[item]);
                    return a.Act(new ConfirmRemark(await ProposedAsync(a, from, to)));
                }
            )
            {
                Misuse = async a =>
                {
                    var (from, to) = await a.Portal.CorrectedAsync();
                    var own = Guid.NewGuid();
                    await a.Portal.DoAsync(new ProposeRemark(own, from.Id, to.Id, "答案有误。"), a.Actor);
                    return a.Act(new ConfirmRemark(own));
                },
                Misused = RefusalCode.SecondPersonNeeded,
            },
            new(
                typeof(DeclineRemark),
                Editors,
                async a =>
                {
                    var (from, to) = await a.Portal.CorrectedAsync();
                    a.CaseId = await ProposedAsync(a, from, to);
                    return a.Act(new DeclineRemark(a.CaseId, "原答案正确。"));
                }
            )
            {
                Misuse = a => Task.FromResult(a.Act(new DeclineRemark(a.CaseId, ""))),
                Misused = RefusalCode.FieldRequired,
            },
        ];

    private static async Task<Guid> ProposedAsync(Arranger a, QuestionVersion from, QuestionVersion to)
    {
        var id = Guid.NewGuid();
        var proposer = await a.Portal.CreateEditorAsync();
        await a.Portal.DoAsync(new ProposeRemark(id, from.Id, to.Id, "答案有误。"), proposer.Ref);
        return id;
    }

    private static async Task<QuestionVersion> OwnDraftAsync(Arranger a)
    {
        var id = Guid.NewGuid();
        await a.Portal.DoAsync(new WriteDraft(id, null, TestPortal.NewQuestion()), a.Actor);
        return await a.Portal.VersionAsync(id);
    }

    private static QuestionImport Import(params string?[] ids) =>
        new(
            "题目",
            [.. ids.Select((id, i) => new ImportedQuestion(i + 2, id, TestPortal.NewQuestion($"第{i}题？")))],
            []
        );
}
