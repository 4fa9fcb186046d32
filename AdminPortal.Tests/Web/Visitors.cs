using System.Net;
using System.Text.RegularExpressions;
using AdminPortal.Data.Gateways.StandIns;
using AdminPortal.Data.Messages;
using AdminPortal.Tests.Support;
using AdminPortal.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Web;

/// <summary>Visitors who are signed in, and what the tests of forms look at.</summary>
internal static partial class Visitors
{
    /// <summary>A browser in which a driver is signed in (by the one click of Development).</summary>
    public static async Task<WebVisitor> DriverAsync(PortalServer server, TestDriver driver) =>
        await SignedInAsync(server, SignIns.Driver, driver.Id);

    /// <summary>A browser in which an officer is signed in.</summary>
    public static async Task<WebVisitor> OfficerAsync(PortalServer server, TestOfficer officer) =>
        await SignedInAsync(server, SignIns.Staff, officer.Id);

    /// <summary>Chooses English on the drivers' side.</summary>
    public static async Task ChooseEnglishAsync(this WebVisitor visitor)
    {
        var page = await visitor.GetAsync("/driver/sign-in");
        page = page.Status == HttpStatusCode.OK ? page : await visitor.GetAsync("/driver");
        var chosen = await visitor.PostAsync(page, "/driver/language", ("lang", "en"), ("returnUrl", "/driver"));
        Assert.Equal(HttpStatusCode.Redirect, chosen.Status);
    }

    /// <summary>The last code that was sent to a number.</summary>
    public static async Task<string> CodeSentToAsync(PortalServer server, string mobile)
    {
        await server.Services.GetRequiredService<MessageDispatcher>().RunAsync(CancellationToken.None);
        var sent = server.Services.GetRequiredService<StandInMessageGateway>().Read(mobile);
        return sent.Select(m => SixDigits().Match(m.Text)).First(m => m.Success).Value;
    }

    /// <summary>A page without what differs between two requests for the same page: the antiforgery token.</summary>
    public static string WithoutToken(Visit page) => Token().Replace(page.Body, "value=\"\"");

    /// <summary>What a client can tell two answers apart by: status, headers, cookies by name and attributes, body.</summary>
    public static string Fingerprint(Visit page)
    {
        var headers = page
            .Response.Headers.Concat(page.Response.Content.Headers)
            .Where(h => h.Key is not ("Date" or "Content-Length" or "Set-Cookie"))
            .SelectMany(h => h.Value.Select(v => $"{h.Key}: {v}"))
            .Order(StringComparer.Ordinal);
        var cookies = page.Response.Headers.TryGetValues("Set-Cookie", out var set)
            ? set.Select(c => CookieValue().Replace(c, "=…")).Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>();
        return string.Join('\n', [$"{(int)page.Status}", .. headers, .. cookies, WithoutToken(page)]);
    }

    /// <summary>Does something that must change nothing that is stored.</summary>
    public static async Task<Visit> RefusedAsync(this PortalServer server, Func<Task<Visit>> act)
    {
        var before = await server.Portal.ImageAsync();
        var visit = await act();
        DatabaseImage.AssertSame(before, await server.Portal.ImageAsync());
        return visit;
    }

    private static async Task<WebVisitor> SignedInAsync(PortalServer server, string kind, Guid id)
    {
        var visitor = new WebVisitor(server);
        await visitor.SignInAsync(kind, id);
        return visitor;
    }

    /// <summary>Signs somebody in, whoever was before.</summary>
    public static async Task SignInAsync(this WebVisitor visitor, string kind, Guid id)
    {
        var page = await visitor.GetAsync("/dev");
        var entered = await visitor.PostAsync(page, "/dev/sign-in", ("id", $"{id}"), ("kind", kind));
        Assert.Equal(HttpStatusCode.Redirect, entered.Status);
        Assert.NotEqual("/dev", entered.Location);
    }

    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)")]
    private static partial Regex SixDigits();

    [GeneratedRegex("(?<=name=\"__RequestVerificationToken\" )value=\"[^\"]*\"")]
    private static partial Regex Token();

    [GeneratedRegex("=[^;]*(?=;|$)")]
    private static partial Regex CookieValue();
}
