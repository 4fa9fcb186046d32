using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Sections;

/// <summary>
/// Puts the study sections and videos that ship and that the database does not know yet into it, published. Changes nothing that is
/// there: a section an editor wrote anew or took out of use stays what it is.
/// </summary>
public sealed record SeedStudyContent : ICommand<int>
{
    public Permission Permission => Permission.ImportData;

    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var known = await db.SectionVersions.Select(s => s.SectionId).Distinct().ToListAsync(ct);
        var missing = StarterContent.Sections.ExceptBy(known, s => s.Id).ToList();
        if (missing.Count == 0)
        {
            return 0;
        }
        // The videos first: they take long, and nobody who publishes meanwhile need wait for them.
        var videos = new Dictionary<string, Guid>();
        foreach (var shipped in missing.Select(s => s.Video).OfType<StudyVideo>())
        {
            videos[shipped.Name] = await VideoAsync(scope, shipped, ct);
        }
        await SectionShelf.EnterAsync(db, ct);
        foreach (var section in missing)
        {
            var video = section.Video is { } shown ? videos[shown.Name] : (Guid?)null;
            db.SectionVersions.Add(
                SectionVersion.Shipped(
                    Guid.CreateVersion7(scope.Now),
                    section.Id,
                    new SectionContent(
                        section.Order,
                        section.Title,
                        SectionText.Of(section.Paragraphs),
                        section.Articles,
                        section.Minutes,
                        video
                    ),
                    scope.Now
                )
            );
        }
        scope.Audit("StudySection", "starter", null, new { added = missing.Count });
        return missing.Count;
    }

    private static async Task<Guid> VideoAsync(CommandScope scope, StudyVideo shipped, CancellationToken ct)
    {
        var known = await scope
            .Db.StudyVideos.Where(v => v.Name == shipped.Name)
            .Select(v => (Guid?)v.Id)
            .SingleOrDefaultAsync(ct);
        if (known is { } id)
        {
            return id;
        }
        var video = CheckedVideo.Shipped(shipped);
        var row = new StudyVideoRow
        {
            Id = Guid.CreateVersion7(scope.Now),
            Name = shipped.Name,
            Title = shipped.Title,
            Seconds = shipped.Seconds,
            Width = video.Facts.Width,
            Height = video.Facts.Height,
            UploadedAt = scope.Now,
        };
        await video.StoreAsync(scope, row, ct);
        return row.Id;
    }
}
