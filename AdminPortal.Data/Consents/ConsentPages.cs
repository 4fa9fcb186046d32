using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Texts;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Texts;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Consents;

/// <summary>Where a driver's consent to face data stands.</summary>
/// <param name="Steps">Every consent and withdrawal, newest first.</param>
/// <param name="HasOpenRound">A withdrawal would stop it.</param>
/// <param name="Photos">Live photos stored now.</param>
/// <param name="PhotosNeeded">Those that a running round or an open review needs.</param>
/// <param name="Notice">The notice in force.</param>
public sealed record ConsentView(
    IReadOnlyList<FaceConsentRow> Steps,
    bool HasOpenRound,
    int Photos,
    int PhotosNeeded,
    Notice Notice
)
{
    /// <summary>The consent in force; null when there is none.</summary>
    public FaceConsentRow? InForce => Steps is [{ Act: FaceConsentAct.Given } last, ..] ? last : null;

    /// <summary>True when an application has nothing to ask: consent is in force under the notice as it reads now.</summary>
    public bool IsCurrent => FaceConsents.IsCurrent(Steps.Count > 0 ? Steps[0] : null, Notice);
}

/// <summary>What the pages about consent show.</summary>
public sealed class ConsentPages(IDbContextFactory<PortalDb> databases, PublishedTexts texts)
{
    public async Task<ConsentView> ReadAsync(Guid driverId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var steps = await db
            .FaceConsents.AsNoTracking()
            .Where(c => c.DriverId == driverId)
            .OrderByDescending(c => c.Number)
            .ToListAsync(ct);
        var photos = await db.Photos.CountAsync(p => p.DriverId == driverId && p.Kind == PhotoKind.Live, ct);
        var free = await PhotoErasure.Unneeded(db).CountAsync(p => p.DriverId == driverId, ct);
        return new ConsentView(
            steps,
            await db.Rounds.AnyAsync(
                r => r.DriverId == driverId && r.State != RoundState.Reduced && r.State != RoundState.Void,
                ct
            ),
            photos,
            photos - free,
            await texts.NoticeAsync(TextKind.FaceNotice, ct)
        );
    }
}
