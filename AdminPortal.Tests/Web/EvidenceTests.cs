using System.Net;
using AdminPortal.Data.Casework;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>The page on which a driver hands in what an officer asks for, as a browser without script uses it.</summary>
[Trait("Rule", "D-EVIDENCE")]
public sealed class EvidenceTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private PortalServer Server => shared.Server;

    [Fact]
    public async Task What_is_asked_is_shown_and_taken_once_and_is_nobody_elses()
    {
        var (driver, id) = await AskedAsync();
        var path = $"/driver/evidence/{id}";
        using var visitor = await Visitors.DriverAsync(Server, driver);
        Assert.Contains(path, (await visitor.GetAsync("/driver")).Body);
        var page = await visitor.GetAsync(path);
        Assert.Contains("请补交照片。", page.Body);
        Assert.Contains("不因补充材料而延长", page.Body);

        var empty = await Server.RefusedAsync(() => visitor.PostAsync(page, path, ("text", " ")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.Equal("#text", empty.Html.QuerySelector("#error-summary a")!.GetAttribute("href"));
        var given = await visitor.PostAsync(page, path, ("text", "光线太暗。"));
        Assert.Equal((HttpStatusCode.Redirect, path), (given.Status, given.Location));
        // Back and once more: the same answer; other words are not a second one.
        Assert.Equal(path, (await visitor.PostAsync(page, path, ("text", "光线太暗。"))).Location);
        var second = await Server.RefusedAsync(() => visitor.PostAsync(page, path, ("text", "还有。")));
        Assert.Contains("没有需要补充的材料", second.Body);
        Assert.DoesNotContain(path, (await visitor.GetAsync("/driver")).Body);

        using var other = await Visitors.DriverAsync(Server, await Server.Portal.ImportDriverAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).Status);
    }

    private async Task<(TestDriver Driver, Guid Case)> AskedAsync()
    {
        var portal = Server.Portal;
        var (driver, officer) = (await portal.ImportDriverAsync(), await portal.CreateOfficerAsync());
        var id = await portal.FileFeedbackAsync(driver);
        await portal.DoAsync(new ClaimCase(id), officer.Ref);
        await portal.DoAsync(new AskEvidence(id, "请补交照片。"), officer.Ref);
        return (driver, id);
    }
}
