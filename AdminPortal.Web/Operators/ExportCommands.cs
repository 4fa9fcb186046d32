using System.CommandLine;
using System.Security.Cryptography;
using AdminPortal.Data.Exports;
using AdminPortal.Web.Hosting;

namespace AdminPortal.Web.Operators;

/// <summary>export verify, export key: files of exports and their signed manifests (D-MANIFEST). Neither needs the database.</summary>
internal static class ExportCommands
{
    public static Command Export() =>
        new("export", "Files of exports and their signed manifests.") { Verify(), PublicKey() };

    private static Command Verify()
    {
        var file = new Argument<string>("FILE") { Description = "The exported workbook." };
        var manifest = new Argument<string>("MANIFEST") { Description = "Its manifest." };
        var key = new Option<string?>("--key")
        {
            Description = "A file with public keys (export key), where the data folder is not at hand.",
        };
        var command = new Command(
            "verify",
            "Says whether a file and its manifest are as they were signed; exit code 1 when not, with what differs."
        )
        {
            file,
            manifest,
            key,
        };
        command.SetAction(
            (parsed, ct) =>
                VerifyAsync(parsed.GetRequiredValue(file), parsed.GetRequiredValue(manifest), parsed.GetValue(key), ct)
        );
        return command;
    }

    private static Command PublicKey()
    {
        var command = new Command(
            "key",
            "Prints the public keys, the one that signs now first, for whoever has to verify elsewhere."
        );
        command.SetAction(
            async (_, _) =>
            {
                try
                {
                    using var keys = ExportKeys.Load(Folder.ExportKeys);
                    Console.WriteLine($"Key {keys.Active}");
                    Console.WriteLine(keys.PublicPem());
                    return 0;
                }
                catch (Exception e) when (e is SetupException or CryptographicException)
                {
                    return await OperatorHost.FailAsync(e.Message);
                }
            }
        );
        return command;
    }

    private static async Task<int> VerifyAsync(string file, string manifest, string? key, CancellationToken ct)
    {
        try
        {
            using var keys = key is null
                ? ExportKeys.Load(Folder.ExportKeys)
                : ExportKeys.OfPublicPem(await File.ReadAllTextAsync(key, ct));
            if (new FileInfo(manifest) is { Exists: true, Length: > ExportManifest.MostBytes })
            {
                return await OperatorHost.FailAsync($"{manifest} is no manifest: it is too long.");
            }
            await using var content = File.OpenRead(file);
            var (found, faults) = await ExportManifest.VerifyAsync(
                content,
                await File.ReadAllBytesAsync(manifest, ct),
                keys,
                ct
            );
            if (faults.Count > 0)
            {
                return await OperatorHost.FailAsync(string.Join('\n', faults));
            }
            Console.WriteLine(
                $"As it was signed: export {found!.Export}, {found.List}, {found.Persons}, {found.Rows} rows, asked for by "
                    + $"{found.RequestedBy}{(found.AgreedBy is { } second ? $", agreed to by {second}" : "")}, "
                    + $"written {found.WrittenAt:yyyy-MM-dd HH:mm:ss}Z."
            );
            return 0;
        }
        catch (Exception e)
            when (e is SetupException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            return await OperatorHost.FailAsync(e.Message);
        }
        catch (ArgumentException)
        {
            return await OperatorHost.FailAsync($"{key} holds no public key.");
        }
    }

    private static Data.DataFolder Folder
    {
        get
        {
            var builder = Host.CreateApplicationBuilder(OperatorHost.Settings);
            return PortalSetup.FolderOf(builder.Configuration, builder.Environment.IsDevelopment());
        }
    }
}
