using System.Diagnostics;
using AdminPortal.Data.Files;
using Npgsql;

namespace AdminPortal.Data;

/// <summary>Where a private cluster lies, and how careful it is.</summary>
/// <param name="DataDirectory">
/// Its folder, made if missing. As root it is given to the user <c>postgres</c>; where that user cannot reach it (below
/// <c>/root</c>), the cluster lies in <c>/var/lib/adminportal-postgres</c> instead.
/// </param>
/// <param name="Durable">False switches off fsync and the like: for tests only, a crash of the machine may ruin the data.</param>
public sealed record LocalPostgresOptions(string DataDirectory, bool Durable = true);

/// <summary>
/// A private PostgreSQL for development and tests: on 127.0.0.1 only, at a free port, with a generated password. Several processes
/// may use one cluster; the last to end stops it. On Unix a watchdog process stops it even when the application is killed; where
/// that fails too, the next start takes the running server over.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    internal const string User = "adminportal";
    private const string Database = "adminportal";

    // Waits for its input to end, as it does when the application is gone, then stops the server if nobody else uses it. Signals
    // that the terminal sends to the whole group are the application's, not the watchdog's. Without flock (macOS) it just stops.
    private const string Watchdog = """
        trap '' INT TERM HUP QUIT
        cat > /dev/null
        if command -v flock > /dev/null; then
          exec flock --nonblock --exclusive "$1" "$0" stop --silent --mode=fast --pgdata="$2"
        fi
        exec "$0" stop --silent --mode=fast --pgdata="$2"
        """;

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(60);

    private readonly LocalPostgresHome _home;
    private readonly LocalPostgresBinaries _binaries;
    private readonly NpgsqlConnectionStringBuilder _connection;
    private readonly FileStream _use;
    private readonly Process? _watchdog;
    private int _disposed;

    private LocalPostgres(
        LocalPostgresHome home,
        LocalPostgresBinaries binaries,
        NpgsqlConnectionStringBuilder connection,
        FileStream use,
        Process? watchdog
    )
    {
        (_home, _binaries, _connection, _use, _watchdog) = (home, binaries, connection, use, watchdog);
        if (OperatingSystem.IsWindows())
        {
            AppDomain.CurrentDomain.ProcessExit += StopAtExit; // no watchdog there
        }
    }

    /// <summary>For the database <c>adminportal</c>, which exists.</summary>
    public string ConnectionString => ConnectionStringFor(Database);

    /// <summary>The server's port on 127.0.0.1.</summary>
    public int Port => _connection.Port;

    /// <summary>For another database of this server; it need not exist.</summary>
    public string ConnectionStringFor(string database) =>
        new NpgsqlConnectionStringBuilder(_connection.ConnectionString) { Database = database }.ConnectionString;

    /// <summary>Starts the server of this folder, or takes over the one that runs; makes the cluster and the database if missing.</summary>
    /// <param name="options">Where, and how careful. A server that already runs keeps its own carefulness.</param>
    /// <param name="ct">Cancels; a server already started is stopped by its watchdog or taken over next time.</param>
    /// <exception cref="LocalPostgresMissingException">PostgreSQL is not installed.</exception>
    /// <exception cref="InvalidOperationException">It does not start; the message holds the end of its log.</exception>
    public static async Task<LocalPostgres> StartAsync(LocalPostgresOptions options, CancellationToken ct)
    {
        var home = await LocalPostgresHome.OpenAsync(options.DataDirectory, ct);
        await using var starting = await LockAsync(home.StartLock, FileAccess.ReadWrite, FileShare.None, ct);
        // Waits for a server that is being stopped.
        var use = await LockAsync(home.UsersLock, FileAccess.Read, FileShare.Read, ct);
        Process? watchdog = null;
        try
        {
            var password = await home.PasswordAsync(ct);
            var binaries = await LocalPostgresBinaries.FindAsync(home.Major, ct);
            await home.CreateClusterAsync(binaries, password, options.Durable, ct);
            // Before the server: a kill between the two must not leave it alone.
            watchdog = StartWatchdog(home, binaries);
            var connection =
                await AttachAsync(home, password, ct) ?? await StartServerAsync(home, binaries, password, options, ct);
            await CreateDatabaseAsync(connection, ct);
            return new LocalPostgres(home, binaries, connection, use, watchdog);
        }
        catch
        {
            await use.DisposeAsync();
            watchdog?.StandardInput.Close();
            watchdog?.Dispose();
            throw;
        }
    }

    /// <summary>Stops the server, not waiting for its clients, unless another process uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }
        if (OperatingSystem.IsWindows())
        {
            AppDomain.CurrentDomain.ProcessExit -= StopAtExit;
        }
        await _use.DisposeAsync();
        await StopIfUnusedAsync();
        if (_watchdog is not null)
        {
            _watchdog.StandardInput.Close();
            await _watchdog.WaitForExitAsync();
            _watchdog.Dispose();
        }
    }

    /// <summary>Does what the kernel does when this process is killed: drops the lock, ends the watchdog's input. For tests.</summary>
    internal async Task AbandonAsync()
    {
        _disposed = 1;
        await _use.DisposeAsync();
        _watchdog?.StandardInput.Close();
        await (_watchdog?.WaitForExitAsync() ?? Task.CompletedTask);
    }

    private async Task StopIfUnusedAsync()
    {
        FileStream alone;
        try
        {
            alone = new FileStream(_home.UsersLock, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return; // another process uses the server, or is stopping it
        }
        await using (alone)
        {
            await StopServerAsync(_home, _binaries, "fast", CancellationToken.None);
        }
    }

    private void StopAtExit(object? sender, EventArgs e) => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Connects to the server that the cluster's pid file names, if it is this cluster's.</summary>
    private static async Task<NpgsqlConnectionStringBuilder?> AttachAsync(
        LocalPostgresHome home,
        string password,
        CancellationToken ct
    )
    {
        if (home.Running is not { } running)
        {
            return null;
        }
        var connection = Connection(running.Port, password);
        try
        {
            await using var source = NpgsqlDataSource.Create(connection);
            await using var command = source.CreateCommand("SHOW data_directory");
            // Another server may have the port of one that died: the pid file is then an old one.
            return (string?)await command.ExecuteScalarAsync(ct) == home.Cluster.Replace('\\', '/') ? connection : null;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private static async Task<NpgsqlConnectionStringBuilder> StartServerAsync(
        LocalPostgresHome home,
        LocalPostgresBinaries binaries,
        string password,
        LocalPostgresOptions options,
        CancellationToken ct
    )
    {
        await ClearPidFileAsync(home, binaries, ct);
        // Again: another program may take the free port, and the children of a killed server need a moment to end.
        for (var tries = 1; ; tries++)
        {
            var port = home.WriteSettings(options.Durable);
            var run = await LocalPostgresProcess.RunAsync(
                LocalPostgresProcess.AsServerUser(
                    binaries.Program("pg_ctl"),
                    "start",
                    "--silent",
                    "--wait",
                    $"--pgdata={home.Cluster}",
                    $"--log={home.Log}"
                ),
                ct,
                capture: false
            );
            if (run.ExitCode == 0)
            {
                return Connection(port, password);
            }
            if (tries == 4)
            {
                throw new InvalidOperationException(
                    $"PostgreSQL does not start ({home.Cluster}). The end of its log:{Environment.NewLine}{home.LogTail()}"
                );
            }
            await Task.Delay(TimeSpan.FromMilliseconds(250 * tries), ct);
        }
    }

    /// <summary>
    /// Deals with a pid file whose server does not answer. A server of this cluster hangs, and is stopped. When the number has gone
    /// to another program (after a restart of the machine), the file is removed: PostgreSQL would take that program for a server,
    /// and stopping by that file would signal it. Of a process that is gone PostgreSQL removes the file itself.
    /// </summary>
    private static async Task ClearPidFileAsync(
        LocalPostgresHome home,
        LocalPostgresBinaries binaries,
        CancellationToken ct
    )
    {
        if (home.Running is not { } running || await CommandLineAsync(running.ProcessId, ct) is not { } commandLine)
        {
            return;
        }
        if (commandLine.Contains(home.Cluster, StringComparison.Ordinal))
        {
            await StopServerAsync(home, binaries, "immediate", ct);
        }
        else
        {
            File.Delete(Path.Combine(home.Cluster, "postmaster.pid"));
        }
    }

    /// <summary>What a process was started with; null when there is none, or (Windows) nothing is known.</summary>
    private static async Task<string?> CommandLineAsync(int processId, CancellationToken ct)
    {
        if (OperatingSystem.IsLinux())
        {
            var file = $"/proc/{processId}/cmdline";
            return File.Exists(file) ? await File.ReadAllTextAsync(file, ct) : null;
        }
        if (OperatingSystem.IsWindows())
        {
            return null;
        }
        var run = await LocalPostgresProcess.RunAsync(["/bin/ps", "-o", "args=", "-p", $"{processId}"], ct);
        return run.ExitCode == 0 ? run.Output : null;
    }

    private static async Task StopServerAsync(
        LocalPostgresHome home,
        LocalPostgresBinaries binaries,
        string mode,
        CancellationToken ct
    ) =>
        await LocalPostgresProcess.RunAsync(
            LocalPostgresProcess.AsServerUser(
                binaries.Program("pg_ctl"),
                "stop",
                "--silent",
                "--wait",
                $"--mode={mode}",
                $"--pgdata={home.Cluster}"
            ),
            ct
        );

    private static Process? StartWatchdog(LocalPostgresHome home, LocalPostgresBinaries binaries) =>
        OperatingSystem.IsWindows()
            ? null
            : LocalPostgresProcess.Start(
                LocalPostgresProcess.AsServerUser(
                    "/bin/sh",
                    "-c",
                    Watchdog,
                    binaries.Program("pg_ctl"),
                    home.UsersLock,
                    home.Cluster
                ),
                capture: true, // its output goes nowhere: the application's terminal may be gone
                input: true
            );

    private static async Task CreateDatabaseAsync(NpgsqlConnectionStringBuilder connection, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var exists = source.CreateCommand("SELECT 1 FROM pg_database WHERE datname = $1");
        exists.Parameters.Add(new NpgsqlParameter { Value = Database });
        if (await exists.ExecuteScalarAsync(ct) is null)
        {
            await using var create = source.CreateCommand($"CREATE DATABASE {Database}");
            await create.ExecuteNonQueryAsync(ct);
        }
    }

    private static NpgsqlConnectionStringBuilder Connection(int port, string password) =>
        new()
        {
            Host = "127.0.0.1",
            Port = port,
            Username = User,
            Password = password,
            Database = "postgres",
            SslMode = SslMode.Disable, // loopback
            GssEncryptionMode = GssEncryptionMode.Disable,
        };

    private static async Task<FileStream> LockAsync(
        string path,
        FileAccess access,
        FileShare share,
        CancellationToken ct
    )
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, DurableFile.Options(FileMode.Open, access, share));
            }
            catch (IOException) when (waited.Elapsed < LockPatience)
            {
                await Task.Delay(LockPause, ct);
            }
        }
    }
}
