using AdminPortal.Data.Consents;
using AdminPortal.Domain.Texts;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Texts;

/// <summary>A notice as a driver accepted it.</summary>
/// <param name="Since">When they accepted this version first.</param>
public sealed record AcceptedNotice(TextKind Kind, Notice Notice, DateTimeOffset Since);

/// <summary>Every version of a notice that a driver accepted, in the very words.</summary>
public sealed class AcceptedNotices(IDbContextFactory<PortalDb> databases)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<AcceptedNotice>> ReadAsync(Guid driverId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var applied = await db
            .Applications.Where(a => a.DriverId == driverId)
            .Select(a => new Acceptance(TextKind.ServiceNotice, a.NoticeVersion, a.NoticeHash, a.AppliedAt))
            .ToListAsync(ct);
        var consented = await db
            .FaceConsents.Where(c => c.DriverId == driverId && c.Act == FaceConsentAct.Given)
            .Select(c => new Acceptance(TextKind.FaceNotice, c.NoticeVersion!, c.NoticeHash!, c.At))
            .ToListAsync(ct);
        Acceptance[] first =
        [
            .. applied
                .Concat(consented)
                .GroupBy(a => (a.Kind, a.Version, Convert.ToHexString(a.Hash)))
                .Select(g => g.MinBy(a => a.At)!)
                .OrderByDescending(a => a.At),
        ];
        var labels = first.Select(a => a.Version).Distinct().ToList();
        var stored =
            labels.Count == 0
                ? []
                : await db
                    .TextVersions.AsNoTracking()
                    .Where(t => t.Label != null && labels.Contains(t.Label))
                    .ToListAsync(ct);
        var known = stored
            .Select(t => (t.Kind, Notice: Notice.Of(t)))
            .Concat(
                new[] { TextKind.ServiceNotice, TextKind.FaceNotice }.SelectMany(kind =>
                    TextCatalogue.ShippedNotices(kind).Select(notice => (Kind: kind, Notice: notice))
                )
            )
            .ToList();
        // By the digest that was stored with the acceptance: a version that says anything else is not what they accepted.
        return
        [
            .. from accepted in first
            from version in known
            where version.Kind == accepted.Kind && version.Notice.Hash.AsSpan().SequenceEqual(accepted.Hash)
            select new AcceptedNotice(accepted.Kind, version.Notice, accepted.At),
        ];
    }

    private sealed record Acceptance(TextKind Kind, string Version, byte[] Hash, DateTimeOffset At);
}
