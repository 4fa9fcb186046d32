using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AdminPortal.Data.Files;

namespace AdminPortal.Data;

/// <summary>The folder of one private cluster: <c>cluster/</c>, <c>password</c>, <c>server.log</c> and two lock files.</summary>
internal sealed class LocalPostgresHome
{
    private LocalPostgresHome(string folder) => Folder = folder;

    public string Folder { get; }
    public string Cluster => Path.Combine(Folder, "cluster");
    public string Log => Path.Combine(Folder, "server.log");
    private string PasswordFile => Path.Combine(Folder, "password");

    /// <summary>Held while a server is started: one at a time.</summary>
    public string StartLock => Path.Combine(Folder, "start.lock");

    /// <summary>Shared by all processes that use the server; who gets it alone may stop the server.</summary>
    public string UsersLock => Path.Combine(Folder, "users.lock");

    /// <summary>The major version of the cluster; null when there is none yet.</summary>
    public int? Major
    {
        get
        {
            var file = Path.Combine(Cluster, "PG_VERSION");
            return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture) : null;
        }
    }

    /// <summary>What the server wrote about itself: its process and port; null when it left nothing.</summary>
    public (int ProcessId, int Port)? Running
    {
        get
        {
            try
            {
                var lines = File.ReadAllLines(Path.Combine(Cluster, "postmaster.pid"));
                return
                    lines.Length >= 4
                    && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var processId)
                    && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
                    ? (processId, port)
                    : null;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>Makes the folder, or finds the one made before.</summary>
    public static async Task<LocalPostgresHome> OpenAsync(string dataDirectory, CancellationToken ct)
    {
        var folder = Path.GetFullPath(dataDirectory);
        var home = await PrepareAsync(folder, ct);
        if (home is null)
        {
            // Root's own folders are closed to the server's user, so the cluster lies in a public place, by the name's hash.
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
            var elsewhere = Path.Combine("/var/lib/adminportal-postgres", name);
            home =
                await PrepareAsync(elsewhere, ct)
                ?? throw new InvalidOperationException(
                    $"The user {LocalPostgresProcess.ServerUser} can reach neither {folder} nor {elsewhere}."
                );
        }
        CreateEmpty(home.StartLock);
        CreateEmpty(home.UsersLock);
        await GiveToServerUserAsync(home.UsersLock, ct);
        return home;
    }

    /// <summary>The password, generated at the first call.</summary>
    public async Task<string> PasswordAsync(CancellationToken ct)
    {
        if (!File.Exists(PasswordFile))
        {
            if (Major is not null)
            {
                throw new InvalidOperationException(
                    $"{PasswordFile} is missing; without it {Cluster} cannot be opened."
                );
            }
            var fresh = RandomNumberGenerator.GetHexString(40, lowercase: true);
            await DurableFile.WriteAsync(PasswordFile, Encoding.ASCII.GetBytes(fresh), overwrite: false, ct);
        }
        return (await File.ReadAllTextAsync(PasswordFile, ct)).Trim();
    }

    /// <summary>Makes the cluster if there is none. A half-made one (killed meanwhile) is made anew.</summary>
    public async Task CreateClusterAsync(
        LocalPostgresBinaries binaries,
        string password,
        bool durable,
        CancellationToken ct
    )
    {
        if (Major is not null)
        {
            return;
        }
        var unfinished = Cluster + ".new";
        var passwordForInit = Path.Combine(Folder, "initdb.password");
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }
        File.Delete(passwordForInit);
        try
        {
            // A copy that the server's user may read, for this one moment.
            await DurableFile.WriteAsync(passwordForInit, Encoding.ASCII.GetBytes(password), overwrite: false, ct);
            await GiveToServerUserAsync(passwordForInit, ct);
            string[] command =
            [
                binaries.Program("initdb"),
                $"--pgdata={unfinished}",
                $"--username={LocalPostgres.User}",
                $"--pwfile={passwordForInit}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                .. durable ? Array.Empty<string>() : ["--no-sync"],
            ];
            var run = await LocalPostgresProcess.RunAsync(LocalPostgresProcess.AsServerUser(command), ct);
            if (run.ExitCode != 0)
            {
                throw new InvalidOperationException($"initdb failed: {run.Output.Trim()}");
            }
            Directory.Move(unfinished, Cluster);
        }
        finally
        {
            File.Delete(passwordForInit);
        }
    }

    /// <summary>Writes the server's settings. The file is ours alone: nothing of initdb's is kept.</summary>
    /// <returns>The port chosen.</returns>
    public int WriteSettings(bool durable)
    {
        var port = FreePort();
        var settings = new StringBuilder(
            $"""
            # Written by LocalPostgres at every start; changes are lost.
            listen_addresses = '127.0.0.1'
            port = {port}
            unix_socket_directories = ''
            max_connections = 200
            timezone = 'UTC'
            log_timezone = 'UTC'
            datestyle = 'iso'
            password_encryption = 'scram-sha-256'
            # Personal data must not reach the log: no parameters, no failing statements, no DETAIL with key values.
            log_parameter_max_length = 0
            log_parameter_max_length_on_error = 0
            log_min_error_statement = 'panic'
            log_error_verbosity = 'terse'

            """
        );
        if (!durable)
        {
            // synchronous_commit stays on: it costs little without fsync, and a killed server then loses no commit.
            settings.AppendLine("fsync = off").AppendLine("full_page_writes = off");
        }
        WriteForServer("postgresql.conf", settings.ToString());
        WriteForServer("pg_hba.conf", $"host all all 127.0.0.1/32 scram-sha-256{Environment.NewLine}");
        return port;
    }

    /// <summary>The last lines of the server's log, for an error message.</summary>
    public string LogTail()
    {
        try
        {
            return string.Join(Environment.NewLine, File.ReadLines(Log).TakeLast(8));
        }
        catch (IOException)
        {
            return "(no log)";
        }
    }

    private void WriteForServer(string name, string text)
    {
        var path = Path.Combine(Cluster, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            // As root the file may be ours; the folder around it is the server user's, mode 0700.
            File.SetUnixFileMode(path, DurableFile.OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    private static async Task<LocalPostgresHome?> PrepareAsync(string folder, CancellationToken ct)
    {
        if (!LocalPostgresProcess.NeedsOtherUser)
        {
            DurableFile.CreateFolder(folder);
            return new LocalPostgresHome(folder);
        }
        // Folders above it are made passable; those that exist keep their mode.
        Directory.CreateDirectory(folder);
        await GiveToServerUserAsync(folder, ct);
        var reach = await LocalPostgresProcess.RunAsync(
            LocalPostgresProcess.AsServerUser("/bin/sh", "-c", "cd \"$0\"", folder),
            ct
        );
        return reach.ExitCode == 0 ? new LocalPostgresHome(folder) : null;
    }

    private static async Task GiveToServerUserAsync(string path, CancellationToken ct)
    {
        if (!LocalPostgresProcess.NeedsOtherUser)
        {
            return;
        }
        var user = LocalPostgresProcess.ServerUser;
        var run = await LocalPostgresProcess.RunAsync(["chown", $"{user}:", path], ct);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"As root, PostgreSQL runs as the user {user}: {run.Output.Trim()}");
        }
        if (Directory.Exists(path) && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, DurableFile.OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static void CreateEmpty(string path)
    {
        if (File.Exists(path))
        {
            return; // and may be locked
        }
        try
        {
            new FileStream(
                path,
                DurableFile.Options(FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite)
            ).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
