using AdminPortal.Data;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Privacy;
using AdminPortal.Data.Questions;
using AdminPortal.Data.Sections;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdminPortal.Tests.Support;

/// <summary>
/// One PostgreSQL for the whole test run, with a migrated database that holds the starter bank as the template of all others.
/// <c>ADMINPORTAL_TEST_POSTGRES</c> may name a server to use instead: a connection string whose user may create databases.
/// </summary>
public static class TestPostgres
{
    private const string Variable = "ADMINPORTAL_TEST_POSTGRES";

    /// <summary>The instant at which the template was made: before every test.</summary>
    private static readonly DateTimeOffset Made = TestClock.China(2020, 1, 1);

    private static readonly string Run = $"adminportal_test_{Environment.ProcessId}";
    private static readonly Lazy<Task<string>> Server = new(StartAsync);
    private static readonly SemaphoreSlim Creating = new(1);
    private static int _databases;

    /// <summary>The field keys of every test, in a file, for tests that start processes.</summary>
    public static string KeyFile { get; } = NewKeyFile();

    /// <summary>The keys of every test: the template has an audit entry already.</summary>
    public static FieldCipher Cipher { get; } = new(FieldKeys.Load(KeyFile));

    /// <inheritdoc cref="Cipher"/>
    public static AuditKey AuditKey { get; } = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    /// <summary>A fresh database with the starter bank in it; it goes when it is disposed.</summary>
    public static async Task<TestDatabase> NewDatabaseAsync()
    {
        var server = await Server.Value;
        var name = $"{Run}_{Interlocked.Increment(ref _databases)}";
        // One at a time: the template admits no second reader while it is copied.
        await Creating.WaitAsync();
        try
        {
            await RunAsync(server, "postgres", $"CREATE DATABASE {name} TEMPLATE {Run} STRATEGY FILE_COPY");
        }
        finally
        {
            Creating.Release();
        }
        return new TestDatabase(ConnectionString(server, name), () => DropAsync(server, name));
    }

    private static string NewKeyFile()
    {
        var folder = Directory.CreateTempSubdirectory("adminportal-test-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var file = Path.Combine(folder.FullName, "field-keys.json");
        FieldKeys.CreateFile(file);
        return file;
    }

    /// <summary>A database with nothing in it, not even the tables.</summary>
    public static async Task<TestDatabase> NewEmptyDatabaseAsync()
    {
        var server = await Server.Value;
        var name = $"{Run}_{Interlocked.Increment(ref _databases)}";
        await RunAsync(server, "postgres", $"CREATE DATABASE {name}");
        return new TestDatabase(ConnectionString(server, name), () => DropAsync(server, name));
    }

    private static async Task<string> StartAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? given
            : await StartPrivateAsync();
        await RunAsync(server, "postgres", $"CREATE DATABASE {Run}");
        var template = ConnectionString(server, Run, pooling: false);
        var databases = new PortalDbFactory(Engine.PostgreSql, template);
        await using (var db = databases.CreateDbContext())
        {
            await db.Database.MigrateAsync();
        }
        var runner = new CommandRunner(
            databases,
            new TestClock(Made),
            Cipher,
            SchemeCatalogue.Shipped,
            new AuditChain(AuditKey)
        );
        await runner.RunAsync(new SeedStarterBank(), ActorRef.Operator, default);
        await runner.RunAsync(new SeedStudyContent(), ActorRef.Operator, default);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DropAsync(server, Run).GetAwaiter().GetResult();
        return server;
    }

    private static async Task<string> StartPrivateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("adminportal-test-");
        if (!OperatingSystem.IsWindows())
        {
            // As root the server's user must reach the folder.
            folder.UnixFileMode |= UnixFileMode.OtherExecute;
        }
        var postgres = await LocalPostgres.StartAsync(
            new(Path.Combine(folder.FullName, "postgres"), Durable: false),
            default
        );
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            postgres.DisposeAsync().AsTask().GetAwaiter().GetResult();
            folder.Delete(recursive: true);
        };
        return postgres.ConnectionString;
    }

    private static async Task DropAsync(string server, string name)
    {
        await using (var connection = new NpgsqlConnection(ConnectionString(server, name)))
        {
            NpgsqlConnection.ClearPool(connection);
        }
        try
        {
            await RunAsync(server, "postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
        catch (NpgsqlException)
        {
            // The private server went first.
        }
    }

    // Few connections each: a server admits 200 in all, and several databases are in use at once.
    private static string ConnectionString(string server, string database, bool pooling = true) =>
        new NpgsqlConnectionStringBuilder(server)
        {
            Database = database,
            Pooling = pooling,
            MaxPoolSize = 50,
            Timeout = 60,
            CommandTimeout = 60,
            IncludeErrorDetail = true,
        }.ConnectionString;

    private static async Task RunAsync(string server, string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(server, database, pooling: false));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A database of one test.</summary>
public sealed class TestDatabase(string connectionString, Func<Task> drop) : IAsyncDisposable
{
    public string ConnectionString => connectionString;

    public async ValueTask DisposeAsync() => await drop();
}
