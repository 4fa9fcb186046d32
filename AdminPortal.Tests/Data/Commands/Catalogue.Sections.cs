using AdminPortal.Data.Sections;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

// Study content. An act of the other kind of person is what the misuse shows: there is nothing that belongs to an authority.
internal static partial class Catalogue
{
    private static CataloguedCommand[] Sections =>
        [
            new(
                typeof(WriteSection),
                Editors,
                a => Task.FromResult(a.Act(new WriteSection(Guid.NewGuid(), "rain", true, TestPortal.NewSection())))
            )
            {
                Misuse = a =>
                    Task.FromResult(a.Act(new WriteSection(Guid.NewGuid(), "no-such", false, TestPortal.NewSection()))),
                Misused = RefusalCode.NotFound,
            },
            new(
                typeof(EditSection),
                Editors,
                async a =>
                {
                    var draft = await OwnSectionAsync(a);
                    return a.Act(new EditSection(draft.Id, draft.Revision, await WithVideoAsync(a)));
                }
            )
            {
                Misuse = async a =>
                {
                    var foreign = await a.Portal.SectionDraftAsync(await a.Portal.CreateEditorAsync());
                    return a.Act(new EditSection(foreign.Id, foreign.Revision, TestPortal.NewSection("雪天")));
                },
                Misused = RefusalCode.QuestionNotYourDraft,
            },
            new(
                typeof(SubmitSection),
                Editors,
                async a =>
                {
                    var draft = await OwnSectionAsync(a);
                    return a.Act(new SubmitSection(draft.Id, draft.Revision));
                }
            )
            {
                Misuse = async a =>
                {
                    var foreign = await a.Portal.SectionDraftAsync(await a.Portal.CreateEditorAsync());
                    return a.Act(new SubmitSection(foreign.Id, foreign.Revision));
                },
                Misused = RefusalCode.QuestionNotYourDraft,
            },
            new(
                typeof(WithdrawSection),
                Editors,
                async a =>
                {
                    var draft = await OwnSectionAsync(a);
                    await a.Portal.DoAsync(new SubmitSection(draft.Id, draft.Revision), a.Actor);
                    return a.Act(new WithdrawSection(draft.Id, draft.Revision + 1));
                }
            )
            {
                Misuse = async a =>
                {
                    var foreign = await a.Portal.SectionSubmittedAsync(await a.Portal.CreateEditorAsync());
                    return a.Act(new WithdrawSection(foreign.Id, foreign.Revision));
                },
                Misused = RefusalCode.QuestionNotYourDraft,
            },
            new(
                typeof(DiscardSection),
                Editors,
                async a =>
                {
                    var draft = await OwnSectionAsync(a);
                    return a.Act(new DiscardSection(draft.Id, draft.Revision));
                }
            )
            {
                Misuse = async a =>
                {
                    var waiting = await a.Portal.SectionSubmittedAsync(await a.Portal.CreateEditorAsync());
                    return a.Act(new DiscardSection(waiting.Id, waiting.Revision));
                },
                Misused = RefusalCode.WrongState,
            },
            new(
                typeof(ReturnSection),
                Editors,
                async a =>
                {
                    var waiting = await a.Portal.SectionSubmittedAsync(await a.Portal.CreateEditorAsync());
                    a.CaseId = waiting.Id;
                    return a.Act(new ReturnSection(waiting.Id, waiting.Revision, "条文引用有误。"));
                }
            )
            {
                Misuse = async a =>
                    a.Act(new ReturnSection(a.CaseId, (await a.Portal.SectionAsync(a.CaseId)).Revision, " ")),
                Misused = RefusalCode.FieldRequired,
            },
            new(
                typeof(PublishSection),
                Editors,
                async a =>
                {
                    var waiting = await a.Portal.SectionSubmittedAsync(
                        await a.Portal.CreateEditorAsync(),
                        sectionId: StarterContent.Sections[2].Id
                    );
                    return a.Act(new PublishSection(waiting.Id, waiting.Revision));
                }
            )
            {
                Misuse = async a =>
                {
                    var own = await OwnSectionAsync(a);
                    await a.Portal.DoAsync(new SubmitSection(own.Id, own.Revision), a.Actor);
                    return a.Act(new PublishSection(own.Id, own.Revision + 1));
                },
                Misused = RefusalCode.SecondPersonNeeded,
            },
            new(
                typeof(RetireSection),
                Editors,
                async a =>
                {
                    var inUse = await a.Portal.SectionPublishedAsync();
                    return a.Act(new RetireSection(inUse.Id, inUse.Revision));
                }
            )
            {
                Misuse = a => Task.FromResult(a.Act(new RetireSection(Unknown, 0))),
                Misused = RefusalCode.NotFound,
            },
            new(
                typeof(UploadStudyVideo),
                Editors,
                a => Task.FromResult(a.Act(new UploadStudyVideo(Guid.NewGuid(), TestPortal.NewCheckedVideo())))
            )
            {
                Misuse = async a =>
                {
                    var foreign = await a.Portal.UploadVideoAsync(await a.Portal.CreateEditorAsync());
                    return a.Act(new UploadStudyVideo(foreign, TestPortal.NewCheckedVideo()));
                },
                Misused = RefusalCode.NotFound,
            },
            new(
                typeof(SeedStudyContent),
                Operators,
                async a =>
                {
                    await a.Portal.ExecuteAsync("ALTER TABLE section_versions DISABLE TRIGGER USER");
                    // Put aside and not deleted: one with a video, which is there already.
                    await a.Portal.ExecuteAsync(
                        "UPDATE section_versions SET section_id = 'away' WHERE section_id = $1",
                        StarterContent.Sections.Last(s => s.Video is not null).Id
                    );
                    return a.Act(new SeedStudyContent());
                }
            ),
        ];

    private static async Task<SectionContent> WithVideoAsync(Arranger a) =>
        TestPortal.NewSection("雪天") with
        {
            VideoId = await a.Portal.UploadVideoAsync(await a.Portal.CreateEditorAsync()),
        };

    private static async Task<SectionVersion> OwnSectionAsync(Arranger a)
    {
        var id = Guid.NewGuid();
        await a.Portal.DoAsync(new WriteSection(id, $"own-{id:N}"[..20], true, TestPortal.NewSection()), a.Actor);
        return await a.Portal.SectionAsync(id);
    }
}
