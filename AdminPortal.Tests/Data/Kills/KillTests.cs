using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AdminPortal.Data;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Gateways.StandIns;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Points;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Data.Kills;

/// <summary>
/// The process is killed (-9) at random moments while drivers and officers act and the dispatchers run. No act is half done, none
/// that was acknowledged is lost, no message is lost or goes out under two keys, no point is taken off twice.
/// </summary>
public sealed class KillTests : IAsyncLifetime
{
    private const int Kills = 6;
    private const int Acts = 80;

    private readonly Random _random = new(20260310);
    private TestPortal _portal = null!;
    private KillOrder _order = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        // A crowd at every stage of the story. The server is not killed, so it need not sync.
        var drivers = new List<TestDriver>();
        for (var i = 0; i < 4; i++)
        {
            drivers.Add(await _portal.DriverBeforeExamAsync());
        }
        for (var i = 0; i < 8; i++)
        {
            drivers.Add(await _portal.ImportDriverAsync());
        }
        await _portal.SeedCasesAsync(40);
        await _portal.SeedReductionsAsync(10);
        var officers = new[] { await _portal.CreateOfficerAsync(), await _portal.CreateOfficerAsync(Role.Supervisor) };
        _order = new KillOrder(
            _portal.ConnectionString,
            TestPostgres.KeyFile,
            TestPostgres.AuditKey.Value,
            _portal.Folder.Folder,
            0,
            [.. drivers.Select(d => new KillDriver(d.Id, d.Person.Mobile, d.Person.Face))],
            [.. officers.Select(o => o.Id)]
        );
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Killed_again_and_again_it_loses_nothing_it_acknowledged_and_leaves_nothing_half_done()
    {
        var acknowledged = new List<string>();
        var kills = 0;
        while (kills < Kills || acknowledged.Count < Acts)
        {
            acknowledged.AddRange(await RunAndKillAsync(seed: kills, after: 8 + _random.Next(12)));
            kills++;
        }

        await AssertAcknowledgedActsAreThereAsync(acknowledged);
        await AssertNothingIsHalfDoneAsync();
        await DispatchTheRestAsync();
        await AssertEveryMessageWentOutOnceAsync();
        await AssertPointsAgreeAsync();
    }

    /// <summary>Starts the worker and kills it a moment after so many acts.</summary>
    /// <returns>What it acknowledged, the lines between the last count and its death too.</returns>
    private async Task<IReadOnlyList<string>> RunAndKillAsync(int seed, int after)
    {
        var assembly = typeof(KillTests).Assembly.Location;
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet"
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(assembly);
        start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        start.Environment["DOTNET_TieredPGO"] = "0"; // it never lives long enough to profit
        start.Environment[KillWorker.Variable] = JsonSerializer.Serialize(_order with { Seed = seed });
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        while (lines.Count < after && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }
        // Anywhere within an act: one takes a few milliseconds.
        SpinWait.SpinUntil(() => false, TimeSpan.FromMilliseconds(_random.Next(25)));
        Assert.False(process.HasExited, process.HasExited ? $"The worker ended by itself: {await errors}" : "");
        process.Kill();
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return [.. lines.Concat(rest.Split('\n')).Where(l => l.EndsWith("|.", StringComparison.Ordinal))];
    }

