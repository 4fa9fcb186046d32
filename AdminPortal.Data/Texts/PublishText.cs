using System.Globalization;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Texts;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Texts;

/// <summary>
/// Another system administrator than the drafter publishes a version: from this instant a notice is the one that is accepted,
/// and messages are written by it. What was accepted and sent before stays as it was.
/// </summary>
/// <param name="Revision">The one the second person read.</param>
public sealed record PublishText(Guid VersionId, int Revision) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageTexts;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await TextVersions.FindAsync(scope, VersionId, ct) is not { } version)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (version.State == TextState.Published && version.SettledById == scope.Actor.Id)
        {
            // The second click of the same publication is the same success.
            return new Unit();
        }
        if ((version.MayPublish(scope.Actor) ?? TextVersions.Stale(version, Revision)) is { } refused)
        {
            return refused;
        }
        var published = version.Publish(await LabelAsync(scope, version, ct), scope.Actor, scope.Now);
        if (published is Outcome<Unit>.Done)
        {
            TextVersions.Audit(scope, version);
        }
        return published;
    }

    // The next number of the year, counted over what came with the product too.
    private static async Task<string?> LabelAsync(CommandScope scope, TextVersion version, CancellationToken ct)
    {
        if (version.Kind == TextKind.Message)
        {
            return null;
        }
        var stem = scope.Today.Year.ToString(CultureInfo.InvariantCulture) + "-";
        var labels = await scope
            .Db.TextVersions.Where(t => t.Name == version.Name && t.Label != null && t.Label.StartsWith(stem))
            .Select(t => t.Label!)
            .ToListAsync(ct);
        var last = TextCatalogue
            .ShippedNotices(version.Kind)
            .Select(n => n.Version)
            .Concat(labels)
            .Where(label => label.StartsWith(stem, StringComparison.Ordinal))
            .Select(label => int.Parse(label.AsSpan(stem.Length), CultureInfo.InvariantCulture))
            .DefaultIfEmpty()
            .Max();
        return string.Create(CultureInfo.InvariantCulture, $"{stem}{last + 1}");
    }
}
