using AdminPortal.Data.Commands;
using AdminPortal.Data.Texts;
using AdminPortal.Domain;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Consents;

/// <summary>The one place that says whether a driver's consent to face data is in force.</summary>
internal static class FaceConsents
{
    /// <summary>The last step; null when the driver never consented.</summary>
    public static async Task<FaceConsentRow?> LastAsync(PortalDb db, Guid driverId, CancellationToken ct) =>
        await db
            .FaceConsents.AsNoTracking()
            .Where(c => c.DriverId == driverId)
            .OrderByDescending(c => c.Number)
            .FirstOrDefaultAsync(ct);

    /// <summary>Null when consent is in force.</summary>
    public static async Task<Refusal?> MissingAsync(PortalDb db, Guid driverId, CancellationToken ct) =>
        await LastAsync(db, driverId, ct) is { Act: FaceConsentAct.Given }
            ? null
            : new Refusal(RefusalCode.FaceConsentMissing);

    /// <summary>True when nothing needs to be asked: consent is in force, under the notice as it reads now.</summary>
    public static bool IsCurrent(FaceConsentRow? last, Notice inForce) =>
        last is { Act: FaceConsentAct.Given } && last.NoticeVersion == inForce.Version;

    /// <summary>Writes a consent to the notice in force.</summary>
    public static void Give(CommandScope scope, Guid driverId, FaceConsentRow? last, Notice inForce) =>
        scope.Db.FaceConsents.Add(
            new FaceConsentRow
            {
                DriverId = driverId,
                Number = (last?.Number ?? 0) + 1,
                Act = FaceConsentAct.Given,
                At = scope.Now,
                NoticeVersion = inForce.Version,
                NoticeHash = inForce.Hash,
            }
        );
}
