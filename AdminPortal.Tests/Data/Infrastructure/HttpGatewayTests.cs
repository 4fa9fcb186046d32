using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AdminPortal.Data.Gateways;
using AdminPortal.Domain.FaceChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdminPortal.Tests.Data.Infrastructure;

public sealed class HttpGatewayTests
{
    private const string IdNumber = "11010519491231002X";
    private static readonly OutgoingMessage Message = new("m-1", MessageChannel.Alipay, "2088-1", "您好");
    private static readonly PointsRequest Reduction = new("r-1", IdNumber, "4403", 2, new(2026, 1, 15));

    /// <summary>Answers that no gateway may take for one.</summary>
    public static TheoryData<string> Troubles =>
        new(
            "500",
            "503",
            "garbage",
            "empty",
            "html",
            "wrong json",
            "huge",
            "endless",
            "cut head",
            "cut body",
            "not http",
            "slow head",
            "slow body",
            "redirect"
        );

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Trouble_is_an_answer_of_each_gateway(string trouble)
    {
        await using var server = new MisbehavingServer((_, _, stream, ct) => MisbehaveAsync(trouble, stream, ct));
        var options = Options(server, timeout: trouble.StartsWith("slow", StringComparison.Ordinal) ? 150 : 5000);

        Assert.Equal(FaceComparison.Unavailable, await Compare(options));
        Assert.Equal(Delivery.TryLater, await Send(options));
        var reductionsBefore = server.Requests.Count;
        Assert.Equal(PointsAnswer.Unknown, await Points(options).ReduceAsync(Reduction, default));
        Assert.Equal(reductionsBefore + 1, server.Requests.Count); // never twice
        Assert.Equal(PointsAnswer.Unknown, await Points(options).QueryAsync("r-1", default));
    }

    [Fact]
    public async Task Nobody_there_is_an_answer_too()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        var options = Options(new Uri($"http://127.0.0.1:{port}"));

