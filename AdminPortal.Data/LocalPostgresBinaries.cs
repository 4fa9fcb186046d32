using System.Globalization;
using System.Text.RegularExpressions;

namespace AdminPortal.Data;

/// <summary>No usable PostgreSQL is installed. The message is one line that says what to install.</summary>
public sealed class LocalPostgresMissingException(string message) : Exception(message);

/// <summary>An installed PostgreSQL server.</summary>
/// <param name="Folder">Holds <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</param>
/// <param name="Major">Its major version.</param>
internal sealed partial record LocalPostgresBinaries(string Folder, int Major)
{
    public const int OldestMajor = 14;

    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>The full path of one of the server's programs.</summary>
    public string Program(string name) => Path.Combine(Folder, name + Suffix);

    /// <summary>Finds the newest installed version, or the newest of one major version that an existing cluster needs.</summary>
    /// <exception cref="LocalPostgresMissingException">There is none.</exception>
    public static async Task<LocalPostgresBinaries> FindAsync(int? major, CancellationToken ct)
    {
        LocalPostgresBinaries? best = null;
        foreach (var folder in Candidates())
        {
            // The order is PATH first, so PATH wins among equals.
            if (
                await VersionAsync(folder, ct) is { } version
                && version >= OldestMajor
                && (major is null || version == major)
                && version > (best?.Major ?? 0)
            )
            {
                best = new LocalPostgresBinaries(folder, version);
            }
        }
        return best
            ?? throw new LocalPostgresMissingException(
                $"PostgreSQL {(major is null ? $"{OldestMajor} or newer" : $"{major} (the existing data is of this version)")} "
                    + $"was not found on PATH or in the usual folders; install it: {Hint(major)}"
            );
    }

    private static string Hint(int? major) =>
        OperatingSystem.IsWindows() ? $"winget install PostgreSQL.PostgreSQL.{major ?? 17}"
        : OperatingSystem.IsMacOS() ? $"brew install postgresql@{major ?? 17}"
        : major is null ? "apt-get install postgresql"
        : $"apt-get install postgresql-{major}";

    private static IEnumerable<string> Candidates()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        var programs = Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles);
        (string Root, string Version)[] usual =
            OperatingSystem.IsWindows() ? [(Path.Combine(programs, "PostgreSQL"), "*")]
            : OperatingSystem.IsMacOS()
                ?
                [
                    ("/opt/homebrew/opt", "postgresql@*"),
                    ("/usr/local/opt", "postgresql@*"),
                    ("/Applications/Postgres.app/Contents/Versions", "*"),
                    ("/Library/PostgreSQL", "*"),
                ]
            : [("/usr/lib/postgresql", "*"), ("/usr", "pgsql-*")];
        return path.Concat(
                usual
                    .Where(u => Directory.Exists(u.Root))
                    .SelectMany(u => Directory.EnumerateDirectories(u.Root, u.Version))
                    .Select(folder => Path.Combine(folder, "bin"))
            )
            .Where(IsComplete);
    }

    private static bool IsComplete(string folder) =>
        new[] { "initdb", "pg_ctl", "postgres" }.All(name => File.Exists(Path.Combine(folder, name + Suffix)));

    private static async Task<int?> VersionAsync(string folder, CancellationToken ct)
    {
        var run = await LocalPostgresProcess.RunAsync([Path.Combine(folder, "postgres" + Suffix), "--version"], ct);
        var match = MajorVersion().Match(run.Output);
        return run.ExitCode == 0 && match.Success
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex MajorVersion();
}
