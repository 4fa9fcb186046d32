using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Sections;

/// <summary>An editor uploads a video that sections may show. Drivers see it once a section with it is published.</summary>
/// <param name="VideoId">Made by the form, so that the same form sent twice is one video.</param>
public sealed record UploadStudyVideo(Guid VideoId, CheckedVideo Video) : ICommand<Unit>
{
    public Permission Permission => Permission.EditStudyContent;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var known = await scope
            .Db.StudyVideos.Where(v => v.Id == VideoId)
            .Select(v => new { v.UploadedById, v.Title })
            .SingleOrDefaultAsync(ct);
        if (known is not null)
        {
            if (known.UploadedById != scope.Actor.Id)
            {
                return new Refusal(RefusalCode.NotFound);
            }
            // Corrected after an answer that never came: what is stored never changes, and to say nothing would lose it.
            return known.Title == Video.Title && await Video.IsStoredAsync(scope.Db, VideoId, ct)
                ? new Unit()
                : new Refusal(RefusalCode.VideoStoredBefore);
        }
        var row = new StudyVideoRow
        {
            Id = VideoId,
            Name = $"{VideoId:N}",
            Title = Video.Title,
            Seconds = (int)Math.Round(Video.Facts.Seconds),
            Width = Video.Facts.Width,
            Height = Video.Facts.Height,
            UploadedById = scope.Actor.Id,
            UploadedByName = scope.Actor.Name,
            UploadedAt = scope.Now,
        };
        await Video.StoreAsync(scope, row, ct);
        scope.Audit(
            "StudyVideo",
            row.Id,
            null,
            new
            {
                row.Seconds,
                row.Width,
                row.Height,
            }
        );
        return new Unit();
    }
}
