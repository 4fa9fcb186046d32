using System.Text.Json;

namespace AdminPortal.Data.Files;

/// <summary>
/// A list of records in a file, one JSON object per line, that several processes may add to. An append is on the disk when it
/// returns; a line that a crash cut short is removed by the next append. For stand-ins and other small things: all lines are kept
/// in memory.
/// </summary>
/// <typeparam name="T">A record that System.Text.Json reads and writes.</typeparam>
internal sealed class JsonLinesFile<T>(string path)
    where T : class
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);
    private const int LockTries = 2000; // ten seconds

    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<T> _lines = [];
    private long _read; // bytes of whole lines taken into _lines

    /// <summary>Reads what is there; then, when <paramref name="decide"/> returns a record, appends it. Nobody writes meanwhile.</summary>
    /// <param name="decide">Sees all records, oldest first; null appends nothing.</param>
    /// <param name="ct">Cancels the wait for other writers.</param>
    /// <exception cref="IOException">Another process keeps the file locked.</exception>
    /// <exception cref="InvalidDataException">A whole line is not a record: the file was edited by hand.</exception>
    public async Task AppendAsync(Func<IReadOnlyList<T>, T?> decide, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
            await using var file = await LockAsync(ct);
            ReadNew(file);
            if (decide(_lines) is { } line)
            {
                file.SetLength(_read);
                file.Position = _read;
                file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line), (byte)'\n']);
                file.Flush(flushToDisk: true);
                _read = file.Position;
                _lines.Add(line);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>All records, oldest first.</summary>
    /// <inheritdoc cref="AppendAsync" path="/exception"/>
    public IReadOnlyList<T> Read()
    {
        _gate.Wait();
        try
        {
            if (!File.Exists(path))
            {
                return [];
            }
            // Without the lock: whole lines never change, and a line in work is left for next time.
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            ReadNew(file);
            return [.. _lines];
        }
        finally
        {
            _gate.Release();
        }
    }

    private void ReadNew(FileStream file)
    {
        if (file.Length < _read)
        {
            _read = 0; // the file was removed or emptied: begin anew
            _lines.Clear();
        }
        file.Position = _read;
        var bytes = new byte[file.Length - _read];
        var rest = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
        {
            _lines.Add(Parse(rest[..end]));
            _read += end + 1;
        }
    }

    private T Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{path}, line {_lines.Count + 1}, cannot be read; remove the file to begin anew.",
                e
            );
        }
    }

    /// <summary>
    /// Opens the file under an exclusive lock. The lock is on a file beside it, because a lock on the file itself (flock) would keep
    /// readers out as well.
    /// </summary>
    private async Task<LockedStream> LockAsync(CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var guard = new FileStream(
                    path + ".lock",
                    DurableFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
                );
                try
                {
                    return new LockedStream(path, guard);
                }
                catch
                {
                    guard.Dispose();
                    throw;
                }
            }
            catch (IOException) when (tries < LockTries)
            {
                await Task.Delay(LockPause, ct);
            }
        }
    }

    /// <summary>The file, and the lock that goes when it is closed.</summary>
    private sealed class LockedStream(string path, FileStream guard)
        : FileStream(path, DurableFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite))
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            guard.Dispose();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await guard.DisposeAsync();
        }
    }
}
