using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Audit;

/// <summary>What verifying the audit trail found.</summary>
/// <param name="Entries">Entries that were read and are as they were written.</param>
/// <param name="Fault">What is wrong and at which entry, or null.</param>
public sealed record AuditVerdict(long Entries, string? Fault);

/// <summary>
/// Proves that nothing in the trail was altered, removed or put in between. Checkpoints outside the database (number and
/// hash, one per line) catch a trail that was cut off at its end.
/// </summary>
public sealed class AuditVerifier(IDbContextFactory<PortalDb> databases, AuditChain chain, AuditCheckpoints checkpoints)
{
    public async Task<AuditVerdict> VerifyAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // The last entry is read before the head: whatever is written meanwhile, no entry may lie beyond the head.
        var last = await db.AuditEntries.MaxAsync(e => (long?)e.Number, ct) ?? 0;
        var head = await db.AuditHead.AsNoTracking().SingleOrDefaultAsync(ct);
        if (head is null)
        {
            return new AuditVerdict(0, "The head of the audit trail is missing.");
        }
        if (last > head.Number)
        {
            return new AuditVerdict(
                0,
                $"Entry {head.Number + 1} lies beyond the head of the trail, which ends at {head.Number}."
            );
        }
        var known = checkpoints.Read();
        var hash = new byte[32];
        long number = 0;
        await foreach (
            var entry in db
                .AuditEntries.AsNoTracking()
                .Where(e => e.Number <= head.Number)
                .OrderBy(e => e.Number)
                .AsAsyncEnumerable()
                .WithCancellation(ct)
        )
        {
            number++;
            if (entry.Number != number)
            {
                return new AuditVerdict(
                    number - 1,
                    $"Entry {number} is missing: entry {entry.Number} follows entry {number - 1}."
                );
            }
            hash = chain.HashOf(hash, entry);
            if (!CryptographicOperations.FixedTimeEquals(hash, entry.Hash))
            {
                return new AuditVerdict(number - 1, $"Entry {number} was altered, or the entry before it was.");
            }
            if (known.TryGetValue(number, out var expected) && !expected.AsSpan().SequenceEqual(hash))
            {
                return new AuditVerdict(
                    number - 1,
                    $"Entry {number} is not the one the checkpoint saw: the trail was rewritten."
                );
            }
        }
        if (number != head.Number || !hash.AsSpan().SequenceEqual(head.Hash))
        {
            return new AuditVerdict(number, $"The trail ends at entry {number}, its head says {head.Number}.");
        }
        return known.Count > 0 && known.Keys.Max() > number
            ? new AuditVerdict(number, $"The trail ends at entry {number}, a checkpoint saw entry {known.Keys.Max()}.")
            : new AuditVerdict(number, null);
    }
}

/// <summary>The file of checkpoints beside the keys, outside the database.</summary>
public sealed class AuditCheckpoints(string path)
{
    /// <summary>Appends the present end of the trail; does nothing while it has not moved.</summary>
    public async Task WriteAsync(PortalDb db, CancellationToken ct)
    {
        var head = await db.AuditHead.AsNoTracking().SingleAsync(ct);
        var known = Read();
        if (head.Number == 0 || known.ContainsKey(head.Number))
        {
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // A line that a crash cut off stays alone: the next one begins on its own.
        var cut = File.Exists(path) && new FileInfo(path).Length > 0 && !EndsALine(path) ? "\n" : "";
        var line =
            cut + string.Create(CultureInfo.InvariantCulture, $"{head.Number} {Convert.ToHexStringLower(head.Hash)}\n");
        await File.AppendAllTextAsync(path, line, ct);
    }

    private static bool EndsALine(string path)
    {
        using var file = File.OpenRead(path);
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }

    internal Dictionary<long, byte[]> Read()
    {
        var known = new Dictionary<long, byte[]>();
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            // A line that a crash cut off is no checkpoint.
            if (
                line.Split(' ') is [var number, { Length: 64 } hash]
                && long.TryParse(number, CultureInfo.InvariantCulture, out var n)
            )
            {
                known[n] = Convert.FromHexString(hash);
            }
        }
        return known;
    }
}
