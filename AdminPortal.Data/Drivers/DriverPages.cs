using AdminPortal.Data.Attendances;
using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Privacy;
using AdminPortal.Data.Rounds;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Drivers;

/// <summary>The driver's home page: who, how many points, entitled or not and why, what is next and by when.</summary>
/// <param name="Mobile">Masked.</param>
/// <param name="Scheme">Null when the issuing authority is not open for the service.</param>
/// <param name="Report">Every ground as judged now (S2-05); null when there is no scheme.</param>
/// <param name="Round">The open round, or the last one, or null.</param>
/// <param name="MayGoOnOnline">False when a round is open and consent to face data was withdrawn.</param>
/// <param name="Quiet">When the portal is quiet; null when too little is known (S0-24).</param>
/// <param name="Blacklisted">The blacklist entry in force, or null.</param>
/// <param name="Account">Where the points stand, and how they came there (N-15, N-16).</param>
/// <param name="PenaltyChanges">Penalties that were changed or revoked in the running cycle (N-16), newest first.</param>
/// <param name="Headlines">What the service has done so far (S1-04).</param>
/// <param name="Attendances">On-site study and public service (N-27), newest first.</param>
public sealed record DriverHome(
    string MaskedName,
    string MaskedIdNumber,
    string Mobile,
    string Authority,
    string AuthorityName,
    Scheme? Scheme,
    PointsCycle Cycle,
    int Points,
    int PointsReduced,
    DateTimeOffset AsOf,
    EligibilityReport? Report,
    RoundView? Round,
    IReadOnlyList<DriverMessage> Messages,
    bool MayGoOnOnline,
    HotlineView Hotline,
    QuietHours? Quiet,
    EntryView? Blacklisted,
    PointsAccount Account,
    IReadOnlyList<PenaltyChangeView> PenaltyChanges,
    IReadOnlyList<AttendanceView> Attendances,
    HeadlineFigures Headlines,
    IReadOnlyList<EvidenceRequest> Asked
);

/// <summary>A penalty whose points changed after they were recorded.</summary>
/// <param name="On">When the violation happened.</param>
public sealed record PenaltyChangeView(DateOnly On, int PointsBefore, int PointsAfter, DateTimeOffset AsOf);

/// <summary>The decision on an application with every ground.</summary>
public sealed record ApplicationResult(
    Guid Id,
    DateTimeOffset AppliedAt,
    bool IsApproved,
    Scheme Scheme,
    IReadOnlyList<GroundFinding> Findings,
    RoundView? Round
);

/// <summary>What a driver may read: only their own.</summary>
public sealed class DriverPages(
    IDbContextFactory<PortalDb> databases,
    FieldCipher cipher,
    SchemeCatalogue schemes,
    QuietHoursAdvice quiet,
    Headlines headlines,
    TimeProvider clock
)
{
    /// <summary>Null when the driver has no licence on record.</summary>
    public async Task<DriverHome?> HomeAsync(Guid driverId, bool english, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var today = ChinaTime.DateOf(now);
        if (await DriverRecords.LoadAsync(db, schemes, driverId, today, ct) is not { } file)
        {
            return null;
        }
        var driver = await db.Drivers.AsNoTracking().SingleAsync(d => d.Id == driverId, ct);
        var authority = await db
            .Authorities.Where(a => a.Authority == file.Record.Authority)
            .OrderByDescending(a => a.From)
            .Select(a => a.Name)
            .FirstOrDefaultAsync(ct);
        var roundId = await LastRoundAsync(db, driverId, ct);
        var round = roundId is { } id ? await RoundView.ReadAsync(db, schemes, id, ct) : null;
        return new DriverHome(
            Mask.Name(cipher.OpenName(driver.Name)),
            Mask.IdNumber(cipher.OpenIdNumber(driver.IdNumber)),
            Mask.Mobile(cipher.OpenMobile(driver.Mobile)),
            file.Record.Authority,
            authority ?? file.Record.Authority,
            file.Scheme,
            file.Cycle,
            file.Record.Points,
            file.Record.PointsReduced,
            file.Record.AsOf,
            file.Scheme is { } scheme ? Eligibility.Evaluate(scheme, file.Record, today) : null,
            round,
            await Inbox.ShownAsync(db, await Inbox.Of(db, driverId).Take(5).ToListAsync(ct), cipher, english, ct),
            round is not { IsOpen: true }
                || await FaceConsents.LastAsync(db, driverId, ct) is { Act: FaceConsentAct.Given },
            await Hotlines.ReadAsync(db, schemes, file.Record.Authority, now, ct),
            await quiet.ReadAsync(ct),
            (await DriverEntries.ReadAsync(db, schemes, driverId, today, ct)).FirstOrDefault(e => e.Bars),
            file.Account,
            await PenaltyChangesAsync(db, driverId, file.Cycle, ct),
            await AttendancePages.OfDriverAsync(db, driverId, ct),
            await headlines.ReadAsync(ct),
            await EvidencePages.OpenAsync(db, driverId, ct)
        );
    }

    /// <summary>The driver's own mobile number in full, to confirm it (S1-07).</summary>
    public async Task<string> MobileAsync(Guid driverId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return cipher.OpenMobile(await db.Drivers.Where(d => d.Id == driverId).Select(d => d.Mobile).SingleAsync(ct));
    }

    /// <summary>The open round, or the last one; null when there was none.</summary>
    public async Task<RoundView?> RoundAsync(Guid driverId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await LastRoundAsync(db, driverId, ct) is { } id ? await RoundView.ReadAsync(db, schemes, id, ct) : null;
    }

    /// <summary>One decision, or null when it is not the driver's.</summary>
    public async Task<ApplicationResult?> ApplicationAsync(Guid driverId, Guid applicationId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var application = await db
            .Applications.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == applicationId && a.DriverId == driverId, ct);
        return application is null
            ? null
            : new ApplicationResult(
                application.Id,
                application.AppliedAt,
                application.IsApproved,
                schemes.Get(application.SchemeId, application.SchemeFrom),
                application.Findings,
                application.RoundId is { } id ? await RoundView.ReadAsync(db, schemes, id, ct) : null
            );
    }

    private static async Task<IReadOnlyList<PenaltyChangeView>> PenaltyChangesAsync(
        PortalDb db,
        Guid driverId,
        PointsCycle cycle,
        CancellationToken ct
    ) =>
        await (
            from change in db.PenaltyChanges
            join violation in db.Violations on change.ViolationNumber equals violation.Number
            where change.DriverId == driverId && change.CycleStart == cycle.Start
            orderby change.AsOf descending, change.Id
            select new PenaltyChangeView(violation.On, change.PointsBefore, change.PointsAfter, change.AsOf)
        ).ToListAsync(ct);

    private static async Task<Guid?> LastRoundAsync(PortalDb db, Guid driverId, CancellationToken ct) =>
        await db
            .Rounds.Where(r => r.DriverId == driverId)
            .OrderBy(r => r.State == RoundState.Reduced || r.State == RoundState.Void)
            .ThenByDescending(r => r.OpenedAt)
            .Select(r => (Guid?)r.Id)
            .FirstOrDefaultAsync(ct);
}
