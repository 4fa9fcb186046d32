using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain.Exports;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Exports;

/// <summary>
/// Takes a file as it is written, front to back, and keeps it in sealed parts: nowhere, not even in the middle of the writing, does
/// it lie open. Holds little more than one part: whoever writes saves between rows.
/// </summary>
internal sealed class ExportFileWriter(IDbContextFactory<PortalDb> databases, FieldCipher cipher, Guid id, int attempt)
    : Stream
{
    /// <summary>Bytes of a part before it is sealed.</summary>
    public const int PartSize = 64 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<ListExportPartRow> _full = [];
    private readonly byte[] _part = new byte[PartSize];
    private int _filled;

    /// <summary>Bytes written so far.</summary>
    public long Size { get; private set; }

    /// <summary>Parts so far.</summary>
    public int Parts { get; private set; }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        Size += buffer.Length;
        while (buffer.Length > 0)
        {
            var taken = Math.Min(buffer.Length, PartSize - _filled);
            buffer[..taken].CopyTo(_part.AsSpan(_filled));
            buffer = buffer[taken..];
            _filled += taken;
            if (_filled == PartSize)
            {
                Seal();
            }
        }
    }

    /// <summary>Stores the parts that are full.</summary>
    public async Task SaveAsync(CancellationToken ct)
    {
        if (_full.Count == 0)
        {
            return;
        }
        await using var db = await databases.CreateDbContextAsync(ct);
        db.ListExportParts.AddRange(_full);
        await db.SaveChangesAsync(ct);
        _full.Clear();
    }

    /// <summary>Stores the rest.</summary>
    /// <returns>SHA-256 of the file in hexadecimal digits.</returns>
    public async Task<string> CompleteAsync(CancellationToken ct)
    {
        if (_filled > 0)
        {
            Seal();
        }
        await SaveAsync(ct);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        CryptographicOperations.ZeroMemory(_part);
        base.Dispose(disposing);
    }

    private void Seal()
    {
        _full.Add(
            new ListExportPartRow
            {
                ExportId = id,
                Attempt = attempt,
                Ordinal = Parts,
                Content = cipher.EncryptBytes(ExportFiles.Purpose(id, attempt, Parts), _part.AsSpan(0, _filled)),
            }
        );
        Parts++;
        _filled = 0;
    }
}

/// <summary>A file to be downloaded.</summary>
/// <param name="Size">In bytes.</param>
public sealed record ExportFile(Guid Id, int Attempt, int Parts, long Size, ExportedList List, DateTimeOffset MadeAt);

/// <summary>Reads files of exports.</summary>
public sealed class ExportFiles(IDbContextFactory<PortalDb> databases, FieldCipher cipher)
{
    /// <summary>Binds a part to its place: a part of another file, or at another place, does not open.</summary>
    internal static string Purpose(Guid id, int attempt, int ordinal) => $"list-export.{id:N}.{attempt}.{ordinal}";

    /// <summary>The parts of a file in their order, opened, one at a time.</summary>
    /// <exception cref="InvalidDataException">A part is not there, because the export was cancelled or expired meanwhile.</exception>
    public async IAsyncEnumerable<byte[]> ReadAsync(ExportFile file, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var ordinal = 0; ordinal < file.Parts; ordinal++)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var content = await db
                .ListExportParts.Where(p => p.ExportId == file.Id && p.Attempt == file.Attempt && p.Ordinal == ordinal)
                .Select(p => p.Content)
                .SingleOrDefaultAsync(ct);
            yield return content is null
                ? throw new InvalidDataException("The file is not there any more.")
                : cipher.DecryptBytes(Purpose(file.Id, file.Attempt, ordinal), content);
        }
    }
}
