using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Sections;

/// <summary>An editor writes a draft: a new study section, or a new version of one.</summary>
/// <param name="VersionId">Made by the form, so that the same form sent twice is one draft.</param>
/// <param name="SectionId">The id a new section gets, or the one of the section that gets a new version.</param>
public sealed record WriteSection(Guid VersionId, string SectionId, bool IsNew, SectionContent Content)
    : ICommand<string>
{
    public Permission Permission => Permission.EditStudyContent;

    public async Task<Outcome<string>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var known = await db
            .SectionVersions.Where(s => s.Id == VersionId)
            .Select(s => new { s.SectionId, s.DraftedById })
            .SingleOrDefaultAsync(ct);
        if (known is not null)
        {
            return known.DraftedById == scope.Actor.Id ? known.SectionId : new Refusal(RefusalCode.NotFound);
        }
        var versions = await db
            .SectionVersions.AsNoTracking()
            .Where(s => s.SectionId == SectionId)
            .OrderBy(s => s.Number)
            .ToListAsync(ct);
        if (IsNew != (versions.Count == 0))
        {
            return new Refusal(IsNew ? RefusalCode.SectionIdTaken : RefusalCode.NotFound, "id");
        }
        if (versions.Any(s => s.State is QuestionState.Draft or QuestionState.InReview))
        {
            return new Refusal(RefusalCode.SectionDraftOpen, "id");
        }
        if (await SectionShelf.VideoFaultAsync(scope, Content, ct) is { } unknown)
        {
            return unknown;
        }
        var written = SectionVersion.Write(
            VersionId,
            SectionId,
            versions.Count == 0 ? 1 : versions[^1].Number + 1,
            Content,
            versions.SingleOrDefault(s => s.State == QuestionState.Published)?.Content,
            scope.Actor,
            scope.Now
        );
        if (written is not Outcome<SectionVersion>.Done { Value: var version })
        {
            return ((Outcome<SectionVersion>.Refused)written).Refusal;
        }
        db.SectionVersions.Add(version);
        SectionShelf.Audit(scope, version);
        return version.SectionId;
    }
}

/// <summary>The drafter changes a draft.</summary>
/// <param name="Revision">The one that was shown.</param>
public sealed record EditSection(Guid VersionId, int Revision, SectionContent Content) : ICommand<Unit>
{
    public Permission Permission => Permission.EditStudyContent;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var version = await scope.Db.SectionVersions.SingleOrDefaultAsync(s => s.Id == VersionId, ct);
        if (version is not null && version.DraftedById == scope.Actor.Id && version.Content.Says(Content.Tidy()))
        {
            // Nothing to change: the second click, or a form that was only looked at.
            return version.State == QuestionState.Draft ? new Unit() : new Refusal(RefusalCode.WrongState);
        }
        var seen = await SectionShelf.SeenAsync(scope, VersionId, Revision, ct);
        if (seen is not Outcome<SectionVersion>.Done { Value: var draft })
        {
            return ((Outcome<SectionVersion>.Refused)seen).Refusal;
        }
        if (await SectionShelf.VideoFaultAsync(scope, Content, ct) is { } unknown)
        {
            return unknown;
        }
        var edited = draft.Edit(Content, scope.Actor, scope.Now);
        if (edited is Outcome<Unit>.Done)
        {
            SectionShelf.Audit(scope, draft);
        }
        return edited;
    }
}
