using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using AdminPortal.Data;
using AdminPortal.Data.Attendances;
using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Outages;
using AdminPortal.Data.Rounds;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Benchmarks.Staff;

/// <summary>
/// What the officers' pages ask, by the product's own queries and acts, with years behind it: beside the same on a database that has
/// just begun, and beside one look-up by a primary key. Each with what the product does around it: the officer is read from the
/// database, an act leaves its entry in the audit chain.
/// </summary>
internal static class StaffBenchmark
{
    private const int WarmUp = 5;
    private const int Rounds = 21;

    // What a page shows every day, and what it counts over months: the second grows with what happened, as it must.
    private static readonly (string Name, Func<StaffDatabase, Task> Run, int Rounds)[] Asked =
    [
        ("queue, first page and counts", db => Queue(db, new(QueueFilter.All)), Rounds),
        ("queue, one kind, one authority", db => Queue(db, new(QueueFilter.All, CaseKind.IdPhoto, "渝B")), Rounds),
        ("queue, free to take", db => Queue(db, new(QueueFilter.Free)), Rounds),
        ("queue, overdue", db => Queue(db, new(QueueFilter.Overdue)), Rounds),
        ("queue, second page", db => Queue(db, new(QueueFilter.All, Page: 2)), Rounds),
        ("decided, first page", db => Queue(db, new(QueueFilter.Decided)), Rounds),
        ("decided, of one officer", db => Queue(db, new(QueueFilter.Decided, Officer: "910005")), Rounds),
        ("decided, page 100", db => Queue(db, new(QueueFilter.Decided, Page: 100)), Rounds),
        ("a case by its number", db => Queue(db, new(QueueFilter.Decided, Text: db.Number)), Rounds),
        ("next case (an act)", db => db.DoAsync(new ClaimNextCase()), Rounds),
        ("team board", db => db.Get<TeamPages>().ReadAsync(db.Officer, default), Rounds),
        ("attendances, first page", db => db.Get<AttendancePages>().ListAsync(db.Officer, null, 1, default), Rounds),
        ("blacklist, first page", db => db.Get<BlacklistPages>().ListAsync(db.Officer, null, 1, default), Rounds),
        ("outages, first page", db => db.Get<OutagePages>().ListAsync(db.Officer, null, 1, default), Rounds),
        ("job: lapsed claims, none", db => db.DoAsync(new LapseClaims(), ActorRef.System), Rounds),
        ("job: expired rounds, none", db => db.DoAsync(new ExpireRounds(), ActorRef.System), Rounds),
        ("job: reminders, none", db => db.DoAsync(new RemindOfDeadlines(), ActorRef.System), Rounds),
        ("statistics of a day", db => Statistics(db, 1), 5),
        ("statistics of a month", db => Statistics(db, 30), 5),
        ("statistics of a year", db => Statistics(db, 365), 3),
        ("headline figures, of all time", HeadlinesAsync, 3),
    ];

    /// <param name="cases">How many cases; twice as many rounds. Fewer for a quick look.</param>
    public static async Task RunAsync(int cases)
    {
        var folder = Directory.CreateTempSubdirectory("adminportal-bench-");
        if (!OperatingSystem.IsWindows())
        {
            // As root the database's user must reach the folder.
            folder.UnixFileMode |= UnixFileMode.OtherExecute;
        }
        try
        {
            await using var postgres = await LocalPostgres.StartAsync(
                new(Path.Combine(folder.FullName, "postgres")),
                default
            );
            Console.WriteLine(
                $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, load {Load()}"
            );
            await using var big = await StaffDatabase.MakeAsync(
                postgres,
                "big",
                new(cases, Math.Min(3_000, cases / 10), cases * 2, cases / 10, 1_096),
                folder
            );
            await using var small = await StaffDatabase.MakeAsync(
                postgres,
                "small",
                new(1_000, 100, 2_000, 200, 1_096),
                folder
            );
            Console.WriteLine(
                $"{WarmUp} times for warm-up, then medians of {Rounds} rounds (statistics: fewer), in turns: {cases:#,##0} cases, 1,000 cases, one look-up by primary key"
            );
            await SettleAsync(big);
            await SettleAsync(small);
            foreach (var (name, run, rounds) in Asked)
            {
                await CompareAsync(name, run, big, small, rounds);
            }
            Console.WriteLine($"load {Load()}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync(
        string name,
        Func<StaffDatabase, Task> run,
        StaffDatabase big,
        StaffDatabase small,
        int rounds
    )
    {
        for (var i = 0; i < Math.Min(WarmUp, rounds); i++)
        {
            await run(big);
            await run(small);
            await LookUpAsync(big);
        }
        var (much, little, one) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < rounds; i++)
        {
            // A next case is only next after the one before was given back.
            await FreeAsync(big);
            await FreeAsync(small);
            much.Add(await TimeAsync(() => run(big)));
            little.Add(await TimeAsync(() => run(small)));
            one.Add(await TimeAsync(() => LookUpAsync(big)));
        }
        var (a, b, c) = (Median(much), Median(little), Median(one));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -32} {a, 9:0.00} ms; small {b, 7:0.00} ms, ratio {a / b, 7:0.00}; look-up {c:0.00} ms, ratio {a / c, 7:0.0}; slowest {much.Max():0.0} ms"
            )
        );
    }

    private static Task Queue(StaffDatabase db, QueueQuery query) =>
        db.Get<QueuePages>().ReadAsync(db.Officer, query, default);

    private static Task Statistics(StaffDatabase db, int days)
    {
        var yesterday = ChinaTime.DateOf(DateTimeOffset.UtcNow).AddDays(-1);
        var question = new StatisticsQuestion(new StatisticsPeriod(yesterday.AddDays(1 - days), yesterday));
        return db.Get<StatisticsPages>().ReadAsync(db.Officer, question, default);
    }

    // The jobs are measured as they run nearly always: with nothing left to do.
    private static async Task SettleAsync(StaffDatabase db)
    {
        while (await db.DoAsync(new LapseClaims(), ActorRef.System) > 0) { }
        while (await db.DoAsync(new ExpireRounds(), ActorRef.System) > 0) { }
        while (await db.DoAsync(new RemindOfDeadlines(), ActorRef.System) > 0) { }
    }

    // A new one each time: the product counts them at most every ten minutes.
    private static Task HeadlinesAsync(StaffDatabase db) =>
        new Headlines(db.Get<IDbContextFactory<PortalDb>>(), SchemeCatalogue.Shipped, TimeProvider.System).ReadAsync(
            default
        );

    private static async Task LookUpAsync(StaffDatabase database)
    {
        await using var db = await database.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var id = database.Some;
        await db.Cases.Where(c => c.Id == id).Select(c => c.Number).SingleAsync();
    }

    private static async Task FreeAsync(StaffDatabase database)
    {
        await using var db = await database.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var officer = database.Officer.Id;
        var held = await db
            .Cases.Where(c => c.HolderId == officer && c.DecidedAt == null && c.State == CaseState.Claimed)
            .Select(c => c.Id)
            .ToListAsync();
        foreach (var id in held)
        {
            await database.DoAsync(new ReleaseCase(id));
        }
    }

    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    // The times mean nothing without it.
    private static string Load() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
