using System.Globalization;
using System.Text.Json;
using AdminPortal.Data;
using AdminPortal.Data.Applications;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Exams;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Gateways;
using AdminPortal.Data.Gateways.StandIns;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Points;
using AdminPortal.Data.Privacy;
using AdminPortal.Data.Reviews;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Data.Kills;

/// <summary>What the worker is told.</summary>
internal sealed record KillOrder(
    string ConnectionString,
    string KeyFile,
    byte[] AuditKey,
    string Folder,
    int Seed,
    IReadOnlyList<KillDriver> Drivers,
    IReadOnlyList<Guid> Officers
);

internal sealed record KillDriver(Guid Id, string Mobile, char Face);

/// <summary>
/// A process that lives to be killed: drivers and officers act at random on the product's own acts and dispatchers, for ever.
/// Whatever it acknowledges on its output must be in the database afterwards.
/// </summary>
internal sealed class KillWorker
{
    public const string Variable = "ADMINPORTAL_KILL_ORDER";

    private readonly KillOrder _order;
    private readonly ServiceProvider _services;
    private readonly TestClock _clock;
    private readonly Random _random;

    private KillWorker(KillOrder order, DateTimeOffset now)
    {
        _order = order;
        _random = new Random(order.Seed);
        _clock = new TestClock(now);
        _services = Compose(order, _clock);
    }

    public static bool IsAskedFor => Environment.GetEnvironmentVariable(Variable) is not null;

    public static async Task RunAsync()
    {
        var order = JsonSerializer.Deserialize<KillOrder>(Environment.GetEnvironmentVariable(Variable)!)!;
        var worker = new KillWorker(order, await LastInstantAsync(order));
        await worker.WorkAsync();
    }

    /// <summary>The product on stand-in gateways that keep files.</summary>
    public static ServiceProvider Compose(KillOrder order, TestClock clock)
    {
        var folder = new DataFolder(order.Folder);
        var services = new ServiceCollection();
        services.AddPortalData(
            Engine.PostgreSql,
            order.ConnectionString,
            new FieldCipher(FieldKeys.Load(order.KeyFile)),
            new AuditKey(order.AuditKey),
            folder
        );
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IFaceComparison, StandInFaceComparison>();
        services.AddSingleton<IMessageGateway>(new StandInMessageGateway(folder.StandIns, clock));
        services.AddSingleton<IPointsGateway>(new StandInPointsGateway(folder.StandIns));
        return services.BuildServiceProvider();
    }

