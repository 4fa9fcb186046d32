using System.Globalization;
using System.Security.Cryptography;
using AdminPortal.Data.Files;
using AdminPortal.Data.Privacy;

namespace AdminPortal.Data.Photos;

/// <summary>What was stored.</summary>
/// <param name="Sha256">Of the clean bytes, before encryption: 64 lower-case hexadecimal digits.</param>
/// <param name="Length">Of the clean bytes.</param>
public sealed record StoredPhotoFile(string Sha256, int Length);

/// <summary>
/// Photos, and the PDF files handed in as evidence, as encrypted files, outside the web root, named by id. The id is bound into the encryption: a file put in another's place
/// does not open. The database row is written after the file and deleted before it, so a crash leaves an orphan file, never a row
/// without its photo; <see cref="All"/> serves the sweep that removes orphans.
/// </summary>
public sealed class PhotoFiles(string root, FieldCipher cipher)
{
    private const string Extension = ".photo";

    /// <summary>Stores a photo. It is on the disk when this returns.</summary>
    /// <param name="id">A fresh id.</param>
    /// <param name="clean">Output of <see cref="JpegSanitizer"/>, or a PDF as it was given (D-PDF).</param>
    /// <param name="ct">Cancels; nothing is stored then.</param>
    /// <exception cref="IOException">The id is taken, or the disk refuses.</exception>
    public async Task<StoredPhotoFile> WriteAsync(Guid id, ReadOnlyMemory<byte> clean, CancellationToken ct)
    {
        var path = PathOf(id);
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            DurableFile.CreateFolder(folder);
            DurableFile.FlushFolder(Path.GetDirectoryName(folder)!);
            DurableFile.FlushFolder(root);
        }
        await DurableFile.WriteAsync(path, cipher.EncryptBytes(Purpose(id), clean.Span), overwrite: false, ct);
        return new StoredPhotoFile(Convert.ToHexStringLower(SHA256.HashData(clean.Span)), clean.Length);
    }

    /// <summary>Reads a photo.</summary>
    /// <returns>The clean bytes as stored.</returns>
    /// <exception cref="FileNotFoundException">There is none of this id.</exception>
    /// <exception cref="CryptographicException">The file was changed or belongs to another id.</exception>
    public async Task<byte[]> ReadAsync(Guid id, CancellationToken ct)
    {
        try
        {
            return cipher.DecryptBytes(Purpose(id), await File.ReadAllBytesAsync(PathOf(id), ct));
        }
        catch (DirectoryNotFoundException e)
        {
            throw new FileNotFoundException($"There is no photo {id}.", e);
        }
    }

    /// <summary>Deletes a photo.</summary>
    /// <returns>False when there was none.</returns>
    public bool Delete(Guid id)
    {
        var path = PathOf(id);
        if (!File.Exists(path))
        {
            return false;
        }
        File.Delete(path);
        DurableFile.FlushFolder(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>The ids of all stored photos, in no order; files of other names are passed over.</summary>
    public IEnumerable<Guid> All()
    {
        if (!Directory.Exists(root))
        {
            yield break;
        }
        foreach (var path in Directory.EnumerateFiles(root, "*" + Extension, SearchOption.AllDirectories))
        {
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "N", out var id) && path == PathOf(id))
            {
                yield return id;
            }
        }
    }

    /// <summary>Removes what interrupted writes left behind.</summary>
    /// <param name="before">Only files last written before this instant: younger ones may be in work.</param>
    /// <returns>How many were removed.</returns>
    public int SweepUnfinished(DateTimeOffset before)
    {
        var removed = 0;
        if (!Directory.Exists(root))
        {
            return removed;
        }
        foreach (var path in Directory.EnumerateFiles(root, "*.tmp", SearchOption.AllDirectories))
        {
            if (File.GetLastWriteTimeUtc(path) < before.UtcDateTime)
            {
                File.Delete(path);
                removed++;
            }
        }
        return removed;
    }

    // By the last digits: those of a version 7 id begin with the time and would all fall into one folder.
    private string PathOf(Guid id)
    {
        var name = id.ToString("N", CultureInfo.InvariantCulture);
        return Path.Combine(root, name[30..32], name[28..30], name + Extension);
    }

    private static string Purpose(Guid id) => $"photo:{id:N}";
}
