using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Texts;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Texts;

/// <summary>A system administrator writes a new version of a notice or a message.</summary>
/// <param name="VersionId">Made by the form, so that the same form sent twice is one draft.</param>
/// <param name="Name">Of <see cref="TextCatalogue.All"/>.</param>
public sealed record DraftText(Guid VersionId, string Name, TextContent Content) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageTexts;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (TextCatalogue.KindOf(Name) is not { } kind)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var versions = await scope
            .Db.TextVersions.AsNoTracking()
            .Where(t => t.Name == Name)
            .OrderByDescending(t => t.Number)
            .ToListAsync(ct);
        if (versions.SingleOrDefault(t => t.Id == VersionId) is { } same)
        {
            return same.DraftedById == scope.Actor.Id ? new Unit() : new Refusal(RefusalCode.NotFound);
        }
        if (versions.FirstOrDefault(t => t.State == TextState.Draft) is { } other)
        {
            return new Refusal(RefusalCode.TextDraftOpen, null, other.DraftedByName);
        }
        var written = TextVersion.Write(
            VersionId,
            kind,
            Name,
            Math.Max(TextCatalogue.ShippedCount(kind), versions.Select(t => t.Number).FirstOrDefault()) + 1,
            Content,
            versions.FirstOrDefault(t => t.State == TextState.Published)?.Content ?? TextCatalogue.Shipped(kind, Name),
            TextCatalogue.Places(kind, Name),
            scope.Actor,
            scope.Now
        );
        if (written is not Outcome<TextVersion>.Done { Value: var version })
        {
            return ((Outcome<TextVersion>.Refused)written).Refusal;
        }
        scope.Db.TextVersions.Add(version);
        TextVersions.Audit(scope, version);
        return new Unit();
    }
}

/// <summary>The drafter changes a draft.</summary>
/// <param name="Revision">The one that was shown.</param>
public sealed record EditText(Guid VersionId, int Revision, TextContent Content) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageTexts;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await TextVersions.FindAsync(scope, VersionId, ct) is not { } version)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (version.MayEdit(scope.Actor) is { } refused)
        {
            return refused;
        }
        if (version.Content == Content.Tidy(version.Kind))
        {
            // Nothing to change: the second click, or a form that was only looked at.
            return new Unit();
        }
        if (TextVersions.Stale(version, Revision) is { } stale)
        {
            return stale;
        }
        var places = TextCatalogue.Places(version.Kind, version.Name);
        var edited = version.Edit(Content, places, scope.Actor, scope.Now);
        if (edited is Outcome<Unit>.Done)
        {
            TextVersions.Audit(scope, version);
        }
        return edited;
    }
}

/// <summary>A draft nobody wants. It stays in the history.</summary>
/// <param name="Revision">The one that was shown.</param>
public sealed record DiscardText(Guid VersionId, int Revision) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageTexts;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await TextVersions.FindAsync(scope, VersionId, ct) is not { } version)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (version.State == TextState.Discarded && version.SettledById == scope.Actor.Id)
        {
            return new Unit();
        }
        if ((version.MayDiscard(scope.Actor) ?? TextVersions.Stale(version, Revision)) is { } refused)
        {
            return refused;
        }
        var discarded = version.Discard(scope.Actor, scope.Now);
        TextVersions.Audit(scope, version);
        return discarded;
    }
}

internal static class TextVersions
{
    public static async Task<TextVersion?> FindAsync(CommandScope scope, Guid versionId, CancellationToken ct) =>
        await scope.Db.TextVersions.SingleOrDefaultAsync(t => t.Id == versionId, ct);

    /// <summary>Null when the draft stands as it was shown.</summary>
    public static Refusal? Stale(TextVersion version, int revision) =>
        version.Revision == revision
            ? null
            : new Refusal(RefusalCode.Stale, null, version.DraftedByName, version.DraftedAt);

    public static void Audit(CommandScope scope, TextVersion version) =>
        scope.Audit(
            "Text",
            version.Name,
            null,
            new
            {
                version = version.Number,
                version.State,
                version.Label,
                version.DraftedByName,
            }
        );
}