        Assert.Equal(FaceComparison.Unavailable, await Compare(options));
        Assert.Equal(Delivery.TryLater, await Send(options));
        Assert.Equal(PointsAnswer.Unknown, await Points(options).ReduceAsync(Reduction, default));
    }

    [Theory]
    [InlineData("""{"result":"match","score":0.93}""", FaceOutcome.Match, 0.93)]
    [InlineData("""{"result":"mismatch","score":0}""", FaceOutcome.Mismatch, 0.0)]
    [InlineData("""{"result":"no_face"}""", FaceOutcome.NoFace, null)]
    [InlineData("""{"result":"match"}""", FaceOutcome.Unavailable, null)]
    [InlineData("""{"result":"match","score":93}""", FaceOutcome.Unavailable, null)]
    [InlineData("""{"result":"perhaps","score":0.5}""", FaceOutcome.Unavailable, null)]
    public async Task Face_answers_are_read_as_documented(string body, FaceOutcome outcome, double? score)
    {
        await using var server = MisbehavingServer.Answering(200, body);

        Assert.Equal(new FaceComparison(outcome, (decimal?)score), await Compare(Options(server)));

        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /base/v1/face-comparisons HTTP/1.1", request);
        Assert.Contains("Authorization: Bearer secret", request);
        Assert.Contains("Idempotency-Key: k-1", request);
        Assert.EndsWith("""{"format":"image/jpeg","reference":"AQ==","live":"Ag=="}""", request);
    }

    [Fact]
    public async Task A_comparison_is_repeated_after_an_outage_under_the_same_key()
    {
        await using var server = new MisbehavingServer(
            (call, _, stream, ct) =>
                call < 3
                    ? MisbehavingServer.WriteAsync(stream, 503, "", ct)
                    : MisbehavingServer.WriteAsync(stream, 200, """{"result":"no_face"}""", ct)
        );

        Assert.Equal(FaceOutcome.NoFace, (await Compare(Options(server))).Outcome);

        Assert.Equal(3, server.Requests.Count);
        Assert.All(server.Requests, r => Assert.Contains("Idempotency-Key: k-1", r));
    }

    [Theory]
    [InlineData(200, """{"status":"accepted"}""", Delivery.Accepted)]
    [InlineData(202, """{"status":"accepted"}""", Delivery.Accepted)]
    [InlineData(200, """{"status":"refused"}""", Delivery.Refused)]
    [InlineData(200, """{"status":"?"}""", Delivery.TryLater)]
    [InlineData(400, "", Delivery.Refused)]
    [InlineData(422, "{}", Delivery.Refused)]
    [InlineData(408, "", Delivery.TryLater)]
    [InlineData(401, "", Delivery.TryLater)]
    [InlineData(403, "", Delivery.TryLater)]
    [InlineData(429, "", Delivery.TryLater)]
    [InlineData(302, "", Delivery.TryLater)]
    public async Task Message_answers_are_read_as_documented(int status, string body, Delivery delivery)
    {
        await using var server = MisbehavingServer.Answering(status, body);

        Assert.Equal(delivery, await Send(Options(server)));

        var request = Assert.Single(server.Requests); // once: the outbox repeats
        Assert.StartsWith("POST /base/v1/messages ", request);
        Assert.Contains("Idempotency-Key: m-1", request);
        Assert.Contains("\"channel\":\"alipay\"", request);
    }

    [Theory]
    [InlineData(200, """{"key":"r-1","state":"applied","pointsTaken":2}""", PointsState.Applied, 2, null)]
    [InlineData(200, """{"key":"r-1","state":"applied","pointsTaken":1}""", PointsState.Applied, 1, null)]
    [InlineData(202, """{"key":"r-1","state":"pending"}""", PointsState.Pending, null, null)]
    [InlineData(
        200,
        """{"key":"r-1","state":"rejected","reason":"no_record"}""",
        PointsState.Rejected,
        null,
        "no_record"
    )]
    [InlineData(200, """{"key":"r-1","state":"applied"}""", PointsState.Unknown, null, null)]
    [InlineData(200, """{"key":"r-1","state":"applied","pointsTaken":3}""", PointsState.Unknown, null, null)]
    [InlineData(200, """{"key":"r-2","state":"applied","pointsTaken":2}""", PointsState.Unknown, null, null)]
    [InlineData(400, """{"key":"r-1","state":"rejected"}""", PointsState.Unknown, null, null)]
    [InlineData(404, "", PointsState.Unknown, null, null)]
    [InlineData(409, "", PointsState.Unknown, null, null)]
    public async Task Reduction_answers_are_read_as_documented(
        int status,
        string body,
        PointsState state,
        int? taken,
        string? reason
    )
    {
        await using var server = MisbehavingServer.Answering(status, body);

        Assert.Equal(
            new PointsAnswer(state, taken, reason),
            await Points(Options(server)).ReduceAsync(Reduction, default)
        );

        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /base/v1/point-reductions ", request);
        Assert.Contains("Idempotency-Key: r-1", request);
        Assert.EndsWith(
            """{"key":"r-1","idNumber":"11010519491231002X","authority":"4403","points":2,"cycleStart":"2026-01-15"}""",
            request
        );
    }

    [Fact]
    public async Task A_query_is_repeated_and_not_found_is_known()
    {
        await using var server = new MisbehavingServer(
            (call, _, stream, ct) => MisbehavingServer.WriteAsync(stream, call == 1 ? 500 : 404, "", ct)
        );

        Assert.Equal(PointsState.NotFound, (await Points(Options(server)).QueryAsync("r/1?", default)).State);

        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, r => Assert.StartsWith("GET /base/v1/point-reductions/r%2F1%3F ", r));
        Assert.All(server.Requests, r => Assert.DoesNotContain(IdNumber, r));
    }

    [Fact]
    public async Task The_callers_cancellation_is_thrown()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new MisbehavingServer(
            async (_, _, _, ct) =>
            {
                await cancel.CancelAsync();
                await Task.Delay(Timeout.Infinite, ct);
            }
        );
        var options = Options(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Points(options).ReduceAsync(Reduction, cancel.Token)
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Points(options).QueryAsync("r-1", cancel.Token));
    }

    [Fact]
    public async Task A_timeout_bounds_the_whole_answer()
    {
        await using var server = new MisbehavingServer((_, _, stream, ct) => MisbehaveAsync("slow body", stream, ct));
        var watch = Stopwatch.StartNew();

        await Compare(Options(server, timeout: 200));

        Assert.InRange(watch.ElapsedMilliseconds, 190, 3000);
        Assert.Single(server.Requests); // a timeout has used the patience up
    }

    [Fact]
    public void Options_do_not_print_their_key() =>
        Assert.DoesNotContain("secret", Options(new Uri("http://127.0.0.1:1")).ToString());

    private static async Task MisbehaveAsync(string trouble, NetworkStream stream, CancellationToken ct)
    {
        Task Raw(string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), ct).AsTask();
        const string Ok = "HTTP/1.1 200 OK\r\n";
        const string Good =
            """{"result":"match","score":0.9,"status":"accepted","key":"r-1","state":"applied","pointsTaken":2}""";
        switch (trouble)
        {
            case "500" or "503":
                // The body says yes; the status counts.
                await MisbehavingServer.WriteAsync(stream, int.Parse(trouble), Good, ct);
                break;
            case "garbage":
                await MisbehavingServer.WriteAsync(stream, 200, "\u0001\u0002{{{", ct);
                break;
            case "empty":
                await MisbehavingServer.WriteAsync(stream, 200, "", ct);
                break;
            case "html":
                await MisbehavingServer.WriteAsync(stream, 200, "<html>Please log in</html>", ct);
                break;
            case "wrong json":
                await MisbehavingServer.WriteAsync(stream, 200, """["match"]""", ct);
                break;
            case "huge":
                await MisbehavingServer.WriteAsync(
                    stream,
                    200,
                    Good[..^1] + $",\"x\":\"{new string('x', 70_000)}\"}}",
                    ct
                );
                break;
            case "endless":
                await Raw(Ok + "Transfer-Encoding: chunked\r\n\r\n");
                while (true)
                {
                    await Raw($"1000\r\n{new string(' ', 4096)}\r\n");
                }
            case "cut head":
                await Raw("HTTP/1.1 200");
                break;
            case "cut body":
                await Raw($"{Ok}Content-Length: 500\r\n\r\n{Good}");
                break;
            case "not http":
                await Raw("220 mail ready\r\n\r\n");
                break;
            case "slow head":
                await Task.Delay(Timeout.Infinite, ct);
                break;
            case "slow body":
                await Raw($"{Ok}Content-Length: {Good.Length}\r\n\r\n{Good[..10]}");
                await Task.Delay(Timeout.Infinite, ct);
                break;
            case "redirect":
                await Raw(
                    "HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                );
                break;
            default:
                throw new ArgumentException(trouble, nameof(trouble));
        }
    }

    private static GatewayOptions Options(MisbehavingServer server, int timeout = 5000) =>
        Options(new Uri(server.Address, "base/")) with
        {
            Timeout = TimeSpan.FromMilliseconds(timeout),
        };

    private static GatewayOptions Options(Uri address) =>
        new()
        {
            BaseAddress = address,
            ApiKey = "secret",
            RetryDelay = TimeSpan.FromMilliseconds(1),
        };

    private static async Task<FaceComparison> Compare(GatewayOptions options)
    {
        using var client = GatewayHttp.CreateClient();
        var face = new HttpFaceComparison(client, options, NullLogger<HttpFaceComparison>.Instance);
        return await face.CompareAsync(new byte[] { 1 }, new byte[] { 2 }, "k-1", default);
    }

    private static async Task<Delivery> Send(GatewayOptions options)
    {
        using var client = GatewayHttp.CreateClient();
        return await new HttpMessageGateway(client, options, NullLogger<HttpMessageGateway>.Instance).SendAsync(
            Message,
            default
        );
    }

    private static HttpPointsGateway Points(GatewayOptions options) =>
        new(GatewayHttp.CreateClient(), options, NullLogger<HttpPointsGateway>.Instance);
}
