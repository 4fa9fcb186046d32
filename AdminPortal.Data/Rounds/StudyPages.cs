using AdminPortal.Data.Calendar;
using AdminPortal.Data.FaceChecks;
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
public sealed record StudyPage(RoundView Round, IReadOnlyList<SectionProgress> Sections, bool IsVerified, bool MayFile);

/// <summary>What a driver may read of their study.</summary>
public sealed class StudyPages(IDbContextFactory<PortalDb> databases, SchemeCatalogue schemes, TimeProvider clock)
{
    /// <summary>Null when the driver has no round in study.</summary>
    public async Task<StudyPage?> ReadAsync(Guid driverId, CancellationToken ct)
    {
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
        return new StudyPage(
            view,
            [.. StarterContent.Sections.Select(s => new SectionProgress(s, bySection[s.Id].Sum(x => x.Seconds)))],
            verified,
            view.CreditedSeconds >= view.RequiredSeconds && !view.IsSnapshotDue
        );
    }
}
