using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace AdminPortal.Tests.Support;

/// <summary>What a visitor got.</summary>
internal sealed record Visit(HttpStatusCode Status, HttpResponseMessage Response, string Body)
{
    public IHtmlDocument Html => new HtmlParser().ParseDocument(Body);

    public string Location => Response.Headers.Location?.OriginalString ?? "";
}

/// <summary>A browser without script: cookies, forms with their antiforgery token, redirects only when asked for.</summary>
internal sealed class WebVisitor : IDisposable
{
    private readonly HttpClient _client;

    public WebVisitor(PortalServer server)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = Cookies,
            UseCookies = true,
        };
        _client = new HttpClient(handler) { BaseAddress = new Uri(server.Address) };
    }

    public CookieContainer Cookies { get; } = new();

    public async Task<Visit> GetAsync(string path) => await ReadAsync(await _client.GetAsync(path));

    public async Task<Visit> SendAsync(HttpRequestMessage request)
    {
        // A server that takes no such body says so and hangs up: asked first, its answer is not lost while the body is sent.
        if (request.Content?.Headers.ContentLength > AskedFirst)
        {
            request.Headers.ExpectContinue = true;
        }
        return await ReadAsync(await _client.SendAsync(request));
    }

    /// <summary>Posts fields to a path with the token of a page that was read before.</summary>
    public async Task<Visit> PostAsync(Visit from, string path, params (string Name, string Value)[] fields) =>
        await SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent([.. Pairs(fields), new(TokenName, TokenOf(from))]),
            }
        );

    /// <summary>Posts a form with a file.</summary>
    public async Task<Visit> UploadAsync(
        Visit from,
        string path,
        string field,
        byte[] file,
        string fileName,
        params (string Name, string Value)[] fields
    )
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append((TokenName, TokenOf(from))))
        {
            form.Add(new StringContent(value), name);
        }
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(content, field, fileName);
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The antiforgery token of a page.</summary>
    public static string TokenOf(Visit page) =>
        (page.Html.QuerySelector($"input[name={TokenName}]") as IHtmlInputElement)?.Value
        ?? page.Html.QuerySelector("[data-token]")?.GetAttribute("data-token")
        ?? "";

    private const int AskedFirst = 1024 * 1024;
    private const string TokenName = "__RequestVerificationToken";

    private static IEnumerable<KeyValuePair<string, string>> Pairs((string Name, string Value)[] fields) =>
        fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value));

    private static async Task<Visit> ReadAsync(HttpResponseMessage response) =>
        new(response.StatusCode, response, await response.Content.ReadAsStringAsync());
}
