using AdminPortal.Data.Demo;
using AdminPortal.Data.Sections;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using AdminPortal.Tests.Architecture;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

// Study content.
public sealed partial class TestPortal
{
    private int _sections;

    /// <summary>Content that no rule objects to.</summary>
    public static SectionContent NewSection(string title = "雨天行车") =>
        new(
            50,
            new BilingualText(title, "Rain"),
            new BilingualText("雨天路滑。\n\n- 减速\n- 开灯", "The road is slippery.\n\n- Slow down\n- Lights on"),
            ["道路交通安全法 第四十二条"],
            3,
            null
        );

    /// <summary>A file of a video that ships.</summary>
    public static byte[] ShippedVideo(string extension = ".mp4", string name = "who-goes-first") =>
        File.ReadAllBytes(Path.Combine(Repository.Root, "AdminPortal.Data/Sections/Shipped", name + extension));

    /// <summary>A video as an editor sends it.</summary>
    public static SentVideo NewVideo(byte[]? video = null) =>
        new(
            new BilingualText("谁先走", "Who goes first"),
            new MemoryStream(video ?? ShippedVideo()),
            SamplePhotos.Named("no-face").Bytes,
            ShippedVideo(".zh.vtt"),
            ShippedVideo(".en.vtt")
        );

    public static CheckedVideo NewCheckedVideo() =>
        Assert.IsType<Outcome<CheckedVideo>.Done>(CheckedVideo.Of(NewVideo())).Value;

    public async Task<Guid> UploadVideoAsync(TestOfficer editor)
    {
        var id = Guid.NewGuid();
        await DoAsync(new UploadStudyVideo(id, NewCheckedVideo()), editor.Ref);
        return id;
    }

    public async Task<SectionVersion> SectionAsync(Guid versionId)
    {
        await using var db = Db();
        return await db.SectionVersions.AsNoTracking().SingleAsync(s => s.Id == versionId);
    }

    public async Task<SectionVersion> SectionInUseAsync(string sectionId)
    {
        await using var db = Db();
        return await db
            .SectionVersions.AsNoTracking()
            .SingleAsync(s => s.SectionId == sectionId && s.State == QuestionState.Published);
    }

    /// <summary>A draft of an editor; of a new section unless one is named.</summary>
    public async Task<SectionVersion> SectionDraftAsync(
        TestOfficer editor,
        SectionContent? content = null,
        string? sectionId = null
    )
    {
        var id = Guid.NewGuid();
        var section = sectionId ?? $"rain-{Interlocked.Increment(ref _sections)}";
        await DoAsync(new WriteSection(id, section, sectionId is null, content ?? NewSection()), editor.Ref);
        return await SectionAsync(id);
    }

    /// <summary>A version that waits for another editor.</summary>
    public async Task<SectionVersion> SectionSubmittedAsync(
        TestOfficer editor,
        SectionContent? content = null,
        string? sectionId = null
    )
    {
        var draft = await SectionDraftAsync(editor, content, sectionId);
        await DoAsync(new SubmitSection(draft.Id, draft.Revision), editor.Ref);
        return await SectionAsync(draft.Id);
    }

    /// <summary>A version that drivers are given; written and published by two editors.</summary>
    public async Task<SectionVersion> SectionPublishedAsync(SectionContent? content = null, string? sectionId = null)
    {
        var waiting = await SectionSubmittedAsync(await CreateEditorAsync(), content, sectionId);
        await DoAsync(new PublishSection(waiting.Id, waiting.Revision), (await CreateEditorAsync()).Ref);
        return await SectionAsync(waiting.Id);
    }
}
