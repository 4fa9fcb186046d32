using AdminPortal.Data.Accounts;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Exchange;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Gateways.StandIns;
using AdminPortal.Data.Leads;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Privacy;
using AdminPortal.Data.Questions;
using AdminPortal.Data.Sections;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Leads;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Demo;

/// <summary>A demonstration officer.</summary>
public sealed record DemoOfficer(string Badge, string Name, Role Role);

/// <summary>Loads the demonstration: people through the importer, stories through the acts. Development only.</summary>
public sealed class DemoLoader(
    IDbContextFactory<PortalDb> databases,
    CommandRunner runner,
    ExchangeImporter importer,
    FieldCipher cipher,
    AuditChain audit,
    SchemeCatalogue schemes,
    PhotoFiles files,
    TimeProvider clock
)
{
    /// <summary>They have no password: in Development one click signs in, elsewhere they do not exist.</summary>
    public static IReadOnlyList<DemoOfficer> Officers { get; } =
    [
        new("100001", "江警官", Role.Reviewer),
        new("100002", "渝警官", Role.Reviewer),
        new("100003", "山领导", Role.Supervisor),
        // What takes two persons of this role takes two of them.
        new("100004", "石领导", Role.Supervisor),
        new("100006", "周安全", Role.SecurityAdministrator),
        new("100007", "陈安全", Role.SecurityAdministrator),
        new("100008", "方系统", Role.SystemAdministrator),
        new("100009", "明审计", Role.Auditor),
        new("100011", "文编辑", Role.QuestionEditor),
        new("100012", "章编辑", Role.QuestionEditor),
    ];

    /// <summary>The issuing authorities of the demonstration's unit.</summary>
    public static IReadOnlyList<string> Authorities { get; } = ["渝A", "渝B", "渝F", "鄂A"];

    /// <summary>Loads what is missing; a second run changes nothing.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        await runner.RunAsync(new SeedStarterBank(), ActorRef.Operator, ct);
        await runner.RunAsync(new SeedStudyContent(), ActorRef.Operator, ct);
        foreach (var officer in Officers)
        {
            await CreateAsync(officer, ct);
        }
        await using var db = await databases.CreateDbContextAsync(ct);
        await DemoSection.PlayAsync(db, runner, ct);
        if (await db.Drivers.AnyAsync(ct))
        {
            return;
        }
        var folder = Directory.CreateTempSubdirectory("adminportal-demo-");
        try
        {
            foreach (var path in await DemoDrivers.WriteExchangeAsync(folder.FullName, clock.GetUtcNow(), ct))
            {
                var report = await importer.ImportAsync(path, ct);
                if (report.Faults.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"Line {report.Faults[0].Line} of the demonstration: {report.Faults[0].Reason}"
                    );
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        await PlayAsync(ct);
    }

    private async Task PlayAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var past = new DemoClock(now);
        var stage = new CommandRunner(databases, past, cipher, schemes, audit);
        var story = new DemoStory(
            databases,
            stage,
            new FaceCheckService(stage, files, new StandInFaceComparison()),
            cipher,
            past
        );
        var requests = new DemoRequests(databases, stage, files, story, past);
        foreach (var driver in DemoDrivers.All.OrderByDescending(d => d.DaysAgo))
        {
            // Yesterday's stories end in office hours, today's a moment ago.
            var end =
                driver.DaysAgo == 0
                    ? now
                    : ChinaTime.StartOf(ChinaTime.DateOf(now).AddDays(-driver.DaysAgo)).AddHours(15);
            await story.PlayAsync(driver, end.AddMinutes(-15), ct);
            await requests.PlayAsync(driver, end.AddMinutes(-15), ct);
        }
        // As the job would in ten minutes.
        foreach (var kind in Enum.GetValues<LeadKind>())
        {
            while (await runner.RunAsync(new FindLeads(kind), ActorRef.System, ct) is Outcome<int>.Done { Value: > 0 })
            {
                // Batch after batch.
            }
        }
    }

    private async Task CreateAsync(DemoOfficer officer, CancellationToken ct)
    {
        var created = await runner.RunAsync(
            new CreateStaff(
                officer.Badge,
                [officer.Role],
                officer.Name,
                "演示支队",
                officer.Role is Role.Reviewer or Role.Supervisor ? Authorities : []
            ),
            ActorRef.Operator,
            ct
        );
        if (created is Outcome<string>.Refused { Refusal.Code: not RefusalCode.BadgeTaken } refused)
        {
            throw new InvalidOperationException($"Demonstration officer {officer.Badge}: {refused.Refusal.Code}.");
        }
    }
}
