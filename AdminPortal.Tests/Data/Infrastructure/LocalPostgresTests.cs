using System.Diagnostics;
using System.Net.Sockets;
using AdminPortal.Data;
using Npgsql;

namespace AdminPortal.Tests.Data.Infrastructure;

/// <summary>One cluster for all of it: making one takes longest.</summary>
public sealed class LocalPostgresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_private_server_starts_is_shared_survives_kills_and_stops()
    {
        // Starts, with the promised settings.
        var first = await StartAsync();
        Assert.Equal("127.0.0.1", await Scalar(first, "SHOW listen_addresses"));
        Assert.Equal("", await Scalar(first, "SHOW unix_socket_directories"));
        Assert.Equal("UTC", await Scalar(first, "SHOW timezone"));
        Assert.Equal("UTF8", await Scalar(first, "SHOW server_encoding"));
        Assert.Equal("0", await Scalar(first, "SHOW log_parameter_max_length"));
        Assert.Equal("off", await Scalar(first, "SHOW fsync"));
        Assert.Equal("adminportal", await Scalar(first, "SELECT current_database()"));
        Assert.Equal("C", await Scalar(first, "SELECT datcollate FROM pg_database WHERE datname = 'adminportal'"));
        await Scalar(first, "CREATE TABLE kept (name text); INSERT INTO kept VALUES ('张三'); SELECT 1");

        // A wrong password is refused, the right one is the owner's alone.
        var password = Path.Combine(_folder.Path, "pg", "password");
        var wrong = new NpgsqlConnectionStringBuilder(first.ConnectionString) { Password = "wrong", Pooling = false };
        await Assert.ThrowsAsync<PostgresException>(() => Scalar(wrong.ConnectionString, "SELECT 1"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(password));
        }

        // A second user gets the same server, and it outlives the first.
        var second = await StartAsync();
        Assert.Equal(first.Port, second.Port);
        await first.DisposeAsync();
        Assert.Equal("张三", await Scalar(second, "SELECT name FROM kept"));

        // The server is killed: the next start recovers.
        KillServer();
        var third = await StartAsync();
        Assert.Equal("张三", await Scalar(third, "SELECT name FROM kept"));
        await second.DisposeAsync();
        Assert.Equal("张三", await Scalar(third, "SELECT name FROM kept"));

        // The application is killed: the watchdog stops the server.
        if (!OperatingSystem.IsWindows())
        {
            await third.AbandonAsync();
            Assert.False(IsListening(third.Port));
        }
        else
        {
            await third.DisposeAsync();
        }

        // A pid file of old, whose number another program has now, is no obstacle, and that program is left alone.
        var pidFile = Path.Combine(_folder.Path, "pg", "cluster", "postmaster.pid");
        File.WriteAllText(
            pidFile,
            $"{Environment.ProcessId}\n{_folder.Path}/pg/cluster\n1700000000\n{third.Port}\n\n127.0.0.1\n\n"
        );
        var fourth = await StartAsync();
        Assert.Equal("张三", await Scalar(fourth, "SELECT name FROM kept"));

        // Killed and started again at once, while the watchdog still stops the old server.
        if (!OperatingSystem.IsWindows())
        {
            var dying = fourth.AbandonAsync();
            fourth = await StartAsync();
            await dying;
            Assert.Equal("张三", await Scalar(fourth, "SELECT name FROM kept"));
        }

        // The end stops it; ending twice is no fault.
        await fourth.DisposeAsync();
        await fourth.DisposeAsync();
        Assert.False(IsListening(fourth.Port));
        Assert.False(File.Exists(pidFile));

        // Nothing personal went to the log: neither values nor failing statements.
        await using var fifth = await StartAsync();
        await Assert.ThrowsAsync<PostgresException>(() =>
            Scalar(fifth, "CREATE UNIQUE INDEX u ON kept(name); INSERT INTO kept VALUES ('张三'), ('canary-1')")
        );
        Assert.DoesNotContain("canary", File.ReadAllText(Path.Combine(_folder.Path, "pg", "server.log")));
        Assert.DoesNotContain("张三", File.ReadAllText(Path.Combine(_folder.Path, "pg", "server.log")));
    }

    [Fact]
    public async Task A_missing_version_is_named_with_what_to_install()
    {
        var cluster = Directory.CreateDirectory(Path.Combine(_folder.Path, "pg", "cluster"));
        File.WriteAllText(Path.Combine(cluster.FullName, "PG_VERSION"), "99\n");
        File.WriteAllText(Path.Combine(_folder.Path, "pg", "password"), "x");

        var e = await Assert.ThrowsAsync<LocalPostgresMissingException>(StartAsync);

        Assert.Contains("PostgreSQL 99", e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    private async Task<LocalPostgres> StartAsync()
    {
        // As root the server's user must reach the folder.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.Path, File.GetUnixFileMode(_folder.Path) | UnixFileMode.OtherExecute);
        }
        return await LocalPostgres.StartAsync(new(Path.Combine(_folder.Path, "pg"), Durable: false), default);
    }

    private void KillServer()
    {
        var processId = int.Parse(
            File.ReadLines(Path.Combine(_folder.Path, "pg", "cluster", "postmaster.pid")).First()
        );
        using var server = Process.GetProcessById(processId);
        server.Kill();
        server.WaitForExit();
    }

    private static bool IsListening(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Task<object?> Scalar(LocalPostgres postgres, string sql) =>
        Scalar(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false }.ConnectionString, sql);

    private static async Task<object?> Scalar(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
