using System.Security.Cryptography;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Privacy;

namespace AdminPortal.Tests.Data.Infrastructure;

public sealed class PhotoFilesTests : IDisposable
{
    private static readonly ReadOnlyMemory<byte> Photo = SamplePhotos.Named("A-live").Bytes;

    private readonly TemporaryFolder _folder = new();
    private readonly PhotoFiles _photos;

    public PhotoFilesTests() => _photos = new PhotoFiles(Root, new FieldCipher(FieldKeys.Generate()));

    private string Root => _folder.File("photos");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_photo_is_stored_encrypted_and_read_back()
    {
        var id = Guid.CreateVersion7();

        var stored = await _photos.WriteAsync(id, Photo, default);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Photo.Span)), stored.Sha256);
        Assert.Equal(Photo.Length, stored.Length);
        Assert.Equal(Photo.ToArray(), await _photos.ReadAsync(id, default));
        var file = Assert.Single(Directory.GetFiles(Root, "*", SearchOption.AllDirectories));
        Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf("JFIF"u8));
        Assert.Equal(2, Path.GetRelativePath(Root, file).Count(c => c == Path.DirectorySeparatorChar));
    }

    [Fact]
    public async Task A_file_in_anothers_place_does_not_open()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await _photos.WriteAsync(first, Photo, default);
        var firstFile = Directory.GetFiles(Root, "*.photo", SearchOption.AllDirectories).Single();
        await _photos.WriteAsync(second, SamplePhotos.Named("B-live").Bytes, default);
        var secondFile = Directory.GetFiles(Root, $"{second:N}*", SearchOption.AllDirectories).Single();

        File.Copy(secondFile, firstFile, overwrite: true);

        await Assert.ThrowsAnyAsync<CryptographicException>(() => _photos.ReadAsync(first, default));
    }

    [Fact]
    public async Task An_id_is_written_once()
    {
        var id = Guid.NewGuid();
        await _photos.WriteAsync(id, Photo, default);

        await Assert.ThrowsAsync<IOException>(() => _photos.WriteAsync(id, new byte[] { 1 }, default));

        Assert.Equal(Photo.ToArray(), await _photos.ReadAsync(id, default));
        Assert.Single(Directory.GetFiles(Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _photos.WriteAsync(Guid.NewGuid(), Photo, new CancellationToken(true))
        );

        Assert.Empty(Directory.GetFiles(Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Deleted_is_gone()
    {
        var id = Guid.NewGuid();
        await _photos.WriteAsync(id, Photo, default);

        Assert.True(_photos.Delete(id));
        Assert.False(_photos.Delete(id));
        await Assert.ThrowsAsync<FileNotFoundException>(() => _photos.ReadAsync(id, default));
        await Assert.ThrowsAsync<FileNotFoundException>(() => _photos.ReadAsync(Guid.Empty, default));
    }

    [Fact]
    public async Task All_lists_photos_and_nothing_else()
    {
        Assert.Empty(_photos.All());
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();
        foreach (var id in ids)
        {
            await _photos.WriteAsync(id, Photo, default);
        }
        File.WriteAllText(Path.Combine(Root, $"{Guid.NewGuid():N}.photo"), "in the wrong folder");
        File.WriteAllText(Path.Combine(Root, "notes.photo"), "no id");

        Assert.Equal(ids.Order(), _photos.All().Order());
    }

    [Fact]
    public void Only_old_unfinished_files_are_swept()
    {
        Directory.CreateDirectory(Root);
        var now = new DateTimeOffset(2026, 4, 1, 3, 0, 0, TimeSpan.Zero);
        var (old, young) = (Path.Combine(Root, "old.tmp"), Path.Combine(Root, "young.tmp"));
        foreach (var (file, at) in new[] { (old, now.AddHours(-2)), (young, now) })
        {
            File.WriteAllText(file, "");
            File.SetLastWriteTimeUtc(file, at.UtcDateTime);
        }

        Assert.Equal(1, _photos.SweepUnfinished(now.AddHours(-1)));
        Assert.Equal([young], Directory.GetFiles(Root));
    }
}
