using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>The drafter asks for a review.</summary>
public sealed record SubmitDraft(Guid VersionId, int Revision) : ICommand<Unit>
{
    public Permission Permission => Permission.EditQuestions;

    public Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        DraftMoves.RunAsync(
            scope,
            VersionId,
            Revision,
            done: version => version.State == QuestionState.InReview && version.DraftedById == scope.Actor.Id,
            move: version => version.Submit(scope.Actor, scope.Now),
            ct
        );
}

/// <summary>The drafter takes a draft back out of review.</summary>
public sealed record WithdrawDraft(Guid VersionId, int Revision) : ICommand<Unit>
{
    public Permission Permission => Permission.EditQuestions;

    public Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        DraftMoves.RunAsync(
            scope,
            VersionId,
            Revision,
            done: version => version.State == QuestionState.Draft && version.DraftedById == scope.Actor.Id,
            move: version => version.Withdraw(scope.Actor),
            ct
        );
}

/// <summary>Another editor returns a draft to its drafter.</summary>
public sealed record ReturnDraft(Guid VersionId, int Revision, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.ReviewQuestions;

    public Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        DraftMoves.RunAsync(
            scope,
            VersionId,
            Revision,
            done: version =>
                version.State == QuestionState.Draft
                && version.ReviewedById == scope.Actor.Id
                && version.ReturnReason == Reason?.Trim(),
            move: version => version.Return(Reason, scope.Actor, scope.Now),
            ct
        );
}

/// <summary>A draft that is not wanted is put away.</summary>
public sealed record DiscardDraft(Guid VersionId, int Revision) : ICommand<Unit>
{
    public Permission Permission => Permission.EditQuestions;

    public Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        DraftMoves.RunAsync(
            scope,
            VersionId,
            Revision,
            done: version => version.State == QuestionState.Retired && version.RetiredByName == scope.Actor.Name,
            move: version => version.Discard(scope.Actor, scope.Now),
            ct
        );
}

internal static class DraftMoves
{
    /// <summary>Moves a version on, unless the same click did it already.</summary>
    /// <param name="done">Whether the version stands where this person's click just put it.</param>
    public static async Task<Outcome<Unit>> RunAsync(
        CommandScope scope,
        Guid versionId,
        int revision,
        Func<QuestionVersion, bool> done,
        Func<QuestionVersion, Outcome<Unit>> move,
        CancellationToken ct
    )
    {
        var version = await scope.Db.QuestionVersions.SingleOrDefaultAsync(q => q.Id == versionId, ct);
        if (version is not null && version.Revision == revision + 1 && done(version))
        {
            return new Unit();
        }
        var seen = await QuestionBank.SeenAsync(scope, versionId, revision, ct);
        if (seen is not Outcome<QuestionVersion>.Done { Value: var shown })
        {
            return ((Outcome<QuestionVersion>.Refused)seen).Refusal;
        }
        var moved = move(shown);
        if (moved is Outcome<Unit>.Done)
        {
            QuestionBank.Audit(scope, shown);
        }
        return moved;
    }
}
