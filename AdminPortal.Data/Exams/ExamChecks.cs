using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Points;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;

namespace AdminPortal.Data.Exams;

/// <summary>What a settled face check does to an exam (S0-16, S1-32, S1-35, S1-36), and what its end does to the round.</summary>
internal static class ExamChecks
{
    public static async Task SettleAsync(
        CommandScope scope,
        FaceCheckPurpose purpose,
        ExamAttempt attempt,
        Round round,
        Scheme scheme,
        bool passed,
        CancellationToken ct
    )
    {
        switch (purpose, passed)
        {
            case (FaceCheckPurpose.ExamStart, true) when round.MayStartExam(scope.Now) is Outcome<Unit>.Done:
                round.StartExam(scheme, scope.Actor, scope.Now);
                attempt.Start(round.AttemptsUsed, scheme, scope.Now);
                break;
            case (FaceCheckPurpose.ExamStart, false) when round.MayStartExam(scope.Now) is Outcome<Unit>.Done:
                round.StartExam(scheme, scope.Actor, scope.Now);
                attempt.UseUp(round.AttemptsUsed);
                await NotAcceptAsync(scope, attempt, round, scheme, ct);
                break;
            case (FaceCheckPurpose.Exam, true):
                attempt.Resume(scheme, scope.Now);
                // It may have come after the limit, which ends the attempt.
                await ConcludeAsync(scope, attempt, round, scheme, ct);
                break;
            case (FaceCheckPurpose.Exam, false):
                await NotAcceptAsync(scope, attempt, round, scheme, ct);
                break;
            case (FaceCheckPurpose.ExamEnd, true):
                if (round.PassVerification(scheme, await scope.CalendarAsync(ct), scope.Now))
                {
                    attempt.Validate(scope.Now);
                    await Reductions.ReserveAsync(scope, round, scheme, ct);
                    break;
                }
                attempt.Invalidate(scope.Now);
                TellLate(scope, round, scheme);
                break;
            case (FaceCheckPurpose.ExamEnd, false):
                attempt.Invalidate(scope.Now);
                round.FailVerification(scheme, await scope.CalendarAsync(ct), ActorKind.Driver, scope.Now);
                scope.Tell(round.DriverId, scheme, MessageTemplate.ResultInvalid, Studies.Moment(round.Running!));
                break;
        }
    }

    /// <summary>The exam has just ended by its answers: passed, failed, or waiting for its closing verification.</summary>
    public static async Task ConcludeAsync(
        CommandScope scope,
        ExamAttempt attempt,
        Round round,
        Scheme scheme,
        CancellationToken ct
    )
    {
        switch (attempt.State)
        {
            case ExamState.Closing:
            case ExamState.Passed:
                round.PassExam(scheme, await scope.CalendarAsync(ct), scope.Now);
                if (round.State == RoundState.Reducing)
                {
                    await Reductions.ReserveAsync(scope, round, scheme, ct);
                }
                else if (round.State == RoundState.Void)
                {
                    if (attempt.State == ExamState.Closing)
                    {
                        attempt.Invalidate(scope.Now);
                    }
                    TellLate(scope, round, scheme);
                }
                break;
            case ExamState.Failed:
                await LoseAsync(scope, round, scheme, scheme.PassMark.Rule, MessageTemplate.ExamFailed, ct);
                break;
            case ExamState.NotAccepted:
                round.NotAcceptExam(scheme, await scope.CalendarAsync(ct), scope.Actor.Kind, scope.Now);
                TellLost(scope, round, scheme, MessageTemplate.ExamNotAccepted);
                break;
            case ExamState.Opening:
            case ExamState.Running:
            case ExamState.Paused:
            case ExamState.Invalid:
            case ExamState.Annulled:
                break;
        }
    }

    // The window or the cycle ended while the check was on its way.
    private static void TellLate(CommandScope scope, Round round, Scheme scheme)
    {
        if (round.VoidReason is { } reason)
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.RoundVoid, reason.ToString());
            return;
        }
        scope.Tell(round.DriverId, scheme, MessageTemplate.ResultInvalid, Studies.Moment(round.Running!));
    }

    private static async Task NotAcceptAsync(
        CommandScope scope,
        ExamAttempt attempt,
        Round round,
        Scheme scheme,
        CancellationToken ct
    )
    {
        attempt.NotAccept(scope.Now);
        await ConcludeAsync(scope, attempt, round, scheme, ct);
    }

    private static async Task LoseAsync(
        CommandScope scope,
        Round round,
        Scheme scheme,
        string rule,
        MessageTemplate template,
        CancellationToken ct
    )
    {
        round.LoseAttempt(rule, scheme, await scope.CalendarAsync(ct), scope.Actor.Kind, scope.Now);
        TellLost(scope, round, scheme, template);
    }

    private static void TellLost(CommandScope scope, Round round, Scheme scheme, MessageTemplate template)
    {
        if (round.State == RoundState.Invalid)
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.ExamReviewable, Studies.Moment(round.Running!));
            return;
        }
        if (round.State == RoundState.Void)
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.RoundVoid, round.VoidReason!.Value.ToString());
            return;
        }
        scope.Tell(
            round.DriverId,
            scheme,
            template,
            Studies.Moment(round.Running!),
            scheme.Attempts - round.AttemptsUsed
        );
    }
}
