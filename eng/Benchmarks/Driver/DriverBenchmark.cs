using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using AdminPortal.Domain.Questions;

namespace AdminPortal.Benchmarks.Driver;

/// <summary>
/// How many requests a second the drivers' side serves, whole: Kestrel, sign-in, antiforgery, acts, PostgreSQL with its data on
/// disk. Beside it, in turns, a bare minimal API in a process of its own. The load comes from this process on the same machine, so
/// that all of them share its cores: the ratio means more than the figures.
/// </summary>
internal static class DriverBenchmark
{
    private const int Rounds = 5;
    private const int AtOnce = 16;
    private const int Pages = 800;
    private const int Beats = 1_600;
    private const int Exams = 40;
    private const int PeerRequests = 20_000;

    public static async Task RunAsync()
    {
        await using var portal = await Portal.StartAsync(AtOnce + Exams * (Rounds + 1));
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler);
        var studying = await portal.StudyingAsync(AtOnce);
        var students = await Browser.SignInAsync(client, portal.Address, studying);
        var length = (await students[0].GetAsync("/driver")).Length;
        using var peer = ServerProcess.Start(
            Assembly.GetExecutingAssembly().Location,
            port => [BarePeer.Word, $"{port}", $"{length}"],
            // As the web program has it by its SDK.
            new Dictionary<string, string> { ["DOTNET_gcServer"] = "1" }
        );
        await peer.ReadyAsync("/");

        Console.WriteLine(
            $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}"
        );
        Console.WriteLine(
            $"PostgreSQL {await portal.DatabaseAsync()}, private, durable; demonstration data and {AtOnce + Exams * (Rounds + 1)} drivers more"
        );
        Console.WriteLine(
            $"{AtOnce} requests at once over loopback from this process; one warm-up, then the median of {Rounds} rounds, in turns with the peer"
        );

        await CompareAsync(
            $"home page ({length} bytes)",
            Pages,
            () => LoadAsync(portal.Server, Pages, (worker, _) => students[worker].GetAsync("/driver")),
            () => LoadAsync(peer, PeerRequests, (_, _) => PeerGetAsync(client, peer.Address))
        );

        var tickets = studying.Select(id => $"{id}").ToArray();
        var section = StarterContent.Sections[0].Id;
        await CompareAsync(
            "study heartbeat",
            Beats,
            () =>
                LoadAsync(
                    portal.Server,
                    Beats,
                    async (worker, _) => tickets[worker] = await students[worker].BeatAsync(section, tickets[worker])
                ),
            () => LoadAsync(peer, PeerRequests, (_, _) => PeerPostAsync(client, peer.Address))
        );

        await CompareAsync(
            "exam answer",
            Exams * 18,
            () => AnswerAsync(portal, client),
            () => LoadAsync(peer, PeerRequests, (_, _) => PeerPostAsync(client, peer.Address))
        );
    }

    // Each worker sits one exam after another, up to the random face check.
    private static async Task<Speed> AnswerAsync(Portal portal, HttpClient client)
    {
        var exams = await portal.ExaminedAsync(Exams);
        var browsers = await Browser.SignInAsync(client, portal.Address, exams.Select(e => e.Driver));
        var (next, answers) = (-1, 0);
        var (watch, processor) = (Stopwatch.StartNew(), portal.Server.Processor);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(WorkAsync)));
        return new Speed(answers, watch.Elapsed, portal.Server.Processor - processor);

        async Task WorkAsync()
        {
            for (int n; (n = Interlocked.Increment(ref next)) < exams.Count; )
            {
                for (var i = 0; i < exams[n].Answers.Count; i++)
                {
                    await browsers[n].AnswerAsync(exams[n].Attempt, i + 1, exams[n].Answers[i]);
                    Interlocked.Increment(ref answers);
                }
            }
        }
    }

    private static async Task<Speed> LoadAsync(ServerProcess server, int requests, Func<int, int, Task> request)
    {
        var next = -1;
        var (watch, processor) = (Stopwatch.StartNew(), server.Processor);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(worker => Task.Run(() => WorkAsync(worker))));
        return new Speed(requests, watch.Elapsed, server.Processor - processor);

        async Task WorkAsync(int worker)
        {
            for (int n; (n = Interlocked.Increment(ref next)) < requests; )
            {
                await request(worker, n);
            }
        }
    }

    private static async Task CompareAsync(
        string subject,
        int requests,
        Func<Task<Speed>> mine,
        Func<Task<Speed>> theirs
    )
    {
        await mine();
        await theirs();
        var (portal, peer) = (new List<Speed>(), new List<Speed>());
        for (var round = 0; round < Rounds; round++)
        {
            portal.Add(await mine());
            peer.Add(await theirs());
        }
        var (a, b) = (Median(portal, s => s.PerSecond), Median(peer, s => s.PerSecond));
        Console.WriteLine($"{subject}, {requests} a round: {Text(portal)}");
        Console.WriteLine($"  bare minimal API, {PeerRequests} a round: {Text(peer)}");
        Console.WriteLine($"  ratio {a / b:F4}");
    }

    private static string Text(List<Speed> rounds) =>
        $"{Median(rounds, s => s.PerSecond):F0} requests/s ({rounds.Min(s => s.PerSecond):F0} to {rounds.Max(s => s.PerSecond):F0}), "
        + $"{Median(rounds, s => s.ProcessorPerRequest):F3} ms of processor time each in the web process";

    private static async Task PeerGetAsync(HttpClient client, Uri address)
    {
        using var answer = await client.GetAsync(address);
        await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    private static async Task PeerPostAsync(HttpClient client, Uri address)
    {
        using var content = new FormUrlEncodedContent([new("ordinal", "1"), new("choice", "0")]);
        using var answer = await client.PostAsync(address, content);
        answer.EnsureSuccessStatusCode();
    }

    private static double Median(List<Speed> rounds, Func<Speed, double> value) =>
        rounds.Select(value).Order().ElementAt(rounds.Count / 2);

    private sealed record Speed(int Requests, TimeSpan Took, TimeSpan Processor)
    {
        public double PerSecond => Requests / Took.TotalSeconds;

        /// <summary>Milliseconds; the database's and the load's own are not in it.</summary>
        public double ProcessorPerRequest => Processor.TotalMilliseconds / Requests;
    }
}
