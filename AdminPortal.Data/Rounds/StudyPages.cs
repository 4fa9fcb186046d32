using AdminPortal.Data.Calendar;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Sections;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Rounds;

/// <summary>A section with the seconds the driver has spent in it in this round.</summary>
public sealed record SectionProgress(StudySection Section, int CreditedSeconds);

/// <summary>The study of the open round.</summary>
/// <param name="IsVerified">A real-person verification is valid now (S1-26).</param>
/// <param name="MayFile">Enough minutes, and no face check is owed.</param>
/// <param name="Sections">The sections in use, and those out of use that were studied in this round, in reading order.</param>
/// <param name="Contents">Everything there is and was to study.</param>
public sealed record StudyPage(
    RoundView Round,
    IReadOnlyList<SectionProgress> Sections,
    bool IsVerified,
    bool MayFile,
    StudyContents Contents
)
{
    /// <summary>A section of this study, or null.</summary>
    public StudySection? Find(string sectionId) => Sections.FirstOrDefault(s => s.Section.Id == sectionId)?.Section;
}

/// <summary>What a driver may read of their study.</summary>
public sealed class StudyPages(
    IDbContextFactory<PortalDb> databases,
    SchemeCatalogue schemes,
    StudyReader reader,
    TimeProvider clock
)
{
    /// <summary>Null when the driver has no round in study.</summary>
    /// <param name="sectionId">The section that is being read: who has begun one that went out of use since is shown it still.</param>
    public async Task<StudyPage?> ReadAsync(Guid driverId, CancellationToken ct, string? sectionId = null)
    {
        var contents = await reader.ReadAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var round = await Studies.OpenRoundAsync(db, driverId, ct);
        if (round is not { State: RoundState.Studying })
        {
            return null;
        }
        var view = (await RoundView.ReadAsync(db, schemes, round.Id, ct))!;
        var calendar = await CalendarStore.LoadAsync(db, ct);
        var verified = await Verifications.IsValidAsync(db, round, view.Scheme, calendar, clock.GetUtcNow(), ct);
        var bySection = view.Stretches.Where(s => s.Counts).ToLookup(s => s.SectionId);
        var begun = view.Stretches.Select(s => s.SectionId).ToHashSet();
        if (
            sectionId is not null
            && contents.Retired.Any(s => s.Id == sectionId)
            && await Studies.HasBegunAsync(db, round.Id, sectionId, ct)
        )
        {
            begun.Add(sectionId);
        }
        var sections = contents
            .InUse.Concat(contents.Retired.Where(s => begun.Contains(s.Id)))
            .OrderBy(s => s.Order)
            .ThenBy(s => s.Id, StringComparer.Ordinal);
        return new StudyPage(
            view,
            [.. sections.Select(s => new SectionProgress(s, bySection[s.Id].Sum(x => x.Seconds)))],
            verified,
            view.CreditedSeconds >= view.RequiredSeconds && !view.IsSnapshotDue,
            contents
        );
    }
}
