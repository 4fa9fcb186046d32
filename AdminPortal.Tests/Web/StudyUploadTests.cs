using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Sections;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Data.Sections;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>What an editor's browser may send as a video, and what it may not; how it is sent back, whole and in pieces.</summary>
public sealed class StudyUploadTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Upload = "/staff/study/videos/upload";
    private const string Header = "RequestVerificationToken";

    private PortalServer Server => shared.Server;

    public static TheoryData<string, string, byte[], string> Refused =>
        new()
        {
            { "a text", "video", "这不是视频"u8.ToArray(), "这不是MP4视频。" },
            { "the index at the end", "video", Mp4FileTests.IndexAtEnd(), "faststart" },
            { "half a video", "video", TestPortal.ShippedVideo()[..100_000], "视频不完整或已损坏。" },
            { "no video", "video", [], "请填写此项。" },
            { "a PNG", "poster", TestPortal.ShippedVideo(".png"), "只接受JPEG照片。" },
            { "a large picture", "poster", new byte[3_000_000], "照片太大" },
            {
                "captions of another video",
                "captionsEn",
                TestPortal.ShippedVideo(".en.vtt", "points-cycle"),
                "时间不一致"
            },
            { "captions that are none", "captionsZh", "<html></html>"u8.ToArray(), "WebVTT" },
            { "captions in another encoding", "captionsZh", [0xFF, 0xFE, 0x57, 0], "WebVTT" },
            { "no title", "title", [], "请填写此项。" },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_wrong_is_told_at_its_field_and_nothing_is_kept(
        string what,
        string field,
        byte[] file,
        string text
    )
    {
        Assert.NotEmpty(what);
        using var editor = await EditorAsync();
        var answer = await Server.RefusedAsync(() => SendAsync(editor, Guid.NewGuid(), (field, file)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        using var told = JsonDocument.Parse(answer.Body);
        Assert.Equal(field, told.RootElement.GetProperty("field").GetString());
        Assert.Contains(text, told.RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_body_too_large_is_refused_before_it_is_read()
    {
        using var editor = await EditorAsync();
        var answer = await SendAsync(
            editor,
            Guid.NewGuid(),
            ("video", new byte[Mp4File.LargestFile + 5 * 1024 * 1024])
        );
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Contains("100 MB", answer.Body);
    }

    [Fact]
    public async Task Without_the_token_or_the_right_nothing_is_taken()
    {
        using var editor = await EditorAsync();
        var forged = await Server.RefusedAsync(() => SendAsync(editor, Guid.NewGuid(), token: "nonsense"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        var none = await Server.RefusedAsync(() => SendAsync(editor, Guid.NewGuid(), token: null));
        Assert.Equal(HttpStatusCode.BadRequest, none.Status);
        using var officer = await Visitors.OfficerAsync(
            Server,
            await Server.Portal.CreateOfficerAsync(Role.Supervisor)
        );
        var other = await Server.RefusedAsync(() => SendAsync(officer, Guid.NewGuid()));
        Assert.Equal(HttpStatusCode.Forbidden, other.Status);
        using var stranger = new WebVisitor(Server);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(stranger, Guid.NewGuid())).Status);
    }

    [Fact]
    public async Task What_is_no_form_with_files_is_refused()
    {
        using var editor = await EditorAsync();
        var token = await TokenAsync(editor);
        foreach (
            var type in new[] { "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "nonsense" }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Upload)
            {
                Content = new ByteArrayContent("--y\r\n\r\n"u8.ToArray()),
            };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            request.Headers.Add(Header, token);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await editor.SendAsync(request)).Status);
        }
    }

    [Fact]
    public async Task An_uploaded_video_is_sent_to_editors_whole_and_in_pieces_and_to_nobody_else_yet()
    {
        using var editor = await EditorAsync();
        var id = Guid.NewGuid();
        foreach (var _ in new[] { "first", "the same form again" })
        {
            var answer = await SendAsync(editor, id);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Contains($"/staff/study/videos/{id}", answer.Body);
        }
        var path = $"/staff/study/videos/{id}/{id:N}.mp4";
        var length = TestPortal.ShippedVideo().Length;
        var whole = await editor.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, "video/mp4"), (whole.Status, $"{whole.Response.Content.Headers.ContentType}"));
        Assert.Equal(length, whole.Response.Content.Headers.ContentLength);
        Assert.False(whole.Response.Headers.ETag!.IsWeak);

        using var piece = new HttpRequestMessage(HttpMethod.Get, path);
        piece.Headers.Range = new RangeHeaderValue(1000, 1999);
        var part = await editor.SendAsync(piece);
        Assert.Equal(HttpStatusCode.PartialContent, part.Status);
        Assert.Equal($"bytes 1000-1999/{length}", $"{part.Response.Content.Headers.ContentRange}");
        Assert.Equal(1000, part.Response.Content.Headers.ContentLength);

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await editor.GetAsync($"/staff/study/videos/{id}/points-cycle.mp4")).Status
        );
        using var officer = await Visitors.OfficerAsync(Server, await Server.Portal.CreateOfficerAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(path)).Status);
        using var driver = await Visitors.DriverAsync(Server, await Server.Portal.DriverInStudyAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await driver.GetAsync($"/driver/study/video/{id:N}.mp4")).Status);
    }

    private async Task<WebVisitor> EditorAsync() =>
        await Visitors.OfficerAsync(Server, await Server.Portal.CreateEditorAsync());

    // Any page of the officers' side that is drawn without a circuit has one.
    private static async Task<string> TokenAsync(WebVisitor visitor)
    {
        var page = await visitor.GetAsync("/");
        return WebVisitor.TokenOf(page);
    }

    private static async Task<Visit> SendAsync(
        WebVisitor visitor,
        Guid id,
        (string Field, byte[] File)? other = null,
        string? token = ""
    )
    {
        var fields = new Dictionary<string, byte[]>
        {
            ["id"] = System.Text.Encoding.ASCII.GetBytes($"{id}"),
            ["title"] = "谁先走"u8.ToArray(),
            ["titleEn"] = "Who goes first"u8.ToArray(),
            ["poster"] = SamplePhotos.Named("no-face").Bytes.ToArray(),
            ["captionsZh"] = TestPortal.ShippedVideo(".zh.vtt"),
            ["captionsEn"] = TestPortal.ShippedVideo(".en.vtt"),
            ["video"] = TestPortal.ShippedVideo(),
        };
        if (other is { } changed)
        {
            fields[changed.Field] = changed.File;
        }
        using var form = new MultipartFormDataContent();
        foreach (var (name, bytes) in fields)
        {
            form.Add(new ByteArrayContent(bytes), name);
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, Upload) { Content = form };
        if (token is not null)
        {
            request.Headers.Add(Header, token.Length > 0 ? token : await TokenAsync(visitor));
        }
        return await visitor.SendAsync(request);
    }
}
