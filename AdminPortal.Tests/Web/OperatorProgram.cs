using System.Diagnostics;
using System.Text;
using AdminPortal.Data;
using AdminPortal.Tests.Support;
using AdminPortal.Web.Hosting;

namespace AdminPortal.Tests.Web;

/// <summary>What a command left behind for the operator.</summary>
internal sealed record Ran(int Code, string Output, string Errors)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The web program's commands as an operator starts them: the built program in a process of its own.</summary>
/// <param name="Folder">The data folder, or null when none is set.</param>
/// <param name="ConnectionString">The database, or null when none is set.</param>
internal sealed record OperatorProgram(DataFolder? Folder, string? ConnectionString)
{
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory,
        $"{typeof(PortalWeb).Assembly.GetName().Name}.dll"
    );

    /// <summary>Without any setting.</summary>
    public static OperatorProgram Bare { get; } = new(null, null);

    /// <summary>On the database of a test, with its keys in its data folder.</summary>
    public static OperatorProgram On(TestPortal portal)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(portal.Folder.FieldKeys)!);
        File.Copy(TestPostgres.KeyFile, portal.Folder.FieldKeys, overwrite: true);
        File.WriteAllText(portal.Folder.AuditKey, Convert.ToHexStringLower(TestPostgres.AuditKey.Value));
        return new OperatorProgram(portal.Folder, portal.ConnectionString);
    }

    public Task<Ran> RunAsync(params string[] arguments) => RunAsync("", arguments);

    public async Task<Ran> RunAsync(string input, string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet"
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            // Wherever it is started from.
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["DOTNET_TieredPGO"] = "0"; // a command never lives long enough to profit
        Set("Portal__DataFolder", Folder?.Folder);
        Set("ConnectionStrings__Portal", ConnectionString);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{string.Join(' ', arguments)} did not end.");
        }
        return new Ran(
            process.ExitCode,
            (await output).ReplaceLineEndings("\n"),
            (await errors).ReplaceLineEndings("\n")
        );

        void Set(string name, string? value)
        {
            start.Environment.Remove(name);
            if (value is not null)
            {
                start.Environment[name] = value;
            }
        }
    }

    /// <summary>Runs a command that has to fail, with a reason a person can read.</summary>
    public async Task<string> FailsAsync(int code, params string[] arguments)
    {
        var ran = await RunAsync(arguments);
        Assert.True(code == ran.Code, $"{ran.Code} {ran.Output} {ran.Errors}");
        AssertReadable(ran.Errors);
        return ran.Errors;
    }

    /// <summary>Says something, and not in the words of the runtime.</summary>
    public static void AssertReadable(string errors)
    {
        Assert.NotEmpty(errors.Trim());
        Assert.DoesNotContain("   at ", errors);
        Assert.DoesNotContain("Exception", errors);
    }
}
