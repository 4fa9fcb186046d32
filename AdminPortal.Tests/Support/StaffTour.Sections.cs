using AdminPortal.Data.Sections;
using AdminPortal.Domain.Questions;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Support;

// Study content.
internal static partial class StaffTour
{
    private static async Task<IReadOnlyList<StaffStop>> SectionsAsync(
        TestPortal portal,
        TestOfficer editor,
        TestOfficer colleague,
        TestOfficer officer
    )
    {
        var video = await portal.UploadVideoAsync(editor);
        var content = TestPortal.NewSection() with { VideoId = video };
        var revised = await portal.SectionSubmittedAsync(editor, content, StarterContent.Sections[1].Id);
        var returned = await portal.SectionSubmittedAsync(editor);
        await portal.DoAsync(new ReturnSection(returned.Id, returned.Revision, "条文引用有误。"), colleague.Ref);
        return
        [
            new("sections", editor, "/staff/study", "html[data-keys~=n] table.list"),
            new("sections, none", editor, "/staff/study?q=no-such-section", ".empty"),
            new("section, returned", editor, $"/staff/study/{returned.SectionId}", "html[data-keys] #returned"),
            new(
                "section, to publish",
                colleague,
                $"/staff/study/{revised.SectionId}?a=1&b=2",
                "html[data-keys] #act-publish",
                page => PressAsync(page, "#act-publish", ".confirm-open")
            ),
            new(
                "new section, with errors",
                editor,
                "/staff/study/new",
                "html[data-keys] #section-form",
                WriteBadlyAsync
            ),
            new(
                "videos, upload refused",
                editor,
                "/staff/study/videos",
                "html[data-keys] #upload-form",
                page => PressAsync(page, "#upload", "#title-error:not([hidden])")
            ),
            new("video", editor, $"/staff/study/videos/{video}", "html[data-keys] #captions"),
            new("study content, not theirs", officer, "/staff/study", ".sheet"),
        ];
    }

    private static async Task WriteBadlyAsync(IPage page)
    {
        await page.FillAsync("#text", "甲\n\n- 乙\n- 丙");
        await page.FillAsync("#textEn", "A\n\n- B");
        await page.ClickAsync("#save");
        await page.WaitForSelectorAsync("#textEn-error");
    }
}
