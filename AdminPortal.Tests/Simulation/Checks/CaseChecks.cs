using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Checks;

/// <summary>Reviews and the officers' hands.</summary>
internal static class CaseChecks
{
    public static string? OnceAndOnlyWhenInvalid(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        var filed = file.Round.Steps.Count(step => step.Act == RoundAct.FileReview);
        var reviews = file.Attempts.Count(a => a.Review is not null);
        var wrongly = file.Attempts.Exists(a =>
            a.Review is not null
            && (
                !file.Book.HasEndChecks
                || a.Exam.Right < Book.PassMark
                    && !(file.Book.ReviewsNotAccepted && a.Exam.State is ExamState.NotAccepted or ExamState.Annulled)
            )
        );
        return filed == reviews && !wrongly ? null : $"{filed} reviews filed for {reviews} exams";
    }

    public static string? FiledWithinADay(Sight s)
    {
        if (s is not { Act: SimAct.FileReview, Attempt.Review: { } review })
        {
            return null;
        }
        var invalid = s.File!.Round.Steps.Last(step => step.Act is RoundAct.FailVerification or RoundAct.NotAcceptExam);
        return review.FiledAt - invalid.At >= TimeSpan.FromHours(24)
            ? $"invalid since {invalid.At:O}, filed at {review.FiledAt:O}"
            : null;
    }

    public static string? DueAsCounted(Sight s) =>
        s.Request is { Case: var open, Due: var due } && (open.DueAt != due.At || open.AwaitingYear != due.AwaitedYear)
            ? $"opened {open.OpenedAt:O}: due {open.DueAt:O} (awaits {open.AwaitingYear}), "
                + $"counted {due.At:O} (awaits {due.AwaitedYear})"
            : null;

    public static string? Chain(Sight s)
    {
        if (s.Request?.Case is not { } open)
        {
            return null;
        }
        for (var i = s.Request.SeenSteps; i < open.Steps.Count; i++)
        {
            var step = open.Steps[i];
            if (
                step.Number != i + 1
                || step.From != (i == 0 ? null : open.Steps[i - 1].To)
                || step.At != s.Now
                || !Book.CaseMoves.Contains((step.From, step.Act, step.To))
            )
            {
                return $"step {step.Number} {step.From} {step.Act} {step.To} at {step.At:O}";
            }
        }
        return open.Version < open.Steps.Count || open.State != open.Steps[^1].To
            ? $"{open.State}, version {open.Version}"
            : null;
    }

    public static string? OneHolder(Sight s)
    {
        if (s.Request?.Case is not { } open)
        {
            return null;
        }
        // The record read from its beginning: who holds the case, and until when nothing has to be done.
        Guid? holder = null;
        var lease = DateTimeOffset.MinValue;
        foreach (var step in open.Steps)
        {
            switch (step.Act)
            {
                case CaseAct.Claim when holder is not null:
                    return $"claimed by {step.ByName} while another officer holds it";
                case CaseAct.Lapse when step.At < lease:
                    return $"lapsed at {step.At:O}, the lease held until {lease:O}";
                case CaseAct.Note
                or CaseAct.Renew
                or CaseAct.Release
                or CaseAct.Uphold
                or CaseAct.Reject when step.ById != holder:
                    return $"{step.Act} by {step.ByName}, who does not hold the case";
                case CaseAct.Note or CaseAct.Release or CaseAct.Uphold or CaseAct.Reject when step.At >= lease:
                    return $"{step.Act} at {step.At:O}, the lease ended at {lease:O}";
            }
            (holder, lease) = step.Act switch
            {
                CaseAct.Claim or CaseAct.Renew or CaseAct.Note => (step.ById, step.At + Book.Lease),
                CaseAct.Release or CaseAct.Free or CaseAct.Lapse => ((Guid?)null, DateTimeOffset.MinValue),
                _ => (holder, lease),
            };
        }
        return open.HolderId == holder && (open.State != CaseState.Claimed || open.LeaseUntil == lease)
            ? null
            : $"held by {open.HolderId} until {open.LeaseUntil:O}, by the record {holder} until {lease:O}";
    }

