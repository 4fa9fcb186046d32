using System.Net;
using AdminPortal.Data.Accounts;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using AdminPortal.Web.Hosting;
using AdminPortal.Web.Shared;

namespace AdminPortal.Tests.Web;

/// <summary>What a browser notices of sessions that are listed and ended.</summary>
public sealed class StaffSessionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestPortal Portal => shared.Server.Portal;

    [Fact]
    public async Task A_session_that_was_ended_leads_to_sign_in_and_the_other_one_goes_on()
    {
        var officer = await Portal.CreateOfficerAsync();
        var guard = await Portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        using var one = await Visitors.OfficerAsync(shared.Server, officer);
        using var other = await Visitors.OfficerAsync(shared.Server, officer);
        var sessions = (await Portal.Get<SessionPages>().ListAsync(guard.Ref, officer.Badge, default))!;
        Assert.Equal(2, sessions.Count);
        Assert.All(
            sessions,
            session => Assert.Contains(session.Address, (string[])["127.0.0.1", "::1", "::ffff:127.0.0.1"])
        );

        await Portal.DoAsync(new EndSessions(officer.Id, sessions[0].Handle), guard.Ref);

        HttpStatusCode[] answers = [(await one.GetAsync("/staff")).Status, (await other.GetAsync("/staff")).Status];
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Redirect], answers.Order());
    }

    [Fact]
    public async Task An_act_in_a_circuit_lets_the_next_request_in_after_the_ticket_s_own_time()
    {
        var officer = await Portal.CreateOfficerAsync();
        using var visitor = await Visitors.OfficerAsync(shared.Server, officer);
        var session = Assert.Single((await Portal.Get<SessionPages>().OwnAsync(officer.Ref, default))!);
        shared.Server.Clock.Advance(TimeSpan.FromMinutes(10));
        await Portal.Get<Sessions>().TouchAsync(session.Handle, default);
        shared.Server.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/staff")).Status);
        // The control: without an act it is over.
        shared.Server.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/staff")).Status);
    }

    /// <summary>Whoever had the browser before may know the key of the session that is still there (SECURITY row 22).</summary>
    [Fact]
    public async Task Signing_in_over_a_session_that_is_still_there_makes_a_new_one_and_ends_the_old()
    {
        var (first, second) = (await Portal.CreateOfficerAsync(), await Portal.CreateOfficerAsync());
        using var visitor = await Visitors.OfficerAsync(shared.Server, first);
        using var thief = new WebVisitor(shared.Server);
        thief.Cookies.Add(visitor.Cookies.GetAllCookies());
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/staff")).Status);

        await visitor.SignInAsync(SignIns.Staff, second.Id);

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/staff")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/staff")).Status);
        Assert.Empty((await Portal.Get<SessionPages>().OwnAsync(first.Ref, default))!);
        Assert.Single((await Portal.Get<SessionPages>().OwnAsync(second.Ref, default))!);

        var (driver, next) = (await Portal.ImportDriverAsync(), await Portal.ImportDriverAsync());
        await visitor.SignInAsync(SignIns.Driver, driver.Id);
        using var other = new WebVisitor(shared.Server);
        other.Cookies.Add(visitor.Cookies.GetAllCookies());
        await visitor.SignInAsync(SignIns.Driver, next.Id);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/driver")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/driver")).Status);
    }

    [Fact]
    public async Task Of_a_driver_neither_address_nor_browser_is_kept()
    {
        var driver = await Portal.ImportDriverAsync();
        using var visitor = await Visitors.DriverAsync(shared.Server, driver);
        Assert.Equal(
            1,
            await Portal.ScalarAsync<long>(
                "SELECT count(*) FROM sessions WHERE subject_id = $1 AND address IS NULL AND browser IS NULL",
                driver.Id
            )
        );
    }

    [Theory]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
        "Edge · Windows"
    )]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux")]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
        "Safari · iOS"
    )]
    [InlineData("curl/8.0", null)]
    [InlineData("", null)]
    public void A_browser_is_named_in_two_words(string header, string? name) =>
        Assert.Equal(name, BrowserNames.Of(header));
}
