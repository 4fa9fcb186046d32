using System.Net;
using AdminPortal.Data.Accounts;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>Drivers sign in with a code from a text message; nobody learns from it who is known.</summary>
public sealed class DriverSignInTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Wrong = "验证码不正确。每个验证码最多可以试5次。";
    private const string WrongInEnglish = "The code is wrong. Each code may be tried 5 times.";
    private const string Expired = "验证码不正确或已过期，请重新获取。";
    private const string Burned = "错误次数过多，此验证码已作废，请重新获取。";
    private const string TooOften = "验证码请求过于频繁，请1分钟后再试（每小时最多5次，每天最多10次）。";
    private const string RequestCookie = "portal.driver-code";

    private static int _unknown = 9_000;

    private PortalServer Server => shared.Server;

    [Fact]
    public async Task The_code_from_the_message_signs_in_and_leads_on()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        using var visitor = new WebVisitor(Server);
        // Typed as people type: in full width, with blanks.
        var asked = await RequestAsync(visitor, $" {driver.Person.Name}　", FullWidth(driver.Person.IdNumber));
        Assert.Equal("/driver/sign-in/code?returnUrl=%2Fdriver", asked.Location);
        var code = await Visitors.CodeSentToAsync(Server, driver.Person.Mobile);

        var entered = await ConfirmAsync(visitor, FullWidth(code.Insert(3, " ")));

        Assert.Equal((HttpStatusCode.Redirect, "/driver"), (entered.Status, entered.Location));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/driver")).Status);
    }

    /// <summary>Four ways to be somebody, or nobody: known, with a wrong name, unknown, and known without a licence.</summary>
    [Fact]
    public async Task Known_and_unknown_people_get_the_same_answers_at_every_step()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        var stranger = TestPeople.Number(Interlocked.Increment(ref _unknown));
        var known = await WalkAsync(driver.Person.Name, driver.Person.IdNumber);
        Server.Clock.Advance(TimeSpan.FromMinutes(2));
        var misnamed = await WalkAsync("别人", driver.Person.IdNumber);
        var unknown = await WalkAsync(stranger.Name, stranger.IdNumber);

        Assert.Equal(known, misnamed);
        Assert.Equal(known, unknown);
        // The walk went through every kind of answer.
        Assert.All(new[] { Wrong, Burned, Expired, TooOften }, text => Assert.Contains(text, string.Concat(known)));
        // And it was not the same because nobody was sent anything.
        Assert.Equal(1, await CodesSentAsync(driver));
    }

    [Theory]
    [InlineData(
        "",
        "990000196001010011",
        "name",
        "请填写与身份证一致的姓名。",
        "Enter your name as on the identity card."
    )]
    [InlineData(
        "某人",
        "",
        "idNumber",
        "身份证号码不正确，请核对18位号码。",
        "This is not a valid identity number; check all 18 characters."
    )]
    [InlineData(
        "某人",
        "123",
        "idNumber",
        "身份证号码不正确，请核对18位号码。",
        "This is not a valid identity number; check all 18 characters."
    )]
    [InlineData(
        "某人",
        "990000196001010011",
        "idNumber",
        "身份证号码不正确，请核对18位号码。",
        "This is not a valid identity number; check all 18 characters."
    )]
    [InlineData(
        "某人",
        "<script>alert(1)</script>",
        "idNumber",
        "身份证号码不正确，请核对18位号码。",
        "This is not a valid identity number; check all 18 characters."
    )]
    public async Task What_cannot_be_right_is_named_at_its_field_and_asks_for_nothing(
        string name,
        string idNumber,
        string field,
        string zh,
        string en
    )
    {
        using var visitor = new WebVisitor(Server);
        foreach (var text in new[] { zh, en })
        {
            var answer = await Server.RefusedAsync(() => RequestAsync(visitor, name, idNumber));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Equal(text, answer.Html.GetElementById($"{field}-error")!.TextContent);
            Assert.Equal("true", answer.Html.GetElementById(field)!.GetAttribute("aria-invalid"));
            // What was typed is still there, as text.
            Assert.Equal(idNumber, answer.Html.GetElementById("idNumber")!.GetAttribute("value") ?? "");
            Assert.DoesNotContain("<script>alert", answer.Body);
            Assert.False(answer.Response.Headers.Contains("Set-Cookie"));
            await visitor.ChooseEnglishAsync();
        }
    }

    [Fact]
    public async Task A_wrong_code_is_refused_five_times_and_then_no_code_is_right()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        using var visitor = new WebVisitor(Server);
        await RequestAsync(visitor, driver.Person.Name, driver.Person.IdNumber);
        var code = await Visitors.CodeSentToAsync(Server, driver.Person.Mobile);
        for (var i = 1; i <= SignInCodeRow.Tries; i++)
        {
            if (i == SignInCodeRow.Tries)
            {
                await visitor.ChooseEnglishAsync();
            }
            var answer = await ConfirmAsync(visitor, OtherThan(code));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            AssertSays(i == SignInCodeRow.Tries ? WrongInEnglish : Wrong, answer);
            Assert.Equal(
                SignInCodeRow.Tries - i,
                await Server.Portal.ScalarAsync<int>(
                    "SELECT tries_left FROM sign_in_codes WHERE driver_id = $1",
                    driver.Id
                )
            );
        }
        var late = await Server.RefusedAsync(() => ConfirmAsync(visitor, code));
        Assert.Equal(HttpStatusCode.TooManyRequests, late.Status);
        AssertSays("Too many wrong tries; this code is void. Please request a new one.", late);
        Assert.Equal(0, await SessionsAsync(driver));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("'; --")]
    public async Task What_is_no_code_is_a_wrong_one(string code)
    {
        var driver = await Server.Portal.ImportDriverAsync();
        using var visitor = new WebVisitor(Server);
        await RequestAsync(visitor, driver.Person.Name, driver.Person.IdNumber);
        var answer = await ConfirmAsync(visitor, code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        AssertSays(Wrong, answer);
        Assert.Equal(0, await SessionsAsync(driver));
    }

    [Fact]
    public async Task A_code_expires_after_five_minutes()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        using var visitor = new WebVisitor(Server);
        await RequestAsync(visitor, driver.Person.Name, driver.Person.IdNumber);
        var code = await Visitors.CodeSentToAsync(Server, driver.Person.Mobile);
        Server.Clock.Advance(RequestSignInCode.Lifetime);
        var answer = await Server.RefusedAsync(() => ConfirmAsync(visitor, code));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        AssertSays(Expired, answer);
    }

    [Fact]
    public async Task A_code_signs_in_once()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        using var visitor = new WebVisitor(Server);
        await RequestAsync(visitor, driver.Person.Name, driver.Person.IdNumber);
        var code = await Visitors.CodeSentToAsync(Server, driver.Person.Mobile);
        var request = CookieOf(visitor, "/driver/sign-in", RequestCookie);
        Assert.Equal("/driver", (await ConfirmAsync(visitor, code)).Location);

        // Whoever copied the browser's cookie before: another browser, the same request, the same code.
        using var thief = new WebVisitor(Server);
        thief.Cookies.Add(new Uri(Server.Address), new Cookie(RequestCookie, request, "/driver/sign-in"));
        var answer = await Server.RefusedAsync(() => ConfirmAsync(thief, code));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        AssertSays(Expired, answer);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/driver")).Status);
    }

    [Fact]
    public async Task A_code_is_good_in_the_browser_that_asked_for_it_and_in_no_other()
    {
        var (driver, other) = (await Server.Portal.ImportDriverAsync(), await Server.Portal.ImportDriverAsync());
        using var visitor = new WebVisitor(Server);
        await RequestAsync(visitor, driver.Person.Name, driver.Person.IdNumber);
        var code = await Visitors.CodeSentToAsync(Server, driver.Person.Mobile);

        using var nobody = new WebVisitor(Server);
        Assert.Equal("/driver/sign-in", (await nobody.GetAsync("/driver/sign-in/code")).Location);
        Assert.Equal(
            "/driver/sign-in",
            (
                await nobody.PostAsync(await nobody.GetAsync("/driver/sign-in"), "/driver/sign-in/code", ("code", code))
            ).Location
        );

        using var stranger = new WebVisitor(Server);
        await RequestAsync(stranger, other.Person.Name, other.Person.IdNumber);
        var answer = await ConfirmAsync(stranger, code);
        // One in a million is the same by chance.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(0, await SessionsAsync(driver) + await SessionsAsync(other));
    }

    [Fact]
    public async Task A_code_a_minute_five_an_hour_ten_a_day_and_the_text_says_so()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        using var visitor = new WebVisitor(Server);
        for (var i = 1; i <= 10; i++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await RequestAsync(visitor)).Status);
            await FloodedAsync();
            Server.Clock.Advance(TimeSpan.FromSeconds(61));
            if (i % 5 == 0)
            {
                // A minute is not enough after five, and an hour is not after ten.
                await FloodedAsync();
                Server.Clock.Advance(TimeSpan.FromHours(1));
            }
        }
        await FloodedAsync();
        Server.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(HttpStatusCode.Redirect, (await RequestAsync(visitor)).Status);
        Assert.Equal(11, await CodesSentAsync(driver));

        async Task FloodedAsync()
        {
            var answer = await Server.RefusedAsync(() => RequestAsync(visitor));
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
            AssertSays(TooOften, answer);
        }

        Task<Visit> RequestAsync(WebVisitor who) =>
            DriverSignInTests.RequestAsync(who, driver.Person.Name, driver.Person.IdNumber);
    }

    [Fact]
    public async Task After_sign_out_the_old_cookie_is_dead()
    {
        var driver = await Server.Portal.ImportDriverAsync();
        using var visitor = await Visitors.DriverAsync(Server, driver);
        var stolen = CookieOf(visitor, "/driver", "driver");
        using var thief = new WebVisitor(Server);
        thief.Cookies.Add(new Uri(Server.Address), new Cookie("driver", stolen, "/"));
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/driver")).Status);

        var left = await visitor.PostAsync(await visitor.GetAsync("/driver"), "/driver/sign-out");

        Assert.Equal((HttpStatusCode.Redirect, "/driver/sign-in"), (left.Status, left.Location));
        Assert.Equal(0, await SessionsAsync(driver));
        foreach (var browser in new[] { visitor, thief })
        {
            var answer = await browser.GetAsync("/driver");
            Assert.Equal(HttpStatusCode.Redirect, answer.Status);
            Assert.StartsWith("/driver/sign-in", new Uri(answer.Location).AbsolutePath);
        }
    }

    [Fact]
    public async Task A_session_ends_after_half_an_hour_without_a_request()
    {
        using var visitor = await Visitors.DriverAsync(Server, await Server.Portal.ImportDriverAsync());
        Server.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/driver")).Status);
        Server.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/driver")).Status);
        Server.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/driver")).Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/driver")]
    [InlineData("/driver\\evil.example")]
    [InlineData("/driverx")]
    [InlineData("/staff")]
    public async Task Sign_in_never_leads_to_another_site(string returnUrl)
    {
        var driver = await Server.Portal.ImportDriverAsync();
        using var visitor = new WebVisitor(Server);
        var page = await visitor.GetAsync("/driver/sign-in");
        var asked = await visitor.PostAsync(
            page,
            "/driver/sign-in",
            ("name", driver.Person.Name),
            ("idNumber", driver.Person.IdNumber),
            ("returnUrl", returnUrl)
        );
        Assert.Equal("/driver/sign-in/code?returnUrl=%2Fdriver", asked.Location);
        var code = await Visitors.CodeSentToAsync(Server, driver.Person.Mobile);
        var entered = await visitor.PostAsync(page, "/driver/sign-in/code", ("code", code), ("returnUrl", returnUrl));
        Assert.Equal((HttpStatusCode.Redirect, "/driver"), (entered.Status, entered.Location));
    }

    /// <summary>Every answer from the first form to a burned code and to an expired one, without what the person typed.</summary>
    private async Task<IReadOnlyList<string>> WalkAsync(string name, string idNumber)
    {
        using var visitor = new WebVisitor(Server);
        var answers = new List<Visit>
        {
            await RequestAsync(visitor, name, idNumber),
            await visitor.GetAsync("/driver/sign-in/code"),
            await RequestAsync(visitor, name, idNumber), // at once again: flooded
        };
        for (var i = 0; i <= SignInCodeRow.Tries; i++)
        {
            answers.Add(await ConfirmAsync(visitor, "abcdef"));
        }
        Server.Clock.Advance(RequestSignInCode.Lifetime);
        answers.Add(await ConfirmAsync(visitor, "abcdef"));
        return [.. answers.Select(a => Visitors.Fingerprint(a).Replace(name, "NAME").Replace(idNumber, "NUMBER"))];
    }

    private static async Task<Visit> RequestAsync(WebVisitor visitor, string name, string idNumber) =>
        await visitor.PostAsync(
            await visitor.GetAsync("/driver/sign-in"),
            "/driver/sign-in",
            ("name", name),
            ("idNumber", idNumber)
        );

    private static async Task<Visit> ConfirmAsync(WebVisitor visitor, string code) =>
        await visitor.PostAsync(await visitor.GetAsync("/driver/sign-in/code"), "/driver/sign-in/code", ("code", code));

    private static string OtherThan(string code) => code == "000000" ? "000001" : "000000";

    private static string FullWidth(string text) =>
        string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c));

    private string CookieOf(WebVisitor visitor, string path, string name) =>
        visitor.Cookies.GetCookies(new Uri(Server.Address + path))[name]!.Value;

    private static void AssertSays(string text, Visit page) =>
        Assert.Contains(text, page.Html.QuerySelector("[role=alert]")!.TextContent);

    private async Task<long> SessionsAsync(TestDriver driver) =>
        await Server.Portal.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE subject_id = $1", driver.Id);

    private async Task<long> CodesSentAsync(TestDriver driver) =>
        await Server.Portal.ScalarAsync<long>(
            "SELECT count(*) FROM messages WHERE driver_id = $1 AND template = 'SignInCode'",
            driver.Id
        );
}
