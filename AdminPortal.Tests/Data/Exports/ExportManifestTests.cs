using System.Text;
using AdminPortal.Data.Exports;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Data.Infrastructure;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Exports;

/// <summary>A finished export has a manifest, signed: no byte of either can be changed unseen (D-MANIFEST).</summary>
public sealed class ExportManifestTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private TestOfficer _chief = null!;
    private byte[] _file = null!;
    private byte[] _manifest = null!;
    private Guid _id;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _chief = await _portal.CreateOfficerAsync(Role.Supervisor);
        await _portal.BlacklistAsync(await _portal.ImportDriverAsync());
        _id = await _portal.AgreedExportAsync(_chief.Ref, TestPortal.BlacklistQuestion);
        await _portal.WriteExportsAsync();
        var bytes = new List<byte>();
        var download = await _portal.DoAsync(new DownloadExport(_id), _chief.Ref);
        await foreach (var part in _portal.Get<ExportFiles>().ReadAsync(download, default))
        {
            bytes.AddRange(part);
        }
        _file = [.. bytes];
        _manifest = Encoding.UTF8.GetBytes((await _portal.ExportAsync(_id)).Manifest!);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task It_says_what_the_file_is_who_asked_and_who_agreed()
    {
        var (manifest, faults) = await VerifyAsync(_file, _manifest);
        Assert.Empty(faults);
        var export = await _portal.ExportAsync(_id);
        Assert.Equal(
            (_id, export.List, export.Persons, 1),
            (manifest!.Export, manifest.List, manifest.Persons, manifest.Rows)
        );
        Assert.Equal((_chief.Badge, export.CheckedByName), (manifest.RequestedBy, manifest.AgreedBy));
        Assert.Equal((export.RequestedAt, export.CheckedAt), (manifest.RequestedAt, manifest.AgreedAt));
        Assert.Equal((export.Size, export.Digest), (manifest.Size, manifest.Sha256));
        Assert.Equal(ExportQuestion.Parse(export.Question).ToJson().GetRawText(), Compact(manifest.Question));
        Assert.NotEmpty(manifest.Product);
    }

    [Fact]
    public async Task Any_byte_of_the_manifest_that_is_another_one_is_named()
    {
        for (var at = 0; at < _manifest.Length; at++)
        {
            var planted = _manifest.ToArray();
            planted[at] ^= 1;
            var (_, faults) = await VerifyAsync(_file, planted);
            Assert.True(faults.Count > 0, $"Byte {at} was changed unseen.");
        }
        Assert.NotEmpty((await VerifyAsync(_file, [.. _manifest, (byte)'\n'])).Faults);
        Assert.NotEmpty((await VerifyAsync(_file, _manifest[..^1])).Faults);
        Assert.NotEmpty((await VerifyAsync(_file, [])).Faults);
    }

    [Fact]
    public async Task A_byte_of_the_file_that_is_another_one_or_one_too_many_is_named()
    {
        foreach (var at in new[] { 0, _file.Length / 2, _file.Length - 1 })
        {
            var planted = _file.ToArray();
            planted[at] ^= 1;
            Assert.Contains("SHA-256", Assert.Single((await VerifyAsync(planted, _manifest)).Faults));
        }
        Assert.Contains("bytes", (await VerifyAsync([.. _file, 0], _manifest)).Faults[0]);
    }

    [Fact]
    public async Task Another_key_is_refused_and_an_older_one_still_verifies()
    {
        using var folder = new TemporaryFolder();
        ExportKeys.CreateFile(folder.File("other.json"));
        using var other = ExportKeys.Load(folder.File("other.json"));
        Assert.Contains("not one of the keys", Assert.Single((await VerifyAsync(_file, _manifest, other)).Faults));
        // Signed with another key, under the name of ours.
        using var ours = ExportKeys.Load(_portal.Folder.ExportKeys);
        var (manifest, _) = await VerifyAsync(_file, _manifest);
        var forged = manifest!.Sign(other).Replace(other.Active, ours.Active);
        Assert.Contains(
            "another key",
            Assert.Single((await VerifyAsync(_file, Encoding.UTF8.GetBytes(forged))).Faults)
        );

        var renewed = ExportKeys.Renew(_portal.Folder.ExportKeys);
        using var both = ExportKeys.Load(_portal.Folder.ExportKeys);
        Assert.Equal((renewed, 2), (both.Active, both.Ids.Count));
        Assert.Empty((await VerifyAsync(_file, _manifest, both)).Faults);
        // The public half alone is enough to verify.
        using var half = ExportKeys.OfPublicPem(ours.PublicPem());
        Assert.Empty((await VerifyAsync(_file, _manifest, half)).Faults);
        // Also of several keys, for what was signed before they were renewed.
        using var halves = ExportKeys.OfPublicPem(both.PublicPem());
        Assert.Equal(both.Ids.Order(), halves.Ids.Order());
        Assert.Empty((await VerifyAsync(_file, _manifest, halves)).Faults);
    }

    [Fact]
    public async Task It_is_its_owner_s_alone()
    {
        var pages = _portal.Get<ExportPages>();
        Assert.NotNull(await pages.ManifestAsync(_chief.Ref, _id, default));
        var other = await _portal.CreateOfficerAsync(Role.Supervisor);
        Assert.Null(await pages.ManifestAsync(other.Ref, _id, default));
        Assert.Null(await pages.ManifestAsync((await _portal.CreateOfficerAsync()).Ref, _id, default));
    }

    private static string Compact(System.Text.Json.JsonElement element) =>
        System.Text.Json.JsonSerializer.Serialize(element);

    private async Task<(ExportManifest? Manifest, IReadOnlyList<string> Faults)> VerifyAsync(
        byte[] file,
        byte[] manifest,
        ExportKeys? keys = null
    )
    {
        using var own = ExportKeys.Load(_portal.Folder.ExportKeys);
        return await ExportManifest.VerifyAsync(new MemoryStream(file), manifest, keys ?? own, default);
    }
}
