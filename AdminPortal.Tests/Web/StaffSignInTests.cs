using System.Net;
using System.Text.RegularExpressions;
using AdminPortal.Data.Accounts;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>Officers sign in with badge, password and one-time code: one form, one answer; a session ends when it has to.</summary>
public sealed class StaffSignInTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Failed = "登录信息不正确，或账号已锁定。连续5次错误后锁定30分钟。";
    private const string FailedInEnglish =
        "The details are wrong, or the account is locked. Five wrong tries lock it for 30 minutes.";
    private const string NotActivated = "警号、启用码或密码不正确、启用码已过期，或者账号已锁定。";
    private const string Password = "Nebel-im-Herbst-7412";

    private PortalServer Server => shared.Server;

    [Fact]
    public async Task Badge_password_and_code_sign_in_and_lead_on()
    {
        var officer = await Server.Portal.CreateActivatedOfficerAsync();
        using var visitor = new WebVisitor(Server);
        var entered = await SignInAsync(visitor, officer, returnUrl: "/staff/reviews?q=1");
        Assert.Equal((HttpStatusCode.Redirect, "/staff/reviews?q=1"), (entered.Status, entered.Location));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/staff")).Status);
    }

    [Fact]
    public async Task Whatever_is_wrong_the_answer_is_the_same_and_nobody_is_in()
    {
        var portal = Server.Portal;
        var answers = new Dictionary<string, string>();

        var officer = await portal.CreateActivatedOfficerAsync();
        await TryAsync("password", officer.Officer.Badge, officer.Password + "x", CodeOf(officer));
        await TryAsync("no password", officer.Officer.Badge, "", CodeOf(officer));
        await TryAsync("code", officer.Officer.Badge, officer.Password, WrongCodeOf(officer));
        await TryAsync("no code", officer.Officer.Badge, officer.Password, "");

        var replayed = await portal.CreateActivatedOfficerAsync();
        using (var visitor = new WebVisitor(Server))
        {
            Assert.Equal("/staff", (await SignInAsync(visitor, replayed)).Location);
        }
        await TryAsync("replayed code", replayed.Officer.Badge, replayed.Password, CodeOf(replayed));

        var stale = await portal.CreateActivatedOfficerAsync();
        var old = CodeOf(stale);
        Server.Clock.Advance(TimeSpan.FromSeconds(60));
        await TryAsync("code of a minute ago", stale.Officer.Badge, stale.Password, old);

        await TryAsync("unknown badge", "999999", officer.Password, "123456");
        await TryAsync("no badge", "", "", "");
        await TryAsync("not activated", (await portal.CreateOfficerAsync()).Badge, Password, "123456");

        var disabled = await portal.CreateActivatedOfficerAsync();
        await portal.ExecuteAsync("UPDATE staff SET is_active = false WHERE id = $1", disabled.Officer.Id);
        await TryAsync("disabled", disabled.Officer.Badge, disabled.Password, CodeOf(disabled));

        var locked = await portal.CreateActivatedOfficerAsync();
        await portal.ExecuteAsync(
            "UPDATE staff SET lockout_end = $1 WHERE id = $2",
            Server.Clock.Now.AddMinutes(1),
            locked.Officer.Id
        );
        await TryAsync("locked", locked.Officer.Badge, locked.Password, CodeOf(locked));

        Assert.Equal(11, answers.Count);
        Assert.Single(answers.Values.Distinct());

        async Task TryAsync(string what, string badge, string password, string code)
        {
            using var visitor = new WebVisitor(Server);
            var sessions = await SessionsAsync();
            var answer = await SignInAsync(visitor, badge, password, code);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Equal(Failed, answer.Html.GetElementById("failed")!.TextContent);
            Assert.Equal(sessions, await SessionsAsync());
            Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/staff")).Status);
            // The form keeps the badge that was typed; otherwise the answers have to be the same.
            answers[what] = Regex.Replace(Visitors.Fingerprint(answer), "(?<=name=\"badge\" )value=\"[^\"]*\" ?", "");
        }
    }

    [Fact]
    public async Task The_answer_is_in_the_chosen_language()
    {
        using var visitor = new WebVisitor(Server);
        var page = await visitor.GetAsync("/account/sign-in");
        await visitor.PostAsync(page, "/language", ("lang", "en"), ("returnUrl", "/account/sign-in"));
        var answer = await SignInAsync(visitor, "999999", "x", "1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(FailedInEnglish, answer.Html.GetElementById("failed")!.TextContent);
    }

    [Fact]
    public async Task Five_wrong_tries_lock_an_account_for_half_an_hour()
    {
        var officer = await Server.Portal.CreateActivatedOfficerAsync();
        using var visitor = new WebVisitor(Server);
        for (var i = 0; i < SignInStaff.Tries; i++)
        {
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity,
                (await SignInAsync(visitor, officer.Officer.Badge, "wrong", CodeOf(officer))).Status
            );
        }
        Server.Clock.Advance(SignInStaff.Lock - TimeSpan.FromSeconds(1));
        var locked = await SignInAsync(visitor, officer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, locked.Status);
        Assert.Equal(Failed, locked.Html.GetElementById("failed")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/staff")).Status);

        Server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("/staff", (await SignInAsync(visitor, officer)).Location);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/staff")]
    [InlineData("/staff\\evil.example")]
    [InlineData("/staffx")]
    [InlineData("/driver")]
    [InlineData("javascript:alert(1)")]
    public async Task Sign_in_never_leads_to_another_site(string returnUrl)
    {
        var officer = await Server.Portal.CreateActivatedOfficerAsync();
        using var visitor = new WebVisitor(Server);
        var entered = await SignInAsync(visitor, officer, returnUrl);
        Assert.Equal((HttpStatusCode.Redirect, "/staff"), (entered.Status, entered.Location));
    }

    [Fact]
    public async Task A_disabled_account_is_out_at_once()
    {
        var officer = await Server.Portal.CreateOfficerAsync();
        using var visitor = await Visitors.OfficerAsync(Server, officer);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/staff")).Status);
        await Server.Portal.ExecuteAsync("UPDATE staff SET is_active = false WHERE id = $1", officer.Id);
        AssertSentToSignIn(await visitor.GetAsync("/staff"));
    }

    [Fact]
    public async Task After_sign_out_the_old_cookie_is_dead()
    {
        var officer = await Server.Portal.CreateOfficerAsync();
        using var visitor = await Visitors.OfficerAsync(Server, officer);
        using var thief = new WebVisitor(Server);
        var stolen = visitor.Cookies.GetCookies(new Uri(Server.Address))["staff"]!.Value;
        thief.Cookies.Add(new Uri(Server.Address), new Cookie("staff", stolen, "/"));
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/staff")).Status);

        // Nobody else's page can sign an officer out.
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/account/sign-out");
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SendAsync(foreign)).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/staff")).Status);

        var left = await visitor.PostAsync(await visitor.GetAsync("/"), "/account/sign-out");
        Assert.Equal("/account/sign-in?signedOut=true", left.Location);
        Assert.Contains("您已退出登录。", (await visitor.GetAsync(left.Location)).Body);
        AssertSentToSignIn(await visitor.GetAsync("/staff"));
        AssertSentToSignIn(await thief.GetAsync("/staff"));
    }

    [Fact]
    public async Task A_session_ends_after_a_quarter_of_an_hour_of_rest_and_after_a_day_s_work()
    {
        var officer = await Server.Portal.CreateOfficerAsync();
        using var resting = await Visitors.OfficerAsync(Server, officer);
        using var working = await Visitors.OfficerAsync(Server, officer);
        for (var minutes = 14; minutes < 8 * 60; minutes += 14)
        {
            Server.Clock.Advance(TimeSpan.FromMinutes(14));
            Assert.Equal(HttpStatusCode.OK, (await working.GetAsync("/staff")).Status);
            if (minutes > 14)
            {
                AssertSentToSignIn(await resting.GetAsync("/staff"));
            }
        }
        Server.Clock.Advance(TimeSpan.FromMinutes(14));
        AssertSentToSignIn(await working.GetAsync("/staff"));
    }

    [Fact]
    public async Task A_code_from_the_operator_activates_an_account_once()
    {
        var officer = await Server.Portal.CreateOfficerAsync();
        using var visitor = new WebVisitor(Server);
        // As the operator's screen shows it, in lower case.
        var shown = string.Join('-', officer.ActivationCode.Chunk(4).Select(c => new string(c))).ToLowerInvariant();
        var enrol = await BeginAsync(visitor, officer.Badge, shown);
        Assert.Equal(HttpStatusCode.OK, enrol.Status);
        var secret = TestPortal.FromBase32(enrol.Html.QuerySelector("code.secret")!.TextContent.Replace(" ", ""));

        var entered = await CompleteAsync(visitor, enrol, officer, Totp.Code(secret, Server.Clock.Now));
        Assert.Equal((HttpStatusCode.Redirect, "/staff"), (entered.Status, entered.Location));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/staff")).Status);

        // Used: for whoever finds the note, and for who sends the form again.
        using var finder = new WebVisitor(Server);
        AssertNotActivated(await BeginAsync(finder, officer.Badge, officer.ActivationCode));
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        AssertNotActivated(
            await CompleteAsync(finder, enrol, officer, Totp.Code(secret, Server.Clock.Now), "Anders-7412-und-lang")
        );
        Assert.Equal(HttpStatusCode.Redirect, (await finder.GetAsync("/staff")).Status);
    }

    [Fact]
    public async Task A_wrong_and_an_expired_activation_code_and_an_unknown_badge_get_the_same_answer()
    {
        var (officer, late) = (await Server.Portal.CreateOfficerAsync(), await Server.Portal.CreateOfficerAsync());
        using var visitor = new WebVisitor(Server);
        var wrong = await BeginAsync(visitor, officer.Badge, "AAAABBBBCCCCDDDD");
        var unknown = await BeginAsync(visitor, "999998", officer.ActivationCode);
        var foreign = await BeginAsync(visitor, late.Badge, officer.ActivationCode);
        var empty = await BeginAsync(visitor, "", "");
        Server.Clock.Advance(TimeSpan.FromHours(72));
        var expired = await BeginAsync(visitor, late.Badge, late.ActivationCode);
        Visit[] answers = [wrong, unknown, foreign, empty, expired];
        Assert.All(answers, AssertNotActivated);
        Assert.Single(
            answers
                .Select(a => Regex.Replace(Visitors.Fingerprint(a), "(?<=name=\"badge\" )value=\"[^\"]*\" ?", ""))
                .Distinct()
        );
        Assert.Equal(
            0,
            await Server.Portal.ScalarAsync<long>(
                "SELECT count(*) FROM staff WHERE id = ANY($1) AND totp_secret IS NOT NULL",
                new[] { officer.Id, late.Id }
            )
        );
    }

    [Fact]
    public async Task Guesses_at_an_activation_code_lock_the_account()
    {
        var officer = await Server.Portal.CreateOfficerAsync();
        using var visitor = new WebVisitor(Server);
        for (var i = 0; i < SignInStaff.Tries; i++)
        {
            AssertNotActivated(await BeginAsync(visitor, officer.Badge, $"AAAABBBBCCCCDDD{i}"));
        }
        AssertNotActivated(await BeginAsync(visitor, officer.Badge, officer.ActivationCode));
        Server.Clock.Advance(SignInStaff.Lock);
        Assert.Equal(HttpStatusCode.OK, (await BeginAsync(visitor, officer.Badge, officer.ActivationCode)).Status);
    }

    [Theory]
    [InlineData("kurz", "kurz", "密码须为12至128个字符。")]
    [InlineData("password1234", "password1234", "密码太常见，请换一个。")]
    [InlineData(Password, Password + "x", "两次输入的密码不一致。")]
    [InlineData(Password, Password, "动态验证码不正确，请等待下一个验证码再试。")]
    public async Task What_is_wrong_with_an_activation_is_said_and_its_code_stays_good(
        string password,
        string repeat,
        string text
    )
    {
        var officer = await Server.Portal.CreateOfficerAsync();
        using var visitor = new WebVisitor(Server);
        var enrol = await BeginAsync(visitor, officer.Badge, officer.ActivationCode);
        var answer = await CompleteAsync(visitor, enrol, officer, "nichts", password, repeat);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(text, answer.Html.GetElementById("failed")!.TextContent);
        Assert.True(
            await Server.Portal.ScalarAsync<bool>(
                "SELECT activation_key IS NOT NULL AND password_hash IS NULL FROM staff WHERE id = $1",
                officer.Id
            )
        );
    }

    private static Task<Visit> BeginAsync(WebVisitor visitor, string badge, string code) =>
        PostFromAsync(visitor, "/account/activate", ("badge", badge), ("activationCode", code));

    private static Task<Visit> CompleteAsync(
        WebVisitor visitor,
        Visit enrol,
        TestOfficer officer,
        string code,
        string password = Password,
        string? repeat = null
    ) =>
        PostFromAsync(
            visitor,
            "/account/activate/complete",
            ("badge", officer.Badge),
            ("activationCode", enrol.Html.QuerySelector("input[name=activationCode]")!.GetAttribute("value")!),
            ("password", password),
            ("repeat", repeat ?? password),
            ("code", code)
        );

    private Task<Visit> SignInAsync(WebVisitor visitor, ActivatedOfficer officer, string returnUrl = "") =>
        SignInAsync(visitor, officer.Officer.Badge, officer.Password, CodeOf(officer), returnUrl);

    private static Task<Visit> SignInAsync(
        WebVisitor visitor,
        string badge,
        string password,
        string code,
        string returnUrl = ""
    ) =>
        PostFromAsync(
            visitor,
            "/account/sign-in",
            ("badge", badge),
            ("password", password),
            ("code", code),
            ("returnUrl", returnUrl)
        );

    // Every form of the officers' account pages takes the token of any of them.
    private static async Task<Visit> PostFromAsync(
        WebVisitor visitor,
        string path,
        params (string Name, string Value)[] fields
    ) => await visitor.PostAsync(await visitor.GetAsync("/account/activate"), path, fields);

    private string CodeOf(ActivatedOfficer officer) => Totp.Code(officer.Secret, Server.Clock.Now);

    private string WrongCodeOf(ActivatedOfficer officer) =>
        Enumerable
            .Range(0, 3)
            .Select(n => $"{n:D6}")
            .First(c =>
                c != CodeOf(officer) && c != Totp.Code(officer.Secret, Server.Clock.Now - TimeSpan.FromSeconds(30))
            );

    private static void AssertNotActivated(Visit answer)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(NotActivated, answer.Html.GetElementById("failed")!.TextContent);
        Assert.Null(answer.Html.QuerySelector("code.secret"));
    }

    private static void AssertSentToSignIn(Visit answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal("/account/sign-in", new Uri(answer.Location).AbsolutePath);
    }

    private Task<long> SessionsAsync() => Server.Portal.ScalarAsync<long>("SELECT count(*) FROM sessions");
}
