using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Sections;

/// <summary>What the acts on study sections share.</summary>
internal static class SectionShelf
{
    /// <summary>
    /// Makes acts that change what drivers study wait for each other until they end: two that spare the last section but one each
    /// would otherwise leave none. The number tells every process that something changed, in the moment of the commit.
    /// </summary>
    public static async Task EnterAsync(PortalDb db, CancellationToken ct) =>
        await db.StudyShelf.ExecuteUpdateAsync(set => set.SetProperty(s => s.Changes, s => s.Changes + 1), ct);

    /// <summary>The version, if it is there and nobody changed it since it was shown.</summary>
    /// <param name="revision">The one that was shown.</param>
    public static async Task<Outcome<SectionVersion>> SeenAsync(
        CommandScope scope,
        Guid versionId,
        int revision,
        CancellationToken ct
    )
    {
        var version = await scope.Db.SectionVersions.SingleOrDefaultAsync(s => s.Id == versionId, ct);
        return version is null ? new Refusal(RefusalCode.NotFound)
            : version.Revision != revision ? Drafting.Changed(version)
            : version;
    }

    /// <summary>Moves a version on, unless the same click did it already.</summary>
    /// <param name="done">Whether the version stands where this person's click just put it.</param>
    public static async Task<Outcome<Unit>> MoveAsync(
        CommandScope scope,
        Guid versionId,
        int revision,
        Func<SectionVersion, bool> done,
        Func<SectionVersion, Outcome<Unit>> move,
        CancellationToken ct
    )
    {
        var version = await scope.Db.SectionVersions.SingleOrDefaultAsync(s => s.Id == versionId, ct);
        if (version is not null && version.Revision == revision + 1 && done(version))
        {
            return new Unit();
        }
        if (version is null || version.Revision != revision)
        {
            return version is null ? new Refusal(RefusalCode.NotFound) : Drafting.Changed(version);
        }
        var moved = move(version);
        if (moved is Outcome<Unit>.Done)
        {
            Audit(scope, version);
        }
        return moved;
    }

    /// <summary>The video a content names, if it is there; null when it names none that is missing.</summary>
    public static async Task<Refusal?> VideoFaultAsync(
        CommandScope scope,
        SectionContent content,
        CancellationToken ct
    ) =>
        content.VideoId is { } video && !await scope.Db.StudyVideos.AnyAsync(v => v.Id == video, ct)
            ? new Refusal(RefusalCode.VideoUnknown, "video")
            : null;

    /// <summary>Leaves the trace of an act; the content itself stays with the version.</summary>
    public static void Audit(CommandScope scope, SectionVersion version, int? replaced = null) =>
        scope.Audit(
            "StudySection",
            version.SectionId,
            null,
            new
            {
                version = version.Number,
                version.State,
                replaced,
            }
        );
}