    private async Task AssertAcknowledgedActsAreThereAsync(IReadOnlyList<string> acknowledged)
    {
        Assert.True(acknowledged.Count >= Acts);
        foreach (var line in acknowledged)
        {
            var parts = line.Split('|');
            var at = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[2], CultureInfo.InvariantCulture));
            var entries = await _portal.ScalarAsync<long>(
                "SELECT count(*) FROM audit_entries WHERE act = $1 AND actor_id = $2 AND happened_at = $3",
                parts[0],
                Guid.Parse(parts[1]),
                at
            );
            Assert.True(entries == 1, $"{line} has {entries} entries.");
        }
        // Every kind of act was met, else the walk is too short to say anything.
        var kinds = acknowledged.Select(l => l.Split('|')[0]).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "Apply",
                "RecordFaceOutcome",
                "OpenExam",
                "AnswerQuestion",
                "ClaimNextCase",
                "DecideReview",
                "ViewCase",
                "AddNote",
            },
            kinds
        );
    }

    private async Task AssertNothingIsHalfDoneAsync()
    {
        await _portal.AssertAuditIsWholeAsync();
        (string What, string Sql)[] halves =
        [
            (
                "a round whose state is not its last step's",
                "SELECT count(*) FROM rounds r WHERE state <> (SELECT to_state FROM round_steps s WHERE s.round_id = r.id ORDER BY number DESC LIMIT 1)"
            ),
            (
                "a case whose state is not its last step's",
                "SELECT count(*) FROM cases c WHERE state <> (SELECT to_state FROM case_steps s WHERE s.case_id = c.id ORDER BY number DESC LIMIT 1)"
            ),
            (
                "a gap in the steps of a round",
                "SELECT count(*) FROM (SELECT round_id FROM round_steps GROUP BY round_id HAVING max(number) <> count(*)) AS g"
            ),
            (
                "a step of a round without an audit entry",
                $"SELECT count(*) FROM round_steps s JOIN rounds r ON r.id = s.round_id WHERE {NoEntry("r.driver_id")} AND {NotSeeded("s.round_id")}"
            ),
            (
                "a step of a case without an audit entry",
                $"SELECT count(*) FROM case_steps s JOIN cases c ON c.id = s.case_id WHERE {NoEntry("c.driver_id")} AND s.act <> 'Open'"
            ),
            (
                "an approval without its round",
                "SELECT count(*) FROM applications a WHERE is_approved <> EXISTS (SELECT 1 FROM rounds r WHERE r.id = a.round_id)"
            ),
            (
                "a review without its case",
                "SELECT count(*) FROM reviews r WHERE NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = r.case_id)"
            ),
            (
                "an upheld review without its reduction",
                "SELECT count(*) FROM cases c JOIN reviews r ON r.case_id = c.id WHERE c.state = 'Upheld' AND NOT EXISTS (SELECT 1 FROM reductions x WHERE x.round_id = r.round_id)"
            ),
            (
                "a decision that the driver was not told",
                "SELECT count(*) FROM cases c WHERE c.decided_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.driver_id = c.driver_id AND m.written_at = c.decided_at AND m.template LIKE 'Review%')"
            ),
            (
                "a message without its two deliveries",
                "SELECT count(*) FROM messages m WHERE (SELECT count(*) FROM message_deliveries d WHERE d.message_id = m.id) <> 2"
            ),
            (
                "an attempt whose counts are not its answers",
                "SELECT count(*) FROM exam_attempts a WHERE right_count <> (SELECT count(*) FROM exam_answers x WHERE x.attempt_id = a.id AND is_right)"
            ),
            (
                "a paper that is not whole",
                "SELECT count(*) FROM exam_attempts a WHERE (SELECT count(*) FROM exam_items i WHERE i.attempt_id = a.id) NOT IN (0, 20)"
            ),
        ];
        foreach (var (what, sql) in halves)
        {
            Assert.True(await _portal.ScalarAsync<long>(sql) == 0, $"There is {what}.");
        }
        // A row never points to a photo that is not there.
        var files = _portal.Get<PhotoFiles>();
        foreach (var photo in await _portal.ColumnAsync<Guid>("SELECT id FROM photos"))
        {
            Assert.NotEmpty(await files.ReadAsync(photo, default));
        }
    }

    private static string NoEntry(string driver) =>
        $"NOT EXISTS (SELECT 1 FROM audit_entries e WHERE e.happened_at = s.happened_at AND e.driver_id = {driver})";

    // Rounds the test put there itself, before any act.
    private static string NotSeeded(string round) =>
        $"EXISTS (SELECT 1 FROM applications p WHERE p.round_id = {round})";

    private async Task DispatchTheRestAsync()
    {
        _portal.Clock.Now = TestClock.China(2027, 1, 1);
        await using var last = KillWorker.Compose(_order, _portal.Clock);
        await last.GetRequiredService<PointsDispatcher>().RunAsync(default);
        await last.GetRequiredService<MessageDispatcher>().RunAsync(default);
        Assert.Equal(
            0,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM message_deliveries WHERE settled_at IS NULL")
        );
        Assert.Equal(0, await _portal.ScalarAsync<long>("SELECT count(*) FROM reductions WHERE settled_at IS NULL"));
        Assert.Null((await last.GetRequiredService<AuditVerifier>().VerifyAsync(default)).Fault);
    }

    private async Task AssertEveryMessageWentOutOnceAsync()
    {
        var taken = new StandInMessageGateway(_portal.Folder.StandIns, _portal.Clock).Read(limit: int.MaxValue);
        var deliveries = await _portal.ColumnAsync<Guid>("SELECT id FROM message_deliveries");
        // The gateway keeps each key once, so equal lists mean: all there, none twice, none under another key.
        Assert.Equal(deliveries.Select(d => d.ToString("N")).Order(), taken.Select(m => m.Key).Order());
    }

    private async Task AssertPointsAgreeAsync()
    {
        var local = await _portal.ColumnAsync<Guid>("SELECT round_id FROM reductions WHERE state = 'Applied'");
        var ledger = await File.ReadAllLinesAsync(Path.Combine(new DataFolder(_order.Folder).StandIns, "points.jsonl"));
        var keys = ledger.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("Key").GetString());
        Assert.Equal(local.Select(r => r.ToString("N")).Order(), keys.Order());
        Assert.True(local.Count > 10);
    }
}
