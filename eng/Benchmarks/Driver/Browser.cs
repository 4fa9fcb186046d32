using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AdminPortal.Benchmarks.Driver;

/// <summary>
/// A driver's signed-in browser, as light as it can be: what the load costs to make is not to be measured. All share one client
/// with its connections; each sends its own cookies.
/// </summary>
internal sealed partial class Browser
{
    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly string _cookies;
    private readonly string _token;

    private Browser(HttpClient client, Uri address, string cookies, string token) =>
        (_client, _address, _cookies, _token) = (client, address, cookies, token);

    /// <summary>Signs drivers in by the one click of Development.</summary>
    public static async Task<IReadOnlyList<Browser>> SignInAsync(
        HttpClient client,
        Uri address,
        IEnumerable<Guid> drivers
    )
    {
        using var entrance = await client.GetAsync(new Uri(address, "/dev"));
        var (form, token) = (Cookies(entrance), Token(await entrance.Content.ReadAsStringAsync()));
        var browsers = new List<Browser>();
        foreach (var driver in drivers)
        {
            var stranger = new Browser(client, address, form, token);
            using var entered = await stranger.SendAsync(
                "/dev/sign-in",
                stranger.Form(("id", $"{driver}"), ("kind", "Driver")),
                HttpStatusCode.Redirect
            );
            var signedIn = new Browser(client, address, $"{form}; {Cookies(entered)}", "");
            var home = await signedIn.GetAsync("/driver");
            browsers.Add(new Browser(client, address, signedIn._cookies, Token(Encoding.UTF8.GetString(home))));
        }
        return browsers;
    }

    /// <summary>A page that must be there.</summary>
    public async Task<byte[]> GetAsync(string path)
    {
        using var answer = await SendAsync(path, null, HttpStatusCode.OK);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>A heartbeat that must be taken.</summary>
    /// <returns>The ticket of the next.</returns>
    public async Task<string> BeatAsync(string section, string ticket)
    {
        var beat = JsonContent(JsonSerializer.SerializeToUtf8Bytes(new { section, ticket }));
        using var answer = await SendAsync("/driver/study/beat", beat, HttpStatusCode.OK);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return json.RootElement.GetProperty("ticket").GetString()!;
    }

    /// <summary>An answer that must be taken.</summary>
    public async Task AnswerAsync(Guid attempt, int ordinal, IEnumerable<int> choices)
    {
        var form = Form([("ordinal", $"{ordinal}"), .. choices.Select(c => ("choice", $"{c}"))]);
        using var answer = await SendAsync($"/driver/exam/{attempt}/answer", form, HttpStatusCode.Redirect);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, HttpContent? content, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(
            content is null ? HttpMethod.Get : HttpMethod.Post,
            new Uri(_address, path)
        );
        request.Content = content;
        request.Headers.Add("Cookie", _cookies);
        if (content is ByteArrayContent and not FormUrlEncodedContent)
        {
            request.Headers.Add("Accept", "application/json");
            request.Headers.Add("RequestVerificationToken", _token);
        }
        var answer = await _client.SendAsync(request);
        return answer.StatusCode == expected
            ? answer
            : throw new InvalidOperationException(
                $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
            );
    }

    private FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(
            fields
                .Append(("__RequestVerificationToken", _token))
                .Select(f => new KeyValuePair<string, string>(f.Item1, f.Item2))
        );

    private static ByteArrayContent JsonContent(byte[] json) =>
        new(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static string Cookies(HttpResponseMessage answer) =>
        string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));

    private static string Token(string page) => TokenPattern().Match(page).Groups["token"].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex TokenPattern();
}
