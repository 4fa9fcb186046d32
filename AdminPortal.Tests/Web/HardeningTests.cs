using System.Net;
using System.Net.Sockets;
using System.Text;
using AdminPortal.Data.Accounts;
using AdminPortal.Tests.Support;
using AdminPortal.Web.Hosting;
using AdminPortal.Web.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdminPortal.Tests.Web;

/// <summary>The framework defaults that were changed, each by what a hostile client sees (docs/security.md, D1 to D15).</summary>
public sealed class HardeningTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private PortalServer Server => shared.Server;

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/driver/sign-in", 200)]
    [InlineData("/account/sign-in", 200)]
    [InlineData("/no-such-page", 404)]
    [InlineData("/driver", 302)]
    [InlineData("/staff/reviews", 302)]
    [InlineData("/health", 200)]
    [InlineData("/driver/site.css", 200)]
    public async Task Every_answer_carries_the_headers(string path, int status)
    {
        using var visitor = new WebVisitor(Server);
        var visit = await visitor.GetAsync(path);
        Assert.Equal(status, (int)visit.Status);
        var headers = visit.Response.Headers;
        var csp = Assert.Single(headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", csp);
        Assert.DoesNotContain("unsafe-eval", csp);
        Assert.DoesNotMatch("script-src[^;]*unsafe-inline", csp);
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.NotEmpty(headers.GetValues("Referrer-Policy"));
        Assert.False(headers.Contains("Server"));
    }

    [Fact]
    public async Task A_foreign_host_name_is_refused()
    {
        using var visitor = new WebVisitor(Server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "evil.example";
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData(null)]
    public async Task The_circuit_takes_no_socket_from_elsewhere(string? origin)
    {
        var address = new Uri(Server.Address);
        using var client = new TcpClient(address.Host, address.Port);
        var request =
            $"GET /_blazor?id=x HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + (origin is null ? "" : $"Origin: {origin}\r\n")
            + "\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        var status = await reader.ReadLineAsync() ?? "";
        Assert.DoesNotContain("101", status);
        Assert.Matches("HTTP/1.1 (302|401|403)", status);
    }

    [Theory]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("GET", "/_blazor?id=x&transport=serverSentEvents")]
    [InlineData("POST", "/_blazor?id=x")]
    public async Task The_circuit_is_negotiated_with_nobody_else_and_has_no_other_transport(string method, string path)
    {
        using var visitor = new WebVisitor(Server);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Origin", "https://evil.example");
        Assert.Contains((int)(await visitor.SendAsync(request)).Status, new[] { 302, 401, 403 });
    }

    [Theory]
    [InlineData("/language")]
    [InlineData("/driver/sign-in")]
    [InlineData("/account/sign-in")]
    [InlineData("/dev/sign-in")]
    public async Task A_form_without_its_token_changes_nothing(string path)
    {
        using var visitor = new WebVisitor(Server);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([new("lang", "en"), new("name", "x")]),
        };
        var visit = await visitor.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, visit.Status);
        Assert.False(visit.Response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/a\r\nSet-Cookie:x=1")]
    [InlineData("javascript:alert(1)")]
    public void A_return_address_never_leads_to_another_site(string url)
    {
        Assert.Equal("/", ShellEndpoints.Local(url));
    }

    [Fact]
    public void Circuits_keep_nothing_when_they_are_gone()
    {
        var options = Server.Services.GetRequiredService<IOptions<CircuitOptions>>().Value;
        Assert.Equal(0, options.PersistedCircuitInMemoryMaxRetained);
        Assert.False(options.DetailedErrors);
    }

    [Fact]
    public void Passwords_are_hashed_with_today_s_work_factor()
    {
        Assert.True(PasswordRules.Iterations >= 220_000);
        var hash = Convert.FromBase64String(PasswordRules.Hasher.HashPassword(new StaffUser(), "anything at all"));
        // Format 1: marker, algorithm, iteration count as big-endian numbers.
        Assert.Equal(
            PasswordRules.Iterations,
            System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5))
        );
        Assert.Equal(2, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(1)));
    }

    [Fact]
    public void A_hash_with_an_old_work_factor_asks_to_be_renewed()
    {
        var old = new PasswordHasher<StaffUser>(Options.Create(new PasswordHasherOptions { IterationCount = 100_000 }));
        var verified = PasswordRules.Hasher.VerifyHashedPassword(
            new StaffUser(),
            old.HashPassword(new StaffUser(), "some words"),
            "some words"
        );
        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, verified);
    }

    [Fact]
    public async Task Outside_development_neither_demonstration_nor_sample_photos_exist()
    {
        var gateways = new Dictionary<string, string?>
        {
            ["Gateways:Face:BaseAddress"] = "https://127.0.0.1:1/",
            ["Gateways:Face:ApiKey"] = "k",
            ["Gateways:Messages:BaseAddress"] = "https://127.0.0.1:1/",
            ["Gateways:Messages:ApiKey"] = "k",
            ["Gateways:Points:BaseAddress"] = "https://127.0.0.1:1/",
            ["Gateways:Points:ApiKey"] = "k",
        };
        await using var server = await PortalServer.StartAsync(
            TestClock.China(2026, 3, 10, 10),
            "Production",
            gateways
        );
        using var visitor = new WebVisitor(server);
        foreach (var path in new[] { "/dev", "/dev/inbox", "/dev/samples/A-live.jpg" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("X-Forwarded-Proto", "https");
            var visit = await visitor.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, visit.Status);
        }
        Assert.DoesNotContain(
            server.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints,
            e => e.DisplayName?.Contains("/dev", StringComparison.Ordinal) == true
        );
    }

    [Fact]
    public async Task Outside_development_cookies_are_secure_and_bound_to_the_host()
    {
        var antiforgery = Server.Services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value;
        Assert.True(antiforgery.Cookie.HttpOnly);
        var services = new ServiceCollection();
        services.AddPortalSignIns(development: false);
        await using var provider = services.AddLogging().BuildServiceProvider();
        Assert.StartsWith("__Host-", provider.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie.Name);
    }
}
