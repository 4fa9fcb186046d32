using System.Diagnostics;
using System.Globalization;
using AdminPortal.Data;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Benchmarks.Staff;

/// <summary>The product on one database with a crowd in it.</summary>
internal sealed class StaffDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private StaffDatabase(ServiceProvider services) => _services = services;

    /// <summary>A supervisor of three of the ten authorities.</summary>
    public ActorRef Officer { get; private set; } = ActorRef.Anonymous;

    /// <summary>One of the decided cases.</summary>
    public Guid Some { get; private set; }

    /// <summary>Its number.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Makes the database, its tables and its crowd.</summary>
    /// <param name="folder">For keys.</param>
    public static async Task<StaffDatabase> MakeAsync(
        LocalPostgres postgres,
        string name,
        CrowdSize size,
        DirectoryInfo folder
    )
    {
        var watch = Stopwatch.StartNew();
        var connection = postgres.ConnectionStringFor(name);
        var databases = new PortalDbFactory(Engine.PostgreSql, connection);
        await using (var empty = databases.CreateDbContext())
        {
            await empty.Database.MigrateAsync();
        }
        await Crowd.FillAsync(connection, size, DateTimeOffset.UtcNow);
        var keys = Path.Combine(folder.FullName, $"{name}.json");
        FieldKeys.CreateFile(keys);
        var services = new ServiceCollection();
        services.AddPortalData(
            Engine.PostgreSql,
            connection,
            new FieldCipher(FieldKeys.Load(keys)),
            new AuditKey(new byte[32]),
            new DataFolder(folder.FullName)
        );
        services.AddSingleton(TimeProvider.System);
        var made = new StaffDatabase(services.BuildServiceProvider());
        await made.DoAsync(
            new CreateStaff("100001", [Role.Supervisor], "警官", "测试支队", Crowd.Authorities),
            ActorRef.Operator
        );
        await using var db = databases.CreateDbContext();
        made.Officer = new ActorRef(ActorKind.Staff, await db.Users.Select(u => u.Id).SingleAsync());
        var some = await db
            .Cases.Where(c => c.DecidedAt != null && c.Authority == Crowd.Authorities[0])
            .OrderByDescending(c => c.DecidedAt)
            .Select(c => new { c.Id, c.Number })
            .FirstAsync();
        (made.Some, made.Number) = (some.Id, some.Number);
        var bytes = await db
            .Database.SqlQuery<long>($"SELECT pg_database_size(current_database()) AS \"Value\"")
            .SingleAsync();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{size.Cases:#,##0} cases ({size.Open:#,##0} open), {size.Rounds:#,##0} rounds, {size.Others:#,##0} of everything else: {bytes / 1e6:#,##0} MB, made in {watch.Elapsed.TotalSeconds:0} s"
            )
        );
        return made;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<T> DoAsync<T>(ICommand<T> command, ActorRef? who = null) =>
        await Get<CommandRunner>().RunAsync(command, who ?? Officer, default) switch
        {
            Outcome<T>.Done done => done.Value,
            var refused => throw new InvalidOperationException($"{command.GetType().Name}: {refused}"),
        };

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
