using AdminPortal.Data.Casework;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Domain.Casework;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.MyData;

// Exams, face checks and what officers decided about them.
internal sealed partial class PersonalDataReader
{
    private async Task<PersonalTable> ExamsAsync(CancellationToken ct)
    {
        var attempts = await db
            .ExamAttempts.AsNoTracking()
            .Where(a => a.DriverId == driverId)
            .OrderByDescending(a => a.OpenedAt)
            .ThenBy(a => a.Id)
            .ToListAsync(ct);
        // How many, and not which: that would be the key of a question in use.
        var remarked = await (
            from answer in db.RemarkedAnswers
            join attempt in db.ExamAttempts on answer.AttemptId equals attempt.Id
            where attempt.DriverId == driverId
            group answer by attempt.Id into same
            select new { same.Key, Count = same.Count() }
        ).ToDictionaryAsync(r => r.Key, r => r.Count, ct);
        return PersonalTable.Of(
            "Exams",
            "OpenedAt AttemptNumber State StartedAt FinishedAt Right Wrong RemarkedAnswers",
            attempts.Select(a =>
                new object?[]
                {
                    a.OpenedAt,
                    a.Number,
                    a.State,
                    a.StartedAt,
                    a.FinishedAt,
                    // While it runs the counts would tell which answers were right.
                    a.FinishedAt
                        is null
                        ? null
                        : a.Right,
                    a.FinishedAt is null ? null : a.Wrong,
                    remarked.GetValueOrDefault(a.Id),
                }
            )
        );
    }

    private async Task<PersonalTable> AnswersAsync(CancellationToken ct)
    {
        var answers = await (
            from answer in db.ExamAnswers
            join attempt in db.ExamAttempts on answer.AttemptId equals attempt.Id
            where attempt.DriverId == driverId
            orderby attempt.OpenedAt descending, answer.Ordinal
            select new { attempt.OpenedAt, Answer = answer }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Answers",
            "ExamOpenedAt Ordinal Chosen IssuedAt AnsweredAt IsLate",
            answers.Select(a =>
                new object?[]
                {
                    a.OpenedAt,
                    a.Answer.Ordinal,
                    // As letters of the question's own order. Whether it was right would be the key of a question still in use.
                    string.Concat(a.Answer.Chosen.Select(index => (char)('A' + index))),
                    a.Answer.IssuedAt,
                    a.Answer.AnsweredAt,
                    a.Answer.IsLate,
                }
            )
        );
    }

    private async Task<PersonalTable> FaceChecksAsync(CancellationToken ct)
    {
        var checks = await db
            .FaceChecks.AsNoTracking()
            .Where(c => c.DriverId == driverId)
            .OrderByDescending(c => c.At)
            .ThenBy(c => c.Id)
            .ToListAsync(ct);
        return PersonalTable.Of(
            "FaceChecks",
            "TakenAt Purpose Outcome Score IsRepeat PhotoId",
            checks.Select(c => new object?[] { c.At, c.Purpose, c.Outcome, c.Score, c.IsRepeat, c.PhotoId })
        );
    }

    private async Task<PersonalTable> PhotosAsync(CancellationToken ct)
    {
        var photos = await db
            .Photos.AsNoTracking()
            .Where(p => p.DriverId == driverId)
            .OrderByDescending(p => p.StoredAt)
            .ThenBy(p => p.Id)
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Photos",
            "StoredAt PhotoKind PhotoFormat Width Height Bytes PhotoId",
            photos.Select(p =>
                new object?[]
                {
                    p.StoredAt,
                    p.Kind,
                    p.Format,
                    p.Format == PhotoFormat.Pdf ? null : p.Width,
                    p.Format == PhotoFormat.Pdf ? null : p.Height,
                    p.Length,
                    p.Id,
                }
            )
        );
    }

    private async Task<PersonalTable> ConsentsAsync(CancellationToken ct)
    {
        var steps = await db
            .FaceConsents.AsNoTracking()
            .Where(c => c.DriverId == driverId)
            .OrderByDescending(c => c.Number)
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Consents",
            "At Consent NoticeVersion",
            steps.Select(c => new object?[] { c.At, c.Act, c.NoticeVersion })
        );
    }

    private async Task<PersonalTable> CasesAsync(CancellationToken ct)
    {
        var reviews = await (
            from review in db.Reviews
            join opened in db.Cases on review.CaseId equals opened.Id
            where opened.DriverId == driverId
            orderby review.FiledAt descending
            select new { Review = review, Case = opened }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Cases",
            "CaseNumber Kind FiledAt Reason State DueAt DecidedAt DecisionReason",
            reviews.Select(r =>
                new object?[]
                {
                    CaseNumber.Of(r.Case.Id),
                    r.Case.Kind,
                    r.Review.FiledAt,
                    r.Review.Reason,
                    r.Case.State,
                    r.Case.DueAt,
                    r.Case.DecidedAt,
                    // The officers' own notes of an investigation are not part of it.
                    r.Case.Steps.SingleOrDefault(s => s.Act is CaseAct.Uphold or CaseAct.Reject)?.Note,
                }
            )
        );
    }
}
