using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>Another editor than the drafter publishes a version; the one in use so far is retired in the same act.</summary>
/// <param name="Revision">The one the reviewer read.</param>
public sealed record PublishQuestion(Guid VersionId, int Revision) : ICommand<Unit>
{
    public Permission Permission => Permission.ReviewQuestions;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (
            await db.QuestionVersions.AnyAsync(
                q =>
                    q.Id == VersionId
                    && q.Revision == Revision + 1
                    && q.State == QuestionState.Published
                    && q.ReviewedById == scope.Actor.Id,
                ct
            )
        )
        {
            // The second click of the same publication is the same success.
            return new Unit();
        }
        await QuestionBank.EnterAsync(db, ct);
        var seen = await QuestionBank.SeenAsync(scope, VersionId, Revision, ct);
        if (seen is not Outcome<QuestionVersion>.Done { Value: var version })
        {
            return ((Outcome<QuestionVersion>.Refused)seen).Refusal;
        }
        var replaced = await db.QuestionVersions.SingleOrDefaultAsync(
            q => q.QuestionId == version.QuestionId && q.State == QuestionState.Published,
            ct
        );
        if (replaced is not null)
        {
            var pools = await QuestionBank.PoolsAsync(scope, ct);
            if (replaced.GiveWayTo(version, pools, scope.Actor, scope.Now) is Outcome<Unit>.Refused refused)
            {
                return refused.Refusal;
            }
            // The index on what is in use looks at every statement: the old version leaves first.
            await db.SaveChangesAsync(ct);
        }
        var published = version.Publish(scope.Actor, scope.Now);
        if (published is Outcome<Unit>.Done)
        {
            scope.Audit(
                "Question",
                version.QuestionId,
                null,
                new
                {
                    version = version.Number,
                    version.State,
                    replaced = replaced?.Number,
                }
            );
        }
        return published;
    }
}

/// <summary>Takes a question out of use; refused when the papers would run out.</summary>
public sealed record RetireQuestion(Guid VersionId, int Revision) : ICommand<Unit>
{
    public Permission Permission => Permission.EditQuestions;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (
            await db.QuestionVersions.AnyAsync(
                q =>
                    q.Id == VersionId
                    && q.Revision == Revision + 1
                    && q.State == QuestionState.Retired
                    && q.RetiredByName == scope.Actor.Name,
                ct
            )
        )
        {
            return new Unit();
        }
        await QuestionBank.EnterAsync(db, ct);
        var seen = await QuestionBank.SeenAsync(scope, VersionId, Revision, ct);
        if (seen is not Outcome<QuestionVersion>.Done { Value: var version })
        {
            return ((Outcome<QuestionVersion>.Refused)seen).Refusal;
        }
        var retired = version.Retire(await QuestionBank.PoolsAsync(scope, ct), scope.Actor, scope.Now);
        if (retired is Outcome<Unit>.Done)
        {
            QuestionBank.Audit(scope, version);
        }
        return retired;
    }
}
