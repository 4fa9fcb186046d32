using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Messages;
using AdminPortal.Domain.Drivers;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Exchange;

/// <summary>Notes that a penalty was changed or revoked after its points were recorded, and tells the driver (N-16).</summary>
internal static class PenaltyChanges
{
    /// <param name="asOf">When the authority took the data (UTC).</param>
    public static async Task NoteAsync(
        CommandScope scope,
        Guid driverId,
        RecordedViolation before,
        RecordedViolation after,
        DateTimeOffset asOf,
        CancellationToken ct
    )
    {
        var db = scope.Db;
        var licence = await db.Licences.SingleOrDefaultAsync(l => l.DriverId == driverId, ct);
        if (licence is null || licence.FirstLicensedOn > scope.Today)
        {
            // No points stand anywhere: the violation itself is all there is to know.
            return;
        }
        var cycle = PointsCycle.At(licence.FirstLicensedOn, scope.Today);
        var stands = PointsAccount.StandsIn(cycle, licence.FirstLicensedOn, before);
        var surplus = 0;
        if (stands && before.Points > after.Points)
        {
            var standing = await StandingAsync(scope, licence, asOf, ct);
            surplus = PointsAccount.SurplusOf(before.Points - after.Points, standing);
        }
        db.PenaltyChanges.Add(
            new PenaltyChangeRow
            {
                Id = Guid.CreateVersion7(scope.Now),
                DriverId = driverId,
                ViolationNumber = before.Number,
                PointsBefore = before.Points,
                PointsAfter = after.Points,
                Surplus = surplus,
                CycleStart = stands ? cycle.Start : null,
                AsOf = asOf,
                NotedAt = scope.Now,
            }
        );
        scope.Audit(
            "Violation",
            before.Number,
            driverId,
            new
            {
                from = before.Points,
                to = after.Points,
                surplus,
            }
        );
        var template = surplus > 0 ? MessageTemplate.PenaltyChangedSurplus : MessageTemplate.PenaltyChanged;
        object[] facts = [before.On, before.Points, after.Points, surplus];
        if (await AuthoritySchemes.LastAsync(db, scope.Schemes, licence.Authority, scope.Today, ct) is { } scheme)
        {
            scope.Tell(driverId, scheme, template, facts);
        }
        else
        {
            // The authority never was open for the service: the inbox is all there is.
            scope.Tell(driverId, [], template, facts);
        }
    }

    // What stood before this delivery: the delivery's own licence line may have come first, and has the change in it.
    private static async Task<int> StandingAsync(
        CommandScope scope,
        LicenceRow licence,
        DateTimeOffset asOf,
        CancellationToken ct
    )
    {
        if (licence.AsOf < asOf)
        {
            var file = await DriverRecords.LoadAsync(scope.Db, scope.Schemes, licence.DriverId, scope.Today, ct);
            return file!.Account.Points;
        }
        var others = await scope
            .Db.PenaltyChanges.Where(c => c.DriverId == licence.DriverId && c.AsOf == asOf && c.CycleStart != null)
            .Where(c => c.PointsBefore > c.PointsAfter)
            .SumAsync(c => c.PointsBefore - c.PointsAfter, ct);
        return Math.Max(0, licence.PointsBefore - others);
    }
}