    public static string? OnlyWhoMay(Sight s)
    {
        if (s.Request?.Case is not { } open)
        {
            return null;
        }
        for (var i = s.Request.SeenSteps; i < open.Steps.Count; i++)
        {
            var step = open.Steps[i];
            var officer = s.W.Officers.FirstOrDefault(o => o.Id == step.ById);
            var may = step.Act switch
            {
                CaseAct.Open => step.ByKind == ActorKind.Driver,
                CaseAct.Lapse => step.ByKind == ActorKind.System,
                CaseAct.Free => officer?.Roles.Contains(Role.Supervisor) == true,
                _ => officer?.Roles.Any(role => role is Role.Reviewer or Role.Supervisor) == true,
            };
            if (!may)
            {
                return $"{step.Act} by {step.ByName}";
            }
        }
        return null;
    }

    public static string? NobodysOwnCase(Sight s)
    {
        if (s.Request?.Case is not { } open)
        {
            return null;
        }
        for (var i = s.Request.SeenSteps; i < open.Steps.Count; i++)
        {
            var officer = s.W.Officers.FirstOrDefault(o => o.Id == open.Steps[i].ById);
            if (officer?.PersonKey is { } key && key.SequenceEqual(s.W.PersonKey))
            {
                return $"{open.Steps[i].Act} by the driver's own hand";
            }
        }
        return null;
    }

    public static string? DecidedOnceWithReason(Sight s)
    {
        if (s.Request?.Case is not { } open)
        {
            return null;
        }
        var decisions = open.Steps.Where(step => step.Act is CaseAct.Uphold or CaseAct.Reject).ToList();
        var holds = decisions.Count switch
        {
            0 => open is { IsOpen: true, DecidedAt: null, DeciderId: null },
            1 => !open.IsOpen
                && open.DecidedAt == decisions[0].At
                && open.DeciderId == decisions[0].ById
                && !string.IsNullOrWhiteSpace(decisions[0].Note),
            _ => false,
        };
        return holds ? null : $"{open.State} with {decisions.Count} decisions";
    }

    public static string? DecisionStays(Sight s)
    {
        foreach (var request in s.File?.Requests ?? [])
        {
            if (request.Frozen is { } frozen && frozen != new Fingerprint().Add(request.Case).Value)
            {
                return $"a case that was {request.Case.State} changed";
            }
        }
        return null;
    }

    public static string? DecisionHasItsEffect(Sight s)
    {
        if (s is { File.Round.State: RoundState.UnderReview } && s.Attempt?.Case is null)
        {
            return "under review without a case of the last exam";
        }
        if (s is not { File: { } file, Request: { Case: var decided } request })
        {
            return null;
        }
        var (isOpen, round) = (decided.IsOpen, file.Round);
        if (request.Attempt is not { } a)
        {
            var waits = request.Check is null ? RoundState.IdPhotoCheck : RoundState.StudyUnderReview;
            return isOpen == (round.State == waits) ? null : $"case {decided.State}, round {round.State}";
        }
        var isTakenBack = a.Exam.State == ExamState.Annulled;
        var wasPassed = a.Exam.Right >= Book.PassMark && a.Answers.Count == Book.Questions;
        var lost = wasPassed ? ExamState.Invalid : ExamState.NotAccepted;
        var holds = decided.State switch
        {
            CaseState.Waiting or CaseState.Claimed => round.State == RoundState.UnderReview && a.Exam.State == lost,
            CaseState.Upheld => round.State != RoundState.UnderReview
                && (wasPassed ? a.Exam.State == ExamState.Passed : isTakenBack),
            CaseState.Rejected => round.State != RoundState.UnderReview && a.Exam.State == lost,
        };
        return holds || s.Attempt != a ? null : $"case {decided.State}, round {round.State}, exam {a.Exam.State}";
    }
}
