using AdminPortal.Domain.Access;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Rounds;

// What makes good for an outage (D-OUTAGE). Every step names it; the decision to take them is Outages.OutageRule.
public sealed partial class Round
{
    private const string OutageRuleId = "D-OUTAGE";
    private const string EndedRuleId = "D-OUTAGE-ENDED";

    /// <summary>The running window ends later by what standstills took of it; once however often it is asked for.</summary>
    /// <param name="period">The window of the running deadline's kind.</param>
    /// <param name="standstills">All that are known, with those that were reckoned before.</param>
    /// <returns>True when the end moved.</returns>
    public bool ExtendRunning(
        Period period,
        IReadOnlyCollection<Standstill> standstills,
        WorkingCalendar calendar,
        Guid outageId,
        DateTimeOffset now
    )
    {
        if (Running is not { } running || !running.Extend(period, standstills, calendar))
        {
            return false;
        }
        Append(
            State,
            RoundAct.ExtendWindow,
            Allowed(RoundAct.ExtendWindow),
            ActorKind.Staff,
            now,
            OutageRuleId,
            outageId
        );
        return true;
    }

    /// <summary>
    /// Attempts that an outage hit do not count any more. When that gives an attempt back to who has none under way, the window it
    /// was begun in starts anew.
    /// </summary>
    /// <param name="count">How many attempts.</param>
    /// <param name="latest">Whether the latest one is among them.</param>
    /// <param name="mayReopen">Nothing that came after the end of the round stands in the way.</param>
    public RoundAct FreeAttempts(
        int count,
        bool latest,
        bool mayReopen,
        Scheme scheme,
        WorkingCalendar calendar,
        Guid outageId,
        DateTimeOffset now
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, AttemptsUsed);
        AttemptsUsed -= count;
        var first = AttemptsUsed == 0;
        var isLate = VoidReason is Rounds.VoidReason.AttemptsUsedUp or Rounds.VoidReason.ResitWindowEnded;
        var goesBack = IsOpen ? latest && (State is RoundState.ResitOpen or RoundState.Invalid) : mayReopen && isLate;
        var act =
            !goesBack || CycleHasEnded(now) ? RoundAct.FreeAttempt
            : first ? RoundAct.ReopenExam
            : RoundAct.ReopenResit;
        if (act == RoundAct.FreeAttempt)
        {
            // What runs goes on running.
            Append(State, act, Allowed(act), ActorKind.Staff, now, OutageRuleId, outageId);
        }
        else
        {
            Reopen(
                act,
                first ? DeadlineKind.Exam : DeadlineKind.Resit,
                first ? scheme.ExamWindow : scheme.ResitWindow,
                calendar,
                outageId,
                now
            );
        }
        return act;
    }

    /// <summary>The closing verification that an outage took is due again: the exam was passed (S1-36).</summary>
    /// <returns>False when the cycle has ended or something came after the end of the round.</returns>
    public bool ReopenVerification(
        bool mayReopen,
        Scheme scheme,
        WorkingCalendar calendar,
        Guid outageId,
        DateTimeOffset now
    )
    {
        var isOpen = State is RoundState.Invalid or RoundState.ResitOpen;
        if (CycleHasEnded(now) || !isOpen && !(mayReopen && VoidReason == Rounds.VoidReason.AttemptsUsedUp))
        {
            return false;
        }
        Reopen(
            RoundAct.ReopenVerification,
            DeadlineKind.Verification,
            scheme.ClosingVerificationWindow!,
            calendar,
            outageId,
            now
        );
        return true;
    }

    /// <summary>The window whose end made the round void, when it lay in an outage: it begins anew (D-OUTAGE-ENDED).</summary>
    /// <returns>The window, or null when nothing is reopened.</returns>
    public DeadlineKind? ReopenWindow(Scheme scheme, WorkingCalendar calendar, Guid outageId, DateTimeOffset now)
    {
        if (CycleHasEnded(now) || EndedWindow is not { } kind)
        {
            return null;
        }
        switch (kind)
        {
            case DeadlineKind.Study:
                Reopen(RoundAct.ReopenStudy, kind, scheme.StudyWindow, calendar, outageId, now);
                break;
            case DeadlineKind.Exam:
                Reopen(RoundAct.ReopenExam, kind, scheme.ExamWindow, calendar, outageId, now);
                break;
            case DeadlineKind.Resit:
                Reopen(RoundAct.ReopenResit, kind, scheme.ResitWindow, calendar, outageId, now);
                break;
            case DeadlineKind.Verification:
            case DeadlineKind.ReviewFiling:
                return null;
        }
        return kind;
    }

    /// <summary>The window whose end made the round void, or null.</summary>
    public DeadlineKind? EndedWindow =>
        VoidReason switch
        {
            Rounds.VoidReason.StudyWindowEnded => DeadlineKind.Study,
            Rounds.VoidReason.ExamWindowEnded => DeadlineKind.Exam,
            Rounds.VoidReason.ResitWindowEnded => DeadlineKind.Resit,
            Rounds.VoidReason.AttemptsUsedUp or Rounds.VoidReason.CycleEnded => null,
            Rounds.VoidReason.ReductionRefused or Rounds.VoidReason.Blacklisted => null,
            null => null,
        };

    private void Reopen(
        RoundAct act,
        DeadlineKind kind,
        Period period,
        WorkingCalendar calendar,
        Guid outageId,
        DateTimeOffset now
    )
    {
        Apply(act, ActorKind.Staff, now, IsOpen ? OutageRuleId : EndedRuleId, outageId);
        VoidReason = null;
        Run(kind, period, now, calendar);
    }

    private RoundState Allowed(RoundAct act) =>
        RoundTable.Next(State, act) ?? throw new InvalidOperationException($"A round in {State} does not allow {act}.");
}
