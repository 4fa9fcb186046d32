using System.Net;
using AdminPortal.Data.Applications;
using AdminPortal.Domain.Texts;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>A notice that is published while a driver has the form open.</summary>
[Trait("Rule", "D-TEXT")]
public sealed class NoticeTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private PortalServer Server => shared.Server;

    [Fact]
    [Trait("Rule", "S0-05")]
    public async Task Who_has_the_form_open_is_told_sees_the_new_words_and_loses_nothing_typed()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        using var visitor = await Visitors.DriverAsync(Server, driver);
        var form = await visitor.GetAsync("/driver/application");
        Assert.Contains("设备摘要", form.Body);
        var key = form.Html.QuerySelector("input[name=formKey]")!.GetAttribute("value")!;
        // By another process than the one that serves the page, and in the seconds in which that one still shows the old.
        await Server.Portal.PublishTextAsync(nameof(TextKind.ServiceNotice), new TextContent("新须知第一条", ""));

        var told = await visitor.PostAsync(form, "/driver/application", [.. Fields(key, "2026-2")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.Status);
        Assert.Contains("须知已更新", told.Body);
        Assert.Contains("新须知第一条", told.Body);
        Assert.DoesNotContain("设备摘要", told.Body);
        Assert.Equal("13900001234", told.Html.QuerySelector("#mobile")!.GetAttribute("value"));
        // The tick beside other words is not taken over; the one whose words did not change is.
        Assert.False(told.Html.QuerySelector("#notice")!.HasAttribute("checked"));
        Assert.True(told.Html.QuerySelector("#faceConsent")!.HasAttribute("checked"));

        var done = await visitor.PostAsync(told, "/driver/application", [.. Fields(key, "2026-3")]);
        Assert.StartsWith("/driver/application/", done.Location, StringComparison.Ordinal);
        var accepted = await visitor.GetAsync("/driver/data/notices");
        Assert.Contains("新须知第一条", accepted.Body);
        Assert.DoesNotContain("设备摘要", accepted.Body);
        Assert.Contains("/driver/data/notices", (await visitor.GetAsync("/driver/data")).Body);
        Assert.Equal("2026-2", ServiceNotice.Newest.Version);
    }

    [Fact]
    public async Task Who_accepted_nothing_yet_is_told_so()
    {
        using var visitor = await Visitors.DriverAsync(Server, await Server.Portal.ImportDriverAsync());
        Assert.Contains("您还没有提交过申请", (await visitor.GetAsync("/driver/data/notices")).Body);
    }

    private static IEnumerable<(string, string)> Fields(string key, string version) =>
        [
            ("formKey", key),
            ("noticeVersion", version),
            ("notice", "true"),
            ("faceNoticeVersion", "2026-1"),
            ("faceConsent", "true"),
            ("mobile", "13900001234"),
        ];
}
