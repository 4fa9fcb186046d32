using AdminPortal.Tests.Support;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Browser;

/// <summary>Enters as somebody and goes from stop to stop.</summary>
internal static class Touring
{
    /// <summary>A page in a browser of its own, signed in by the development door, in one of the two languages.</summary>
    public static Task<IPage> EnterAsync(PortalServer server, TestDriver? who, bool english, bool script = true) =>
        EnterAsync(server, who?.Id, "Driver", english, script);

    /// <summary>The same for a member of staff.</summary>
    public static Task<IPage> EnterOfficeAsync(PortalServer server, TestOfficer? officer, bool english) =>
        EnterAsync(server, officer?.Id, "Staff", english, script: true);

    /// <summary>Opens a stop's page and brings it into its state.</summary>
    public static async Task GoAsync(this IPage page, PortalServer server, TourStop stop)
    {
        var answer = await page.GotoAsync($"{server.Address}{stop.Path}");
        Assert.True(answer!.Status == stop.Status, $"{stop.Name}: {stop.Path} answered {answer.Status}");
        var shown = new Uri(page.Url).AbsolutePath;
        Assert.True(shown == stop.Path, $"{stop.Name}: {stop.Path} led to {shown}");
        if (stop.Act is { } act)
        {
            await act(page);
        }
    }

    /// <summary>The same for a page of the officers' side, which is there when its circuit has drawn it.</summary>
    public static async Task GoAsync(this IPage page, PortalServer server, StaffStop stop)
    {
        if (page.Url.StartsWith(server.Address, StringComparison.Ordinal))
        {
            // What was typed at the stop before would come back as a draft.
            await page.EvaluateAsync("() => { sessionStorage.clear(); localStorage.clear(); }");
        }
        var answer = await page.GotoAsync($"{server.Address}{stop.Path}");
        Assert.True(answer!.Status == stop.Status, $"{stop.Name}: {stop.Path} answered {answer.Status}");
        try
        {
            await page.WaitForSelectorAsync(stop.Ready);
            if (stop.Act is { } act)
            {
                await act(page);
            }
        }
        catch (TimeoutException e)
        {
            Assert.Fail($"{stop.Name}: {e.Message} at {page.Url}: {await page.InnerTextAsync("body")}");
        }
    }

    private static async Task<IPage> EnterAsync(PortalServer server, Guid? id, string kind, bool english, bool script)
    {
        var context = await Browsers.NewPersonAsync(script: script);
        var page = await context.NewPageAsync();
        if (english)
        {
            // First: the form's token is of nobody, as the person is then.
            await PostAsync("/dev", "/driver/language", ("lang", "en"), ("returnUrl", "/dev"));
        }
        if (id is { } known)
        {
            await PostAsync("/dev", "/dev/sign-in", ("kind", kind), ("id", $"{known}"));
        }
        return page;

        async Task PostAsync(string from, string to, params (string Name, string Value)[] fields)
        {
            await page.GotoAsync($"{server.Address}{from}");
            var form = context.APIRequest.CreateFormData();
            form.Set(
                "__RequestVerificationToken",
                await page.Locator("input[name=__RequestVerificationToken]").First.GetAttributeAsync("value") ?? ""
            );
            foreach (var (name, value) in fields)
            {
                form.Set(name, value);
            }
            var answer = await context.APIRequest.PostAsync(
                $"{server.Address}{to}",
                new APIRequestContextOptions { Form = form, MaxRedirects = 0 }
            );
            Assert.True(answer.Status == 302, $"{to} answered {answer.Status}");
        }
    }
}
