using AdminPortal.Data.Questions;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Exams;

/// <summary>A picture as the page of a question needs it: room is kept for it before it is there.</summary>
public sealed record PictureOnPaper(int Width, int Height, BilingualText Description);

/// <summary>
/// The bytes of the pictures on a driver's papers. They are named by attempt and place on the paper, never by what they are: the
/// address tells nothing that could be looked up, and gives nothing that is not on a page the driver may open now.
/// </summary>
public sealed class ExamPictures(IDbContextFactory<PortalDb> databases)
{
    /// <summary>
    /// The picture of the open question, or of any question that was answered once its answers are open. Null for everything
    /// else: another driver's paper, another question, no picture.
    /// </summary>
    public async Task<ShownPicture?> ReadAsync(Guid driverId, Guid attemptId, int ordinal, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await OpenAsync(db, driverId, attemptId, ordinal, ct)
            ?? await AnsweredAsync(db, driverId, attemptId, ordinal, ct);
    }

    /// <summary>The pictures of versions that have one.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, PictureOnPaper>> OfAsync(
        PortalDb db,
        IEnumerable<QuestionVersion> versions,
        CancellationToken ct
    )
    {
        var shown = versions.Where(v => v.PictureName is not null).ToList();
        var names = shown.Select(v => v.PictureName!).Distinct().ToList();
        var sizes = await db
            .QuestionPictures.Where(p => names.Contains(p.Name))
            .Select(p => new
            {
                p.Name,
                p.Width,
                p.Height,
            })
            .ToDictionaryAsync(p => p.Name, ct);
        return shown
            .DistinctBy(v => v.Id)
            .ToDictionary(
                v => v.Id,
                v => new PictureOnPaper(
                    sizes[v.PictureName!].Width,
                    sizes[v.PictureName!].Height,
                    v.PictureDescription!
                )
            );
    }

    private static Task<ShownPicture?> OpenAsync(
        PortalDb db,
        Guid driverId,
        Guid attemptId,
        int ordinal,
        CancellationToken ct
    ) =>
        (
            from attempt in db.ExamAttempts
            join item in db.ExamItems
                on new { AttemptId = attempt.Id, attempt.Ordinal } equals new { item.AttemptId, item.Ordinal }
            join version in db.QuestionVersions on item.VersionId equals version.Id
            join picture in db.QuestionPictures on version.PictureName equals picture.Name
            where
                attempt.Id == attemptId
                && attempt.DriverId == driverId
                && attempt.State == ExamState.Running
                && attempt.Ordinal == ordinal
            select new ShownPicture(picture.Format, picture.Content)
        ).SingleOrDefaultAsync(ct);

    private static async Task<ShownPicture?> AnsweredAsync(
        PortalDb db,
        Guid driverId,
        Guid attemptId,
        int ordinal,
        CancellationToken ct
    )
    {
        if (!await ExamPages.AreAnswersOpenAsync(db, driverId, attemptId, ct))
        {
            return null;
        }
        // As on the page of the answers: what was found right later is shown as it was corrected (D-REMARK).
        var corrected = await (
            from answer in db.RemarkedAnswers
            join remark in db.Remarks on answer.RemarkId equals remark.Id
            where answer.AttemptId == attemptId && answer.Ordinal == ordinal
            select (Guid?)remark.ToId
        ).SingleOrDefaultAsync(ct);
        return await (
            from answer in db.ExamAnswers
            join item in db.ExamItems
                on new { answer.AttemptId, answer.Ordinal } equals new { item.AttemptId, item.Ordinal }
            join version in db.QuestionVersions on corrected ?? item.VersionId equals version.Id
            join picture in db.QuestionPictures on version.PictureName equals picture.Name
            where answer.AttemptId == attemptId && answer.Ordinal == ordinal
            select new ShownPicture(picture.Format, picture.Content)
        ).SingleOrDefaultAsync(ct);
    }
}
