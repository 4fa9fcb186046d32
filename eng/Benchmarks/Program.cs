using System.Diagnostics;
using System.Globalization;
using AdminPortal.Benchmarks.Driver;
using AdminPortal.Benchmarks.Export;
using AdminPortal.Benchmarks.Staff;
using AdminPortal.Domain;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;

// Each benchmark compares with a lower bound in the same run, round by round, and prints the ratio of the medians: times of a
// shared machine mean little by themselves.
var benchmarks = new Dictionary<string, Func<Task>>
{
    ["calendar"] = () => Sync(Calendar),
    ["draw"] = () => Sync(Draw),
    ["driver"] = DriverBenchmark.RunAsync,
    ["export"] = ExportBenchmark.RunAsync,
    ["staff"] = () => StaffBenchmark.RunAsync(1_000_000),
};

if (args is [BarePeer.Word, var port, var length])
{
    await BarePeer.ServeAsync(port, int.Parse(length, CultureInfo.InvariantCulture));
    return 0;
}
if (args is ["staff", var count] && int.TryParse(count, CultureInfo.InvariantCulture, out var cases) && cases >= 1_000)
{
    await StaffBenchmark.RunAsync(cases);
    return 0;
}
if (args is not [var name] || !benchmarks.TryGetValue(name, out var run))
{
    Console.Error.WriteLine("usage: eng/bench.sh NAME");
    Console.Error.WriteLine("       eng/bench.sh staff CASES   (1,000 or more; a million unless said)");
    Console.Error.WriteLine($"NAME is one of: {string.Join(", ", benchmarks.Keys)}");
    return 2;
}
await run();
return 0;

static Task Sync(Action benchmark)
{
    benchmark();
    return Task.CompletedTask;
}

static void Calendar()
{
    var calendar = WorkingCalendar.Shipped;
    var start = new DateOnly(2020, 1, 1);
    var dates = Enumerable.Range(0, 2_300).Select(start.AddDays).ToArray();
    var sink = 0;
    Compare(
        "three working days after a date",
        () =>
        {
            foreach (var date in dates)
            {
                sink += calendar.AddWorkingDays(date, 3) is CountedDate.Known known ? known.Day.DayNumber : 0;
            }
        },
        "bare loop over weekdays",
        () =>
        {
            foreach (var date in dates)
            {
                var day = date;
                for (var left = 3; left > 0; )
                {
                    day = day.AddDays(1);
                    left -= day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
                }
                sink += day.DayNumber;
            }
        },
        dates.Length
    );
    GC.KeepAlive(sink);
}

static void Draw()
{
    var categories = Enumerable.Range(0, 8).Select(n => $"category-{n}").ToArray();
    var bank = Enumerable
        .Range(0, 10_000)
        .Select(n => new BankEntry(Guid.NewGuid(), (QuestionType)(n % 3), categories[n / 3 % 8], n % 3 == 0 ? 2 : 4))
        .ToArray();
    var random = new Random(7);
    var mix = new PaperMix(8, 8, 4);
    var sink = 0;
    Compare(
        "paper from 10,000 questions",
        () =>
            sink += PaperDraw.Draw(mix, bank, random.Next) is Outcome<IReadOnlyList<DrawnQuestion>>.Done done
                ? done.Value.Count
                : 0,
        "one pass over the bank and twenty random numbers",
        () =>
        {
            foreach (var entry in bank)
            {
                sink += entry.OptionCount;
            }
            for (var i = 0; i < 20; i++)
            {
                sink += random.Next(bank.Length);
            }
        },
        1
    );
    GC.KeepAlive(sink);
}

static void Compare(string subject, Action act, string bound, Action lower, int perRun)
{
    var (mine, theirs) = (new List<double>(), new List<double>());
    for (var round = 0; round < 30; round++)
    {
        mine.Add(Time(act));
        theirs.Add(Time(lower));
    }
    // The first rounds compile.
    var (a, b) = (Median(mine[5..]), Median(theirs[5..]));
    Console.WriteLine($"{subject}: {a / perRun * 1e6:F2} µs; {bound}: {b / perRun * 1e6:F2} µs; ratio {a / b:F2}");
}

static double Time(Action act)
{
    const int Repeats = 20;
    var watch = Stopwatch.StartNew();
    for (var i = 0; i < Repeats; i++)
    {
        act();
    }
    return watch.Elapsed.TotalSeconds / Repeats;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
