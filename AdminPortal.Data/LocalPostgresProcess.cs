using System.Diagnostics;

namespace AdminPortal.Data;

/// <summary>Runs PostgreSQL's programs, as another user where the server refuses to run as root.</summary>
internal static class LocalPostgresProcess
{
    /// <summary>The user whose server runs when this process is root; Debian's and Red Hat's packages make it.</summary>
    public const string ServerUser = "postgres";

    /// <summary>The end of a program.</summary>
    public sealed record Result(int ExitCode, string Output);

    /// <summary>True when the server must run as <see cref="ServerUser"/>.</summary>
    public static bool NeedsOtherUser { get; } = !OperatingSystem.IsWindows() && Environment.UserName == "root";

    /// <summary>Puts in front of a command what makes it run as the server's user.</summary>
    /// <exception cref="InvalidOperationException">This system has no way to change the user.</exception>
    public static IReadOnlyList<string> AsServerUser(params string[] command)
    {
        if (!NeedsOtherUser)
        {
            return command;
        }
        if (Which("setpriv") is { } setpriv)
        {
            return [setpriv, $"--reuid={ServerUser}", $"--regid={ServerUser}", "--init-groups", "--", .. command];
        }
        if (Which("runuser") is { } runuser)
        {
            return [runuser, "-u", ServerUser, "--", .. command];
        }
        if (Which("su") is { } su)
        {
            return [su, "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", ServerUser, .. command];
        }
        throw new InvalidOperationException(
            "As root, PostgreSQL must run as another user, and none of setpriv, runuser and su is on PATH."
        );
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="command">Program and arguments; no shell reads them.</param>
    /// <param name="ct">Kills it.</param>
    /// <param name="capture">False for a program that leaves a server behind: that would hold the pipe open.</param>
    public static async Task<Result> RunAsync(IReadOnlyList<string> command, CancellationToken ct, bool capture = true)
    {
        using var process = Start(command, capture, input: false);
        try
        {
            // Both at once: a full pipe would stop the program.
            var output = capture ? process.StandardOutput.ReadToEndAsync(ct) : Task.FromResult("");
            var errors = capture ? process.StandardError.ReadToEndAsync(ct) : Task.FromResult("");
            await process.WaitForExitAsync(ct);
            return new Result(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Starts a program.</summary>
    public static Process Start(IReadOnlyList<string> command, bool capture, bool input)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            // The server's user may not be able to enter ours.
            WorkingDirectory = OperatingSystem.IsWindows() ? Environment.SystemDirectory : "/",
            RedirectStandardOutput = capture,
            RedirectStandardError = capture,
            RedirectStandardInput = input,
            CreateNoWindow = true,
        };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name); // PGDATA, PGPORT and the like would point elsewhere
        }
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
    }

    /// <summary>The full path of a program on PATH; null when it is not there.</summary>
    public static string? Which(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
