using System.Text.RegularExpressions;
using AdminPortal.Data.Accounts;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>
/// A passkey from its first touch to its end, with an authenticator that the browser itself plays: what the framework checks and
/// what an act decides, together (D-PASSKEY, D-STEP-UP, D9, D10).
/// </summary>
public sealed class PasskeyStoryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Answer = "/account/sign-in/passkey";

    // A passkey belongs to a host with a name; an address of numbers has none.
    private string Address => $"http://localhost:{new Uri(shared.Server.Address).Port}";

    private TestPortal Portal => shared.Server.Portal;

    [Fact]
    public async Task It_is_added_opens_the_account_alone_and_opens_nothing_when_it_should_not()
    {
        var staff = await Portal.CreateActivatedOfficerAsync();
        await using var person = await Browsers.NewPersonAsync();
        var page = await person.NewPageAsync();
        var authenticator = await VirtualAuthenticator.AddAsync(page);
        await PasswordAsync(page, staff);

        // A sign-in is proof enough for five minutes.
        await page.GotoAsync($"{Address}/staff/account");
        await page.FillAsync("#passkey-name", "办公室电脑");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#passkey-done, #passkey-fault");
        Assert.DoesNotContain("未能", await page.InnerTextAsync("main"));
        Assert.Contains("办公室电脑", await page.InnerTextAsync("#passkeys"));
        await page.ShotAsync("passkeys-1-added");

        await SignOutAsync(page);
        var post = await EnterAsync(page);
        Assert.Equal("SignInWithPasskey", (await Portal.ActsAsync())[^1]);
        await SignOutAsync(page);

        // The very answer once more, with a good token.
        var replay = person.APIRequest.CreateFormData();
        replay.Set("__RequestVerificationToken", await TokenAsync(page));
        replay.Set("state", post["state"]);
        replay.Set("credential", post["credential"]);
        var replayed = await person.APIRequest.PostAsync(
            $"{Address}{Answer}",
            new APIRequestContextOptions { Form = replay, MaxRedirects = 0 }
        );
        Assert.Equal(422, replayed.Status);
        Assert.Contains("replayed", await LastDetailsAsync());

        // A browser that asks for less than it was told to: the authenticator signs, the server does not take it.
        await page.RouteAsync(
            "**/passkey/question",
            async route =>
            {
                var answer = await route.FetchAsync();
                var text = (await answer.TextAsync()).Replace(
                    "\"userVerification\":\"required\"",
                    "\"userVerification\":\"discouraged\"",
                    StringComparison.Ordinal
                );
                await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = text });
            }
        );
        await authenticator.VerifyOwnerAsync(false);
        await RefusedAsync(page);
        await page.ShotAsync("passkeys-0-sign-in");
        Assert.Contains("notVerified", await LastDetailsAsync());
        await page.UnrouteAsync("**/passkey/question");
        await authenticator.VerifyOwnerAsync(true);

        await Portal.ExecuteAsync("UPDATE staff SET is_active = false WHERE id = $1", staff.Officer.Id);
        await RefusedAsync(page);
        await Portal.ExecuteAsync("UPDATE staff SET is_active = true WHERE id = $1", staff.Officer.Id);

        // Six minutes later its removal asks for a proof, and goes on by itself.
        await EnterAsync(page);
        shared.Server.Clock.Advance(TimeSpan.FromMinutes(6));
        await page.GotoAsync($"{Address}/staff/account");
        var id = (await Portal.Get<PasskeyPages>().OwnAsync(staff.Officer.Ref, default))![0].Id;
        await page.ClickAsync($"#remove-{id:N}");
        await page.ClickAsync($"#remove-{id:N}-yes");
        await page.WaitForSelectorAsync("#step-up-passkey");
        await page.ShotAsync("passkeys-2-step-up");
        await page.SetViewportSizeAsync(390, 844);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.ShotAsync("passkeys-3-phone-and-dark");
        await page.FillAsync("#step-up-code", "000000");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#step-up-error");
        await page.ClickAsync("#step-up-passkey");
        await page.WaitForSelectorAsync("#passkey-done");
        await page.WaitForSelectorAsync("#passkeys-none");
        Assert.Equal(
            ["RemovePasskey", "ConfirmFactorWithPasskey", "ConfirmFactor"],
            (await Portal.ActsAsync()).Reverse().Take(3)
        );

        await SignOutAsync(page);
        await RefusedAsync(page);
        Assert.Contains("notVerified", await LastDetailsAsync());
    }

    [Fact]
    public async Task An_act_that_waits_for_a_code_keeps_what_was_typed()
    {
        var staff = await Portal.CreateActivatedOfficerAsync(Role.SecurityAdministrator);
        var officer = await Portal.CreateOfficerAsync();
        await using var person = await Browsers.NewPersonAsync();
        var page = await person.NewPageAsync();
        await PasswordAsync(page, staff);
        await page.GotoAsync($"{Address}/staff/accounts/{officer.Id}");
        await page.WaitForSelectorAsync("html[data-keys] #grant");
        shared.Server.Clock.Advance(TimeSpan.FromMinutes(6));
        await page.SelectOptionAsync("#grant-role", $"{Role.Supervisor}");
        await page.FillAsync("#grant-why", "新任领导。");
        // A click waits for the button, which the chosen role enables; a key does not.
        await page.ClickAsync("#grant button");
        await page.WaitForSelectorAsync("#step-up");

        // Not now: the page says why, and nothing that was typed is lost.
        await page.ClickAsync("#step-up-no");
        await Assertions.Expect(page.Locator("#act-error")).ToContainTextAsync("须重新验证身份");
        Assert.Equal("新任领导。", await page.InputValueAsync("#grant-why"));
        Assert.Equal(0, await page.Locator("#step-up").CountAsync());

        await page.ClickAsync("#grant button");
        await page.FillAsync("#step-up-code", Totp.Code(staff.Secret, shared.Server.Clock.Now));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#grants");
        Assert.Contains("新任领导。", await page.InnerTextAsync("#grants"));
    }

    private async Task PasswordAsync(IPage page, ActivatedOfficer staff)
    {
        await page.GotoAsync($"{Address}/account/sign-in");
        await page.FillAsync("[name=badge]", staff.Officer.Badge);
        await page.FillAsync("[name=password]", staff.Password);
        await page.FillAsync("[name=code]", Totp.Code(staff.Secret, shared.Server.Clock.Now));
        await page.FollowAsync(() => page.ClickAsync("main form button.main"));
        await page.WaitForURLAsync(new Regex("/staff"));
    }

    /// <returns>What the browser sent.</returns>
    private async Task<Dictionary<string, string>> EnterAsync(IPage page)
    {
        await page.GotoAsync($"{Address}/account/sign-in");
        var sent = await page.RunAndWaitForRequestAsync(
            () => page.ClickAsync("form[data-passkey] button"),
            request => request.Method == "POST" && request.Url.EndsWith(Answer, StringComparison.Ordinal)
        );
        await page.WaitForURLAsync(new Regex("/staff"));
        return sent.PostData!.Split('&')
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
    }

    private async Task RefusedAsync(IPage page)
    {
        await page.GotoAsync($"{Address}/account/sign-in");
        await page.ClickAsync("form[data-passkey] button");
        await page.WaitForSelectorAsync("#failed");
        Assert.Contains("登录信息不正确", await page.InnerTextAsync("#failed"));
        await page.GotoAsync($"{Address}/staff");
        Assert.Contains("/account/sign-in", page.Url);
    }

    private async Task SignOutAsync(IPage page)
    {
        await page.ClickAsync("details[data-menu] summary");
        await page.FollowAsync(() => page.ClickAsync("form[data-ends-session] button"));
        await page.WaitForURLAsync(new Regex("/account/sign-in"));
    }

    private async Task<string> TokenAsync(IPage page)
    {
        await page.GotoAsync($"{Address}/account/sign-in");
        return (await page.Locator("input[name=__RequestVerificationToken]").First.GetAttributeAsync("value"))!;
    }

    private Task<string> LastDetailsAsync() =>
        Portal.ScalarAsync<string>("SELECT details FROM audit_entries ORDER BY entry_number DESC LIMIT 1");

    /// <summary>An authenticator the browser plays.</summary>
    private sealed class VirtualAuthenticator(ICDPSession browser, string id)
    {
        public static async Task<VirtualAuthenticator> AddAsync(IPage page)
        {
            var browser = await page.Context.NewCDPSessionAsync(page);
            await browser.SendAsync("WebAuthn.enable");
            var added = await browser.SendAsync(
                "WebAuthn.addVirtualAuthenticator",
                new Dictionary<string, object>
                {
                    ["options"] = new Dictionary<string, object>
                    {
                        ["protocol"] = "ctap2",
                        ["transport"] = "internal",
                        ["hasResidentKey"] = true,
                        ["hasUserVerification"] = true,
                        ["isUserVerified"] = true,
                        ["automaticPresenceSimulation"] = true,
                    },
                }
            );
            return new VirtualAuthenticator(browser, added!.Value.GetProperty("authenticatorId").GetString()!);
        }

        /// <summary>Whether the owner shows their finger, as it were.</summary>
        public Task VerifyOwnerAsync(bool verified) =>
            browser.SendAsync(
                "WebAuthn.setUserVerified",
                new Dictionary<string, object> { ["authenticatorId"] = id, ["isUserVerified"] = verified }
            );
    }
}
