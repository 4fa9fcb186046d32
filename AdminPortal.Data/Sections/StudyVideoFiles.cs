using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Sections;

/// <summary>Reads the bytes of videos, and of any piece of one no more than the parts it lies in.</summary>
public sealed class StudyVideoFiles(IDbContextFactory<PortalDb> databases)
{
    /// <summary>Bytes of a part: what a request for two bytes reads at most.</summary>
    public const int PartSize = 256 * 1024;

    /// <summary>The file, to be read from any place.</summary>
    public Stream Open(StudyVideoFile file) => new PartStream(this, file);

    internal async Task<byte[]> PartAsync(StudyVideoFile file, int ordinal, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .StudyVideoParts.Where(p => p.VideoId == file.VideoId && p.Kind == file.Kind && p.Ordinal == ordinal)
            .Select(p => p.Content)
            .SingleAsync(ct);
    }

    /// <summary>Holds one part at a time.</summary>
    private sealed class PartStream(StudyVideoFiles files, StudyVideoFile file) : Stream
    {
        private byte[] _part = [];
        private int _ordinal = -1;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => file.Size;
        public override long Position { get; set; }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            if (Position >= Length || buffer.Length == 0)
            {
                return 0;
            }
            var ordinal = (int)(Position / file.PartSize);
            if (ordinal != _ordinal)
            {
                (_part, _ordinal) = (await files.PartAsync(file, ordinal, cancellationToken), ordinal);
            }
            var from = (int)(Position % file.PartSize);
            var taken = Math.Min(buffer.Length, _part.Length - from);
            _part.AsMemory(from, taken).CopyTo(buffer);
            Position += taken;
            return taken;
        }

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException("The database is read without blocking.");

        public override long Seek(long offset, SeekOrigin origin) =>
            Position = origin switch
            {
                SeekOrigin.Begin => offset,
                SeekOrigin.Current => Position + offset,
                _ => Length + offset,
            };

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
