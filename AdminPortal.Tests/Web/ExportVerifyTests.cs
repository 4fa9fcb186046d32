using AdminPortal.Data.Exports;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Data.Infrastructure;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>The operator's answer to a file that turned up: is it the one that was exported (D-MANIFEST).</summary>
public sealed class ExportVerifyTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_and_its_manifest_are_told_from_changed_ones_without_the_database()
    {
        var chief = await _portal.CreateOfficerAsync(Role.Supervisor);
        var id = await _portal.RequestExportAsync(chief.Ref, TestPortal.BlacklistQuestion);
        await _portal.WriteExportsAsync();
        var (file, manifest) = (_folder.File("list.xlsx"), _folder.File("list.manifest.json"));
        await using (var stream = File.Create(file))
        {
            var download = await _portal.DoAsync(new DownloadExport(id), chief.Ref);
            await foreach (var part in _portal.Get<ExportFiles>().ReadAsync(download, default))
            {
                await stream.WriteAsync(part);
            }
        }
        var text = (await _portal.ExportAsync(id)).Manifest!;
        await File.WriteAllTextAsync(manifest, text);
        var program = OperatorProgram.On(_portal) with { ConnectionString = null };

        var whole = await program.RunAsync("export", "verify", file, manifest);
        Assert.Equal((0, ""), (whole.Code, whole.Errors));
        Assert.StartsWith(
            $"As it was signed: export {id}, Blacklist, Masked, 0 rows, asked for by {chief.Badge}",
            whole.Output
        );

        // Elsewhere the public key is enough.
        var printed = await program.RunAsync("export", "key");
        Assert.Equal((0, ""), (printed.Code, printed.Errors));
        Assert.DoesNotContain("PRIVATE", printed.Output);
        await File.WriteAllTextAsync(_folder.File("key.pem"), printed.Output);
        var elsewhere = new OperatorProgram(null, null);
        var there = await elsewhere.RunAsync("export", "verify", file, manifest, "--key", _folder.File("key.pem"));
        Assert.Equal((0, whole.Output), (there.Code, there.Output));

        await File.WriteAllTextAsync(manifest, text.Replace("\"rows\": 0", "\"rows\": 1"));
        Assert.Contains("manifest was changed", await program.FailsAsync(1, "export", "verify", file, manifest));
        await File.WriteAllTextAsync(manifest, text);
        await File.AppendAllTextAsync(file, "x");
        Assert.Contains("file was changed", await program.FailsAsync(1, "export", "verify", file, manifest));
        Assert.Contains(
            "missing.xlsx",
            await program.FailsAsync(1, "export", "verify", _folder.File("missing.xlsx"), manifest)
        );
    }
}
