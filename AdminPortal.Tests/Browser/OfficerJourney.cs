using System.Text.RegularExpressions;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>An officer at a browser, from the activation code to the decision.</summary>
internal sealed partial class OfficerJourney(PortalServer server, IPage page)
{
    private const string Password = "correct horse battery";

    public IPage Page => page;

    /// <summary>Creates the account as an operator would, activates it in the browser with password and authenticator, and is signed in.</summary>
    public async Task ActivateAsync(string badge, Role role, string authority = "渝A")
    {
        var code = await server.DoAsync(
            new CreateStaff(badge, [role], $"警官{badge}", "测试支队", role == Role.Auditor ? [] : [authority]),
            ActorRef.Operator
        );
        await EnrolAsync(badge, code);
    }

    /// <summary>Activates an account in the browser with the code that was handed over, and is signed in.</summary>
    public async Task EnrolAsync(string badge, string code)
    {
        await page.GotoAsync($"{server.Address}/account/activate");
        await page.FillAsync("[name=badge]", badge);
        await page.FillAsync("[name=activationCode]", code);
        await page.ClickAsync("main form button[type=submit], main form button:not([type])");
        await page.WaitForSelectorAsync("[name=password]");
        var secret = SecretPattern().Match((await page.InnerTextAsync("main")).Replace(" ", "")).Value;
        await page.FillAsync("[name=password]", Password);
        await page.FillAsync("[name=repeat]", Password);
        await page.FillAsync("[name=code]", CodeOf(secret));
        await page.FollowAsync(() => page.ClickAsync("main form button[type=submit], main form button:not([type])"));
        // The same code does not work a second time: the next step begins.
        server.Clock.Advance(TimeSpan.FromSeconds(31));
        if (!page.Url.Contains("/staff", StringComparison.Ordinal))
        {
            await SignInAsync(badge, secret);
        }
        Secret = secret;
    }

    public string Secret { get; private set; } = "";

    public async Task SignInAsync(string badge, string secret)
    {
        await page.GotoAsync($"{server.Address}/account/sign-in?returnUrl=/staff/reviews");
        await page.FillAsync("[name=badge]", badge);
        await page.FillAsync("[name=password]", Password);
        await page.FillAsync("[name=code]", CodeOf(secret));
        await page.FollowAsync(() => page.ClickAsync("main form button[type=submit], main form button:not([type])"));
        await page.WaitForURLAsync(new Regex("/staff"));
    }

    /// <summary>Takes the next case by one key.</summary>
    public async Task TakeNextAsync()
    {
        await page.GotoAsync($"{server.Address}/staff/reviews");
        await page.WaitForSelectorAsync("html[data-keys~=n] .counters");
        await page.Keyboard.PressAsync("n");
        await page.WaitForURLAsync(new Regex("/staff/reviews/[0-9a-f-]+"));
        await page.WaitForSelectorAsync("html[data-keys~=u] .desk");
    }

    /// <summary>Goes through the snapshots by keyboard; every photo has to be there.</summary>
    public async Task LookAtEveryPhotoAsync()
    {
        var images = page.Locator(".desk-photos img");
        await Assertions.Expect(images.First).ToBeVisibleAsync();
        for (var i = 0; i < await images.CountAsync(); i++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
            await page.Keyboard.PressAsync("+");
        }
        await page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('.desk-photos img')].every(i => i.complete && i.naturalWidth > 0)"
        );
    }

    /// <summary>Decides by keyboard alone: choose, reason, forward, confirm.</summary>
    public async Task DecideAsync(bool uphold, string reason)
    {
        await page.Keyboard.PressAsync(uphold ? "u" : "d");
        await page.WaitForSelectorAsync(".preview");
        await page.Keyboard.PressAsync("e");
        await page.WaitForFunctionAsync("() => document.activeElement?.id === 'reason'");
        await page.Keyboard.TypeAsync(reason);
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync(".confirm-open");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync(".verdict");
    }

    /// <summary>Looks a driver up with a reason and proposes an entry; the page is the entry's then.</summary>
    public async Task<Uri> ProposeAsync(string idNumber, string description)
    {
        await page.GotoAsync($"{server.Address}/staff/blacklist");
        await page.WaitForSelectorAsync("html[data-keys] .blacklist");
        await page.FillAsync("#idNumber", idNumber);
        await page.FillAsync("#why", "举报线索核查");
        await page.ClickAsync(".blacklist form.search button");
        await page.FillAsync("#description", description);
        await page.ClickAsync("#propose button.main");
        await page.WaitForSelectorAsync("#check-blocked");
        return new Uri(page.Url);
    }

    /// <summary>Confirms a proposed entry as the second person.</summary>
    public async Task ConfirmEntryAsync(Uri entry)
    {
        await page.GotoAsync($"{entry}");
        await page.WaitForSelectorAsync("html[data-keys] #confirm");
        await page.ClickAsync("#confirm");
        await page.ClickAsync("#confirm-yes");
        await page.WaitForSelectorAsync(".entry .state-held");
    }

    /// <summary>Proposes to uphold by keyboard: the case goes back to the queue.</summary>
    public async Task ProposeUpholdAsync(string reason)
    {
        await page.Keyboard.PressAsync("u");
        await page.WaitForSelectorAsync(".preview");
        await page.Keyboard.PressAsync("e");
        await page.WaitForFunctionAsync("() => document.activeElement?.id === 'reason'");
        await page.Keyboard.TypeAsync(reason);
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync(".confirm-open");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync("#proposal");
    }

    private string CodeOf(string secret) => Totp.Code(FromBase32(secret), server.Clock.Now);

    private static byte[] FromBase32(string text)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bytes = new byte[text.Length * 5 / 8];
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var set = Alphabet.IndexOf(text[bit / 5]) >> (4 - bit % 5) & 1;
            bytes[bit / 8] |= (byte)(set << (7 - bit % 8));
        }
        return bytes;
    }

    [GeneratedRegex("[A-Z2-7]{32}")]
    private static partial Regex SecretPattern();
}
