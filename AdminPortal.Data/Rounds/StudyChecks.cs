using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Rounds;

/// <summary>What a settled random face check does to the study (S0-11, S1-35).</summary>
internal static class StudyChecks
{
    public static async Task SettleAsync(
        CommandScope scope,
        Round round,
        Scheme scheme,
        bool passed,
        Guid checkId,
        CancellationToken ct
    )
    {
        var stretches = await Studies.StretchesAsync(scope.Db, round.Id, ct);
        var unproved = stretches.Where(s => s is { Confirmed: false, VoidedBy: null }).ToList();
        var session = await scope.Db.StudySessions.SingleOrDefaultAsync(s => s.DriverId == round.DriverId, ct);
        round.PlanSnapshot(scheme, CommandScope.Below);
        if (passed)
        {
            unproved.ForEach(s => s.Confirmed = true);
            if (session is { IsOpen: true } && session.RoundId == round.Id)
            {
                // A stretch is proved as a whole, so what follows is a new one.
                var next = Studies.NewStretch(round.Id, session.SectionId, scope.Now);
                scope.Db.StudyStretches.Add(next);
                session.Continue(next.Id);
                session.Resume(scope.Now);
            }
            return;
        }
        unproved.ForEach(s => (s.VoidedBy, s.VoidedByCheck) = (scheme.StudyFaceFailure.Rule, checkId));
        switch (scheme.StudyFaceFailure.Value)
        {
            case StudyFaceFailure.EndsSession:
                session?.End();
                break;
            case StudyFaceFailure.VoidsPeriod when session is { IsOpen: true }:
                var next = Studies.NewStretch(round.Id, session.SectionId, scope.Now);
                scope.Db.StudyStretches.Add(next);
                session.Continue(next.Id);
                session.Resume(scope.Now);
                break;
            case StudyFaceFailure.VoidsPeriod:
                break;
        }
        scope.Tell(round.DriverId, scheme, MessageTemplate.StudyPeriodVoided, unproved.Sum(s => s.Seconds) / 60);
    }
}
