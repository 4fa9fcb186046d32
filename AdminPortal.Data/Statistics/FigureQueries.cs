using System.Linq.Expressions;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Points;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;

namespace AdminPortal.Data.Statistics;

/// <summary>One thing that counts towards a figure, at its instant.</summary>
internal sealed class Happening
{
    public required DateTimeOffset At { get; init; }
    public required string Authority { get; init; }

    /// <summary>Empty where the figure has none.</summary>
    public required string Scheme { get; init; }

    /// <summary>Empty where the figure is not split.</summary>
    public required string Part { get; init; }
    public required long Amount { get; init; }

    /// <summary>What happened, or to what: a round, an application, a stretch, an attempt, an attendance, a check or a case.</summary>
    public required Guid Subject { get; init; }

    /// <summary>Who did it; only where <see cref="Figures.HasOfficer"/> says so.</summary>
    public Guid? Officer { get; init; }
}

/// <summary>The one definition of every figure, as a query. Page and report read these and count nothing themselves.</summary>
internal sealed class FigureQueries(PortalDb db, SchemeCatalogue schemes)
{
    /// <summary>What counts, of all time and all authorities; null for the grounds, which are stored as text and read apart.</summary>
    public IQueryable<Happening>? Of(Figure figure) =>
        figure switch
        {
            Figure.Participations => Participations(),
            Figure.ApplicationsApproved => Approved(),
            Figure.ApplicationsRefused => Refused(),
            Figure.RefusalGrounds => null,
            Figure.StudySeconds => schemes.All.Select(StudyUnder).Aggregate((all, more) => all.Concat(more)),
            Figure.ExamsTaken => Exams(_ => true),
            Figure.ExamsPassed => Exams(a => a.State == ExamState.Passed),
            Figure.Resits => Exams(a => a.Number > 1),
            Figure.Reductions => Reductions(points: false),
            Figure.PointsTakenOff => Reductions(points: true),
            Figure.FaceChecks => Checks(_ => true),
            Figure.FaceChecksFailed => Checks(c =>
                c.Outcome == FaceOutcome.Mismatch || c.Outcome == FaceOutcome.NoFace
            ),
            Figure.FaceChecksUnavailable => Checks(c => c.Outcome == FaceOutcome.Unavailable),
            Figure.CasesReceived => Received(),
            Figure.CasesDecided => Decided(_ => true),
            // A date that is awaited cannot have been missed.
            Figure.CasesInTime => Decided(c => c.DueAt == null || c.DecidedAt < c.DueAt),
            Figure.CasesUpheld => Decided(c => c.State == CaseState.Upheld),
            Figure.FeedbackReceived => Feedback(),
            Figure.OpinionsGiven => Opinions(agreed: false),
            Figure.OpinionsAgreed => Opinions(agreed: true),
        };

    /// <summary>
    /// The cases that figures count. Leads that were closed before leads were cases are none of them: their due time was made up when
    /// they were carried over, and what was reported of past months stays as it was. Their mark is the term of natural days; the target
    /// of the house counts working days.
    /// </summary>
    internal static IQueryable<Case> Cases(PortalDb db) =>
        db.Cases.Where(c => c.Kind != CaseKind.Lead || c.TermUnit != PeriodUnit.NaturalDays);

    private IQueryable<Happening> Participations() =>
        from round in db.Rounds
        select new Happening
        {
            At = round.OpenedAt,
            Authority = round.Authority,
            Scheme = round.SchemeId,
            Part = "",
            Amount = 1,
            Subject = round.Id,
        };

    private IQueryable<Happening> Approved() =>
        from application in db.Applications
        join round in db.Rounds on application.RoundId equals round.Id
        where application.IsApproved
        select new Happening
        {
            At = application.AppliedAt,
            Authority = round.Authority,
            Scheme = application.SchemeId,
            Part = "",
            Amount = 1,
            Subject = application.Id,
        };

    // A refused application has no round that keeps its authority: the one that holds the licence now stands for it.
    private IQueryable<Happening> Refused() =>
        from application in db.Applications
        join licence in db.Licences on application.DriverId equals licence.DriverId
        where !application.IsApproved
        select new Happening
        {
            At = application.AppliedAt,
            Authority = licence.Authority,
            Scheme = application.SchemeId,
            Part = "",
            Amount = 1,
            Subject = application.Id,
        };

    // What counts is the scheme's business: N wants stretches of five minutes (N-n1).
    private IQueryable<Happening> StudyUnder(Scheme scheme)
    {
        var (id, from, least) = (scheme.Id, scheme.EffectiveFrom, scheme.SmallestStretchMinutes.Value * 60);
        return from stretch in db.StudyStretches
            join round in db.Rounds on stretch.RoundId equals round.Id
            where
                round.SchemeId == id
                && round.SchemeFrom == @from
                && stretch.VoidedBy == null
                && stretch.Seconds >= least
            select new Happening
            {
                At = stretch.StartedAt,
                Authority = round.Authority,
                Scheme = round.SchemeId,
                Part = "",
                Amount = stretch.Seconds,
                Subject = stretch.Id,
            };
    }

