using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Photos;
using AdminPortal.Tests.Data.Infrastructure;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>What a browser may send as the photo of a face check, and what it may not.</summary>
public sealed class UploadTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Camera = "Kamera-4711 GPS 29.56N 106.55E";
    private const string Script = "<script>alert(1)</script>";

    private static readonly byte[] NoFace = SamplePhotos.Named("no-face").Bytes.ToArray();

    private PortalServer Server => shared.Server;

    public static TheoryData<string, byte[], HttpStatusCode, string, string> Refused =>
        new()
        {
            {
                "a PNG",
                [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13],
                HttpStatusCode.UnprocessableEntity,
                "只接受JPEG照片。",
                "Only JPEG photos are accepted."
            },
            {
                "a text",
                "这不是照片"u8.ToArray(),
                HttpStatusCode.UnprocessableEntity,
                "只接受JPEG照片。",
                "Only JPEG photos are accepted."
            },
            {
                "a page with a photo behind it",
                [.. Encoding.UTF8.GetBytes($"<!doctype html>{Script}"), .. NoFace],
                HttpStatusCode.UnprocessableEntity,
                "只接受JPEG照片。",
                "Only JPEG photos are accepted."
            },
            {
                "nothing",
                [],
                HttpStatusCode.UnprocessableEntity,
                "请选择或拍摄照片。",
                "Please take or choose a photo."
            },
            {
                "half a photo",
                NoFace[..(NoFace.Length / 2)],
                HttpStatusCode.UnprocessableEntity,
                "照片不完整或已损坏，请重新拍摄。",
                "The photo is incomplete or damaged; please take another."
            },
            {
                "a script inside the picture's data",
                [.. NoFace[..^2], .. Encoding.UTF8.GetBytes(Script), .. NoFace[^2..]],
                HttpStatusCode.UnprocessableEntity,
                "照片不完整或已损坏，请重新拍摄。",
                "The photo is incomplete or damaged; please take another."
            },
            {
                "a photo too wide",
                JpegBuilder.Grey(4104, 128),
                HttpStatusCode.UnprocessableEntity,
                "照片边长须在120至4096像素之间。",
                "Each side of the photo must have 120 to 4096 pixels."
            },
            {
                "a photo too narrow",
                JpegBuilder.Grey(112, 480),
                HttpStatusCode.UnprocessableEntity,
                "照片边长须在120至4096像素之间。",
                "Each side of the photo must have 120 to 4096 pixels."
            },
            {
                "one byte more than 2 MB",
                [.. NoFace, .. new byte[JpegSanitizer.MaxBytes + 1 - NoFace.Length]],
                HttpStatusCode.RequestEntityTooLarge,
                "照片太大，最大2 MB。",
                "The photo is too large; at most 2 MB."
            },
            {
                "more than the whole request may have",
                [.. NoFace, .. new byte[3 * 1024 * 1024]],
                HttpStatusCode.RequestEntityTooLarge,
                "照片太大，最大2 MB。",
                "The photo is too large; at most 2 MB."
            },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_photo_of_a_face_is_refused_and_leaves_nothing(
        string what,
        byte[] file,
        HttpStatusCode status,
        string zh,
        string en
    )
    {
        Assert.NotEmpty(what);
        using var visitor = await DueVisitorAsync();
        await AssertRefusedAsync(visitor, page => UploadAsync(visitor, page, file), status, zh);
        await visitor.ChooseEnglishAsync();
        await AssertRefusedAsync(visitor, page => UploadAsync(visitor, page, file), status, en);
    }

    [Fact]
    public async Task Two_megabytes_to_the_byte_are_taken()
    {
        using var visitor = await DueVisitorAsync();
        byte[] file = [.. NoFace, .. new byte[JpegSanitizer.MaxBytes - NoFace.Length]];
        var taken = await UploadAsync(visitor, await visitor.GetAsync("/driver/face"), file);
        Assert.Equal((HttpStatusCode.Redirect, "/driver/face"), (taken.Status, taken.Location));
        Assert.Contains("上一张：没有检测到人脸", (await visitor.GetAsync("/driver/face")).Body);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public async Task A_body_without_an_announced_length_is_not_read_beyond_the_limit(int megabytes)
    {
        using var visitor = await DueVisitorAsync();
        byte[] file = [.. NoFace, .. new byte[megabytes * 1024 * 1024]];
        await AssertRefusedAsync(
            visitor,
            page => UploadAsync(visitor, page, file, chunked: true),
            HttpStatusCode.RequestEntityTooLarge,
            "照片太大，最大2 MB。"
        );
    }

    [Fact]
    public async Task A_form_without_a_file_is_asked_for_one()
    {
        using var visitor = await DueVisitorAsync();
        await AssertRefusedAsync(
            visitor,
            page => visitor.PostAsync(page, "/driver/face", ("challenge", ChallengeOf(page))),
            HttpStatusCode.UnprocessableEntity,
            "请选择或拍摄照片。"
        );
    }

    [Fact]
    public async Task A_photo_without_the_token_of_its_form_is_refused()
    {
        using var visitor = await DueVisitorAsync();
        var page = await visitor.GetAsync("/driver/face");
        var files = Files();
        var answer = await Server.RefusedAsync(() =>
            UploadAsync(visitor, page with { Body = "<html></html>" }, NoFace, ChallengeOf(page))
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("页面停留太久，或者登录状态已变化。没有办理任何事项，请返回后重新提交。", answer.Body);
        Assert.Equal(files, Files());
    }

    [Fact]
    public async Task A_forged_challenge_and_that_of_another_driver_get_the_same_answer()
    {
        using var other = await DueVisitorAsync();
        var foreign = ChallengeOf(await other.GetAsync("/driver/face"));
        using var visitor = await DueVisitorAsync();

        var answers = new List<string>();
        foreach (var challenge in new[] { foreign, $"{Guid.NewGuid()}", $"{Guid.Empty}" })
        {
            var answer = await AssertRefusedAsync(
                visitor,
                page => UploadAsync(visitor, page, NoFace, challenge),
                HttpStatusCode.NotFound,
                "没有找到，或者不属于您。"
            );
            answers.Add(Visitors.WithoutToken(answer).Replace(ChallengeOf(answer), ""));
        }
        Assert.Single(answers.Distinct());

        // The other driver's challenge is still good for its owner.
        var taken = await UploadAsync(other, await other.GetAsync("/driver/face"), NoFace, foreign);
        Assert.Equal((HttpStatusCode.Redirect, "/driver/face"), (taken.Status, taken.Location));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task What_is_no_challenge_at_all_leads_back_to_the_form(string challenge)
    {
        using var visitor = await DueVisitorAsync();
        var page = await visitor.GetAsync("/driver/face");
        var answer = await Server.RefusedAsync(() => UploadAsync(visitor, page, NoFace, challenge));
        Assert.Equal((HttpStatusCode.Redirect, "/driver/face"), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task A_challenge_is_taken_once()
    {
        using var visitor = await DueVisitorAsync();
        var used = ChallengeOf(await visitor.GetAsync("/driver/face"));
        await UploadAsync(visitor, await visitor.GetAsync("/driver/face"), NoFace, used);
        await AssertRefusedAsync(
            visitor,
            page => UploadAsync(visitor, page, NoFace, used),
            HttpStatusCode.Conflict,
            "这张照片已经提交过。"
        );
        await visitor.ChooseEnglishAsync();
        await AssertRefusedAsync(
            visitor,
            page => UploadAsync(visitor, page, NoFace, used),
            HttpStatusCode.Conflict,
            "This photo was already submitted."
        );
    }

    [Fact]
    public async Task A_challenge_that_is_too_old_is_over_and_costs_no_try()
    {
        using var visitor = await DueVisitorAsync();
        var old = ChallengeOf(await visitor.GetAsync("/driver/face"));
        Server.Clock.Advance(TimeSpan.FromMinutes(5));
        var answer = await AssertRefusedAsync(
            visitor,
            page => UploadAsync(visitor, page, NoFace, old),
            HttpStatusCode.UnprocessableEntity,
            "本次拍照请求已过期，请重新拍照。未计入失败次数。"
        );
        Assert.Contains("还可以失败3次", answer.Body);
    }

    [Fact]
    public async Task Neither_metadata_nor_what_is_hung_on_a_photo_is_stored_or_shown()
    {
        var portal = Server.Portal;
        var driver = await portal.DriverBeforeExamAsync();
        var attempt = await portal.PassExamAsync(driver);
        using var visitor = await Visitors.DriverAsync(Server, driver);
        byte[] file =
        [
            .. NoFace[..2],
            .. new JpegBuilder().Segment(0xE1, [.. "Exif\0\0"u8, .. Encoding.ASCII.GetBytes(Camera)]).ToArray(),
            .. new JpegBuilder().Segment(0xFE, Encoding.ASCII.GetBytes(Script)).ToArray(),
            .. NoFace[2..],
            .. Encoding.ASCII.GetBytes($"{Script}{Camera}"),
        ];
        for (var i = 0; i < 3; i++)
        {
            var taken = await UploadAsync(visitor, await visitor.GetAsync("/driver/face"), file);
            Assert.Equal(HttpStatusCode.Redirect, taken.Status);
        }
        // The planted strings were really sent.
        Assert.True(Contains(file, Camera) && Contains(file, Script));

        var photos = await portal.ColumnAsync<Guid>(
            "SELECT photo_id FROM face_checks WHERE attempt_id = $1 AND purpose = 'ExamEnd'",
            attempt
        );
        Assert.Equal(3, photos.Count);
        var officer = await portal.CreateOfficerAsync();
        await portal.FileReviewAsync(driver, attempt);
        var caseId = await portal.ClaimNextAsync(officer);
        using var desk = await Visitors.OfficerAsync(Server, officer);
        foreach (var photo in photos)
        {
            Assert.Equal(NoFace, await portal.Get<PhotoFiles>().ReadAsync(photo, default));
            var shown = await desk.GetAsync($"/staff/reviews/{caseId}/photos/{photo}");
            Assert.Equal(HttpStatusCode.OK, shown.Status);
            Assert.Equal("image/jpeg", shown.Response.Content.Headers.ContentType?.MediaType);
            Assert.Equal(NoFace, await shown.Response.Content.ReadAsByteArrayAsync());
        }
        // Nor in any file or column, in clear.
        Assert.All(
            Directory.EnumerateFiles(portal.Folder.Photos, "*", SearchOption.AllDirectories),
            f => Assert.False(Contains(File.ReadAllBytes(f), Camera))
        );
    }

    private static bool Contains(byte[] bytes, string text) =>
        bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    /// <summary>A browser whose driver has the verification before study to take.</summary>
    private async Task<WebVisitor> DueVisitorAsync()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        await Server.Portal.ApplyAsync(driver);
        return await Visitors.DriverAsync(Server, driver);
    }

    private int Files() => Server.Portal.Get<PhotoFiles>().All().Count();

    /// <summary>Refused on the form itself, with a fresh challenge and nothing else changed.</summary>
    private async Task<Visit> AssertRefusedAsync(
        WebVisitor visitor,
        Func<Visit, Task<Visit>> submit,
        HttpStatusCode status,
        string text
    )
    {
        var page = await visitor.GetAsync("/driver/face");
        var (image, files) = (await Server.Portal.ImageAsync(), Files());
        var answer = await submit(page);
        Assert.Equal(status, answer.Status);
        Assert.Contains(text, answer.Html.QuerySelector("[role=alert]")?.TextContent ?? answer.Body);
        Assert.NotEqual(ChallengeOf(page), ChallengeOf(answer));
        Assert.Equal(["face_challenges"], (await Server.Portal.ImageAsync()).Changed(image));
        Assert.Equal(files, Files());
        return answer;
    }

    private static string ChallengeOf(Visit page) =>
        page.Html.QuerySelector("input[name=challenge]")?.GetAttribute("value") ?? "";

    private static async Task<Visit> UploadAsync(
        WebVisitor visitor,
        Visit page,
        byte[] file,
        string? challenge = null,
        bool chunked = false
    )
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(WebVisitor.TokenOf(page)), "__RequestVerificationToken" },
            { new StringContent(challenge ?? ChallengeOf(page)), "challenge" },
        };
        var photo = new ByteArrayContent(file);
        photo.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(photo, "photo", "../../photo.jpg");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/driver/face") { Content = form };
        request.Headers.TransferEncodingChunked = chunked;
        return await visitor.SendAsync(request);
    }
}
