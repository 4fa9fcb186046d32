using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Sections;

/// <summary>Another editor than the drafter publishes a version; the one in use so far is retired in the same act.</summary>
/// <param name="Revision">The one the reviewer read.</param>
public sealed record PublishSection(Guid VersionId, int Revision) : ICommand<Unit>
{
    public Permission Permission => Permission.ReviewStudyContent;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (
            await db.SectionVersions.AnyAsync(
                s =>
                    s.Id == VersionId
                    && s.Revision == Revision + 1
                    && s.State == QuestionState.Published
                    && s.ReviewedById == scope.Actor.Id,
                ct
            )
        )
        {
            // The second click of the same publication is the same success.
            return new Unit();
        }
        await SectionShelf.EnterAsync(db, ct);
        var seen = await SectionShelf.SeenAsync(scope, VersionId, Revision, ct);
        if (seen is not Outcome<SectionVersion>.Done { Value: var version })
        {
            return ((Outcome<SectionVersion>.Refused)seen).Refusal;
        }
        var replaced = await db.SectionVersions.SingleOrDefaultAsync(
            s => s.SectionId == version.SectionId && s.State == QuestionState.Published,
            ct
        );
        if (replaced is not null)
        {
            if (replaced.GiveWayTo(version, scope.Actor, scope.Now) is Outcome<Unit>.Refused refused)
            {
                return refused.Refusal;
            }
            // The index on what is in use looks at every statement: the old version leaves first.
            await db.SaveChangesAsync(ct);
        }
        var published = version.Publish(scope.Actor, scope.Now);
        if (published is Outcome<Unit>.Done)
        {
            SectionShelf.Audit(scope, version, replaced?.Number);
        }
        return published;
    }
}

/// <summary>Takes a section out of use; refused for the last one. Who is in the middle of it goes on.</summary>
public sealed record RetireSection(Guid VersionId, int Revision) : ICommand<Unit>
{
    public Permission Permission => Permission.EditStudyContent;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (
            await db.SectionVersions.AnyAsync(
                s =>
                    s.Id == VersionId
                    && s.Revision == Revision + 1
                    && s.State == QuestionState.Retired
                    && s.RetiredByName == scope.Actor.Name,
                ct
            )
        )
        {
            return new Unit();
        }
        await SectionShelf.EnterAsync(db, ct);
        var seen = await SectionShelf.SeenAsync(scope, VersionId, Revision, ct);
        if (seen is not Outcome<SectionVersion>.Done { Value: var version })
        {
            return ((Outcome<SectionVersion>.Refused)seen).Refusal;
        }
        var inUse = await db.SectionVersions.CountAsync(s => s.State == QuestionState.Published, ct);
        var retired = version.Retire(inUse, scope.Actor, scope.Now);
        if (retired is Outcome<Unit>.Done)
        {
            SectionShelf.Audit(scope, version);
        }
        return retired;
    }
}
