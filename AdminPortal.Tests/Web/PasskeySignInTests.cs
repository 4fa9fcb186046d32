using System.Net;
using System.Text.Json;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>The two addresses of the sign-in with a passkey: they know nobody's name and give one answer (D10).</summary>
public sealed class PasskeySignInTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Form = "/account/sign-in";
    private const string Question = "/account/sign-in/passkey/question";

    private PortalServer Server => shared.Server;

    [Fact]
    public async Task A_question_is_the_same_for_everybody_and_names_nobody()
    {
        var officer = await Server.Portal.CreateOfficerAsync();
        await Server.Portal.AddPasskeyAsync(officer.Ref);
        using var visitor = new WebVisitor(Server);
        var page = await visitor.GetAsync(Form);
        var known = await AskAsync(("username", officer.Badge), ("badge", officer.Badge));
        var unknown = await AskAsync(("username", "999999"), ("badge", "999999"));

        Assert.Equal(known.Names, unknown.Names);
        foreach (var options in new[] { known.Options, unknown.Options })
        {
            Assert.Equal("required", options.GetProperty("userVerification").GetString());
            Assert.Equal("localhost", options.GetProperty("rpId").GetString());
            Assert.True(!options.TryGetProperty("allowCredentials", out var allowed) || allowed.GetArrayLength() == 0);
        }
        Assert.NotEqual(
            known.Options.GetProperty("challenge").GetString(),
            unknown.Options.GetProperty("challenge").GetString()
        );

        async Task<(string[] Names, JsonElement Options)> AskAsync(params (string, string)[] fields)
        {
            var answer = await visitor.PostAsync(page, Question, fields);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal("no-store", $"{answer.Response.Headers.CacheControl}");
            var options = JsonDocument.Parse(answer.Body).RootElement.GetProperty("options").Clone();
            return ([.. options.EnumerateObject().Select(p => p.Name)], options);
        }
    }

    [Fact]
    public async Task Whatever_is_sent_that_is_no_answer_gets_the_answer_to_a_wrong_password()
    {
        using var visitor = new WebVisitor(Server);
        var page = await visitor.GetAsync(Form);
        var wrong = Visitors.Fingerprint(
            await visitor.PostAsync(page, Form, ("badge", ""), ("password", "x"), ("code", "1"))
        );
        var asked = await visitor.PostAsync(page, Question);
        var state = JsonDocument.Parse(asked.Body).RootElement.GetProperty("state").GetString()!;
        (string, string)[][] tries =
        [
            [],
            [("state", "x"), ("credential", "{}")],
            [("state", state), ("credential", "")],
            [("state", state), ("credential", "{}")],
            [("state", state), ("credential", new string('x', 30_000))],
        ];
        foreach (var fields in tries)
        {
            var answer = await visitor.PostAsync(page, "/account/sign-in/passkey", fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Equal(Normal(wrong), Normal(Visitors.Fingerprint(answer)));
        }
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/staff")).Status);

        // Nothing of a form without its token is looked at.
        using var forged = new HttpRequestMessage(HttpMethod.Post, Question)
        {
            Content = new FormUrlEncodedContent([]),
        };
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SendAsync(forged)).Status);

        // An empty field is drawn with or without its attribute.
        static string Normal(string page) => page.Replace(" value=\"\"", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_domain_is_a_setting_and_the_form_is_hidden_until_the_browser_can()
    {
        await using var server = await PortalServer.StartAsync(
            Server.Clock.Now,
            settings: new Dictionary<string, string?> { ["Portal:PasskeyDomain"] = "portal.example" }
        );
        using var visitor = new WebVisitor(server);
        var page = await visitor.GetAsync(Form);
        Assert.Equal("portal.example", page.Html.QuerySelector("form[data-passkey]")!.GetAttribute("data-passkey"));
        Assert.True(page.Html.QuerySelector("form[data-passkey]")!.HasAttribute("hidden"));
    }
}