    // Over and used up: an annulled attempt has lost its number, one that awaits its closing check is not over (S1-36).
    private IQueryable<ExamAttempt> Attempts =>
        db.ExamAttempts.Where(a => a.Number > 0 && a.FinishedAt != null && a.State != ExamState.Closing);

    private IQueryable<Happening> Exams(Expression<Func<ExamAttempt, bool>> which) =>
        from attempt in Attempts.Where(which)
        join round in db.Rounds on attempt.RoundId equals round.Id
        select new Happening
        {
            At = attempt.FinishedAt!.Value,
            Authority = round.Authority,
            Scheme = round.SchemeId,
            Part = "",
            Amount = 1,
            Subject = attempt.Id,
        };

    /// <summary>The answers given in the exams that count; the part is the question's identity over all its versions.</summary>
    /// <param name="onlyRight">Only the right ones.</param>
    public IQueryable<Happening> Answers(bool onlyRight) =>
        from answer in db.ExamAnswers.Where(a => !onlyRight || a.IsRight)
        join attempt in Attempts on answer.AttemptId equals attempt.Id
        join item in db.ExamItems
            on new { answer.AttemptId, answer.Ordinal } equals new { item.AttemptId, item.Ordinal }
        join version in db.QuestionVersions on item.VersionId equals version.Id
        join round in db.Rounds on attempt.RoundId equals round.Id
        select new Happening
        {
            At = attempt.FinishedAt!.Value,
            Authority = round.Authority,
            Scheme = round.SchemeId,
            Part = version.QuestionId,
            Amount = 1,
            Subject = attempt.Id,
        };

    // One that was revoked since does not count, whenever it was applied (N-31).
    private IQueryable<Happening> Reductions(bool points) =>
        from counted in db.Reductions.Where(r => r.State == ReductionState.Applied && r.SettledAt != null)
        join r in db.Rounds on counted.RoundId equals r.Id into rounds
        from round in rounds.DefaultIfEmpty()
        join a in db.Attendances on counted.AttendanceId equals a.Id into attendances
        from attendance in attendances.DefaultIfEmpty()
        select new Happening
        {
            At = counted.SettledAt!.Value,
            Authority = round!.Authority ?? attendance!.Authority,
            Scheme = round!.SchemeId ?? attendance!.SchemeId,
            Part =
                counted.RoundId != null ? nameof(ReductionRoute.Online)
                : attendance!.Kind == AttendanceKind.OnSite ? nameof(ReductionRoute.OnSite)
                : nameof(ReductionRoute.PublicService),
            Amount = points ? counted.Points : 1,
            Subject = counted.RoundId ?? counted.AttendanceId!.Value,
        };

    private IQueryable<Happening> Checks(Expression<Func<FaceCheckRow, bool>> which) =>
        from check in db.FaceChecks.Where(which)
        join round in db.Rounds on check.RoundId equals round.Id
        select new Happening
        {
            At = check.At,
            Authority = round.Authority,
            Scheme = round.SchemeId,
            Part = check.Purpose.ToString(),
            Amount = 1,
            Subject = check.Id,
        };

    private IQueryable<Happening> Received() =>
        from received in Cases(db)
        select new Happening
        {
            At = received.OpenedAt,
            Authority = received.Authority,
            Scheme = "",
            Part = received.Kind.ToString(),
            Amount = 1,
            Subject = received.Id,
        };

    private IQueryable<Happening> Decided(Expression<Func<Case, bool>> which) =>
        from decided in Cases(db).Where(c => c.DecidedAt != null).Where(which)
        select new Happening
        {
            At = decided.DecidedAt!.Value,
            Authority = decided.Authority,
            Scheme = "",
            Part = decided.Kind.ToString(),
            Amount = 1,
            Subject = decided.Id,
            Officer = decided.DeciderId,
        };

    // At the instant of the decision: before it nobody knows whether they agree.
    private IQueryable<Happening> Opinions(bool agreed) =>
        from step in db.CaseSteps.Where(s => s.Act == CaseAct.AdviseUphold || s.Act == CaseAct.AdviseReject)
        join decided in Cases(db).Where(c => c.DecidedAt != null) on step.CaseId equals decided.Id
        where !agreed || (step.Act == CaseAct.AdviseUphold) == (decided.State == CaseState.Upheld)
        select new Happening
        {
            At = decided.DecidedAt!.Value,
            Authority = decided.Authority,
            Scheme = "",
            Part = decided.Kind.ToString(),
            Amount = 1,
            Subject = decided.Id,
            Officer = step.ById,
        };

    private IQueryable<Happening> Feedback() =>
        from ticket in db.FeedbackTickets
        join received in db.Cases on ticket.CaseId equals received.Id
        select new Happening
        {
            At = ticket.FiledAt,
            Authority = received.Authority,
            Scheme = "",
            Part = ticket.Kind.ToString(),
            Amount = 1,
            Subject = received.Id,
        };
}
