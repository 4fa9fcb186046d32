using System.Net;
using AdminPortal.Data.Demo;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>The blacklist and the appeal over HTTP, without script.</summary>
public sealed class BlacklistTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private PortalServer Server => shared.Server;

    [Fact]
    [Trait("Rule", "S1-39")]
    public async Task A_driver_without_an_entry_is_sent_home_and_anothers_entry_is_not_there()
    {
        var other = await Server.Portal.BlacklistAsync(await Server.Portal.ImportDriverAsync());
        using var visitor = await Visitors.DriverAsync(Server, await Server.Portal.ImportDriverAsync());

        var list = await visitor.GetAsync("/driver/blacklist");
        Assert.Equal((HttpStatusCode.Redirect, "/driver"), (list.Status, list.Location));
        var appeal = await visitor.GetAsync($"/driver/blacklist/{other}/appeal");
        Assert.Equal(HttpStatusCode.NotFound, appeal.Status);
    }

    [Fact]
    [Trait("Rule", "S1-39")]
    [Trait("Rule", "N-n9")]
    public async Task Home_leads_to_the_entry_which_shows_both_clocks_with_their_rules()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        await Server.Portal.BlacklistAsync(driver);
        using var visitor = await Visitors.DriverAsync(Server, driver);

        Assert.NotNull((await visitor.GetAsync("/driver")).Html.QuerySelector(".next a[href='/driver/blacklist']"));
        var page = (await visitor.GetAsync("/driver/blacklist")).Html.QuerySelector("main")!.TextContent;
        Assert.Contains("N-n9", page);
        Assert.Contains("S1-39", page);
        Assert.Contains("2029年3月10日", page);
        Assert.Contains("由他人代学代考", page);
        Assert.Contains(TestPortal.Facts, page);
    }

    [Fact]
    [Trait("Rule", "S1-40")]
    public async Task A_refused_appeal_keeps_what_was_typed_and_a_good_one_shows_its_target_as_a_target()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        var path = $"/driver/blacklist/{await Server.Portal.BlacklistAsync(driver)}/appeal";
        using var visitor = await Visitors.DriverAsync(Server, driver);
        var form = await visitor.GetAsync(path);

        var bad = await Server.RefusedAsync(() =>
            visitor.UploadAsync(form, path, "photos", "text"u8.ToArray(), "x.jpg", ("reason", TestPortal.AppealReason))
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.Status);
        Assert.Equal(TestPortal.AppealReason, bad.Html.QuerySelector("#reason")!.TextContent);
        Assert.NotNull(bad.Html.QuerySelector("#photos-error"));
        var brief = await Server.RefusedAsync(() => visitor.PostAsync(form, path, ("reason", "不服")));
        Assert.NotNull(brief.Html.QuerySelector("#reason-error"));

        var photo = SamplePhotos.Named("A-live").Bytes.ToArray();
        var filed = await visitor.UploadAsync(
            form,
            path,
            "photos",
            photo,
            "x.jpg",
            ("reason", TestPortal.AppealReason)
        );
        Assert.Equal((HttpStatusCode.Redirect, path), (filed.Status, filed.Location));
        var state = (await visitor.GetAsync(path)).Html.QuerySelector("main")!.TextContent;
        Assert.Contains("D-APPEAL", state);
        Assert.Contains("不是法定期限", state);
        Assert.Contains("材料1份", state);
    }
}
