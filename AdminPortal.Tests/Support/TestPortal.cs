using AdminPortal.Data;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Gateways;
using AdminPortal.Domain;
using AdminPortal.Tests.Data.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AdminPortal.Tests.Support;

/// <summary>
/// The product without its web pages, on a fresh database, with a clock and gateways that do what the test says. Every query it
/// runs is translated for SQL Server as well and parsed (<see cref="SqlServerTranslation"/>).
/// </summary>
public sealed partial class TestPortal : IAsyncDisposable
{
    /// <summary>Where the clock stands unless a test says otherwise: Tuesday 10 March 2026, 10:00 in China.</summary>
    public static readonly DateTimeOffset Start = TestClock.China(2026, 3, 10, 10);

    private readonly TestDatabase _database;
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServiceProvider> _processes = [];

    private TestPortal(TestDatabase database, DateTimeOffset start)
    {
        _database = database;
        Clock = new TestClock(start);
        Statements = new StatementFaults();
        Directory.CreateDirectory(Path.GetDirectoryName(Folder.ExportKeys)!);
        ExportKeys.CreateFile(Folder.ExportKeys);
        Services = NewProcess();
    }

    public TestClock Clock { get; }
    public ScriptedFaces Faces { get; } = new();
    public RecordingMessages Messages { get; } = new();
    public ScriptedPoints Points { get; } = new();

    /// <summary>Makes single statements of the product fail.</summary>
    public StatementFaults Statements { get; }
    public ServiceProvider Services { get; }
    public string ConnectionString => _database.ConnectionString;
    public DataFolder Folder => new(_folder.Path);
    public CommandRunner Runner => Get<CommandRunner>();

    public static async Task<TestPortal> StartAsync(DateTimeOffset? at = null) =>
        new(await TestPostgres.NewDatabaseAsync(), at ?? Start);

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>The services of another process on the same database, clock, files and gateways.</summary>
    public ServiceProvider NewProcess()
    {
        var services = new ServiceCollection();
        services.AddPortalData(Engine.PostgreSql, ConnectionString, TestPostgres.Cipher, TestPostgres.AuditKey, Folder);
        services.AddSingleton<IDbContextFactory<PortalDb>>(new TestDbFactory(ConnectionString, Statements));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IFaceComparison>(Faces);
        services.AddSingleton<IMessageGateway>(Messages);
        services.AddSingleton<IPointsGateway>(Points);
        var process = services.BuildServiceProvider();
        _processes.Add(process);
        return process;
    }

    public PortalDb Db() => Get<IDbContextFactory<PortalDb>>().CreateDbContext();

    public Task<Outcome<T>> TryAsync<T>(ICommand<T> command, ActorRef who) => Runner.RunAsync(command, who, default);

    /// <summary>Runs an act that must succeed.</summary>
    public async Task<T> DoAsync<T>(ICommand<T> command, ActorRef who) =>
        await TryAsync(command, who) switch
        {
            Outcome<T>.Done done => done.Value,
            Outcome<T>.Refused { Refusal: var refusal } => throw new InvalidOperationException(
                $"{command.GetType().Name} was refused: {refusal.Code} {refusal.Field} {string.Join(' ', refusal.Facts)}"
            ),
            _ => throw new InvalidOperationException(),
        };

    /// <summary>Runs an act that must be refused, and change nothing.</summary>
    public async Task<Refusal> RefusedAsync<T>(ICommand<T> command, ActorRef who)
    {
        var before = await ImageAsync();
        var outcome = await TryAsync(command, who);
        var refused = Assert.IsType<Outcome<T>.Refused>(outcome);
        DatabaseImage.AssertSame(before, await ImageAsync());
        return refused.Refusal;
    }

    /// <summary>From now on no audit entry can be written.</summary>
    public Task BreakAuditAsync() =>
        ExecuteAsync(
            """
            CREATE FUNCTION test_break_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no audit'; END $$;
            CREATE TRIGGER test_break_audit BEFORE INSERT ON audit_entries EXECUTE FUNCTION test_break_audit();
            """
        );

    public Task MendAuditAsync() =>
        ExecuteAsync("DROP TRIGGER test_break_audit ON audit_entries; DROP FUNCTION test_break_audit();");

    /// <summary>Everything that is in the database, to be compared.</summary>
    public Task<DatabaseImage> ImageAsync() => DatabaseImage.TakeAsync(this);

    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = Command(connection, sql, values);
        var value = await command.ExecuteScalarAsync();
        return value is null or DBNull ? default! : (T)value;
    }

    public async Task<IReadOnlyList<T>> ColumnAsync<T>(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var column = new List<T>();
        while (await reader.ReadAsync())
        {
            column.Add(await reader.GetFieldValueAsync<T>(0));
        }
        return column;
    }

    public async Task<int> ExecuteAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own words.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        return command;
    }
}

/// <summary>Opens the test's database with the SQL Server check attached.</summary>
internal sealed class TestDbFactory(string connectionString, StatementFaults faults) : IDbContextFactory<PortalDb>
{
    private readonly DbContextOptions<PostgreSqlPortalDb> _options = SqlServerTranslation
        .Attach(
            new DbContextOptionsBuilder<PostgreSqlPortalDb>()
                .UseNpgsql(connectionString)
                .AddInterceptors(faults, faults.AtCommit)
        )
        .Options;

    public PortalDb CreateDbContext() => new PostgreSqlPortalDb(_options);
}
