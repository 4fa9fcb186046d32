using System.Net;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>Chinese unless somebody chose English; the choice stays with the browser and every answer keeps to it.</summary>
public sealed class LanguageTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private PortalServer Server => shared.Server;

    [Theory]
    [InlineData("/driver/sign-in", "/driver/language", "驾驶人登录", "Driver sign-in")]
    [InlineData("/account/sign-in", "/language", "民警登录", "Officer sign-in")]
    [InlineData("/", "/language", "驾驶人入口", "For drivers")]
    public async Task A_choice_leads_back_changes_the_page_and_stays(string page, string choice, string zh, string en)
    {
        using var visitor = new WebVisitor(Server);
        var before = await visitor.GetAsync(page);
        AssertLanguage(before, "zh-CN", zh, en);

        var chosen = await visitor.PostAsync(before, choice, ("lang", "en"), ("returnUrl", page));
        Assert.Equal(HttpStatusCode.Redirect, chosen.Status);
        Assert.Equal(page, chosen.Location);
        var english = await visitor.GetAsync(page);
        AssertLanguage(english, "en", en, zh);
        AssertLanguage(await visitor.GetAsync(page), "en", en, zh);

        await visitor.PostAsync(english, choice, ("lang", "zh-CN"), ("returnUrl", page));
        AssertLanguage(await visitor.GetAsync(page), "zh-CN", zh, en);
    }

    [Fact]
    public async Task The_wishes_of_the_browser_choose_nothing()
    {
        using var visitor = new WebVisitor(Server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/driver/sign-in?culture=en&ui-culture=en");
        request.Headers.AcceptLanguage.ParseAdd("en-GB,en;q=0.9");
        AssertLanguage(await visitor.SendAsync(request), "zh-CN", "驾驶人登录", "Driver sign-in");
    }

    [Theory]
    [InlineData("/driver/sign-in", "/driver/language", "fr")]
    [InlineData("/driver/sign-in", "/driver/language", "")]
    [InlineData("/driver/sign-in", "/driver/language", "en|uic=../../x")]
    [InlineData("/account/sign-in", "/language", "EN-klingon")]
    public async Task An_unknown_language_leaves_Chinese(string page, string choice, string language)
    {
        using var visitor = new WebVisitor(Server);
        var before = await visitor.GetAsync(page);
        var chosen = await visitor.PostAsync(before, choice, ("lang", language), ("returnUrl", page));
        Assert.Equal(page, chosen.Location);
        var cookie = Assert.Single(
            visitor.Cookies.GetCookies(new Uri(Server.Address)),
            c => c.Name.Contains("Culture")
        );
        Assert.Equal("c=zh-CN|uic=zh-CN", Uri.UnescapeDataString(cookie.Value));
        Assert.Contains("<html lang=\"zh-CN\"", (await visitor.GetAsync(page)).Body);
    }

    [Theory]
    [InlineData("c=fr|uic=fr")]
    [InlineData("c=xx-klingon|uic=%00")]
    [InlineData("nonsense")]
    public async Task A_forged_cookie_leaves_Chinese(string cookie)
    {
        using var visitor = new WebVisitor(Server);
        visitor.Cookies.Add(
            new Uri(Server.Address),
            new Cookie(".AspNetCore.Culture", Uri.EscapeDataString(cookie), "/")
        );
        AssertLanguage(await visitor.GetAsync("/driver/sign-in"), "zh-CN", "驾驶人登录", "Driver sign-in");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task A_choice_never_leads_to_another_site(string elsewhere)
    {
        using var visitor = new WebVisitor(Server);
        var (driver, officer) = (await visitor.GetAsync("/driver/sign-in"), await visitor.GetAsync("/account/sign-in"));
        Assert.Equal(
            "/",
            (await visitor.PostAsync(driver, "/driver/language", ("lang", "en"), ("returnUrl", elsewhere))).Location
        );
        Assert.Equal(
            "/",
            (await visitor.PostAsync(officer, "/language", ("lang", "en"), ("returnUrl", elsewhere))).Location
        );
    }

    [Fact]
    public async Task A_signed_in_driver_may_choose_at_either_address()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        using var visitor = await Visitors.DriverAsync(Server, driver);
        foreach (var address in new[] { "/driver/language", "/language" })
        {
            var page = await visitor.GetAsync("/driver");
            Assert.Contains("<html lang=\"zh-CN\"", page.Body);
            var chosen = await visitor.PostAsync(page, address, ("lang", "en"), ("returnUrl", "/driver"));
            Assert.Equal((HttpStatusCode.Redirect, "/driver"), (chosen.Status, chosen.Location));
            page = await visitor.GetAsync("/driver");
            Assert.Contains("<html lang=\"en\"", page.Body);
            await visitor.PostAsync(page, "/driver/language", ("lang", "zh-CN"), ("returnUrl", "/driver"));
        }
        // From the entrance, where nobody's name stands in the token.
        var entrance = await visitor.GetAsync("/");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await visitor.PostAsync(entrance, "/language", ("lang", "en"), ("returnUrl", "/"))).Status
        );
    }

    [Fact]
    public async Task The_form_of_somebody_else_chooses_nothing()
    {
        using var other = await Visitors.DriverAsync(Server, await Server.Portal.ImportDriverAsync());
        using var visitor = await Visitors.DriverAsync(Server, await Server.Portal.ImportDriverAsync());
        var foreign = await other.GetAsync("/driver");
        await visitor.GetAsync("/driver");
        foreach (var (address, field) in new[] { ("/language", "lang"), ("/theme", "theme") })
        {
            var answer = await visitor.PostAsync(foreign, address, (field, "en"), ("returnUrl", "/driver"));
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains("请求有误", answer.Body);
            Assert.False(answer.Response.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task What_is_refused_is_said_in_the_chosen_language()
    {
        using var visitor = new WebVisitor(Server);
        var page = await visitor.GetAsync("/driver/sign-in");
        var zh = await visitor.PostAsync(page, "/driver/sign-in", ("name", "某人"), ("idNumber", "123"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, zh.Status);
        Assert.Contains("身份证号码不正确，请核对18位号码。", zh.Body);
        Assert.Equal("zh-CN", Assert.Single(zh.Response.Content.Headers.ContentLanguage));

        await visitor.PostAsync(page, "/driver/language", ("lang", "en"), ("returnUrl", "/driver/sign-in"));
        var en = await visitor.PostAsync(page, "/driver/sign-in", ("name", "某人"), ("idNumber", "123"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, en.Status);
        Assert.Contains("This is not a valid identity number; check all 18 characters.", en.Body);
        Assert.DoesNotContain("身份证号码不正确", en.Body);
        Assert.Equal("en", Assert.Single(en.Response.Content.Headers.ContentLanguage));

        // The pages for what is not there speak it too.
        var missing = await visitor.GetAsync("/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
        Assert.Contains("This page does not exist, or is not yours.", missing.Body);
    }

    private static void AssertLanguage(Visit page, string language, string text, string otherText)
    {
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains($"<html lang=\"{language}\"", page.Body);
        Assert.Contains(text, page.Body);
        Assert.DoesNotContain(otherText, page.Body);
    }
}
