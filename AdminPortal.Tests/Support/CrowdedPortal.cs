using AdminPortal.Data;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Data.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Support;

/// <summary>
/// The product on a database with a crowd in it, watched for how its queries run. Made once for a class of tests. The days are few
/// and the crowd is small beside the real one, but what is looked for stands in the same proportion to what must not be touched.
/// </summary>
public sealed class CrowdedPortal : IAsyncLifetime
{
    /// <summary>30,000 cases of 120 days with 400 of them open, 40,000 rounds, and 3,000 of everything else.</summary>
    public static readonly CrowdSize Size = new(30_000, 400, 40_000, 3_000, 120);

    private readonly TemporaryFolder _folder = new();
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    public StatementPlans Plans { get; private set; } = null!;

    /// <summary>A supervisor of three of the ten authorities.</summary>
    public ActorRef Officer { get; private set; } = ActorRef.Anonymous;

    public async Task InitializeAsync()
    {
        _database = await TestPostgres.NewDatabaseAsync();
        await Crowd.FillAsync(_database.ConnectionString, Size, TestPortal.Start);
        Plans = new StatementPlans(_database.ConnectionString);
        var services = new ServiceCollection();
        services.AddPortalData(
            Engine.PostgreSql,
            _database.ConnectionString,
            TestPostgres.Cipher,
            TestPostgres.AuditKey,
            new DataFolder(_folder.Path)
        );
        services.AddSingleton<IDbContextFactory<PortalDb>>(Plans);
        services.AddSingleton<TimeProvider>(new TestClock(TestPortal.Start));
        _services = services.BuildServiceProvider();
        await DoAsync(
            new CreateStaff("100001", [Role.Supervisor], "警官", "测试支队", Crowd.Authorities),
            ActorRef.Operator
        );
        await using var db = Plans.CreateDbContext();
        Officer = new ActorRef(ActorKind.Staff, await db.Users.Select(u => u.Id).SingleAsync());
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<T> DoAsync<T>(ICommand<T> command, ActorRef? who = null) =>
        Assert.IsType<Outcome<T>.Done>(await Get<CommandRunner>().RunAsync(command, who ?? Officer, default)).Value;
}
