using System.Data.Common;
using System.Security.Cryptography;
using AdminPortal.Data;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Privacy;

namespace AdminPortal.Web.Hosting;

/// <summary>A setting that is missing or wrong. The message says what to do and is shown to the operator as it is.</summary>
public sealed class SetupException(string message) : Exception(message);

/// <summary>A database that cannot be used, in words for the operator.</summary>
internal static class DatabaseFaults
{
    /// <summary>Null when the exception has nothing to do with the database.</summary>
    // What EF takes for a passing fault comes wrapped.
    public static string? Text(Exception exception) =>
        (exception as DbException ?? exception.InnerException as DbException) is { } fault
            ? $"The database does not answer or is not prepared: {fault.Message.Split('\n')[0]}"
            : null;
}

/// <summary>
/// What every start needs before anything else: data folder, keys, database. In Development what is missing is made; elsewhere
/// it is named.
/// </summary>
/// <param name="Postgres">The private server, when one was started.</param>
public sealed record PortalSetup(
    Engine Engine,
    string ConnectionString,
    FieldCipher Cipher,
    AuditKey AuditKey,
    DataFolder Folder,
    LocalPostgres? Postgres
) : IAsyncDisposable
{
    public static async Task<PortalSetup> OpenAsync(
        IConfiguration configuration,
        bool development,
        CancellationToken ct
    )
    {
        var folder = FolderOf(configuration, development);
        var cipher = new FieldCipher(LoadFieldKeys(folder, development));
        var auditKey = LoadAuditKey(folder, development);
        DemandExportKeys(folder, development);
        var engine = EngineOf(configuration);
        if (configuration.GetConnectionString("Portal") is { Length: > 0 } connection)
        {
            return new PortalSetup(engine, connection, cipher, auditKey, folder, null);
        }
        if (!development || engine != Engine.PostgreSql)
        {
            throw new SetupException("ConnectionStrings:Portal is not set. See docs/deployment.md.");
        }
        var postgres = await LocalPostgres.StartAsync(new LocalPostgresOptions(folder.LocalPostgres), ct);
        return new PortalSetup(engine, postgres.ConnectionString, cipher, auditKey, folder, postgres);
    }

    /// <summary>
    /// Makes the keys. They must be backed up apart from the database: without them nothing can be read. In an installation from
    /// before there were signed exports it makes the key of those alone.
    /// </summary>
    public static void CreateKeys(DataFolder folder)
    {
        if (File.Exists(folder.FieldKeys) && File.Exists(folder.AuditKey) && !File.Exists(folder.ExportKeys))
        {
            ExportKeys.CreateFile(folder.ExportKeys);
            return;
        }
        if (File.Exists(folder.FieldKeys) || File.Exists(folder.AuditKey) || File.Exists(folder.ExportKeys))
        {
            throw new SetupException($"There are keys in {Path.GetDirectoryName(folder.FieldKeys)} already.");
        }
        Directory.CreateDirectory(Path.GetDirectoryName(folder.FieldKeys)!);
        FieldKeys.CreateFile(folder.FieldKeys);
        WriteAuditKey(folder.AuditKey);
        ExportKeys.CreateFile(folder.ExportKeys);
    }

    public static DataFolder FolderOf(IConfiguration configuration, bool development)
    {
        if (configuration["Portal:DataFolder"] is { Length: > 0 } set)
        {
            return new DataFolder(Path.GetFullPath(set));
        }
        if (!development)
        {
            throw new SetupException("Portal:DataFolder is not set. See docs/deployment.md.");
        }
        var local = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.Create
        );
        return new DataFolder(Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "AdminPortal"));
    }

    public async ValueTask DisposeAsync()
    {
        if (Postgres is not null)
        {
            await Postgres.DisposeAsync();
        }
    }

    private static Engine EngineOf(IConfiguration configuration) =>
        Enum.TryParse<Engine>(
            configuration["Database:Provider"] ?? nameof(Engine.PostgreSql),
            ignoreCase: true,
            out var engine
        )
            ? engine
            : throw new SetupException("Database:Provider must be PostgreSql or SqlServer.");

    private static FieldKeys LoadFieldKeys(DataFolder folder, bool development)
    {
        if (!File.Exists(folder.FieldKeys))
        {
            if (!development)
            {
                throw new SetupException($"{folder.FieldKeys} does not exist. Make the keys once with: keys create");
            }
            Directory.CreateDirectory(Path.GetDirectoryName(folder.FieldKeys)!);
            FieldKeys.CreateFile(folder.FieldKeys);
        }
        return FieldKeys.Load(folder.FieldKeys);
    }

    // Read when the first export is signed; that it is there is seen at the start.
    private static void DemandExportKeys(DataFolder folder, bool development)
    {
        if (File.Exists(folder.ExportKeys))
        {
            // Read now: at the first export it would be too late, after names were shown to no end.
            ExportKeys.Load(folder.ExportKeys).Dispose();
            return;
        }
        if (!development)
        {
            throw new SetupException($"{folder.ExportKeys} does not exist. Make the keys once with: keys create");
        }
        ExportKeys.CreateFile(folder.ExportKeys);
    }

    private static AuditKey LoadAuditKey(DataFolder folder, bool development)
    {
        if (!File.Exists(folder.AuditKey))
        {
            if (!development)
            {
                throw new SetupException($"{folder.AuditKey} does not exist. Make the keys once with: keys create");
            }
            WriteAuditKey(folder.AuditKey);
        }
        return new AuditKey(Convert.FromHexString(File.ReadAllText(folder.AuditKey).Trim()));
    }

    private static void WriteAuditKey(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var writer = new StreamWriter(path, System.Text.Encoding.ASCII, options);
        writer.Write(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
    }
}