    // Time goes on where the killed process left it.
    private static async Task<DateTimeOffset> LastInstantAsync(KillOrder order)
    {
        await using var db = new PortalDbFactory(Engine.PostgreSql, order.ConnectionString).CreateDbContext();
        var audit = await db.AuditEntries.MaxAsync(a => a.At);
        var beat = await db.StudySessions.MaxAsync(s => (DateTimeOffset?)s.LastBeatAt) ?? audit;
        var challenge = await db.FaceChallenges.MaxAsync(c => (DateTimeOffset?)c.IssuedAt) ?? audit;
        return new[] { audit, beat, challenge }.Max();
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            // Every act has its own instant, by which it is found again.
            _clock.Advance(TimeSpan.FromSeconds(1 + _random.Next(20)));
            await Task.WhenAll(ActAsync(), DispatchAsync());
        }
    }

    private async Task DispatchAsync()
    {
        await _services.GetRequiredService<MessageDispatcher>().RunAsync(default);
        await _services.GetRequiredService<PointsDispatcher>().RunAsync(default);
        await Runner.RunAsync(new ExpireRounds(), ActorRef.System, default);
    }

    private Task ActAsync() =>
        _random.Next(3) == 0
            ? OfficerAsync(_order.Officers[_random.Next(_order.Officers.Count)])
            : DriverAsync(_order.Drivers[_random.Next(_order.Drivers.Count)]);

    private async Task DriverAsync(KillDriver driver)
    {
        await using var db = Db();
        var who = new ActorRef(ActorKind.Driver, driver.Id);
        var round = await db
            .Rounds.AsNoTracking()
            .Where(r => r.DriverId == driver.Id)
            .OrderByDescending(r => r.OpenedAt)
            .FirstOrDefaultAsync();
        var attempt = await db
            .ExamAttempts.AsNoTracking()
            .Where(a => a.DriverId == driver.Id)
            .OrderByDescending(a => a.OpenedAt)
            .FirstOrDefaultAsync();
        switch (round?.State)
        {
            case null:
                await DoAsync(
                    new Apply(
                        Guid.NewGuid(),
                        ServiceNotice.Newest.Version,
                        true,
                        FaceNotice.Newest.Version,
                        true,
                        driver.Mobile
                    ),
                    who
                );
                break;
            case RoundState.Studying:
                await StudyAsync(db, driver, who);
                break;
            case RoundState.ExamOpen or RoundState.ResitOpen when attempt is null || attempt.IsFinal:
                await DoAsync(new OpenExam(true), who);
                break;
            case RoundState.Examining when attempt is { State: ExamState.Running }:
                await AnswerAsync(db, attempt, who);
                break;
            case RoundState.ExamOpen or RoundState.ResitOpen or RoundState.Examining or RoundState.Verifying:
                await FaceAsync(driver, who);
                break;
            case RoundState.Invalid:
                await DoAsync(new FileReview(attempt!.Id, TestPortal.Reason), who);
                break;
            case RoundState.UnderReview or RoundState.Reducing or RoundState.Reduced or RoundState.Void:
                break;
        }
    }

    private async Task StudyAsync(PortalDb db, KillDriver driver, ActorRef who)
    {
        if (await FaceAsync(driver, who))
        {
            return;
        }
        var session = await db.StudySessions.AsNoTracking().SingleOrDefaultAsync(s => s.DriverId == driver.Id);
        if (session is { IsOpen: true } && _random.Next(3) == 0)
        {
            // Not audited, so not acknowledged either.
            await Runner.RunAsync(new TakeBeat(session.Ticket), who, default);
        }
        else
        {
            await DoAsync(new BeginStudy(StarterContent.Sections[0].Id), who);
        }
    }

    private async Task AnswerAsync(PortalDb db, ExamAttempt attempt, ActorRef who)
    {
        var open = await (
            from item in db.ExamItems
            join version in db.QuestionVersions on item.VersionId equals version.Id
            where item.AttemptId == attempt.Id && item.Ordinal == attempt.Ordinal
            select new { item.OptionOrder, version.Key }
        ).SingleAsync();
        var order = open.OptionOrder.ToList();
        await DoAsync(
            new AnswerQuestion(attempt.Id, attempt.Ordinal, [.. open.Key.Select(k => order.IndexOf(k))]),
            who
        );
    }

    /// <returns>False when no check is due.</returns>
    private async Task<bool> FaceAsync(KillDriver driver, ActorRef who)
    {
        var opened = await Runner.RunAsync(new OpenFaceChallenge(), who, default);
        if (opened is not Outcome<FaceChallenge>.Done { Value: var challenge } || challenge.BlockedUntil is not null)
        {
            return false;
        }
        var failing = challenge.Purpose == FaceCheckPurpose.ExamEnd && _random.Next(2) == 0;
        var photo = SamplePhotos.Named(failing ? "no-face" : $"{driver.Face}-live").Bytes;
        var submitted = await _services
            .GetRequiredService<FaceCheckService>()
            .SubmitAsync(who, challenge.ChallengeId, photo, default);
        if (submitted is Outcome<FaceVerdict>.Done)
        {
            Acknowledge("RecordFaceOutcome", who);
        }
        return true;
    }

    private async Task OfficerAsync(Guid officer)
    {
        await using var db = Db();
        var who = new ActorRef(ActorKind.Staff, officer);
        var now = _clock.Now;
        var held = await db
            .Cases.AsNoTracking()
            .FirstOrDefaultAsync(c => c.State == CaseState.Claimed && c.HolderId == officer && c.LeaseUntil > now);
        if (held is null)
        {
            await DoAsync(new ClaimNextCase(), who);
            return;
        }
        switch (_random.Next(4))
        {
            case 0:
                await DoAsync(new ViewCase(held.Id), who);
                break;
            case 1:
                await DoAsync(new AddNote(held.Id, "已查看照片。"), who);
                break;
            default:
                await DoAsync(new DecideReview(held.Id, held.Version, _random.Next(10) < 7, "照片与本人一致。"), who);
                break;
        }
    }

    private async Task DoAsync<T>(ICommand<T> command, ActorRef who)
    {
        if (await Runner.RunAsync(command, who, default) is Outcome<T>.Done)
        {
            Acknowledge(command.GetType().Name, who);
        }
    }

    // The reader knows a whole line by its end.
    private void Acknowledge(string act, ActorRef who) =>
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{act}|{who.Id}|{_clock.Now.ToUnixTimeMilliseconds()}|.")
        );

    private CommandRunner Runner => _services.GetRequiredService<CommandRunner>();

    private PortalDb Db() => _services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContext();
}
