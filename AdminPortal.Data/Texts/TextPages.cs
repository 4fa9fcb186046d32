using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Texts;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Texts;

/// <summary>A text in the list.</summary>
/// <param name="Edition">What is in force.</param>
/// <param name="Draft">Who is writing a new version; null when nobody is.</param>
public sealed record TextLine(TextKind Kind, string Name, TextEdition Edition, string? Draft);

/// <summary>A version as pages show it, also one that came with the product.</summary>
/// <param name="Id">Null for what came with the product.</param>
/// <param name="Label">Of a notice.</param>
/// <param name="DraftedBy">Badge; null for what came with the product.</param>
public sealed record TextEdition(
    Guid? Id,
    int Number,
    string? Label,
    TextState State,
    string Zh,
    string En,
    int Revision = 0,
    string? DraftedBy = null,
    DateTimeOffset? DraftedAt = null,
    string? SettledBy = null,
    DateTimeOffset? SettledAt = null
)
{
    internal static TextEdition Of(TextVersion t) =>
        new(
            t.Id,
            t.Number,
            t.Label,
            t.State,
            t.Zh,
            t.En,
            t.Revision,
            t.DraftedByName,
            t.DraftedAt,
            t.SettledByName,
            t.SettledAt
        );

    /// <summary>Everything that came with the product, the oldest first.</summary>
    internal static IReadOnlyList<TextEdition> Shipped(TextKind kind, string name) =>
        kind == TextKind.Message
            ? [Shipped(1, null, TextCatalogue.Shipped(kind, name))]
            : [.. TextCatalogue.ShippedNotices(kind).Select((n, i) => Shipped(i + 1, n.Version, n.Content))];

    private static TextEdition Shipped(int number, string? label, TextContent content) =>
        new(null, number, label, TextState.Published, content.Zh!, content.En!);
}

/// <summary>One text with its history.</summary>
/// <param name="InForce">What drivers read now.</param>
/// <param name="Draft">What is being written; null when nothing is.</param>
/// <param name="Editions">Newest first, with what came with the product at the end.</param>
/// <param name="MayEdit">Null when the viewer may go on with the draft; else why not.</param>
/// <param name="MayPublish">Null when the viewer may publish it; else why not.</param>
public sealed record TextView(
    TextKind Kind,
    string Name,
    TextEdition InForce,
    TextEdition? Draft,
    IReadOnlyList<TextEdition> Editions,
    Refusal? MayEdit,
    Refusal? MayPublish
);

/// <summary>The notices and messages as administrators see them.</summary>
public sealed class TextPages(IDbContextFactory<PortalDb> databases)
{
    /// <summary>How much of a history is shown.</summary>
    public const int Most = 50;

    /// <summary>Every text of the product; null when the actor may not see them.</summary>
    public async Task<IReadOnlyList<TextLine>?> ListAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ManageTexts))
        {
            return null;
        }
        var inForce = await TextReads.InForce(db).ToDictionaryAsync(t => t.Name, ct);
        var drafts = await db
            .TextVersions.Where(t => t.State == TextState.Draft)
            .Select(t => new { t.Name, t.DraftedByName })
            .ToDictionaryAsync(t => t.Name, t => t.DraftedByName, ct);
        return
        [
            .. TextCatalogue.All.Select(text => new TextLine(
                text.Kind,
                text.Name,
                inForce.TryGetValue(text.Name, out var version)
                    ? TextEdition.Of(version)
                    : TextEdition.Shipped(text.Kind, text.Name)[^1],
                drafts.GetValueOrDefault(text.Name)
            )),
        ];
    }

    /// <summary>One text; null when there is none or the actor may not see it.</summary>
    public async Task<TextView?> FindAsync(ActorRef who, string name, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (
            TextCatalogue.KindOf(name) is not { } kind
            || await Actors.ReadAsync(db, who, ct) is not { } actor
            || !actor.May(Permission.ManageTexts)
        )
        {
            return null;
        }
        var versions = await db
            .TextVersions.AsNoTracking()
            .Where(t => t.Name == name)
            .OrderByDescending(t => t.Number)
            .Take(Most)
            .ToListAsync(ct);
        if (versions.TrueForAll(t => t.State != TextState.Published))
        {
            // However many drafts were given up since: what is in force is part of the history.
            versions.AddRange(
                await db
                    .TextVersions.AsNoTracking()
                    .Where(t => t.Name == name && t.State == TextState.Published)
                    .OrderByDescending(t => t.Number)
                    .Take(1)
                    .ToListAsync(ct)
            );
        }
        var draft = versions.SingleOrDefault(t => t.State == TextState.Draft);
        TextEdition[] editions = [.. versions.Select(TextEdition.Of), .. TextEdition.Shipped(kind, name).Reverse()];
        return new TextView(
            kind,
            name,
            editions.First(e => e.State == TextState.Published),
            draft is null ? null : TextEdition.Of(draft),
            editions,
            draft?.MayEdit(actor),
            draft?.MayPublish(actor)
        );
    }
}
