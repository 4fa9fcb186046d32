using System.Net;
using System.Net.Http.Headers;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>The videos of the study text over HTTP: in parts, kept by the browser, for signed-in drivers and nobody else.</summary>
public sealed class StudyVideoTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Kept = "max-age=31536000, private, immutable";

    private static readonly StudySection Section = StarterContent.Sections.First(s => s.Video is not null);
    private static readonly string Name = Section.Video!.Name;

    private PortalServer Server => shared.Server;

    [Fact]
    public async Task The_section_offers_the_video_with_captions_of_both_languages_and_loads_nothing_by_itself()
    {
        using var visitor = await EnterAsync(english: false);
        var page = (await visitor.GetAsync($"/driver/study/{Section.Id}")).Html;
        var video = page.QuerySelector("video")!;
        Assert.True(video.HasAttribute("controls"));
        Assert.True(video.HasAttribute("playsinline"));
        Assert.Equal("none", video.GetAttribute("preload"));
        Assert.False(video.HasAttribute("autoplay"));
        Assert.Equal(
            [("captions", "zh-CN", true), ("captions", "en", false)],
            page.QuerySelectorAll("video track")
                .Select(t => (t.GetAttribute("kind"), t.GetAttribute("srclang"), t.HasAttribute("default")))
        );
        foreach (var part in page.QuerySelectorAll("video, video track"))
        {
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(part.GetAttribute("src")!)).Status);
        }
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(video.GetAttribute("poster")!)).Status);
        // Whoever pays by the megabyte knows before.
        Assert.Matches(@"约[01]\.\d MB", page.GetElementById("video-note")!.TextContent);
        Assert.Contains("一个记分周期是十二个月", page.QuerySelector(".video details")!.TextContent);
    }

    [Fact]
    public async Task In_English_the_English_captions_are_on_and_the_words_are_English()
    {
        using var visitor = await EnterAsync(english: true);
        var page = (await visitor.GetAsync($"/driver/study/{Section.Id}")).Html;
        Assert.Equal("en", page.QuerySelector("video track[default]")!.GetAttribute("srclang"));
        Assert.Contains("A points cycle lasts twelve months", page.QuerySelector(".video details")!.TextContent);
        Assert.Matches(@"about [01]\.\d MB", page.GetElementById("video-note")!.TextContent);
    }

    [Fact]
    public async Task The_overview_says_which_sections_have_a_video_and_how_long_it_is()
    {
        using var visitor = await EnterAsync(english: false);
        var page = (await visitor.GetAsync("/driver/study")).Html;
        var marked = page.QuerySelectorAll(".sections li").Where(li => li.QuerySelector(".tag") is not null).ToList();
        Assert.Equal(StarterContent.Sections.Count(s => s.Video is not null), marked.Count);
        Assert.All(marked, li => Assert.Matches(@"^视频 [01]:\d\d$", li.QuerySelector(".tag")!.TextContent));
        var without = StarterContent.Sections.First(s => s.Video is null).Id;
        Assert.Null((await visitor.GetAsync($"/driver/study/{without}")).Html.QuerySelector("video"));
    }

    [Theory]
    [InlineData(".mp4", "video/mp4")]
    [InlineData(".png", "image/png")]
    [InlineData(".zh.vtt", "text/vtt; charset=utf-8")]
    [InlineData(".en.vtt", "text/vtt; charset=utf-8")]
    public async Task A_file_comes_with_its_type_and_is_kept_by_its_own_browser_alone(string extension, string type)
    {
        using var visitor = await EnterAsync(english: false);
        var whole = await visitor.GetAsync(await AddressAsync(visitor, extension));
        Assert.Equal(HttpStatusCode.OK, whole.Status);
        Assert.Equal(type, whole.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal(Kept, whole.Response.Headers.CacheControl!.ToString());
        Assert.Equal("bytes", Assert.Single(whole.Response.Headers.AcceptRanges));
        Assert.Equal("nosniff", Assert.Single(whole.Response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(whole.Response.Headers.GetValues("Cross-Origin-Resource-Policy")));
        // Without the version, or with that of yesterday, it may be another file tomorrow.
        foreach (var version in new[] { "", "?v=", "?v=000000000000" })
        {
            var other = await visitor.GetAsync($"/driver/study/video/{Name}{extension}{version}");
            Assert.Equal(HttpStatusCode.OK, other.Status);
            Assert.Equal("no-cache, private", other.Response.Headers.CacheControl!.ToString());
        }
    }

    [Theory]
    [InlineData("bytes=0-1", 0, 1)]
    [InlineData("bytes=1000-1999", 1000, 1999)]
    [InlineData("bytes=1000-", 1000, -1)]
    [InlineData("bytes=-500", -500, -1)]
    [InlineData("bytes=0-99999999", 0, -1)]
    public async Task A_part_of_the_video_is_sent_as_a_part(string range, long from, long to)
    {
        using var visitor = await EnterAsync(english: false);
        var length = await LengthAsync(visitor);
        var part = await AskAsync(visitor, range);
        var (first, last) = (from < 0 ? length + from : from, to < 0 ? length + to : to);
        Assert.Equal(HttpStatusCode.PartialContent, part.Status);
        Assert.Equal($"bytes {first}-{last}/{length}", part.Response.Content.Headers.ContentRange!.ToString());
        Assert.Equal(last - first + 1, part.Response.Content.Headers.ContentLength);
        Assert.Equal(Kept, part.Response.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("bytes=99999999-")]
    [InlineData("bytes=-0")]
    public async Task A_part_that_is_not_there_is_refused_and_the_refusal_not_remembered(string range)
    {
        using var visitor = await EnterAsync(english: false);
        var length = await LengthAsync(visitor);
        var refused = await AskAsync(visitor, range);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, refused.Status);
        Assert.Equal($"bytes */{length}", refused.Response.Content.Headers.ContentRange!.ToString());
        Assert.Null(refused.Response.Headers.CacheControl);
        Assert.Empty(refused.Body);
    }

    [Theory]
    [InlineData("bytes=abc")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=0-1,5-9")]
    public async Task A_range_that_is_none_is_passed_over(string range)
    {
        using var visitor = await EnterAsync(english: false);
        var length = await LengthAsync(visitor);
        var whole = await AskAsync(visitor, range);
        Assert.Equal(HttpStatusCode.OK, whole.Status);
        Assert.Equal(length, whole.Response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task What_the_browser_has_is_not_sent_again_and_parts_of_two_files_are_never_mixed()
    {
        using var visitor = await EnterAsync(english: false);
        var tag = (await HeadAsync(visitor)).Response.Headers.ETag!;
        Assert.False(tag.IsWeak);
        var same = await AskAsync(visitor, null, request => request.Headers.IfNoneMatch.Add(tag));
        Assert.Equal(HttpStatusCode.NotModified, same.Status);
        Assert.Equal(Kept, same.Response.Headers.CacheControl!.ToString());
        var rest = await AskAsync(visitor, "bytes=1000-", r => r.Headers.IfRange = new RangeConditionHeaderValue(tag));
        Assert.Equal(HttpStatusCode.PartialContent, rest.Status);
        var other = new RangeConditionHeaderValue(new EntityTagHeaderValue("\"another\""));
        var whole = await AskAsync(visitor, "bytes=1000-", r => r.Headers.IfRange = other);
        Assert.Equal(HttpStatusCode.OK, whole.Status);
    }

    [Fact]
    public async Task Who_is_not_signed_in_as_a_driver_is_led_to_sign_in()
    {
        using var driver = await EnterAsync(english: false);
        using var stranger = new WebVisitor(Server);
        using var officer = await Visitors.OfficerAsync(Server, await Server.Portal.CreateOfficerAsync());
        foreach (var extension in new[] { ".mp4", ".png", ".zh.vtt" })
        {
            var address = await AddressAsync(driver, extension);
            foreach (var visitor in new[] { stranger, officer })
            {
                var answer = await visitor.GetAsync(address);
                Assert.Equal(HttpStatusCode.Redirect, answer.Status);
                Assert.Contains("/driver/sign-in", answer.Location);
                Assert.NotEqual(Kept, answer.Response.Headers.CacheControl?.ToString());
            }
        }
    }

    [Theory]
    [InlineData("nothing.mp4")]
    [InlineData("points-cycle")]
    [InlineData("points-cycle.MP4")]
    [InlineData("points-cycle.webm")]
    [InlineData("..%2f..%2fappsettings.json")]
    [InlineData("..%5c..%5cappsettings.json")]
    [InlineData("%2e%2e%2f%2e%2e%2fappsettings.json")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("points-cycle.mp4%20")]
    [InlineData("points-cycle.mp4::$DATA")]
    public async Task A_file_no_section_names_is_not_there(string file)
    {
        using var visitor = await EnterAsync(english: false);
        var answer = await visitor.GetAsync($"/driver/study/video/{file}");
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains("没有找到", answer.Body);
    }

    private async Task<WebVisitor> EnterAsync(bool english)
    {
        var visitor = await Visitors.DriverAsync(Server, await Server.Portal.DriverInStudyAsync());
        if (english)
        {
            await visitor.ChooseEnglishAsync();
        }
        return visitor;
    }

    /// <summary>The address of a file of the video as the page names it.</summary>
    private static async Task<string> AddressAsync(WebVisitor visitor, string extension)
    {
        var page = (await visitor.GetAsync($"/driver/study/{Section.Id}")).Html;
        return page.QuerySelectorAll("video, video track")
            .SelectMany(e => new[] { e.GetAttribute("src"), e.GetAttribute("poster") })
            .OfType<string>()
            .First(address => address.Contains($"{Name}{extension}?v=", StringComparison.Ordinal));
    }

    private static Task<Visit> HeadAsync(WebVisitor visitor) =>
        AskAsync(visitor, null, request => request.Method = HttpMethod.Head);

    private static async Task<long> LengthAsync(WebVisitor visitor)
    {
        var head = await HeadAsync(visitor);
        Assert.Equal(HttpStatusCode.OK, head.Status);
        Assert.Empty(head.Body);
        return head.Response.Content.Headers.ContentLength!.Value;
    }

    private static async Task<Visit> AskAsync(
        WebVisitor visitor,
        string? range,
        Action<HttpRequestMessage>? prepare = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, await AddressAsync(visitor, ".mp4"));
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }
        prepare?.Invoke(request);
        return await visitor.SendAsync(request);
    }
}
