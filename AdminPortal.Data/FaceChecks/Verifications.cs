using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.FaceChecks;

/// <summary>Whether a real-person verification is valid now (S1-26).</summary>
public static class Verifications
{
    /// <summary>A passed face check of any kind proves the person; it may be relied on for the scheme's period.</summary>
    public static async Task<bool> IsValidAsync(
        PortalDb db,
        Round round,
        Scheme scheme,
        WorkingCalendar calendar,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (!scheme.Demands(FaceCheckPurpose.Verification))
        {
            return true;
        }
        var last = await db
            .FaceChecks.Where(c => c.DriverId == round.DriverId && c.Outcome == FaceOutcome.Match)
            .OrderByDescending(c => c.At)
            .Select(c => (DateTimeOffset?)c.At)
            .FirstOrDefaultAsync(ct);
        // An officer who accepted the photo with the identity card has proved the person as well (S1-27).
        if (round.IdPhotoAcceptedAt is { } accepted && (last is null || accepted > last))
        {
            last = accepted;
        }
        return last is { } at && !Deadline.Stamp(scheme.VerificationValidity, at, calendar).HasPassed(now);
    }
}
