using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;

namespace AdminPortal.Data.Sections;

/// <summary>The drafter asks for a review.</summary>
public sealed record SubmitSection(Guid VersionId, int Revision) : ICommand<Unit>
{
    public Permission Permission => Permission.EditStudyContent;

    public Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        SectionShelf.MoveAsync(
            scope,
            VersionId,
            Revision,
            done: version => version.State == QuestionState.InReview && version.DraftedById == scope.Actor.Id,
            move: version => version.Submit(scope.Actor, scope.Now),
            ct
        );
}

/// <summary>The drafter takes a draft back out of review.</summary>
public sealed record WithdrawSection(Guid VersionId, int Revision) : ICommand<Unit>
{
    public Permission Permission => Permission.EditStudyContent;

    public Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        SectionShelf.MoveAsync(
            scope,
            VersionId,
            Revision,
            done: version => version.State == QuestionState.Draft && version.DraftedById == scope.Actor.Id,
            move: version => version.Withdraw(scope.Actor),
            ct
        );
}

/// <summary>Another editor returns a draft to its drafter.</summary>
public sealed record ReturnSection(Guid VersionId, int Revision, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.ReviewStudyContent;

    public Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        SectionShelf.MoveAsync(
            scope,
            VersionId,
            Revision,
            done: version =>
                version.State == QuestionState.Draft
                && version.ReviewedById == scope.Actor.Id
                && version.ReturnReason == SectionText.Clean(Reason ?? ""),
            move: version => version.Return(Reason, scope.Actor, scope.Now),
            ct
        );
}

/// <summary>A draft that is not wanted is put away.</summary>
public sealed record DiscardSection(Guid VersionId, int Revision) : ICommand<Unit>
{
    public Permission Permission => Permission.EditStudyContent;

    public Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        SectionShelf.MoveAsync(
            scope,
            VersionId,
            Revision,
            done: version => version.State == QuestionState.Retired && version.RetiredByName == scope.Actor.Name,
            move: version => version.Discard(scope.Actor, scope.Now),
            ct
        );
}
