using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPortal.Data;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Exchange;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Benchmarks.Driver;

/// <summary>An exam whose first question is open.</summary>
/// <param name="Answers">The right places of every question up to the face check.</param>
internal sealed record OpenExam(Guid Driver, Guid Attempt, IReadOnlyList<IReadOnlyList<int>> Answers);

/// <summary>
/// The whole application in a process of its own, on a private PostgreSQL in a folder that goes away, with the demonstration and a
/// crowd of further drivers in it. People and rounds are made by the importer and the domain and stored at once: how they came
/// there is not what is measured.
/// </summary>
internal sealed class Portal : IAsyncDisposable
{
    private const string Authority = "渝A";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly DirectoryInfo _folder;
    private readonly LocalPostgres _postgres;
    private readonly ServerProcess _server;
    private readonly Queue<Guid> _drivers = new();

    private Portal(DirectoryInfo folder, LocalPostgres postgres, ServerProcess server) =>
        (_folder, _postgres, _server) = (folder, postgres, server);

    public ServerProcess Server => _server;

    public Uri Address => _server.Address;

    public static async Task<Portal> StartAsync(int drivers)
    {
        var folder = Directory.CreateTempSubdirectory("adminportal-bench-");
        if (!OperatingSystem.IsWindows())
        {
            // As root the database's user must reach the folder.
            folder.UnixFileMode |= UnixFileMode.OtherExecute;
        }
        var postgres = await LocalPostgres.StartAsync(new(Path.Combine(folder.FullName, "postgres")), default);
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Portal__DataFolder"] = folder.FullName,
            ["ConnectionStrings__Portal"] = postgres.ConnectionString,
            ["Logging__LogLevel__Default"] = "Warning",
        };
        var server = ServerProcess.Start(
            Program,
            port => ["serve", "--demo", "--urls", $"http://127.0.0.1:{port}"],
            environment
        );
        var portal = new Portal(folder, postgres, server);
        try
        {
            await server.ReadyAsync("/health");
            await portal.ImportAsync(drivers, environment);
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Drivers who study; the ticket of their next heartbeat is their id.</summary>
    public async Task<IReadOnlyList<Guid>> StudyingAsync(int count)
    {
        var now = DateTimeOffset.UtcNow;
        await using var db = Db();
        var studying = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var round = NewRound(_drivers.Dequeue(), now);
            var stretch = new StudyStretch
            {
                Id = Guid.NewGuid(),
                RoundId = round.Id,
                SectionId = StarterContent.Sections[0].Id,
                StartedAt = now,
                LastBeatAt = now,
            };
            var session = StudySession.For(round.DriverId);
            session.Begin(round.Id, stretch.Id, stretch.SectionId, $"{round.DriverId}", now);
            db.AddRange(round, stretch, session, Consent(round.DriverId, now));
            studying.Add(round.DriverId);
        }
        await db.SaveChangesAsync();
        return studying;
    }

    /// <summary>Drivers who have just begun their exam.</summary>
    public async Task<IReadOnlyList<OpenExam>> ExaminedAsync(int count)
    {
        var now = DateTimeOffset.UtcNow;
        await using var db = Db();
        var bank = await db
            .QuestionVersions.AsNoTracking()
            .Where(q => q.State == QuestionState.Published)
            .ToDictionaryAsync(q => q.Id);
        var entries = bank.Values.Select(q => new BankEntry(q.Id, q.Type, q.Category, q.Options.Count)).ToList();
        var exams = new List<OpenExam>();
        for (var i = 0; i < count; i++)
        {
            var round = NewRound(_drivers.Dequeue(), now);
            var actor = Actor.Driver(round.DriverId);
            Done(round.FileCompletion(Scheme.StudyMinutes.Value * 60, Scheme, WorkingCalendar.Shipped, actor, now));
            Done(round.StartExam(Scheme, actor, now));
            // The random face check as late as it can come: up to it every answer leads to the next question.
            var attempt = ExamAttempt.Open(Guid.NewGuid(), round.Id, round.DriverId, Scheme, n => n - 1, now);
            attempt.Start(1, Scheme, now);
            var paper = Done(PaperDraw.Draw(Scheme.Paper.Value, entries, Random.Shared.Next));
            db.AddRange(round, attempt, Consent(round.DriverId, now));
            db.AddRange(
                paper.Select(q => new ExamItem
                {
                    AttemptId = attempt.Id,
                    Ordinal = q.Ordinal,
                    VersionId = q.VersionId,
                    OptionOrder = q.OptionOrder,
                })
            );
            exams.Add(
                new OpenExam(
                    round.DriverId,
                    attempt.Id,
                    [
                        .. paper
                            .Take(attempt.SnapshotBefore - 1)
                            .Select(q => bank[q.VersionId].Key.Select(k => q.OptionOrder.ToList().IndexOf(k)).ToList()),
                    ]
                )
            );
        }
        await db.SaveChangesAsync();
        return exams;
    }

