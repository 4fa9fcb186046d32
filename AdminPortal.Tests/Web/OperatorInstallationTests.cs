using System.Text.RegularExpressions;
using AdminPortal.Data;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain;
using AdminPortal.Tests.Data.Infrastructure;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AdminPortal.Tests.Web;

/// <summary>An installation from nothing, by the commands of docs/deployment.md.</summary>
public sealed class OperatorInstallationTests : IAsyncLifetime
{
    /// <summary>The web program with gateways, which it wants outside Development.</summary>
    private static readonly string[] Serve =
    [
        "serve",
        "--urls=http://127.0.0.1:0",
        .. new[] { "Face", "Messages", "Points" }.SelectMany(gateway =>
            new[] { $"--Gateways:{gateway}:BaseAddress=https://127.0.0.1:1/", $"--Gateways:{gateway}:ApiKey=k" }
        ),
    ];

    private readonly TemporaryFolder _folder = new();
    private TestDatabase _database = null!;

    private DataFolder Folder => new(_folder.File("data"));

    private OperatorProgram Program => new(Folder, _database.ConnectionString);

    public async Task InitializeAsync() => _database = await TestPostgres.NewEmptyDatabaseAsync();

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task From_an_empty_database_to_the_first_officer()
    {
        // Each step says what is missing as long as the one before it is.
        Assert.Contains("Make the keys once with: keys create", await Program.FailsAsync(1, "health"));
        var keys = await Program.RunAsync("keys", "create");
        Assert.Equal((0, ""), (keys.Code, keys.Errors));
        Assert.Contains("Back them up apart from the database.", keys.Output);
        Assert.Contains("There are keys in", await Program.FailsAsync(1, "keys", "create"));

        var ill = await Program.RunAsync("health");
        Assert.Equal((1, "Unhealthy: The database is not up to date.\n"), (ill.Code, ill.Output));
        Assert.Contains("not prepared", await Program.FailsAsync(1, "staff", "create", "100001", "Reviewer"));
        Assert.Contains("Gateways:Face:BaseAddress is not set", await Program.FailsAsync(1, "serve"));
        Assert.Equal("The database is not up to date. Run once: migrate\n", await Program.FailsAsync(1, Serve));

        var migrated = await Program.RunAsync("migrate");
        Assert.Equal((0, ""), (migrated.Code, migrated.Errors));
        Assert.Matches(@"^Applied \d+: \d{14}_Initial", migrated.Output);
        Assert.Equal("Up to date already.\n", (await Program.RunAsync("migrate")).Output);
        var healthy = await Program.RunAsync("health");
        Assert.Equal((0, "Healthy\n"), (healthy.Code, healthy.Output));

        var created = await Program.RunAsync("staff", "create", "100001", "reviewer", "--authority", "渝A", "渝B");
        Assert.Equal((0, ""), (created.Code, created.Errors));
        var code = Regex.Match(
            created.Lines[0],
            "^Activation code \\(once, 72 hours\\): ([A-Z2-7]{4}(-[A-Z2-7]{4}){3})$"
        );
        Assert.True(code.Success, created.Output);
        Assert.NotNull(await BeginActivationAsync("100001", code.Groups[1].Value));
        Assert.Null(await BeginActivationAsync("100001", "AAAA-AAAA-AAAA-AAAA"));

        var verified = await Program.RunAsync("audit", "verify");
        Assert.Equal((0, ""), (verified.Code, verified.Errors));
        Assert.Matches(@"^\d+ entries, unbroken\.\n$", verified.Output);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_said_in_one_line_without_the_password()
    {
        await Program.RunAsync("keys", "create");
        var nowhere = new NpgsqlConnectionStringBuilder(_database.ConnectionString)
        {
            Host = "127.0.0.1",
            Port = 1,
            Password = "geheim-4711",
        };
        string[][] commands =
        [
            ["migrate"],
            ["audit", "verify"],
            ["staff", "create", "100001", "Reviewer"],
            Serve,
        ];
        foreach (var command in commands)
        {
            var errors = await (Program with { ConnectionString = nowhere.ConnectionString }).FailsAsync(1, command);
            Assert.StartsWith("The database does not answer or is not prepared: ", errors);
            Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.DoesNotContain("geheim", errors);
        }
        var health = await (Program with { ConnectionString = nowhere.ConnectionString }).RunAsync("health");
        Assert.Equal(
            (1, "Unhealthy: The database does not answer.\n", ""),
            (health.Code, health.Output, health.Errors)
        );
    }

    [Fact]
    public async Task The_demonstration_is_for_development_only()
    {
        await Program.RunAsync("keys", "create");
        Assert.Equal("The demonstration is for Development only.\n", await Program.FailsAsync(1, "demo"));
        Assert.Contains("Development only", await Program.FailsAsync(1, "serve", "--demo"));
    }

    private async Task<Enrolment?> BeginActivationAsync(string badge, string code)
    {
        var services = new ServiceCollection();
        services.AddPortalData(
            Engine.PostgreSql,
            _database.ConnectionString,
            new FieldCipher(FieldKeys.Load(Folder.FieldKeys)),
            new(Convert.FromHexString(await File.ReadAllTextAsync(Folder.AuditKey))),
            Folder
        );
        services.AddSingleton(TimeProvider.System);
        await using var provider = services.BuildServiceProvider();
        var outcome = await provider
            .GetRequiredService<CommandRunner>()
            .RunAsync(new BeginActivation(badge, code), ActorRef.Anonymous, default);
        return ((Outcome<Enrolment?>.Done)outcome).Value;
    }
}
