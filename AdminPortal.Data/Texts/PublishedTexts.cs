using AdminPortal.Data.Messages;
using AdminPortal.Domain.Texts;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Texts;

/// <summary>
/// The texts in force, for pages: read once and kept for <see cref="Keep"/>, so that a page costs no query and every process
/// sees a publication within seconds. Acts do not ask here but in their own transaction (<see cref="TextReads"/>): what a driver
/// accepts, and what a message says, is exactly what is in force then.
/// </summary>
public sealed class PublishedTexts(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    /// <summary>D-TEXT-CACHE.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromSeconds(5);

    private Snapshot? _kept;

    public async Task<Notice> NoticeAsync(TextKind kind, CancellationToken ct) =>
        TextReads.NoticeOf(kind, (await ReadAsync(ct)).GetValueOrDefault($"{kind}"));

    /// <summary>The wording of a message by its template; a template that is missing has the product's own.</summary>
    public async Task<IReadOnlyDictionary<string, TextVersion>> ReadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_kept is { } kept && now >= kept.At && now - kept.At < Keep)
        {
            return kept.Texts;
        }
        await using var db = await databases.CreateDbContextAsync(ct);
        var texts = await TextReads.InForce(db).ToDictionaryAsync(t => t.Name, ct);
        _kept = new Snapshot(now, texts);
        return texts;
    }

    /// <summary>The next page reads anew: something was published here, or a driver saw a version that is not in force any more.</summary>
    public void Forget() => _kept = null;

    private sealed record Snapshot(DateTimeOffset At, IReadOnlyDictionary<string, TextVersion> Texts);
}

/// <summary>Reads texts as they are stored now.</summary>
internal static class TextReads
{
    /// <summary>The newest published version of every text that has one.</summary>
    public static IQueryable<TextVersion> InForce(PortalDb db) =>
        db
            .TextVersions.AsNoTracking()
            .Where(t =>
                t.State == TextState.Published
                && !db.TextVersions.Any(later =>
                    later.Name == t.Name && later.State == TextState.Published && later.Number > t.Number
                )
            );

    /// <summary>The notice in force.</summary>
    public static async Task<Notice> NoticeAsync(PortalDb db, TextKind kind, CancellationToken ct)
    {
        var name = $"{kind}";
        return NoticeOf(
            kind,
            await db
                .TextVersions.AsNoTracking()
                .Where(t => t.Name == name && t.State == TextState.Published)
                .OrderByDescending(t => t.Number)
                .FirstOrDefaultAsync(ct)
        );
    }

    public static Notice NoticeOf(TextKind kind, TextVersion? published) =>
        published is null ? TextCatalogue.ShippedNotices(kind)[^1] : Notice.Of(published);

    /// <summary>Gives new messages the wording in force, in the transaction that writes them.</summary>
    public static async Task StampAsync(PortalDb db, IReadOnlyCollection<MessageRow> messages, CancellationToken ct)
    {
        if (messages.Count == 0)
        {
            return;
        }
        var names = messages.Select(m => $"{m.Template}").Distinct().ToList();
        var inForce = await InForce(db)
            .Where(t => names.Contains(t.Name))
            .Select(t => new { t.Name, t.Id })
            .ToDictionaryAsync(t => t.Name, t => (Guid?)t.Id, ct);
        foreach (var message in messages.Where(m => inForce.ContainsKey($"{m.Template}")))
        {
            message.TextVersionId = inForce[$"{message.Template}"];
        }
    }

    /// <summary>The wordings that messages were sent with.</summary>
    public static async Task<IReadOnlyDictionary<Guid, TextVersion>> WordingsAsync(
        PortalDb db,
        IEnumerable<MessageRow> messages,
        CancellationToken ct
    )
    {
        var ids = messages.Select(m => m.TextVersionId).OfType<Guid>().Distinct().ToList();
        return ids.Count == 0
            ? new Dictionary<Guid, TextVersion>()
            : await db.TextVersions.AsNoTracking().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
    }
}