    /// <summary>Version of the database.</summary>
    public async Task<string> DatabaseAsync()
    {
        await using var db = Db();
        return (await db.Database.SqlQuery<string>($"SHOW server_version").ToListAsync())[0];
    }

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Scheme Scheme { get; } = SchemeCatalogue.Shipped.Get("S1", new DateOnly(2021, 9, 10));

    // The web program as it was built with this one; it is not referenced, so that it runs as it is shipped.
    private static string Program { get; } =
        Path.Combine(
            Root(),
            "AdminPortal.Web",
            "bin",
            AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}")
                ? "Release"
                : "Debug",
            "net10.0",
            "AdminPortal.Web.dll"
        );

    private async Task ImportAsync(int count, IReadOnlyDictionary<string, string> environment)
    {
        await using var db = Db();
        var before = await db.Drivers.Select(d => d.Id).ToListAsync();
        var licensed = ChinaTime.DateOf(DateTimeOffset.UtcNow).AddYears(-6).AddDays(-100);
        var people = Enumerable.Range(0, count).Select(IdNumber).ToList();
        ExchangeRecord[] records =
        [
            new HeaderRecord(HeaderRecord.KnownFormat, DateTimeOffset.UtcNow.AddHours(-1), "benchmark"),
            .. people.Select((id, i) => new PersonRecord(id, $"测试{i}", $"198{i:D8}")),
            .. people.Select(id => new LicenceRecord(id, Authority, "C1", "A", licensed, 3)),
        ];
        var file = Path.Combine(_folder.FullName, "crowd.jsonl");
        await File.WriteAllLinesAsync(file, records.Select(r => JsonSerializer.Serialize(r, Json)));
        await ServerProcess.RunAsync(Program, ["import", file], environment);
        foreach (var driver in await db.Drivers.Select(d => d.Id).Where(id => !before.Contains(id)).ToListAsync())
        {
            _drivers.Enqueue(driver);
        }
    }

    // Nobody: the division code belongs to no place.
    private static string IdNumber(int number)
    {
        var born = new DateOnly(1965, 1, 1).AddDays(number);
        var first17 = string.Create(CultureInfo.InvariantCulture, $"990000{born:yyyyMMdd}003");
        return first17 + ResidentId.CheckCharacter(first17);
    }

    private static Round NewRound(Guid driver, DateTimeOffset now)
    {
        var today = ChinaTime.DateOf(now);
        return Round.Open(
            Guid.NewGuid(),
            driver,
            Authority,
            Scheme,
            PointsCycle.At(today.AddYears(-6).AddDays(-100), today),
            WorkingCalendar.Shipped,
            now,
            n => n - 1
        );
    }

    private static FaceConsentRow Consent(Guid driver, DateTimeOffset now) =>
        new()
        {
            DriverId = driver,
            Number = 1,
            Act = FaceConsentAct.Given,
            At = now,
            NoticeVersion = FaceNotice.Newest.Version,
            NoticeHash = new byte[32],
        };

    private static T Done<T>(Outcome<T> outcome) =>
        outcome is Outcome<T>.Done done ? done.Value : throw new InvalidOperationException($"{outcome}");

    private PortalDb Db() => new PortalDbFactory(Engine.PostgreSql, _postgres.ConnectionString).CreateDbContext();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdminPortal.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("The benchmark runs outside the checkout.");
    }
}
