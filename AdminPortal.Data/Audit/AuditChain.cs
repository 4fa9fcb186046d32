using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Audit;

/// <summary>What an act leaves for the audit trail.</summary>
internal sealed record AuditNote(string SubjectKind, string SubjectId, Guid? DriverId, string Details);

/// <summary>The key of the chain; it lies outside the database.</summary>
public sealed record AuditKey(byte[] Value);

/// <summary>Appends to the audit chain and computes its hashes.</summary>
public sealed class AuditChain(AuditKey key)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>
    /// Appends entries inside the caller's transaction. The update of the one head row orders all writers until commit, so
    /// numbers have no gaps and every entry chains to the one before.
    /// </summary>
    internal async Task AppendAsync(
        PortalDb db,
        Actor actor,
        string act,
        DateTimeOffset now,
        IReadOnlyList<AuditNote> notes,
        CancellationToken ct
    )
    {
        if (notes.Count == 0)
        {
            return;
        }
        await db.AuditHead.ExecuteUpdateAsync(set => set.SetProperty(h => h.Number, h => h.Number + notes.Count), ct);
        var head = await db.AuditHead.AsNoTracking().SingleAsync(ct);
        var number = head.Number - notes.Count;
        var hash = head.Hash;
        foreach (var note in notes)
        {
            var entry = new AuditRow
            {
                Number = ++number,
                At = now,
                ActorKind = actor.Kind.ToString(),
                ActorId = actor.Id,
                ActorName = actor.Name,
                Act = act,
                SubjectKind = note.SubjectKind,
                SubjectId = note.SubjectId,
                DriverId = note.DriverId,
                Details = note.Details,
                Hash = [],
            };
            hash = HashOf(hash, entry);
            db.AuditEntries.Add(WithHash(entry, hash));
        }
        await db.SaveChangesAsync(ct);
        await db.AuditHead.ExecuteUpdateAsync(set => set.SetProperty(h => h.Hash, hash), ct);
    }

    /// <summary>The hash an entry must have after the entry before it.</summary>
    public byte[] HashOf(byte[] previous, AuditRow entry)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Value);
        Add(hmac, previous);
        Add(hmac, entry.Number);
        Add(hmac, entry.At.UtcTicks);
        foreach (
            var text in new[]
            {
                entry.ActorKind,
                entry.ActorId.ToString("N"),
                entry.ActorName,
                entry.Act,
                entry.SubjectKind,
                entry.SubjectId,
                entry.DriverId?.ToString("N") ?? "",
                entry.Details,
            }
        )
        {
            Add(hmac, Encoding.UTF8.GetBytes(text));
        }
        return hmac.GetHashAndReset();
    }

    // Every part carries its length, so that moving a character from one column to the next changes the hash.
    private static void Add(IncrementalHash hmac, byte[] part)
    {
        Add(hmac, part.Length);
        hmac.AppendData(part);
    }

    private static void Add(IncrementalHash hmac, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hmac.AppendData(bytes);
    }

    private static AuditRow WithHash(AuditRow e, byte[] hash) =>
        new()
        {
            Number = e.Number,
            At = e.At,
            ActorKind = e.ActorKind,
            ActorId = e.ActorId,
            ActorName = e.ActorName,
            Act = e.Act,
            SubjectKind = e.SubjectKind,
            SubjectId = e.SubjectId,
            DriverId = e.DriverId,
            Details = e.Details,
            Hash = hash,
        };
}
